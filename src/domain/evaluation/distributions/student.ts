import { incompleteBeta, normalCdf, normalQuantile } from '../../basics/index.ts';
import { solve } from './solve.ts';

/** Above this many degrees of freedom the expansion around the normal distribution is closer than the beta function can be. */
const manyDegrees = 1e5;

/** P(|T| ≥ |t|) of Student's t distribution with `df` degrees of freedom (fractions allowed). */
export function studentTwoSidedP(t: number, df: number): number {
  if (df > manyDegrees) return 2 * normalCdf(-Math.abs(nearlyNormal(t, df)));
  return incompleteBeta(df / 2, 0.5, df / (df + t * t));
}

/** The normal deviate with nearly the same tail as t: z = t(1 − 1/4df)/√(1 + t²/2df) (Abramowitz and Stegun 26.7.8). */
const nearlyNormal = (t: number, df: number): number => (t * (1 - 1 / (4 * df))) / Math.sqrt(1 + (t * t) / (2 * df));

/** The t beyond which both tails together hold `1 − level`, e.g. 2.57 for level 0.95 and 5 degrees of freedom. */
export function studentCritical(level: number, df: number): number {
  const z = normalQuantile((1 + level) / 2);
  if (df > manyDegrees) return z + (z ** 3 + z) / (4 * df);
  let high = Math.max(2 * z, 4);
  while (studentTwoSidedP(high, df) > 1 - level) high *= 4;
  return solve((t) => studentTwoSidedP(t, df) - (1 - level), { low: 0, high });
}
