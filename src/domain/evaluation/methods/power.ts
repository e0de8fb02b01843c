import { normalCdf, normalQuantile } from '../../basics/index.ts';
import { binomialAtMost, binomialProbability } from '../distributions/binomial.ts';
import { solve } from '../distributions/solve.ts';
import { mcNemarTest } from './mcnemar.ts';

/** Chance of a false positive that a test allows (two-sided), and the power that is asked of a study. */
export interface Demand {
  readonly alpha: number;
  readonly power: number;
}

/** The usual demand: 5 % two-sided, 80 % power. */
export const usualDemand: Demand = { alpha: 0.05, power: 0.8 };

/** Two shares that a study shall tell apart. */
export interface TwoShares {
  readonly reference: number;
  readonly treated: number;
}

/** z of the one tail that matters; the other tail is neglected, as R's `power.prop.test` does. */
const critical = (alpha: number): number => normalQuantile(1 - alpha / 2);

/** Spread of the difference under “no difference” and as it really is, per unit in each group. */
function spreads({ reference, treated }: TwoShares): { readonly pooled: number; readonly real: number } {
  const mean = (reference + treated) / 2;
  return { pooled: Math.sqrt(2 * mean * (1 - mean)), real: Math.sqrt(reference * (1 - reference) + treated * (1 - treated)) };
}

/**
 * Power to tell two shares apart with `perGroup` units each, normal approximation. For planning; the exact tests have a little less.
 * Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), ch. 4; as R's `power.prop.test`.
 */
export function powerOfTwoShares(shares: TwoShares, perGroup: number, alpha = usualDemand.alpha): number {
  const { pooled, real } = spreads(shares);
  const distance = Math.sqrt(perGroup) * Math.abs(shares.treated - shares.reference) - critical(alpha) * pooled;
  if (real === 0) return distance >= 0 ? 1 : 0;
  return normalCdf(distance / real);
}

/** Units per group that reach the demanded power; a fraction, to be rounded up. Null when the shares are equal. */
export function unitsForTwoShares(shares: TwoShares, { alpha, power }: Demand = usualDemand): number | null {
  if (shares.reference === shares.treated) return null;
  const { pooled, real } = spreads(shares);
  return ((critical(alpha) * pooled + normalQuantile(power) * real) / (shares.treated - shares.reference)) ** 2;
}

/**
 * The smallest fall (or rise) of a share that would be found with the demanded power; null when not even the whole way to 0 (or 1) would be.
 */
export function detectableShare(
  { reference, perGroup, direction }: { readonly reference: number; readonly perGroup: number; readonly direction: 'fall' | 'rise' },
  { alpha, power }: Demand = usualDemand,
): number | null {
  const end = direction === 'fall' ? 0 : 1;
  const shortfall = (treated: number): number => powerOfTwoShares({ reference, treated }, perGroup, alpha) - power;
  if (reference === end || shortfall(end) < 0) return null;
  const near = reference + (end - reference) * 1e-9;
  const treated = solve(shortfall, { low: Math.min(near, end), high: Math.max(near, end) });
  return Math.abs(treated - reference);
}

/** Paired units, and the probabilities that one of them goes from no to yes, or from yes to no. */
export interface PairedPlan {
  readonly pairs: number;
  readonly gain: number;
  readonly loss: number;
}

/** Above this many pairs the sum over tables costs time and the normal distribution gives the same. */
const mostSummedPairs = 2_000;

/**
 * Power of the exact McNemar test, by summing over the number of changed units; above 2,000 pairs by the normal approximation. `alpha` two-sided.
 * Source of the approximation: O. S. Miettinen, Biometrics 24 (1968).
 */
export function powerOfMcNemar({ pairs, gain, loss }: PairedPlan, alpha = usualDemand.alpha): number {
  const changing = gain + loss;
  if (changing <= 0) return 0;
  if (pairs > mostSummedPairs) return normalPower({ pairs, gain, loss }, alpha);
  let power = 0;
  for (let changed = 1; changed <= pairs; changed += 1) {
    const weight = binomialProbability(changed, { of: pairs, probability: Math.min(1, changing) });
    if (weight > 1e-17) power += weight * rejectedShare(changed, gain / changing, alpha);
  }
  return Math.min(1, power);
}

function normalPower({ pairs, gain, loss }: PairedPlan, alpha: number): number {
  const [changing, net] = [gain + loss, gain - loss];
  const distance = Math.sqrt(pairs) * Math.abs(net) - critical(alpha) * Math.sqrt(changing);
  const spread = Math.sqrt(changing - net * net);
  if (spread === 0) return distance >= 0 ? 1 : 0;
  return normalCdf(distance / spread);
}

/** P(the test rejects) when `changed` units changed, each a gain with `probability`. */
function rejectedShare(changed: number, probability: number, alpha: number): number {
  const fewest = mostOnOneSide(changed, alpha);
  if (fewest < 0) return 0;
  const trials = { of: changed, probability };
  return binomialAtMost(fewest, trials) + 1 - binomialAtMost(changed - fewest - 1, trials);
}

/** The largest number of units on the smaller side with which the exact test still rejects; −1 when it never does. */
function mostOnOneSide(changed: number, alpha: number): number {
  let [low, high] = [-1, Math.ceil(changed / 2)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (mcNemarTest({ gained: middle, lost: changed - middle }).exactP <= alpha) low = middle;
    else high = middle;
  }
  return low;
}

/** Fewest units that must change, all the same way, before an exact test of signs can reach `alpha`: 6 at 5 %. With fewer no evidence is possible. */
export const fewestChanged = (alpha = usualDemand.alpha): number => Math.ceil(1 + Math.log2(1 / alpha));

/** The smallest difference of means found with the demanded power, given the standard error of the difference (normal approximation). */
export const detectableMean = (standardError: number, { alpha, power }: Demand = usualDemand): number =>
  (critical(alpha) + normalQuantile(power)) * standardError;

/**
 * The hazard ratio (below 1) found with the demanded power from so many events, `share` of the units treated.
 * Source: D. A. Schoenfeld, Biometrics 39 (1983). Null without events or without two groups.
 */
export function detectableHazardRatio(
  { events, share }: { readonly events: number; readonly share: number },
  { alpha, power }: Demand = usualDemand,
): number | null {
  const information = events * share * (1 - share);
  return information > 0 ? Math.exp(-(critical(alpha) + normalQuantile(power)) / Math.sqrt(information)) : null;
}
