import { randomAt } from '../../basics/index.ts';
import { logChoose } from '../distributions/binomial.ts';

/** A permutation p-value and how it was found. */
export interface PermutationP {
  readonly p: number;
  readonly method: string;
}

/** Up to this many arrangements all are tried; above, that many random ones are drawn. */
const mostArrangements = 20_000;
const draws = 9_999;

/** Random dealings where each one costs more than a sum of few values. */
export const dealings = 1_999;

/** Above this many units the t test is exact enough and shuffling only costs time; designs then leave the permutation out. */
export const mostPermuted = 2_000;

/** Below this many units in all, or this many in the smaller group, the t interval is doubtful and the permutation p is given as well. */
const fewClusters = { all: 30, smaller: 15 };

/** Whether a t interval on groups of these sizes is doubtful. */
export const isFewClusters = (first: number, second: number): boolean => first + second < fewClusters.all || Math.min(first, second) < fewClusters.smaller;

/** In how many ways so many units can be dealt into groups of these sizes; capped, since only small numbers matter. */
export function arrangementsOf(first: number, second: number): number {
  let ways = 1;
  for (let k = 1; k <= Math.min(first, second) && ways < mostArrangements; k += 1) ways = (ways * (first + second - k + 1)) / k;
  return ways;
}

/** Two sums count as equal when they differ by rounding alone. */
const atLeast = (a: number, b: number): boolean => a >= b - 1e-9 * Math.max(1e-300, Math.abs(b));

/**
 * Two-sided p for the difference of two means when the labels of the groups are exchangeable: exact under the sharp hypothesis of no effect on any unit,
 * whatever the distribution. Small designs are enumerated; larger ones draw `9,999` random labellings addressed by `seed`, p = (1 + hits) / (1 + draws).
 * Source: R. A. Fisher (1935), E. J. G. Pitman (1937); the added one: Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9:39 (2010).
 */
export function labelPermutationP({
  treated,
  reference,
  seed,
}: {
  readonly treated: readonly number[];
  readonly reference: readonly number[];
  readonly seed: number;
}): PermutationP {
  // The sum over either group decides; over the small one it is found sooner.
  const first = treated.length > mostPermuted ? reference : treated;
  const all = first === treated ? [...treated, ...reference] : [...reference, ...treated];
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  const values = all.map((x) => x - mean);
  const seen = Math.abs(sumOfFirst(values, first.length));
  if (logChoose(all.length, first.length) <= Math.log(mostArrangements) + 1e-9) return enumerateLabels(values, first.length, seen);
  return drawLabels(values, first.length, seen, seed);
}

function sumOfFirst(values: ArrayLike<number>, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i += 1) sum += values[i]!;
  return sum;
}

/** With centred values the sum over one group decides the difference of the means, whatever the sizes. */
function enumerateLabels(values: readonly number[], size: number, seen: number): PermutationP {
  let [hits, total] = [0, 0];
  const choose = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      total += 1;
      if (atLeast(Math.abs(sum), seen)) hits += 1;
      return;
    }
    for (let i = from; i <= values.length - left; i += 1) choose(i + 1, left - 1, sum + values[i]!);
  };
  choose(0, size, 0);
  return { p: hits / total, method: `permutation, all ${total} arrangements` };
}

function drawLabels(values: readonly number[], size: number, seen: number, seed: number): PermutationP {
  const random = randomAt(seed, 'permutation', 'labels');
  const shuffled = Float64Array.from(values);
  let hits = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    for (let i = 0; i < size; i += 1) {
      const j = i + Math.floor(random.nextUniform() * (shuffled.length - i));
      const kept = shuffled[i]!;
      shuffled[i] = shuffled[j]!;
      shuffled[j] = kept;
    }
    if (atLeast(Math.abs(sumOfFirst(shuffled, size)), seen)) hits += 1;
  }
  return { p: (1 + hits) / (1 + draws), method: `permutation, ${draws} draws, seed ${seed}` };
}

/**
 * Two-sided p for the mean of paired changes when each change could as well have had the other sign. Same enumeration, drawing and sources as above.
 */
export function signFlipP({ changes, seed }: { readonly changes: readonly number[]; readonly seed: number }): PermutationP {
  const seen = Math.abs(sumOfFirst(changes, changes.length));
  if (2 ** changes.length > mostArrangements) return drawSigns(changes, seen, seed);
  const total = 2 ** changes.length;
  let hits = 0;
  for (let signs = 0; signs < total; signs += 1) {
    let sum = 0;
    for (let i = 0; i < changes.length; i += 1) sum += (signs >> i) & 1 ? -changes[i]! : changes[i]!;
    if (atLeast(Math.abs(sum), seen)) hits += 1;
  }
  return { p: hits / total, method: `sign flips, all ${total} arrangements` };
}

function drawSigns(changes: readonly number[], seen: number, seed: number): PermutationP {
  const random = randomAt(seed, 'permutation', 'signs');
  let hits = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = 0;
    for (const change of changes) sum += random.nextUint32() & 1 ? change : -change;
    if (atLeast(Math.abs(sum), seen)) hits += 1;
  }
  return { p: (1 + hits) / (1 + draws), method: `sign flips, ${draws} draws, seed ${seed}` };
}
