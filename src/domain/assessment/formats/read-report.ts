import type { Instant } from '../../basics/index.ts';
import type { ScannerReport } from '../finding.ts';
import {
  CsvReader,
  decodeText,
  handOnRecords,
  JsonReader,
  readAtOnce,
  readingLimits,
  ReportGatherer,
  XmlReader,
  type Dialect,
  type Json,
  type JsonDialect,
  type Position,
  type ReadingLimits,
  type ReportEncoding,
} from '../reading/index.ts';
import { headUnits, recogniseDocument, recogniseFormat } from './recognise.ts';

/** `now` is the reader's clock. `encoding` is what a person said the file is in; without it the file speaks for itself. `tell` hears how many records were read so far. */
export interface ReadingOptions {
  readonly now: Instant;
  readonly limits?: ReadingLimits;
  readonly encoding?: ReportEncoding | null;
  readonly tell?: (records: number) => void;
}

/**
 * Reads a scanner report whole: bytes in, in chunks of any size, one report out. The format is told from the content;
 * a report from the future is refused. Throws a `Refusal` (kinds `unreadable` and `too-large`, with `facts.position`) and then none of its content counts.
 */
export function readScannerReport(chunks: Iterable<Uint8Array>, options: ReadingOptions): ScannerReport {
  const limits = options.limits ?? readingLimits;
  const text = decodeText(chunks, limits, options.encoding ?? null);
  const { head, whole } = readHead(text);
  const document = whole && isJson(head) ? readAtOnce(head, limits) : undefined;
  const { format, dialect } =
    document === undefined ? recogniseFormat(head.slice(0, headUnits), whole && head.length <= headUnits, limits) : recogniseDocument(document);
  const report = new ReportGatherer({
    format: format.id,
    tool: format.tool,
    now: options.now,
    limits,
    ...(format.choosesChecks && { extent: { chosen: true } }),
  });
  if (whole && head.trim() === '') report.cutShort('empty-file');
  const cves = new CveCollector();
  if (document !== undefined && dialect.syntax === 'json') {
    cves.scan(head);
    handOnRecords(document, jsonHandlers(dialect, report));
    options.tell?.(report.records);
    return report.report(cves.end());
  }
  const reader = openReader(dialect, report, limits);
  for (const part of chain(head, text)) {
    cves.scan(part);
    reader.write(part);
    options.tell?.(report.records);
  }
  reader.close();
  return report.report(cves.end());
}

/** JSON up to this many UTF-16 units is read at once, everything else as it comes, so that memory does not follow the file. */
const atOnceUnits = 4 * 1024 * 1024;

const isJson = (head: string): boolean => /^\s*[[{]/.test(head);

function readHead(text: Iterator<string>): { head: string; whole: boolean } {
  const parts: string[] = [];
  let most = headUnits;
  for (let units = 0; units < most;) {
    const next = text.next();
    if (next.done) return { head: parts.join(''), whole: true };
    if (units === 0 && isJson(next.value)) most = atOnceUnits;
    units += next.value.length;
    parts.push(next.value);
  }
  return { head: parts.join(''), whole: false };
}

function* chain(head: string, rest: Iterable<string>): Generator<string> {
  yield head;
  yield* rest;
}

interface TextReader {
  write(text: string): void;
  close(): void;
}

function openReader(dialect: Dialect, report: ReportGatherer, limits: ReadingLimits): TextReader {
  switch (dialect.syntax) {
    case 'xml': {
      const { record, end } = dialect.open(report);
      const reader = new XmlReader({ records: dialect.records, limits, onRecord: record });
      return {
        write: (text) => reader.write(text),
        close: () => {
          reader.close();
          if (reader.root !== null) end?.(reader.root);
        },
      };
    }
    case 'json':
      return new JsonReader({ ...jsonHandlers(dialect, report), limits, sequence: dialect.sequence ?? false });
    case 'csv': {
      const { row } = dialect.open(report);
      return new CsvReader({ limits, onHeader: () => undefined, onRow: row });
    }
  }
}

function jsonHandlers(dialect: JsonDialect, report: ReportGatherer) {
  const { record, end } = dialect.open(report);
  return { records: dialect.records, onRecord: (value: Json, path: Position) => record?.(value, path), onDocument: (document: Json) => end?.(document) };
}

/** Finds CVE ids in text that arrives in parts, also where a part ends in the middle of one. */
class CveCollector {
  readonly #found = new Set<string>();
  #cutOff = '';

  scan(part: string): void {
    const text = this.#cutOff + part;
    this.#cutOff = /C(?:V(?:E(?:-[\d-]{0,25})?)?)?$/.exec(text.slice(-30))?.[0] ?? '';
    this.#collect(text.slice(0, text.length - this.#cutOff.length));
  }

  end(): Iterable<string> {
    this.#collect(this.#cutOff);
    return this.#found;
  }

  #collect(text: string): void {
    for (const match of text.matchAll(/CVE-\d{4}-\d{4,19}/g)) this.#found.add(match[0]);
  }
}
