import { incompleteGamma } from '../../basics/index.ts';
import { solve } from './solve.ts';

/** The x at which the regularised lower incomplete gamma function P(a, x) reaches `p`, 0 < p < 1. */
export function gammaQuantile(p: number, a: number): number {
  return solve((x) => incompleteGamma(a, x) - p, { low: 0, high: a + 12 * Math.sqrt(a) + 60 });
}
