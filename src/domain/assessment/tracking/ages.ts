import { instantMillis, type Instant } from '../../basics/index.ts';
import type { TrackedFinding } from './model.ts';

/** Age bands of open weaknesses, in days since they were first seen: from, and up to but not including. */
export const ageBands = [
  { from: 0, to: 7 },
  { from: 7, to: 30 },
  { from: 30, to: 90 },
  { from: 90, to: null },
] as const;

/** How the clock of a weakness that is to be repaired stands. `soon`: due within seven days. `none`: no deadline runs. */
export type ClockStanding = 'overdue' | 'soon' | 'in-time' | 'none';
export const clockStandings: readonly ClockStanding[] = ['overdue', 'soon', 'in-time', 'none'];

const dayMillis = 86_400_000;
const soonDays = 7;

export function clockStanding({ clock }: Pick<TrackedFinding, 'clock'>, now: Instant): ClockStanding {
  if (clock === null) return 'none';
  const left = instantMillis(clock.dueAt) - instantMillis(now);
  return left < 0 ? 'overdue' : left <= soonDays * dayMillis ? 'soon' : 'in-time';
}

/** Open weaknesses by age band and by how their clock stands; those that do not count are left out. The counts add up to the number that count. */
export function agesAgainstDeadlines(tracked: readonly TrackedFinding[], now: Instant): Record<ClockStanding, number>[] {
  const bands = ageBands.map(() => ({ overdue: 0, soon: 0, 'in-time': 0, none: 0 }));
  for (const one of tracked) {
    if (!one.counts) continue;
    const days = (instantMillis(now) - instantMillis(one.firstSeen)) / dayMillis;
    const band = ageBands.findIndex(({ to }) => to === null || days < to);
    bands[band]![clockStanding(one, now)] += 1;
  }
  return bands;
}
