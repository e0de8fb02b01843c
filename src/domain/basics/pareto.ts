import { lognormalLimitedMean, lognormalSurvival, type Lognormal } from './lognormal.ts';
import { normalCdf, normalQuantile } from './special-functions.ts';

/** Pareto of the second kind (Lomax): P(X > x) = (θ/(x+θ))^α. */
export interface Pareto {
  readonly alpha: number;
  readonly theta: number;
}

/** E[X ∧ limit] of a Pareto; infinite limits give the mean, which is infinite for α ≤ 1. */
export function paretoLimitedMean({ alpha, theta }: Pareto, limit: number): number {
  if (limit <= 0) return 0;
  if (alpha === 1) return theta * Math.log1p(limit / theta);
  return (theta / (alpha - 1)) * (1 - (theta / (limit + theta)) ** (alpha - 1));
}

/** A lognormal body cut at `threshold` with a generalised Pareto tail (shape `xi` > 0, scale `beta`) of total probability `tail` above it. */
export interface SplicedSeverity {
  readonly body: Lognormal;
  readonly threshold: number;
  readonly xi: number;
  readonly beta: number;
  readonly tail: number;
}

/** E[X ∧ limit] of a spliced severity. */
export function splicedLimitedMean(severity: SplicedSeverity, limit: number): number {
  const { threshold, tail, xi, beta } = severity;
  const inBody = Math.min(limit, threshold);
  const excess = paretoLimitedMean({ alpha: 1 / xi, theta: beta / xi }, limit - threshold);
  return (1 - tail) * truncatedLimitedMean(severity.body, threshold, inBody) + tail * (inBody + excess);
}

/** E[X ∧ limit | X ≤ threshold] of a lognormal, limit ≤ threshold. */
function truncatedLimitedMean(body: Lognormal, threshold: number, limit: number): number {
  const above = lognormalSurvival(body, threshold);
  return (lognormalLimitedMean(body, limit) - limit * above) / (1 - above);
}

/** Quantile of a spliced severity. */
export function splicedQuantile(severity: SplicedSeverity, p: number): number {
  const { body, threshold, tail, xi, beta } = severity;
  if (p > 1 - tail) return threshold + (beta / xi) * (((1 - p) / tail) ** -xi - 1);
  const below = normalCdf((Math.log(threshold) - body.mu) / body.sigma);
  return Math.exp(body.mu + body.sigma * normalQuantile((p / (1 - tail)) * below));
}
