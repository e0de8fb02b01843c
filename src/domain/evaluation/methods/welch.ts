import { studentCritical, studentTwoSidedP } from '../distributions/student.ts';
import { usualLevel, type Interval } from '../model.ts';
import { momentsOf, type Moments } from './moments.ts';

/** Difference of two means, `treated` minus `reference`. Interval and test are null when a group has fewer than two values or nothing varies. */
export interface MeanDifference {
  readonly difference: number;
  readonly standardError: number | null;
  readonly degreesOfFreedom: number | null;
  readonly t: number | null;
  readonly p: number | null;
  readonly interval: Interval | null;
}

/**
 * Difference of the means of two independent groups with unequal variances. Holds for independent units whose means are near normal: from about 15 per
 * group for mild skew, more for money amounts. Source: B. L. Welch, Biometrika 34 (1947); degrees of freedom after Satterthwaite (1946).
 */
export function welchDifference(
  { treated, reference }: { readonly treated: Iterable<number>; readonly reference: Iterable<number> },
  level = usualLevel,
): MeanDifference {
  const [a, b] = [momentsOf(treated), momentsOf(reference)];
  return combineMeans(a.mean - b.mean, [a, b], level, 'Welch t');
}

/**
 * Interval for a sum or difference of independent means, given the moments of each part. Shared by Welch's difference and by designs that compare
 * several cohorts; null when a part has one value only or no part varies.
 */
export function combineMeans(difference: number, parts: readonly Moments[], level: number, method: string): MeanDifference {
  const shares = parts.map((part) => part.variance / part.n);
  const variance = shares.reduce((sum, share) => sum + share, 0);
  if (parts.some((part) => part.n < 2) || !(variance > 0)) {
    return { difference, standardError: null, degreesOfFreedom: null, t: null, p: null, interval: null };
  }
  const standardError = Math.sqrt(variance);
  const degreesOfFreedom = variance ** 2 / parts.reduce((sum, part, i) => sum + shares[i]! ** 2 / (part.n - 1), 0);
  const half = studentCritical(level, degreesOfFreedom) * standardError;
  const t = difference / standardError;
  return {
    difference,
    standardError,
    degreesOfFreedom,
    t,
    p: studentTwoSidedP(t, degreesOfFreedom),
    interval: { low: difference - half, high: difference + half, level, method },
  };
}
