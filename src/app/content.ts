import type { RepairGuides } from '../domain/assessment/index.ts';
import type { ParameterSet } from '../domain/basics/index.ts';
import type { ResponsibilityMatrix, WordingLibrary } from '../domain/catalogue/index.ts';
import type { Metric, Pilot } from '../domain/evaluation/index.ts';
import type { CancellationTerms, Paper, SpecialConditions } from '../domain/policy/index.ts';
import type { NamedCase, Ratebook } from '../domain/rating/index.ts';
import type { SubsidyOffer } from '../domain/subsidy/index.ts';
import type { ThreatOutlook } from '../domain/threats/index.ts';
import type { UnderwritingRules } from '../domain/underwriting/index.ts';

/** The insurer's paper, read and validated once at start: catalogue, ratebook, assessment rules, guidelines, and the day's threat outlook. */
export interface Content extends Omit<UnderwritingRules, 'ratebook'> {
  /** Every ratebook of the paper, oldest first. What a price rests on is the tariff of its insurer that is in force, so content alone prices nothing. */
  readonly ratebooks: readonly Ratebook[];
  readonly ratebookCases: readonly NamedCase[];
  readonly parameters: ParameterSet;
  readonly outlook: ThreatOutlook;
  /** What every policy carries as special conditions. */
  readonly conditions: SpecialConditions;
  /** How a policy can be ended before its time; each policy keeps those of the day on which it was bound. */
  readonly cancellation: CancellationTerms;
  /** What is read and accepted before binding. */
  readonly papers: readonly Paper[];
  /** Measures of effect, by id. */
  readonly metrics: ReadonlyMap<string, Metric>;
  /** The published pilot; null when the content holds none. */
  readonly pilot: Pilot | null;
  /** Clauses, glossary, insurers' terms and incidents. */
  readonly wordings: WordingLibrary;
  /** How each class of weaknesses is repaired, by platform. */
  readonly repairGuides: RepairGuides;
  /** Security packages on sale, and the subsidy schemes that an authority can open. */
  readonly subsidyOffer: SubsidyOffer;
  /** Responsibility matrices of insured services, by id. */
  readonly responsibilities: ReadonlyMap<string, ResponsibilityMatrix>;
}

/** Content with the newest ratebook of the paper: for work on the paper itself, where no insurer has released a tariff of its own. */
export interface WholePaper extends Content {
  readonly ratebook: Ratebook;
}
