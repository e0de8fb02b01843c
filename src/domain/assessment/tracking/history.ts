import { z } from 'zod';
import { instantMillis, type Instant } from '../../basics/index.ts';
import { Instant as InstantSchema } from '../../basics/index.ts';
import { CaseEvent } from './model.ts';
import type { Track } from './track.ts';

/** One line of what happened to a weakness: a look of a scan, or something that a person did. */
export const HistoryLine = z.strictObject({
  at: InstantSchema,
  kind: z.enum(['seen', 'not-seen', 'done']),
  /** The report of the look; null for what a person did. */
  report: z.string().nullable(),
  format: z.string().nullable(),
  /** The report of the look gives no date: `at` is its upload. */
  dateAssumed: z.literal(true).optional(),
  /** Not seen, by a scan whose silence proves nothing by itself. */
  hint: z.literal(true).optional(),
  event: CaseEvent.nullable(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** Everything that is known of a weakness, oldest first. */
export function historyOf(track: Track, events: readonly CaseEvent[]): HistoryLine[] {
  const looks = track.looks.map(({ at, seen, hint, report, format, dateAssumed }): HistoryLine => ({
    ...{ at, kind: seen ? 'seen' : 'not-seen', report, format, event: null },
    ...(dateAssumed && { dateAssumed }),
    ...(hint && { hint }),
  }));
  const done = events.map((event): HistoryLine => ({ at: event.at, kind: 'done', report: null, format: null, event }));
  return [...looks, ...done].sort((a, b) => millis(a.at) - millis(b.at));
}

const millis = (at: Instant): number => instantMillis(at);
