import type { Peril } from '../catalogue/index.ts';
import type { AssessmentParameters } from './parameters.ts';
import { conditionShare, type PlacedFinding, type Weakness } from './weigh-findings.ts';

type Numbers = AssessmentParameters['values'];

/** One weakness of one finding. */
interface Sighting extends Weakness {
  readonly finding: string;
}

/** The weaknesses of the findings that count, gathered by key and in the order of their keys; made once and combined for every target. */
export type WeaknessIndex = readonly (readonly Sighting[])[];

/** For which peril (null: all together) and at which ceiling V_max weaknesses are combined. */
export interface Target {
  readonly ceiling: number;
  readonly peril: Peril | null;
}

/** Gathers the weaknesses of findings. The order of the findings leaves no trace: keys are sorted, and a repeat counts by its worst. */
export function indexWeaknesses(findings: readonly PlacedFinding[]): WeaknessIndex {
  const byKey = new Map<string, Sighting[]>();
  for (const { counts, finding, weaknesses } of findings) {
    if (counts) for (const weakness of weaknesses) gather(byKey, { ...weakness, finding: finding.id });
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sightings]) => sightings);
}

function gather(byKey: Map<string, Sighting[]>, sighting: Sighting): void {
  const known = byKey.get(sighting.key);
  if (known === undefined) byKey.set(sighting.key, [sighting]);
  else known.push(sighting);
}

const noRepair: ReadonlySet<string> = new Set();

/**
 * The noisy-or q = 1 − Π(1 − q_i) over weaknesses (methods §2.3, step 5), leaving out the findings that are `repaired`. The same weakness on several
 * assets of a group counts as its worst asset and a tenth for each further one, up to a half more.
 */
export const combineWeaknesses = (index: WeaknessIndex, target: Target, numbers: Numbers, repaired = noRepair): number =>
  1 - index.reduce((left, sightings) => left * (1 - repeatShare(sightings, target, numbers, repaired)), 1);

/** V = 1 + (V_max − 1) q. */
export const findingsMultiplier = (share: number, ceiling: number): number => 1 + (ceiling - 1) * share;

/** V_max of a peril: ransomware has its own, all others share one. */
export const ceilingOf = (peril: Peril, numbers: Numbers): number => numbers[peril === 'ransomware' ? 'findings.ceiling.ransomware' : 'findings.ceiling.other'];

function repeatShare(sightings: readonly Sighting[], target: Target, numbers: Numbers, repaired: ReadonlySet<string>): number {
  if (sightings.length === 1) return singleShare(sightings[0]!, target, repaired);
  const open = sightings.filter((sighting) => !repaired.has(sighting.finding) && concerns(sighting, target.peril));
  const worst = open.reduce((most, sighting) => Math.max(most, shareOf(sighting, target.ceiling)), 0);
  return open.length < 2 ? worst : Math.min(1, worst * (1 + extraAssets(open, numbers)));
}

const singleShare = (sighting: Sighting, target: Target, repaired: ReadonlySet<string>): number =>
  repaired.has(sighting.finding) || !concerns(sighting, target.peril) ? 0 : shareOf(sighting, target.ceiling);

const concerns = ({ perils }: Weakness, peril: Peril | null): boolean => peril === null || perils === null || perils.includes(peril);

const shareOf = ({ share, relativeRisk, exposureFactor }: Weakness, ceiling: number): number =>
  relativeRisk === null ? share : conditionShare(relativeRisk, ceiling) * exposureFactor;

function extraAssets(open: readonly Sighting[], numbers: Numbers): number {
  const assets = new Set(open.map(({ asset }) => asset));
  return Math.min(numbers['findings.extra-asset-most'], numbers['findings.extra-asset'] * (assets.size - 1));
}
