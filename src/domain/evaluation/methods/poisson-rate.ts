import { gammaQuantile } from '../distributions/poisson.ts';
import { usualLevel, type Interval } from '../model.ts';

/** So many events in so much exposure (firm-years, firms, policy months). */
export interface EventCount {
  readonly events: number;
  readonly exposure: number;
}

/**
 * Events per unit of exposure with the exact interval. Holds when events come independently at one rate; claims that arrive in clusters are more
 * uncertain than this says. Source: F. Garwood, Biometrika 28 (1936); as R's `poisson.test`.
 */
export function poissonRate({ events, exposure }: EventCount, level = usualLevel): { readonly rate: number; readonly interval: Interval } {
  if (!(exposure > 0)) throw new Error('poissonRate needs positive exposure');
  const tail = (1 - level) / 2;
  const low = events === 0 ? 0 : gammaQuantile(tail, events) / exposure;
  return { rate: events / exposure, interval: { low, high: gammaQuantile(1 - tail, events + 1) / exposure, level, method: 'exact Poisson (Garwood)' } };
}
