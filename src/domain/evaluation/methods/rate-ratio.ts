import { binomialTwoSidedP } from '../distributions/binomial.ts';
import { usualLevel, type Interval } from '../model.ts';
import { clopperPearsonInterval } from './clopper-pearson.ts';
import type { EventCount } from './poisson-rate.ts';
import { ratio } from './ratio.ts';

/** Rate of the treated over rate of the reference group. `value` is null when the reference had no events; the interval then has no upper bound. */
export interface RateRatio {
  readonly value: number | null;
  readonly interval: Interval | null;
  readonly p: number | null;
}

/**
 * Exact comparison of two rates, given the total number of events: the treated group's share of them is binomial. Holds when events come independently;
 * null throughout when neither group had an event. Source: Przyborowski and Wilenski, Biometrika 31 (1940); as R's `poisson.test` with two samples.
 */
export function rateRatio({ treated, reference }: { readonly treated: EventCount; readonly reference: EventCount }, level = usualLevel): RateRatio {
  const of = treated.events + reference.events;
  if (of === 0) return { value: null, interval: null, p: null };
  const share = clopperPearsonInterval({ count: treated.events, of }, level);
  const asRatio = (x: number): number | null => ratio(x * reference.exposure, (1 - x) * treated.exposure);
  return {
    value: ratio(treated.events * reference.exposure, reference.events * treated.exposure),
    interval: { low: asRatio(share.low!), high: asRatio(share.high!), level, method: 'exact conditional rate ratio' },
    p: binomialTwoSidedP(treated.events, { of, probability: treated.exposure / (treated.exposure + reference.exposure) }),
  };
}
