import { limitedPayout, payoutOf } from '../payout.ts';
import { figuresOf, type NamedCase } from '../cases.ts';
import type { Tariff } from '../risk.ts';
import type { PerilTariff, Ratebook } from '../ratebook.ts';
import { referenceSeverity, waitingFactor } from '../severity.ts';
import { greatestErrors, type GreatestErrors } from '../tables/model-error.ts';
import { inventBook } from './invented-book.ts';

/** One rule that a ratebook must keep before it may be filed. */
export interface RatebookFinding {
  readonly rule: 'case-does-not-reproduce' | 'limit-factors-not-concave' | 'waiting-factors-not-falling' | 'parameter-without-source' | 'tables-off-the-model';
  readonly at: string;
  readonly detail: string;
}

/** The outcome of a check; what rests on judgement is counted, because a filing must say so. */
export interface RatebookCheck {
  readonly version: string;
  readonly hash: string;
  readonly findings: readonly RatebookFinding[];
  readonly parameters: number;
  readonly priors: readonly string[];
  readonly casesReproduced: number;
  /** How far the filed tables stand from the model on an invented book; null for a ratebook without tables. */
  readonly tableErrors: GreatestErrors | null;
}

/** The invented book on which the tables are held against the model, and the greatest error of expected loss + risk load that may be filed. */
const triedPolicies = 100;
const triedSeed = 1;
const mostTableError = 0.05;

/** Checks a ratebook: its cases reproduce to the digit, increased-limit factors rise and flatten, waiting factors fall, every number has a source. */
export function checkRatebook(tariff: Tariff, cases: readonly NamedCase[]): RatebookCheck {
  const { ratebook } = tariff;
  const tableErrors = ratebook.file.tables === undefined ? null : greatestErrors(inventBook(triedSeed, triedPolicies, tariff.catalogue), tariff);
  const broken = cases.filter(({ value }) => JSON.stringify(figuresOf(value, tariff)) !== JSON.stringify(value.expected));
  return {
    version: ratebook.file.version,
    hash: ratebook.hash,
    findings: [
      ...broken.map(({ name }): RatebookFinding => ({
        rule: 'case-does-not-reproduce',
        at: name,
        detail: 'the figures that the tariff gives are not those of the case',
      })),
      ...checkShape(ratebook),
      ...tableFindings(tableErrors),
    ],
    parameters: ratebook.parameters.size,
    priors: [...ratebook.parameters.values()].filter(({ provenance }) => provenance === 'J').map(({ key }) => key),
    casesReproduced: cases.length - broken.length,
    tableErrors,
  };
}

/** The part of the check that takes no prices: limit factors rise and flatten, waiting factors fall, every number has a source. */
export const checkShape = (ratebook: Ratebook): RatebookFinding[] => [
  ...ratebook.file.perils.flatMap((peril) => [...limitFindings(peril, ratebook), ...waitingFindings(peril, ratebook)]),
  ...sourceFindings(ratebook),
];

/** Limits at which the factors are filed, major units. */
export const filedLimits = [500_000, 1_000_000, 2_000_000, 3_000_000, 5_000_000, 10_000_000, 20_000_000];
export const filedWaitingHours = [0, 4, 8, 12, 24, 48];

/** Increased-limit factors of the reference firm relative to the first filed limit: E[X ∧ L]/E[X ∧ L₀]. */
export function limitFactors(peril: PerilTariff, ratebook: Ratebook): { readonly limit: number; readonly factor: number }[] {
  const { severity, bound } = referenceSeverity(peril, ratebook);
  const limited = limitedPayout(payoutOf([{ coverage: '', weight: 1, subLimit: Number.POSITIVE_INFINITY }], 0, bound), severity.loss);
  return filedLimits.map((limit) => ({ limit, factor: limited(limit) / limited(filedLimits[0]!) }));
}

function limitFindings(peril: PerilTariff, ratebook: Ratebook): RatebookFinding[] {
  const factors = limitFactors(peril, ratebook);
  const slopes = factors.slice(1).map(({ limit, factor }, i) => (factor - factors[i]!.factor) / (limit - factors[i]!.limit));
  const sound = slopes.every((slope, i) => slope >= 0 && (i === 0 || slope <= slopes[i - 1]! + 1e-15));
  return sound ? [] : [{ rule: 'limit-factors-not-concave', at: peril.peril, detail: 'factors must rise with the limit, ever more slowly' }];
}

function waitingFindings(peril: PerilTariff, ratebook: Ratebook): RatebookFinding[] {
  const factors = filedWaitingHours.map((hours) => waitingFactor(peril, hours, ratebook));
  const sound = factors.every((factor, i) => i === 0 || factor <= factors[i - 1]!);
  return sound ? [] : [{ rule: 'waiting-factors-not-falling', at: peril.peril, detail: 'a longer waiting period must not cost more' }];
}

const tableFindings = (errors: GreatestErrors | null): RatebookFinding[] =>
  errors === null || Math.abs(errors.loaded) <= mostTableError
    ? []
    : [
        {
          rule: 'tables-off-the-model',
          at: errors.worst,
          detail: `the tables are ${(100 * errors.loaded).toFixed(1)} % off the model, more than ${100 * mostTableError} %`,
        },
      ];

const sourceFindings = ({ parameters }: Ratebook): RatebookFinding[] =>
  [...parameters.values()]
    .filter(({ source }) => source.trim().length < 3)
    .map(({ key }) => ({ rule: 'parameter-without-source', at: key, detail: 'every number needs a source or the words that it is judgement' }));
