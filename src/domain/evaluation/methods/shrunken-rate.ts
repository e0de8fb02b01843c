import { gammaQuantile } from '../distributions/poisson.ts';
import { usualLevel, type Interval } from '../model.ts';
import type { EventCount } from './poisson-rate.ts';

/** What is believed before looking: a gamma distribution of the rate with this mean, worth this much exposure. */
export interface RatePrior {
  readonly mean: number;
  readonly worthExposure: number;
}

/**
 * Claim rate of a small group, pulled towards a prior mean: (events + mean·worth) / (exposure + worth), with the posterior's central interval.
 * A belief, not a coverage guarantee: as good as its prior. Source: H. Bühlmann, ASTIN Bulletin 4 (1967); Gamma–Poisson in Klugman, Panjer and Willmot, Loss Models, ch. 18.
 */
export function shrunkenRate(
  { events, exposure }: EventCount,
  { mean, worthExposure }: RatePrior,
  level = usualLevel,
): { readonly rate: number; readonly weightOfData: number; readonly interval: Interval } {
  const [shape, worth] = [events + mean * worthExposure, exposure + worthExposure];
  const tail = (1 - level) / 2;
  const at = (p: number): number => gammaQuantile(p, shape) / worth;
  return { rate: shape / worth, weightOfData: exposure / worth, interval: { low: at(tail), high: at(1 - tail), level, method: 'Gamma-Poisson posterior' } };
}
