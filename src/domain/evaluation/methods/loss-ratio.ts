import { studentCritical } from '../distributions/student.ts';
import { usualLevel, type Interval } from '../model.ts';

/** One policy's earned premium and incurred loss, in the same minor units. */
export interface PolicyResult {
  readonly earnedPremium: number;
  readonly incurredLoss: number;
}

/** Loss over premium of a band of policies; null without premium. The interval is null below two policies or when nothing varies. */
export interface LossRatio {
  readonly policies: number;
  readonly value: number | null;
  readonly interval: Interval | null;
}

/**
 * Loss ratio of a band as a ratio of sums, with the linearised interval over policies as independent units. Holds for many policies of similar size; with
 * few claims, or one that carries the band, it is too narrow on the high side. Source: W. G. Cochran, Sampling Techniques (1977), §6.
 */
export function lossRatio(policies: readonly PolicyResult[], level = usualLevel): LossRatio {
  const premium = policies.reduce((sum, policy) => sum + policy.earnedPremium, 0);
  const n = policies.length;
  if (!(premium > 0)) return { policies: n, value: null, interval: null };
  const value = policies.reduce((sum, policy) => sum + policy.incurredLoss, 0) / premium;
  const squares = policies.reduce((sum, { earnedPremium, incurredLoss }) => sum + (incurredLoss - value * earnedPremium) ** 2, 0);
  if (n < 2 || squares === 0) return { policies: n, value, interval: null };
  const half = (studentCritical(level, n - 1) * Math.sqrt((squares * n) / (n - 1))) / premium;
  return { policies: n, value, interval: { low: Math.max(0, value - half), high: value + half, level, method: 'ratio of sums, linearised t' } };
}
