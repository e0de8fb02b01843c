import type { Instant } from '../../basics/index.ts';
import type { ScannerReport } from '../finding.ts';
import {
  CsvReader,
  decodeText,
  JsonReader,
  readingLimits,
  ReportGatherer,
  XmlReader,
  type Dialect,
  type ReadingLimits,
  type ReportEncoding,
} from '../reading/index.ts';
import { headUnits, recogniseFormat } from './recognise.ts';

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
  const { format, dialect } = recogniseFormat(head, whole, limits);
  const report = new ReportGatherer({ format: format.id, tool: format.tool, now: options.now, limits });
  if (whole && head.trim() === '') report.cutShort('empty-file');
  const cves = new CveCollector();
  const reader = openReader(dialect, report, limits);
  for (const part of chain(head, text)) {
    cves.scan(part);
    reader.write(part);
    options.tell?.(report.records);
  }
  reader.close();
  return report.report(cves.end());
}

function readHead(text: Iterator<string>): { head: string; whole: boolean } {
  let head = '';
  while (head.length < headUnits) {
    const next = text.next();
    if (next.done) return { head, whole: true };
    head += next.value;
  }
  return { head, whole: false };
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
    case 'json': {
      const { record, end } = dialect.open(report);
      return new JsonReader({
        records: dialect.records,
        limits,
        sequence: dialect.sequence ?? false,
        onRecord: (value, path) => record?.(value, path),
        onDocument: (document) => end?.(document),
      });
    }
    case 'csv': {
      const { row } = dialect.open(report);
      return new CsvReader({ limits, onHeader: () => undefined, onRow: row });
    }
  }
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
