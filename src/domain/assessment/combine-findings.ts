import type { Peril } from '../catalogue/index.ts';
import type { AssessmentParameters } from './parameters.ts';
import { conditionShare, type PlacedFinding, type Weakness } from './weigh-findings.ts';

type Numbers = AssessmentParameters['values'];

/** The same weakness in one group of assets: its worst share and how many assets have it. */
interface Repeat {
  worst: number;
  readonly assets: Set<string>;
}

/**
 * The noisy-or q = 1 − Π(1 − q_i) over the weaknesses of the findings that count, at a ceiling V_max, for one peril or (null) for all
 * together (methods §2.3, step 5). The same weakness on several assets of a group counts as its worst asset and a tenth for each further one,
 * up to a half more. Terms are multiplied in the order of their keys, so that the order of the findings cannot change a digit.
 */
export function combineFindings(findings: readonly PlacedFinding[], target: { ceiling: number; peril: Peril | null }, numbers: Numbers): number {
  const repeats = new Map<string, Repeat>();
  for (const { counts, weaknesses } of findings) {
    if (counts) for (const weakness of weaknesses) gather(repeats, weakness, target);
  }
  const keys = [...repeats.keys()].sort();
  return 1 - keys.reduce((left, key) => left * (1 - repeatShare(repeats.get(key)!, numbers)), 1);
}

/** V = 1 + (V_max − 1) q. */
export const findingsMultiplier = (share: number, ceiling: number): number => 1 + (ceiling - 1) * share;

/** V_max of a peril: ransomware has its own, all others share one. */
export const ceilingOf = (peril: Peril, numbers: Numbers): number => numbers[peril === 'ransomware' ? 'findings.ceiling.ransomware' : 'findings.ceiling.other'];

function gather(repeats: Map<string, Repeat>, weakness: Weakness, target: { ceiling: number; peril: Peril | null }): void {
  if (target.peril !== null && weakness.perils !== null && !weakness.perils.includes(target.peril)) return;
  const share = weakness.relativeRisk === null ? weakness.share : conditionShare(weakness.relativeRisk, target.ceiling) * weakness.exposureFactor;
  const repeat = repeats.get(weakness.key);
  if (repeat === undefined) repeats.set(weakness.key, { worst: share, assets: new Set([weakness.asset]) });
  else {
    repeat.worst = Math.max(repeat.worst, share);
    repeat.assets.add(weakness.asset);
  }
}

function repeatShare({ worst, assets }: Repeat, numbers: Numbers): number {
  const more = Math.min(numbers['findings.extra-asset-most'], numbers['findings.extra-asset'] * (assets.size - 1));
  return Math.min(1, worst * (1 + more));
}
