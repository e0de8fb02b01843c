import { momentsOf } from '../methods/moments.ts';
import { Characteristic, Measure } from './query.ts';
import type { Candidate } from './select.ts';

/** One line of the balance table. `difference` is in standard deviations; null when a side has no record or nothing varies. */
export interface Balance {
  readonly name: string;
  readonly treated: number | null;
  readonly control: number | null;
  readonly difference: number | null;
  readonly balanced: boolean | null;
}

/** Differences up to a tenth of a standard deviation count as balanced. */
const tolerated = 0.1;

/**
 * How alike two groups are in everything recorded: means of measures, shares of categories, and their standardised differences.
 * No p-values on purpose: balance is a property of these firms, not of a population. Source: P. C. Austin, Statistics in Medicine 28 (2009).
 */
export function balanceTable(treated: readonly Candidate[], control: readonly Candidate[]): readonly Balance[] {
  return [
    ...Measure.options.map((measure) => measureBalance(measure, treated, control)),
    ...Characteristic.options.flatMap((key) => categoryBalances(key, treated, control)),
  ];
}

function measureBalance(measure: Measure, treated: readonly Candidate[], control: readonly Candidate[]): Balance {
  const [t, c] = [treated, control].map((group) => momentsOf(group.flatMap((one) => one[measure] ?? [])));
  return lineOf(measure, t!.n > 0 ? t!.mean : null, c!.n > 0 ? c!.mean : null, (t!.variance + c!.variance) / 2);
}

function categoryBalances(key: Characteristic, treated: readonly Candidate[], control: readonly Candidate[]): Balance[] {
  const values = [...new Set([...treated, ...control].map((one) => one[key] ?? '?'))].sort();
  const share = (group: readonly Candidate[], value: string): number | null =>
    group.length === 0 ? null : group.filter((one) => (one[key] ?? '?') === value).length / group.length;
  return values.map((value) => {
    const [t, c] = [share(treated, value), share(control, value)];
    return lineOf(`${key}: ${value}`, t, c, ((t ?? 0) * (1 - (t ?? 0)) + (c ?? 0) * (1 - (c ?? 0))) / 2);
  });
}

function lineOf(name: string, treated: number | null, control: number | null, variance: number): Balance {
  if (treated === null || control === null) return { name, treated, control, difference: null, balanced: null };
  if (variance === 0) return { name, treated, control, difference: treated === control ? 0 : null, balanced: treated === control };
  const difference = (treated - control) / Math.sqrt(variance);
  return { name, treated, control, difference, balanced: Math.abs(difference) <= tolerated };
}
