import type { AssessmentInput, AssessmentRules } from '../assessment/index.ts';
import { dayOf, type ParameterSet } from '../basics/index.ts';
import type { RequestedCover } from '../catalogue/index.ts';
import type { RiskRequest, ScheduleItem, Tariff } from '../rating/index.ts';
import type { OtherLimits } from './desk/firm-limits.ts';
import type { DeskRules } from './desk/rules.ts';
import type { Guidelines } from './guidelines.ts';

/** A firm that asks for a cover, with everything that it is assessed on, and what people decided about it. */
export interface Application extends AssessmentInput {
  readonly cover: RequestedCover;
  /** What the same firm has at this insurer besides; absent: nothing that is known. */
  readonly otherLimits?: OtherLimits;
  /** Keys of screening hits that a person has cleared. */
  readonly clearedHits?: readonly string[];
  /** Keys (`blockerKey`) of blockers that a person has waived as dated warranties. */
  readonly waived?: readonly string[];
  /** The underwriter's documented items inside the filed bounds; absent: none. */
  readonly schedule?: readonly ScheduleItem[];
}

/** What of an application the tariff rates besides its security: the firm, its cover, the day, the underwriter's items. */
export const riskOf = ({ firm, cover, now, schedule = [] }: Application): RiskRequest => ({ firm, cover, on: dayOf(now), schedule });

/** What of the paper a case is described with, as its guidelines see it. */
export const casePaper = ({ guidelines, catalogue }: UnderwritingRules) => ({ vocabulary: guidelines.vocabulary, catalogue });

/** The insurer's paper that a decision is made under. */
export interface UnderwritingRules extends Tariff {
  readonly assessmentBasis: AssessmentRules;
  readonly guidelines: Guidelines;
  readonly desk: DeskRules;
  readonly parameters: ParameterSet;
}
