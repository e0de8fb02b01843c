import { groupedBy } from '../designs/rows.ts';
import { momentsOf } from '../methods/moments.ts';
import type { Characteristic, Measure } from './query.ts';
import type { Candidate } from './select.ts';

/** An insured firm and the control chosen for it, with their distance in standard deviations. */
export interface Match {
  readonly treated: Candidate;
  readonly control: Candidate;
  readonly distance: number;
}

/** The pairs, and the insured firms for whom nobody was near enough: leaving them out changes whom the study is about. */
export interface Matched {
  readonly matches: readonly Match[];
  readonly unmatched: readonly Candidate[];
}

export interface MatchingRule {
  /** The pair must be the same in these. */
  readonly same: readonly Characteristic[];
  /** The pair shall be near in these, measured in standard deviations of all firms. */
  readonly near: readonly Measure[];
  /** The farthest a control may be. */
  readonly caliper: number;
}

/**
 * One control per insured firm, without replacement: of those the same in `same`, the nearest in `near` within the caliper. Firms with an unrecorded measure are not matched.
 * Deterministic: closest pairs are made first, ties go by name. Makes groups alike in what is recorded, and in nothing else.
 * Source: E. A. Stuart, Statistical Science 25 (2010), nearest-neighbour matching with calipers.
 */
export function matchFirms({ treated, pool }: { readonly treated: readonly Candidate[]; readonly pool: readonly Candidate[] }, rule: MatchingRule): Matched {
  const scales = new Map(rule.near.map((measure) => [measure, scaleOf([...treated, ...pool], measure)]));
  const strata = groupedBy(pool, (candidate) => stratumOf(candidate, rule.same));
  const possible = treated.flatMap((one) => (strata.get(stratumOf(one, rule.same)) ?? []).flatMap((control) => pairOf(one, control, scales, rule.caliper)));
  possible.sort((a, b) => a.distance - b.distance || compare(a.treated.firm, b.treated.firm) || compare(a.control.firm, b.control.firm));
  const taken = new Set<Candidate>();
  const matches = possible.filter(({ treated: one, control }) => {
    if (taken.has(one) || taken.has(control)) return false;
    taken.add(one).add(control);
    return true;
  });
  return { matches, unmatched: treated.filter((one) => !taken.has(one)) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const stratumOf = (candidate: Candidate, same: readonly Characteristic[]): string => JSON.stringify(same.map((key) => candidate[key]));

/** Standard deviation of a measure over all firms; 1 where it does not vary. Sorted first, so that the order of the firms cannot change the last digit. */
function scaleOf(candidates: readonly Candidate[], measure: Measure): number {
  const deviation = Math.sqrt(momentsOf(candidates.flatMap((candidate) => candidate[measure] ?? []).sort((a, b) => a - b)).variance);
  return deviation > 0 ? deviation : 1;
}

function pairOf(treated: Candidate, control: Candidate, scales: ReadonlyMap<Measure, number>, caliper: number): Match[] {
  let squares = 0;
  for (const [measure, scale] of scales) {
    const [a, b] = [treated[measure], control[measure]];
    if (a === null || b === null) return [];
    squares += ((a - b) / scale) ** 2;
  }
  const distance = Math.sqrt(squares);
  return distance <= caliper ? [{ treated, control, distance }] : [];
}
