import { chiSquaredTail } from '../distributions/chi-squared.ts';
import type { Watched } from './kaplan-meier.ts';
import { solveLinear } from './linear-system.ts';

/** Observed and expected events per group, and the test that all groups share one hazard. */
export interface LogRank {
  readonly observed: readonly number[];
  readonly expected: readonly number[];
  readonly chiSquared: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

interface Row {
  readonly time: number;
  readonly event: boolean;
  readonly group: number;
}

/**
 * Do the groups' events come at the same pace? Null when no event happened while two groups were at risk. Holds with censoring unrelated to the group; most
 * powerful when hazards are proportional, weak when curves cross. The chi-squared approximation is doubtful under ten events.
 * Source: N. Mantel (1966), Peto and Peto (1972); as R's `survdiff`.
 */
export function logRankTest(groups: readonly (readonly Watched[])[]): LogRank | null {
  const rows: Row[] = groups.flatMap((group, g) => group.map(({ time, event }) => ({ time, event, group: g })));
  rows.sort((a, b) => a.time - b.time);
  const sums = emptySums(groups.length);
  const atRisk = groups.map((group) => group.length);
  for (let from = 0; from < rows.length;) {
    const to = endOfTime(rows, from);
    addTime(sums, rows.slice(from, to), atRisk);
    for (let i = from; i < to; i += 1) atRisk[rows[i]!.group]! -= 1;
    from = to;
  }
  return testOf(sums);
}

interface Sums {
  readonly observed: number[];
  readonly expected: number[];
  readonly covariance: number[][];
}

const emptySums = (k: number): Sums => ({ observed: zeros(k), expected: zeros(k), covariance: Array.from({ length: k }, () => zeros(k)) });
const zeros = (k: number): number[] => new Array<number>(k).fill(0);

function endOfTime(rows: readonly Row[], from: number): number {
  let to = from;
  while (to < rows.length && rows[to]!.time === rows[from]!.time) to += 1;
  return to;
}

/** Adds what one event time contributes: hypergeometric means and covariances given who was at risk. */
function addTime({ observed, expected, covariance }: Sums, rows: readonly Row[], atRisk: readonly number[]): void {
  const died = rows.filter((row) => row.event);
  if (died.length === 0) return;
  const total = atRisk.reduce((sum, n) => sum + n, 0);
  for (const row of died) observed[row.group]! += 1;
  const spread = total > 1 ? (died.length * (total - died.length)) / (total - 1) : 0;
  atRisk.forEach((a, i) => {
    expected[i]! += (died.length * a) / total;
    atRisk.forEach((b, j) => {
      covariance[i]![j]! += spread * (a / total) * ((i === j ? 1 : 0) - b / total);
    });
  });
}

/** The last group's difference follows from the others', so it is left out of the quadratic form. */
function testOf({ observed, expected, covariance }: Sums): LogRank | null {
  const df = observed.length - 1;
  if (df < 1) return null;
  const difference = observed.slice(0, df).map((o, i) => o - expected[i]!);
  const solved = solveLinear(
    covariance.slice(0, df).map((row) => row.slice(0, df)),
    difference,
  );
  if (solved === null) return null;
  const chiSquared = difference.reduce((sum, d, i) => sum + d * solved[i]!, 0);
  return { observed, expected, chiSquared, degreesOfFreedom: df, p: chiSquaredTail(chiSquared, df) };
}
