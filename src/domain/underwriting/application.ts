import type { AssessmentInput, AssessmentRules } from '../assessment/index.ts';
import type { ParameterSet } from '../basics/index.ts';
import type { RequestedCover } from '../catalogue/index.ts';
import type { ScheduleItem, Tariff } from '../rating/index.ts';
import type { DeskRules } from './desk/rules.ts';
import type { Guidelines } from './guidelines.ts';

/** A firm that asks for a cover, with everything that it is assessed on, and what people decided about it. */
export interface Application extends AssessmentInput {
  readonly cover: RequestedCover;
  /** Keys of screening hits that a person has cleared. */
  readonly clearedHits?: readonly string[];
  /** Codes of blockers that a person has waived as dated warranties. */
  readonly waived?: readonly string[];
  /** An underwriter's documented departures from the tariff. */
  readonly schedule?: readonly ScheduleItem[];
}

/** The insurer's paper that a decision is made under. */
export interface UnderwritingRules extends Tariff {
  readonly assessmentBasis: AssessmentRules;
  readonly guidelines: Guidelines;
  readonly desk: DeskRules;
  readonly parameters: ParameterSet;
}
