import { z } from 'zod';
import type { Day } from '../../basics/index.ts';
import { decodeText, hasKeys, JsonReader, readingLimits, shaped, unreadable, type Json, type Position } from '../../readers/index.ts';
import { notFeed, readCsvFeed } from './csv-feed.ts';

/** One entry of CISA's catalogue of known exploited vulnerabilities. */
export interface KevEntry {
  readonly cve: string;
  readonly listedOn: Day;
  readonly knownRansomware: boolean;
}

/** The catalogue read whole: its own version and release day where the file states them, one entry per CVE. */
export interface KevCatalogue {
  readonly version: string | null;
  readonly date: Day | null;
  readonly entries: ReadonlyMap<string, KevEntry>;
}

/**
 * Reads CISA's catalogue, JSON or CSV, told apart by the content. Throws a `Refusal` when anything in it cannot be read, when it is cut short
 * (`feed-count-differs` where the file states its own count), or when it is empty: then the catalogue that was used before stays.
 * Source: https://www.cisa.gov/known-exploited-vulnerabilities-catalog
 */
export function readKev(chunks: Iterable<Uint8Array>): KevCatalogue {
  const text = decodeText(chunks, readingLimits);
  const first = text.next();
  const head = first.done ? '' : first.value;
  const parts = whole(head, text);
  const gathered = head.trimStart().startsWith('{') ? readJson(parts) : readCsv(parts);
  if (gathered.entries.size === 0) throw unreadable('feed-empty', `${what} has no entries`, null);
  return gathered;
}

function* whole(head: string, rest: Iterable<string>): Generator<string> {
  yield head;
  yield* rest;
}

const Entry = z.object({ cveID: z.string(), dateAdded: z.string(), knownRansomwareCampaignUse: z.string().nullish() });

function readJson(parts: Iterable<string>): KevCatalogue {
  const entries = new Map<string, KevEntry>();
  let catalogue: Json = null;
  const reader = new JsonReader({
    records: ['vulnerabilities[]'],
    limits: readingLimits,
    onRecord: (value, path) => {
      const { cveID, dateAdded, knownRansomwareCampaignUse } = shaped(Entry, value, path);
      addEntry(entries, { cve: cveID, dateAdded, ransomware: knownRansomwareCampaignUse ?? '' }, path);
    },
    onDocument: (document) => {
      catalogue = document;
    },
  });
  for (const part of parts) reader.write(part);
  reader.close();
  return withHead(catalogue, entries);
}

const Head = z.object({ catalogVersion: z.string(), dateReleased: z.string(), count: z.number() });

function withHead(catalogue: Json, entries: ReadonlyMap<string, KevEntry>): KevCatalogue {
  if (!hasKeys(catalogue, 'vulnerabilities')) throw notFeed(what, '$');
  const { catalogVersion, dateReleased, count } = shaped(Head, catalogue, '$');
  if (count !== entries.size)
    throw unreadable('feed-count-differs', `the catalogue says it has ${count} entries and has ${entries.size}`, '$.count', {
      stated: count,
      read: entries.size,
    });
  return { version: catalogVersion, date: dayOf(dateReleased, '$.dateReleased'), entries };
}

function readCsv(parts: Iterable<string>): KevCatalogue {
  const entries = new Map<string, KevEntry>();
  readCsvFeed(parts, what, {
    onHeader: (names) => {
      if (!['cveID', 'dateAdded', 'knownRansomwareCampaignUse'].every((name) => names.includes(name))) throw notFeed(what, 'row 1');
    },
    onRow: (row) =>
      addEntry(entries, { cve: row.cell('cveID'), dateAdded: row.cell('dateAdded'), ransomware: row.cell('knownRansomwareCampaignUse') }, `row ${row.number}`),
  });
  return { version: null, date: newest(entries), entries };
}

const what = 'the catalogue of known exploited vulnerabilities';

/** The day of the newest entry: a CSV does not state when it was released. */
const newest = (entries: ReadonlyMap<string, KevEntry>): Day | null =>
  [...entries.values()]
    .map((e) => e.listedOn)
    .sort()
    .at(-1) ?? null;

function addEntry(entries: Map<string, KevEntry>, row: { cve: string; dateAdded: string; ransomware: string }, position: Position): void {
  const cve = row.cve.trim();
  if (!/^CVE-\d{4}-\d{4,}$/.test(cve)) throw unreadable('feed-entry-unreadable', `\`${cve.slice(0, 40)}\` is no CVE id`, position);
  if (entries.has(cve)) throw unreadable('feed-entry-repeated', `\`${cve}\` is listed twice`, position);
  entries.set(cve, { cve, listedOn: dayOf(row.dateAdded, position), knownRansomware: row.ransomware.trim().toLowerCase() === 'known' });
}

function dayOf(text: string, position: Position): Day {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text.trim())?.[0] ?? '';
  const millis = Date.parse(`${day}T00:00:00Z`);
  if (day === '' || Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== day)
    throw unreadable('feed-entry-unreadable', `\`${text.slice(0, 40)}\` is no day`, position);
  return day;
}
