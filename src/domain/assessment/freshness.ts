import type { Day, Instant } from '../basics/index.ts';
import { dayOf, instantFromMillis, instantMillis } from '../basics/index.ts';

const dayMillis = 86_400_000;

/** Start of a calendar day in Asia/Shanghai, which has had no daylight saving time since 1991. */
const startOfDay = (day: Day): number => Date.parse(`${day}T00:00:00+08:00`);

/**
 * How much a piece of evidence still counts: 1 until half of its validity has passed, then falling evenly to 0 at the end of its last day
 * (methods §2.0). Validity runs from the start of `on` to the end of `until`, or for `validDays` days where no last day is stated.
 */
export function freshnessOf(evidence: { on: Day; until: Day | null; validDays: number }, now: Instant): number {
  const start = startOfDay(evidence.on);
  const end = evidence.until === null ? start + evidence.validDays * dayMillis : startOfDay(evidence.until) + dayMillis;
  return fade(start, end, instantMillis(now));
}

/** The last day on which a piece of evidence counts at all. */
export const lastDayOf = ({ on, until, validDays }: { on: Day; until: Day | null; validDays: number }): Day =>
  until ?? dayOf(instantFromMillis(startOfDay(on) + (validDays - 1) * dayMillis));

/** The same for something observed at an instant. */
export const freshnessSince = (at: Instant, validDays: number, now: Instant): number =>
  fade(instantMillis(at), instantMillis(at) + validDays * dayMillis, instantMillis(now));

function fade(start: number, end: number, now: number): number {
  if (now >= end) return 0;
  const left = (end - now) / (end - start);
  return Math.min(1, 2 * left);
}
