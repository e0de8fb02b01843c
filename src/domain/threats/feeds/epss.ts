import type { Day } from '../../basics/index.ts';
import { decodeText, readingLimits, unreadable, type CsvRow } from '../../readers/index.ts';
import { readCsvFeed } from './csv-feed.ts';

/** FIRST's EPSS scores of one day: the model that made them, and for each CVE the probability (0 to 1) of exploitation within 30 days. */
export interface EpssScores {
  readonly model: string | null;
  readonly date: Day | null;
  readonly scores: ReadonlyMap<string, number>;
}

/**
 * Reads EPSS scores as CSV with at least the columns `cve` and `epss` (any case), with or without FIRST's comment line
 * `#model_version:v2025.03.14,score_date:2025-06-30T00:00:00+0000`. Decompression is the caller's. With a column `date`, as series have, the last
 * day counts. Throws a `Refusal` when anything cannot be read or the file is cut in the middle of a line: then nothing of it is used.
 * Source: https://www.first.org/epss/data_stats
 */
export function readEpss(chunks: Iterable<Uint8Array>): EpssScores {
  const text = decodeText(chunks, readingLimits);
  const { comment, rest } = splitComment(text);
  const gathered = gatherRows(rest);
  if (gathered.scores.size === 0) throw unreadable('feed-empty', 'the file has no EPSS scores', null);
  return {
    model: /model_version:\s*([^,\s]+)/.exec(comment)?.[1] ?? null,
    date: /score_date:\s*(\d{4}-\d{2}-\d{2})/.exec(comment)?.[1] ?? gathered.date,
    scores: gathered.scores,
  };
}

/** The comment line, when the first line is one, and the text after it. */
function splitComment(text: Iterator<string>): { comment: string; rest: Generator<string> } {
  const parts = { [Symbol.iterator]: () => text };
  let start = '';
  for (let next = text.next(); !next.done; next = text.next()) {
    start += next.value;
    if (start.length >= 4096) break;
  }
  const end = start.startsWith('#') ? start.indexOf('\n') + 1 : 0;
  return { comment: start.slice(0, end), rest: chain(start.slice(end), parts) };
}

function* chain(first: string, rest: Iterable<string>): Generator<string> {
  if (first !== '') yield first;
  yield* rest;
}

function gatherRows(parts: Iterable<string>): { scores: Map<string, number>; date: Day | null } {
  let columns = { cve: '', epss: '', date: '' };
  let scores = new Map<string, number>();
  let date: Day | null = null;
  readCsvFeed(parts, 'the EPSS file', {
    onHeader: (names) => {
      columns = epssColumns(names);
    },
    onRow: (row) => {
      const day = columns.date === '' ? null : row.cell(columns.date);
      if (day !== null && date !== null && day < date) return;
      if (day !== null && day !== date) scores = new Map();
      date = day ?? date;
      addScore(scores, row, columns);
    },
  });
  return { scores, date };
}

function epssColumns(names: readonly string[]): { cve: string; epss: string; date: string } {
  const named = (name: string): string => names.find((n) => n.toLowerCase() === name) ?? '';
  const columns = { cve: named('cve'), epss: named('epss'), date: named('date') };
  if (columns.cve === '' || columns.epss === '') throw unreadable('unknown-feed-format', 'the file has no columns `cve` and `epss`', 'row 1');
  return columns;
}

function addScore(scores: Map<string, number>, row: CsvRow, columns: { cve: string; epss: string }): void {
  const cve = row.cell(columns.cve);
  const text = row.cell(columns.epss);
  const epss = /^(?:0|1|[01]?\.\d+|\d(?:\.\d+)?e-\d+)$/i.test(text) ? Number(text) : Number.NaN;
  if (!/^CVE-\d{4}-\d{4,}$/.test(cve)) throw unreadable('feed-entry-unreadable', `\`${cve.slice(0, 40)}\` is no CVE id`, `row ${row.number}`);
  if (!(epss >= 0 && epss <= 1)) throw unreadable('feed-entry-unreadable', `\`${text.slice(0, 40)}\` is no probability`, `row ${row.number}`);
  if (scores.has(cve)) throw unreadable('feed-entry-repeated', `\`${cve}\` is listed twice`, `row ${row.number}`);
  scores.set(cve, epss);
}
