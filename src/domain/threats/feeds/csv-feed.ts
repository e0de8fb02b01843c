import { CsvReader, readingLimits, unreadable, type CsvRow } from '../../readers/index.ts';

/**
 * Reads a feed that is CSV and states no count of its own: its publisher ends the file with a line break, so one without was cut short. `what` names the feed for the
 * reader. Throws a `Refusal` `feed-cut-short`, or `unknown-feed-format` where not even the first line has an end.
 */
export function readCsvFeed(
  parts: Iterable<string>,
  what: string,
  { onHeader, onRow }: { onHeader: (names: readonly string[]) => void; onRow: (row: CsvRow) => void },
): void {
  let begun = false;
  const reader = new CsvReader({
    limits: readingLimits,
    onHeader: (names) => {
      begun = true;
      onHeader(names);
    },
    onRow,
  });
  let last = '\n';
  for (const part of parts) {
    reader.write(part);
    if (part !== '') last = part;
  }
  if (!last.endsWith('\n')) throw begun ? unreadable('feed-cut-short', `${what} ends in the middle of a line`, null) : notFeed(what, '1:1');
  reader.close();
}

/** Refuses a file that is another kind of file than `what`. */
export const notFeed = (what: string, at: string): Error => unreadable('unknown-feed-format', `the file is not ${what}`, at);
