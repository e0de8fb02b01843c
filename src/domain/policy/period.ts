import { dayAfter, Refusal, yearsAfter, type Day, type Instant } from '../basics/index.ts';
import type { CoverPeriod } from './model.ts';

/**
 * The period of a yearly policy: from 00:00 of its first day to 24:00 of its last, Asia/Shanghai. The last instant is the anniversary's first; a
 * year that lacks the anniversary ends when February does, so that cover from 2028-02-29 runs to 2029-02-28 24:00. The first day is the one
 * asked for, or the day after binding. Throws a Refusal `cover-backdated` when it is not after the day of binding: nobody can buy cover for
 * what may have happened already.
 */
export function coverPeriod(asked: Day | null, boundAt: Instant): CoverPeriod {
  const earliest = dayAfter(boundAt);
  const first = asked ?? earliest;
  if (first < earliest)
    throw new Refusal('rule', 'cover-backdated', `cover cannot begin on ${first}: the earliest first day is the day after binding`, {
      from: first,
      earliest,
    });
  return { from: startOf(first), to: startOf(yearsAfter(first)) };
}

const startOf = (day: Day): Instant => `${day}T00:00:00+08:00`;
