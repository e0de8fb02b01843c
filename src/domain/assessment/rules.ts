import { Refusal, type Day, type Parameter } from '../basics/index.ts';
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

/** The profile for a firm: of those in force whose industries and size fit, the one with the highest precedence. Throws a Refusal `no-fitting-profile`. */
export function profileFor({ profiles }: ProfileSet, firm: Pick<FirmProfile, 'industry' | 'employees'>, today: Day): AssessmentProfile {
  const fitting = profiles.find((profile) => profile.effectiveFrom <= today && fits(profile, firm));
  if (fitting === undefined)
    throw new Refusal('rule', 'no-fitting-profile', `no assessment profile is for \`${firm.industry}\` with ${firm.employees} employees`);
  return fitting;
}

function fits({ industries, employees }: AssessmentProfile, firm: Pick<FirmProfile, 'industry' | 'employees'>): boolean {
  const industry = industries.length === 0 || industries.includes(firm.industry);
  return industry && firm.employees >= employees.from && (employees.to === null || firm.employees <= employees.to);
}
