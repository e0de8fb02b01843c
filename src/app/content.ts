import type { ParameterSet } from '../domain/basics/index.ts';
import type { ThreatOutlook } from '../domain/threats/index.ts';
import type { UnderwritingRules } from '../domain/underwriting/index.ts';

/** The insurer's paper, read and validated once at start: catalogue, ratebook, assessment rules, guidelines, and the day's threat outlook. */
export interface Content extends UnderwritingRules {
  readonly parameters: ParameterSet;
  readonly outlook: ThreatOutlook;
}
