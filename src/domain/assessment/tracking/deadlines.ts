import { instantFromMillis, instantMillis, type Day, type Instant } from '../../basics/index.ts';
import type { ThreatFacts } from '../../threats/index.ts';
import type { Severity } from '../finding.ts';
import type { AssessmentParameters } from '../parameters.ts';
import type { RepairClock } from './model.ts';

type Numbers = AssessmentParameters['values'];

const dayMillis = 86_400_000;

/** Start of a day in Asia/Shanghai. */
export const startOfDay = (day: Day): Instant => instantFromMillis(Date.parse(`${day}T00:00:00+08:00`));

/** The first instant after a day in Asia/Shanghai. */
export const endOfDay = (day: Day): Instant => instantFromMillis(Date.parse(`${day}T00:00:00+08:00`) + dayMillis);

/** Days within which a weakness is to be repaired; null for what is only information. Known exploitation shortens, never lengthens. */
export function repairDays(severity: Severity, knownExploited: boolean, numbers: Numbers): number | null {
  const bySeverity = severity === 'info' ? null : numbers[`deadline.${severity}`];
  if (!knownExploited) return bySeverity;
  return Math.min(bySeverity ?? Infinity, numbers['deadline.known-exploited']);
}

/** Something that set the clock running. */
export interface ClockStart {
  readonly from: RepairClock['from'];
  readonly at: Instant;
}

/**
 * The clock of a weakness that is to be repaired: it runs from the latest of what set it running. Being listed as known to be exploited after it was found
 * sets it anew from the day of the listing; when the listing is taken back, the clock is again what it was before.
 */
export function repairClock(starts: readonly ClockStart[], threat: ThreatFacts, severity: Severity, now: Instant, numbers: Numbers): RepairClock | null {
  const days = repairDays(severity, threat.knownExploited, numbers);
  if (days === null) return null;
  const listed: ClockStart[] = threat.knownExploited && threat.listedOn !== null ? [{ from: 'known-exploited', at: startOfDay(threat.listedOn) }] : [];
  const latest = [...starts, ...listed].reduce((a, b) => (instantMillis(b.at) > instantMillis(a.at) ? b : a));
  const due = instantMillis(latest.at) + days * dayMillis;
  return { from: latest.from, startedAt: latest.at, days, dueAt: instantFromMillis(due), overdue: instantMillis(now) > due };
}
