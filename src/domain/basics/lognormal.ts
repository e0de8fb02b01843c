import { normalCdf, normalQuantile } from './special-functions.ts';

/** ln X is normal with mean `mu` and standard deviation `sigma` > 0. */
export interface Lognormal {
  readonly mu: number;
  readonly sigma: number;
}

/** The lognormal of a given arithmetic mean: μ = ln(mean) − σ²/2. */
export const lognormalOfMean = (mean: number, sigma: number): Lognormal => ({ mu: Math.log(mean) - (sigma * sigma) / 2, sigma });

/** The lognormal of a given median and another quantile, e.g. a published median and P95. */
export function lognormalOfQuantiles({ median, quantile, probability }: { median: number; quantile: number; probability: number }): Lognormal {
  return { mu: Math.log(median), sigma: Math.log(quantile / median) / normalQuantile(probability) };
}

/** σ implied by a published mean and median: √(2 ln(mean/median)). */
export const sigmaOfMeanAndMedian = (mean: number, median: number): number => Math.sqrt(2 * Math.log(mean / median));

/** E[X]. */
export const lognormalMean = ({ mu, sigma }: Lognormal): number => Math.exp(mu + (sigma * sigma) / 2);

/** P(X > x). */
export const lognormalSurvival = ({ mu, sigma }: Lognormal, x: number): number => (x <= 0 ? 1 : normalCdf((mu - Math.log(x)) / sigma));

/** inf{x : P(X ≤ x) ≥ p}. */
export const lognormalQuantile = ({ mu, sigma }: Lognormal, p: number): number => Math.exp(mu + sigma * normalQuantile(p));

/** Limited expected value E[X ∧ limit] = e^{μ+σ²/2}·Φ((ln L − μ − σ²)/σ) + L·(1 − Φ((ln L − μ)/σ)); increasing and concave in the limit. */
export function lognormalLimitedMean(severity: Lognormal, limit: number): number {
  if (limit <= 0) return 0;
  if (limit === Number.POSITIVE_INFINITY) return lognormalMean(severity);
  const z = (Math.log(limit) - severity.mu) / severity.sigma;
  return lognormalMean(severity) * normalCdf(z - severity.sigma) + limit * normalCdf(-z);
}

/** Tail value at risk E[X | X > VaR_p] = e^{μ+σ²/2}·Φ(σ − z_p)/(1 − p). */
export const lognormalTailMean = (severity: Lognormal, p: number): number =>
  (lognormalMean(severity) * normalCdf(severity.sigma - normalQuantile(p))) / (1 - p);

/** Price of the whole risk under Wang's transform with `lambda`: E[X]·e^{λσ} (Wang 2000). */
export const wangPrice = (severity: Lognormal, lambda: number): number => lognormalMean(severity) * Math.exp(lambda * severity.sigma);
