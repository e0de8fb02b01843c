import { randomAt } from '../../basics/index.ts';
import { shuffle } from './dealing.ts';
import { dealings, type PermutationP } from './permutation.ts';
import type { Watched } from './kaplan-meier.ts';

/** Units that belong together, all in one group: the vulnerabilities of a firm. `group` counts from 0. */
export interface Cluster {
  readonly group: number;
  readonly units: readonly Watched[];
}

/**
 * p of a comparison of the paces of events when whole clusters could as well have been in another group: units of one cluster may depend on each other in any way. As many
 * clusters go to each group as were seen there; 1,999 random dealings addressed by `seed`, p = (1 + hits) / (1 + dealings). With one unit to a cluster it is the permutation
 * form of the log-rank test, for samples too small for chi-squared. The statistic is Σ (O − E)² / E over groups, with E from the hazard of all units together.
 * Null with fewer than two groups or without events. Exact where no cluster would have fared otherwise in another group and watching ended alike in all groups.
 * Source: R. A. Fisher (1935) with clusters as what is dealt; log-rank scores: Peto and Peto (1972).
 */
export function dealtLogRankP({ clusters, seed }: { readonly clusters: readonly Cluster[]; readonly seed: number }): PermutationP | null {
  const labels = Int32Array.from(clusters, ({ group }) => group);
  const groups = labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const hazard = pooledHazard(clusters.flatMap(({ units }) => units));
  if (groups < 2 || hazard.times.length === 0) return null;
  const observed = Float64Array.from(clusters, ({ units }) => units.filter(({ event }) => event).length);
  const expected = Float64Array.from(clusters, ({ units }) => units.reduce((sum, { time }) => sum + hazardAt(hazard, time), 0));
  const distance = (): number => distanceOf({ labels, observed, expected, groups });
  const seen = distance();
  const random = randomAt(seed, 'permutation', 'clusters');
  let hits = 0;
  for (let dealing = 0; dealing < dealings; dealing += 1) {
    shuffle(labels, random);
    if (distance() >= seen - 1e-9 * seen) hits += 1;
  }
  const of = clusters.every(({ units }) => units.length === 1) ? '' : ` of ${clusters.length} clusters`;
  return { p: (1 + hits) / (1 + dealings), method: `log-rank, permutation${of}, ${dealings} draws, seed ${seed}` };
}

/** Cumulative hazard of all units together: `sums[i]` from the event time `times[i]` on. */
interface Hazard {
  readonly times: readonly number[];
  readonly sums: readonly number[];
}

/** Source: Nelson (1969), Aalen (1978). */
function pooledHazard(units: readonly Watched[]): Hazard {
  const byTime = [...units].sort((a, b) => a.time - b.time);
  const [times, sums]: [number[], number[]] = [[], []];
  let sum = 0;
  for (let from = 0; from < byTime.length;) {
    let [to, events] = [from, 0];
    for (; to < byTime.length && byTime[to]!.time === byTime[from]!.time; to += 1) events += Number(byTime[to]!.event);
    if (events > 0) {
      sum += events / (byTime.length - from);
      times.push(byTime[from]!.time);
      sums.push(sum);
    }
    from = to;
  }
  return { times, sums };
}

function hazardAt({ times, sums }: Hazard, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : sums[low - 1]!;
}

interface Dealing {
  readonly labels: Int32Array;
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly groups: number;
}

/** A group that nobody could have had an event in says nothing. */
function distanceOf({ labels, observed, expected, groups }: Dealing): number {
  const [seen, due] = [new Float64Array(groups), new Float64Array(groups)];
  for (let i = 0; i < labels.length; i += 1) {
    seen[labels[i]!]! += observed[i]!;
    due[labels[i]!]! += expected[i]!;
  }
  let distance = 0;
  for (let g = 0; g < groups; g += 1) if (due[g]! > 0) distance += (seen[g]! - due[g]!) ** 2 / due[g]!;
  return distance;
}
