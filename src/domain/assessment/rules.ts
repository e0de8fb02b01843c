import { Refusal, type Day, type Parameter, type Text } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { AssessmentProfile, Control, Question, Questionnaire } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';

/** The controls of an insurer, by id; `version` is the hash of them all with their odds ratios. */
export interface ControlLibrary {
  readonly version: string;
  readonly controls: ReadonlyMap<string, Control>;
  /** The odds ratio of each control that has one, by the control's id. */
  readonly oddsRatios: ReadonlyMap<string, Parameter>;
}

/** A questionnaire ready to be read; `version` is its hash. */
export interface QuestionSet {
  readonly version: string;
  readonly questionnaire: Questionnaire;
  readonly byId: ReadonlyMap<string, Question>;
  readonly byControl: ReadonlyMap<string, Question>;
}

/** The assessment profiles of an insurer, by falling precedence; `version` is the hash of them all. */
export interface ProfileSet {
  readonly version: string;
  readonly profiles: readonly AssessmentProfile[];
}

/** Everything of an insurer's content that an assessment is made under. */
export interface AssessmentRules {
  readonly controls: ControlLibrary;
  readonly questionnaire: QuestionSet;
  readonly profiles: ProfileSet;
  readonly parameters: AssessmentParameters;
}

/** A question as it is put: in its own words, else in those of the control that it is about. */
export const questionWords = ({ asks, control }: Pick<Question, 'asks' | 'control'>, { controls }: Pick<AssessmentRules, 'controls'>): Text =>
  asks ?? controls.controls.get(control!)!.question;

type Measured = Pick<FirmProfile, 'industry' | 'employees'>;

/** The profile for a firm: of those in force whose industries and size fit, the one with the highest precedence. Throws a Refusal `no-fitting-profile`. */
export function profileFor({ profiles }: ProfileSet, firm: Measured, today: Day): AssessmentProfile {
  const fitting = profiles.find((profile) => isInForce(profile, today) && fitsIndustry(profile, firm) && fitsSize(profile, firm) && !isByHand(profile));
  if (fitting === undefined)
    throw new Refusal('rule', 'no-fitting-profile', `no assessment profile is for \`${firm.industry}\` with ${firm.employees} employees`);
  return fitting;
}

/** The profile that a person chose, as long as it is in force; else the one that fits. Throws a Refusal `no-fitting-profile`. */
export const profileUnder = (set: ProfileSet, firm: Measured, today: Day, chosen: string | undefined): AssessmentProfile =>
  set.profiles.find((profile) => profile.id === chosen && isInForce(profile, today)) ?? profileFor(set, firm, today);

export const isInForce = ({ effectiveFrom }: AssessmentProfile, today: Day): boolean => effectiveFrom <= today;

export const fitsIndustry = ({ industries }: AssessmentProfile, { industry }: Measured): boolean => industries.length === 0 || industries.includes(industry);

export const fitsSize = ({ employees: { from, to } }: AssessmentProfile, { employees }: Measured): boolean =>
  employees >= from && (to === null || employees <= to);

/** Maturity never chooses by itself: it is read off the answers, and a better answer must not lower a score. */
export const isByHand = ({ maturity }: AssessmentProfile): boolean => maturity !== undefined;
