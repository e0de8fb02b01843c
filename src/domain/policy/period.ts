import { dayOf, Refusal, type Day, type Instant } from '../basics/index.ts';
import type { CoverPeriod } from './model.ts';

/**
 * The period of a yearly policy: from 00:00 of its first day to 24:00 of its last, Asia/Shanghai. The last instant is the anniversary's first; a
 * year that lacks the anniversary ends when February does, so that cover from 2028-02-29 runs to 2029-02-28 24:00. The first day is the one
 * asked for, or the day after binding. Throws a Refusal `cover-backdated` when it is not after the day of binding: nobody can buy cover for
 * what may have happened already.
 */
export function coverPeriod(asked: Day | null, boundAt: Instant): CoverPeriod {
  const today = dayOf(boundAt);
  const first = asked ?? shiftDay(today, { days: 1 });
  if (first <= today)
    throw new Refusal('rule', 'cover-backdated', `cover cannot begin on ${first}: the earliest first day is the day after binding`, {
      from: first,
      earliest: shiftDay(today, { days: 1 }),
    });
  return { from: startOf(first), to: startOf(shiftDay(first, { years: 1 })) };
}

const startOf = (day: Day): Instant => `${day}T00:00:00+08:00`;

/** 29 February plus a year is 1 March, the first instant after the cover of February. */
function shiftDay(day: Day, { days = 0, years = 0 }: { days?: number; years?: number }): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year + years, month - 1, date + days)).toISOString().slice(0, 10);
}
