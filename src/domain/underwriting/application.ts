import type { AssessmentInput, AssessmentRules } from '../assessment/index.ts';
import type { ParameterSet } from '../basics/index.ts';
import type { RequestedCover } from '../catalogue/index.ts';
import type { Tariff } from '../rating/index.ts';
import type { Guidelines } from './guidelines.ts';

/** A firm that asks for a cover, with everything that it is assessed on. */
export interface Application extends AssessmentInput {
  readonly cover: RequestedCover;
}

/** The insurer's paper that a decision is made under. */
export interface UnderwritingRules extends Tariff {
  readonly assessmentBasis: AssessmentRules;
  readonly guidelines: Guidelines;
  readonly parameters: ParameterSet;
}
