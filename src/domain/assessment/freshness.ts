import type { Day, Instant } from '../basics/index.ts';
import { dayOf, instantFromMillis, instantMillis } from '../basics/index.ts';
import type { EvidenceKind } from './model.ts';

const dayMillis = 86_400_000;

/** Start of a calendar day in Asia/Shanghai, which has had no daylight saving time since 1991. */
const startOfDay = (day: Day): number => Date.parse(`${day}T00:00:00+08:00`);

/** What a statement's time depends on: `until` is the last day that its giver named, `validDays` how long such evidence counts by itself. */
export interface TimedEvidence {
  readonly kind: EvidenceKind;
  readonly on: Day;
  readonly until: Day | null;
  readonly validDays: number;
}

/**
 * How much a piece of evidence still counts: 1 until half of its validity has passed, then falling evenly to 0 at the end of its last day
 * (methods §2.0). Validity runs from the start of `on` to the end of `lastDayOf`.
 */
export const freshnessOf = (evidence: TimedEvidence, now: Instant): number =>
  fade(startOfDay(evidence.on), startOfDay(lastDayOf(evidence)) + dayMillis, instantMillis(now));

/**
 * The last day on which a piece of evidence counts at all: `validDays` days from `on`, or the day that its giver named where that is sooner. Only somebody else
 * who looked (`verified`) may name a later one: a firm's own word would else never age.
 */
export function lastDayOf({ kind, on, until, validDays }: TimedEvidence): Day {
  const own = dayOf(instantFromMillis(startOfDay(on) + (validDays - 1) * dayMillis));
  return until !== null && (kind === 'verified' || until < own) ? until : own;
}

/** The same for something observed at an instant. */
export const freshnessSince = (at: Instant, validDays: number, now: Instant): number =>
  fade(instantMillis(at), instantMillis(at) + validDays * dayMillis, instantMillis(now));

function fade(start: number, end: number, now: number): number {
  if (now >= end) return 0;
  const left = (end - now) / (end - start);
  return Math.min(1, 2 * left);
}
