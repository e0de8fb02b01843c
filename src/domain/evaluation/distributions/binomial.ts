import { incompleteBeta, logGamma } from '../../basics/index.ts';
import { solve } from './solve.ts';

/** ln of the number of ways to choose `k` of `n`. */
export const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** How many trials, and the probability of success in each. */
export interface Trials {
  readonly of: number;
  readonly probability: number;
}

/** P(X = k) of the binomial distribution. */
export function binomialProbability(k: number, { of, probability }: Trials): number {
  if (k < 0 || k > of) return 0;
  if (probability <= 0) return k === 0 ? 1 : 0;
  if (probability >= 1) return k === of ? 1 : 0;
  return Math.exp(logChoose(of, k) + k * Math.log(probability) + (of - k) * Math.log1p(-probability));
}

/** P(X ≤ k) of the binomial distribution, by the incomplete beta function (DLMF 8.17.5). */
export function binomialAtMost(k: number, { of, probability }: Trials): number {
  if (k < 0) return 0;
  if (k >= of) return 1;
  return incompleteBeta(of - k, k + 1, 1 - probability);
}

/**
 * Exact two-sided p-value: the probability of all outcomes that are at most as likely as the one seen (the rule of R's `binom.test`,
 * with its relative allowance of 1e-7 for ties).
 */
export function binomialTwoSidedP(k: number, trials: Trials): number {
  const limit = binomialProbability(k, trials) * (1 + 1e-7);
  let p = 0;
  for (let i = 0; i <= trials.of; i += 1) {
    const probability = binomialProbability(i, trials);
    if (probability <= limit) p += probability;
  }
  return Math.min(1, p);
}

/** The x at which the incomplete beta function I_x(a, b) reaches `p`. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return solve((x) => incompleteBeta(a, b, x) - p, { low: 0, high: 1 });
}
