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
  if (trials.of > mostListed) return twoTails(k, trials);
  const limit = binomialProbability(k, trials) * (1 + 1e-7);
  let p = 0;
  for (let i = 0; i <= trials.of; i += 1) {
    const probability = binomialProbability(i, trials);
    if (probability <= limit) p += probability;
  }
  return Math.min(1, p);
}

/** Above this many trials outcomes are not listed one by one. */
const mostListed = 100_000;

/** The same p as two tails: probabilities fall on both sides of the mode, so the outcomes beyond the first rare enough one on the other side are all counted. */
function twoTails(k: number, trials: Trials): number {
  const mode = Math.min(trials.of, Math.floor((trials.of + 1) * trials.probability));
  const limit = binomialProbability(k, trials) * (1 + 1e-7);
  const isRare = (outcome: number): boolean => binomialProbability(outcome, trials) <= limit;
  if (isRare(mode)) return 1;
  if (k < mode) return binomialAtMost(k, trials) + 1 - binomialAtMost(firstWhere(isRare, mode, trials.of + 1) - 1, trials);
  return 1 - binomialAtMost(k - 1, trials) + binomialAtMost(-firstWhere((outcome) => isRare(-outcome), -mode, 1), trials);
}

/** The least whole number from `low` on where `holds`, which holds from there to `high`. */
function firstWhere(holds: (x: number) => boolean, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The x at which the incomplete beta function I_x(a, b) reaches `p`. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return solve((x) => incompleteBeta(a, b, x) - p, { low: 0, high: 1 });
}
