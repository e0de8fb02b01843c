import { randomAt } from '../../basics/index.ts';
import type { PermutationP } from './permutation.ts';

/** Units that belong together, all in one group: the vulnerabilities of a firm. `group` counts from 0. */
export interface Cluster<T> {
  readonly group: number;
  readonly units: readonly T[];
}

const draws = 1_999;

/** Above this many units the draws take too long to wait for; designs then say that the p for independent units is too small. */
export const mostClustered = 2_000;

/**
 * p of a statistic that grows with the difference of the groups, when whole clusters and not single units could as well have been in another group: units of one cluster may
 * depend on each other in any way. As many clusters go to each group as were seen there; `1,999` random dealings addressed by `seed`, p = (1 + hits) / (1 + draws).
 * `statistic` answers null where it cannot be computed, which counts as no hit; null when it cannot be computed for what was seen.
 * Source: R. A. Fisher (1935) with clusters as the units that were dealt; the added one: Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9:39 (2010).
 */
export function clusterPermutationP<T>({
  clusters,
  statistic,
  seed,
}: {
  readonly clusters: readonly Cluster<T>[];
  readonly statistic: (groups: readonly (readonly T[])[]) => number | null;
  readonly seed: number;
}): PermutationP | null {
  const labels = clusters.map(({ group }) => group);
  const count = Math.max(...labels) + 1;
  const dealt = (as: readonly number[]): number | null =>
    statistic(Array.from({ length: count }, (_, group) => clusters.flatMap(({ units }, i) => (as[i] === group ? units : []))));
  const seen = dealt(labels);
  if (seen === null) return null;
  const random = randomAt(seed, 'permutation', 'clusters');
  const shuffled = [...labels];
  let hits = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    shuffle(shuffled, () => random.nextUniform());
    if ((dealt(shuffled) ?? 0) >= seen - 1e-9 * Math.abs(seen)) hits += 1;
  }
  return { p: (1 + hits) / (1 + draws), method: `permutation of ${clusters.length} clusters, ${draws} draws, seed ${seed}` };
}

/** Every order equally likely. Source: Fisher and Yates, as Knuth, The Art of Computer Programming 2, 3.4.2 P. */
function shuffle(list: number[], uniform: () => number): void {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(uniform() * (i + 1));
    const kept = list[i]!;
    list[i] = list[j]!;
    list[j] = kept;
  }
}
