import { usualLevel, type Count, type Interval } from '../model.ts';
import { wilsonInterval } from './wilson.ts';

/**
 * Difference of the shares of two independent groups, `treated` minus `reference`, with the hybrid score interval. Holds for independent units;
 * close to the level from about ten units per group on.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
 */
export function shareDifference(
  { treated, reference }: { readonly treated: Count; readonly reference: Count },
  level = usualLevel,
): { readonly difference: number; readonly interval: Interval } {
  const [t, r] = [wilsonInterval(treated, level), wilsonInterval(reference, level)];
  const [pt, pr] = [treated.count / treated.of, reference.count / reference.of];
  const down = Math.hypot(pt - t.low!, r.high! - pr);
  const up = Math.hypot(t.high! - pt, pr - r.low!);
  const difference = pt - pr;
  return {
    difference,
    interval: { low: Math.max(-1, difference - down), high: Math.min(1, difference + up), level, method: 'Newcombe hybrid score (independent)' },
  };
}
