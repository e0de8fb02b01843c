import { normalQuantile } from '../../basics/index.ts';
import { usualLevel, type Interval } from '../model.ts';

/** One thing watched: for how long, and whether the awaited event ended the watching (else it is censored: still open, left, or the data were cut). */
export interface Watched {
  readonly time: number;
  readonly event: boolean;
}

/** One step down of the curve. `low` and `high` are null where the curve has reached zero and the band does not exist. */
export interface CurveStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  /** Censored since the previous step, this step's time excluded. */
  readonly censored: number;
  readonly survival: number;
  readonly standardError: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The curve: its steps, how many were watched, how many events, and the longest watching. */
export interface SurvivalCurve {
  readonly n: number;
  readonly events: number;
  readonly longest: number;
  readonly level: number;
  readonly steps: readonly CurveStep[];
}

/** Band of one step on the log(−log) scale (Kalbfleisch and Prentice), which stays between 0 and 1. */
function band(survival: number, greenwood: number, z: number): { low: number | null; high: number | null } {
  if (survival <= 0) return { low: null, high: null };
  const spread = (z * Math.sqrt(greenwood)) / Math.log(survival);
  return { low: survival ** Math.exp(-spread), high: survival ** Math.exp(spread) };
}

/** Times in rising order, split into event times and censoring times. */
function sortedTimes(watched: readonly Watched[]): { events: Float64Array; censored: Float64Array } {
  const of = (event: boolean): Float64Array =>
    Float64Array.from(
      watched.filter((one) => one.event === event),
      (one) => one.time,
    ).sort();
  return { events: of(true), censored: of(false) };
}

/**
 * Share still without the event over time. Holds when those censored would have fared like those still watched; a unit censored at an event's time counts as at risk there.
 * Source: E. L. Kaplan and P. Meier, JASA 53 (1958); variance M. Greenwood (1926); log–log band: Kalbfleisch and Prentice (1980). As R's `survfit(conf.type = "log-log")`.
 */
export function kaplanMeier(watched: readonly Watched[], level = usualLevel): SurvivalCurve {
  const { events, censored } = sortedTimes(watched);
  const z = normalQuantile((1 + level) / 2);
  const steps: CurveStep[] = [];
  let [survival, greenwood, gone, censoredGone] = [1, 0, 0, 0];
  while (gone < events.length) {
    const time = events[gone]!;
    let next = gone;
    while (next < events.length && events[next] === time) next += 1;
    let censoredNow = censoredGone;
    while (censoredNow < censored.length && censored[censoredNow]! < time) censoredNow += 1;
    const atRisk = watched.length - gone - censoredNow;
    const died = next - gone;
    survival = died === atRisk ? 0 : survival * (1 - died / atRisk);
    greenwood += died === atRisk ? 0 : died / (atRisk * (atRisk - died));
    const standardError = survival * Math.sqrt(greenwood);
    steps.push({ time, atRisk, events: died, censored: censoredNow - censoredGone, survival, standardError, ...band(survival, greenwood, z) });
    [gone, censoredGone] = [next, censoredNow];
  }
  const longest = Math.max(events.at(-1) ?? 0, censored.at(-1) ?? 0);
  return { n: watched.length, events: events.length, longest, level, steps };
}

/** The share still without the event just after `time`; null beyond the longest watching, unless the curve has reached zero. */
export function survivalAt(curve: SurvivalCurve, time: number): number | null {
  const last = curve.steps.findLast((step) => step.time <= time);
  const survival = last?.survival ?? 1;
  return time > curve.longest && survival > 0 ? null : survival;
}

/**
 * The first time at which half or fewer are left, inf{t: S(t) ≤ 0.5}, with the interval read off the band; null where the curve or the band stays above one half.
 * R's `survfit` answers the midpoint when the curve meets one half exactly. Source: R. Brookmeyer and J. Crowley, Biometrics 38 (1982).
 */
export function medianTime(curve: SurvivalCurve): { readonly value: number | null; readonly interval: Interval } {
  const firstBelow = (read: (step: CurveStep) => number | null): number | null => curve.steps.find((step) => atMostHalf(read(step)))?.time ?? null;
  return {
    value: firstBelow((step) => step.survival),
    interval: { low: firstBelow((step) => step.low), high: firstBelow((step) => step.high), level: curve.level, method: 'Brookmeyer-Crowley (log-log)' },
  };
}

/** Repeated multiplication can leave one half as 0.5000000000000001; R guards the same way. */
const atMostHalf = (share: number | null): boolean => share !== null && share <= 0.5 + 1e-12;
