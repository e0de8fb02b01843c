import { normalCdf, normalQuantile } from '../../basics/index.ts';
import { usualLevel, type Interval } from '../model.ts';
import type { SurvivalCurve } from './kaplan-meier.ts';

/** Mean time without the event, counted up to a horizon. */
export interface RestrictedMean {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/**
 * Area under the survival curve up to `horizon`: the mean time to the event when all watching stops there. Null when the curve is not known up to the horizon.
 * Holds like the curve itself and needs no proportional hazards; the normal interval is doubtful under ten events. Source: Royston and Parmar, BMC Med. Res. Meth. 13:152 (2013); variance: Klein and Moeschberger (2003), §4.5.
 */
export function restrictedMean(curve: SurvivalCurve, horizon: number, level = usualLevel): RestrictedMean | null {
  const steps = curve.steps.filter((step) => step.time < horizon);
  if (horizon > curve.longest && curve.steps.at(-1)?.survival !== 0) return null;
  let [area, variance, until] = [0, 0, horizon];
  for (const step of steps.toReversed()) {
    area += step.survival * (until - step.time);
    if (step.atRisk > step.events) variance += (area * area * step.events) / (step.atRisk * (step.atRisk - step.events));
    until = step.time;
  }
  const value = area + until;
  const standardError = Math.sqrt(variance);
  const half = normalQuantile((1 + level) / 2) * standardError;
  const interval = { low: Math.max(0, value - half), high: Math.min(horizon, value + half), level, method: 'RMST, Greenwood normal' };
  return { value, standardError, interval };
}

/** Difference of two restricted means, `treated` minus `reference`, normal approximation; p is null when neither varies. */
export function restrictedMeanDifference(
  treated: RestrictedMean,
  reference: RestrictedMean,
  level = usualLevel,
): { readonly difference: number; readonly interval: Interval; readonly z: number | null; readonly p: number | null } {
  const difference = treated.value - reference.value;
  const standardError = Math.hypot(treated.standardError, reference.standardError);
  const half = normalQuantile((1 + level) / 2) * standardError;
  const z = standardError > 0 ? difference / standardError : null;
  return {
    difference,
    interval: { low: difference - half, high: difference + half, level, method: 'RMST difference, normal' },
    z,
    p: z === null ? null : 2 * normalCdf(-Math.abs(z)),
  };
}
