import {
  CsvReader,
  JsonReader,
  readingLimits,
  unreadable,
  XmlReader,
  type Dialect,
  type Format,
  type Json,
  type ReadingLimits,
  type XmlElement,
} from '../reading/index.ts';
import { formats } from './list.ts';

/** A format and the shape of it that a file has. */
export interface Recognised {
  readonly format: Format;
  readonly dialect: Dialect;
}

/** Tells a scanner format from a JSON document that was read whole; refuses like `recogniseFormat`. */
export const recogniseDocument = (document: Json): Recognised => chosen('json', document);

/** How much of a file is looked at: enough to pass the longest preamble that was met, small enough to be read twice. */
export const headUnits = 64 * 1024;

/**
 * Tells a scanner format from the first part of a file's text, never from its name. `whole` says that there is no more text.
 * Refuses `unknown-scanner-format`, or says what is wrong when even this part cannot be read.
 */
export function recogniseFormat(head: string, whole = false, limits: ReadingLimits = readingLimits): Recognised {
  const start = head.trimStart();
  if (start === '') return recognisedEmpty(whole);
  if (start.startsWith('<')) return chosen('xml', partialXml(head, limits));
  return /^(?:[[{]|null\b|true\b|false\b|-?\d+\s*$)/.test(start)
    ? chosen('json', partialJson(head, whole, limits))
    : chosen('csv', csvHeader(head, whole, limits));
}

function chosen(syntax: 'xml', sign: XmlElement | null): Recognised;
function chosen(syntax: 'json', sign: Json | undefined): Recognised;
function chosen(syntax: 'csv', sign: readonly string[]): Recognised;
function chosen(syntax: Dialect['syntax'], sign: unknown): Recognised {
  for (const format of formats) {
    const dialect = format.dialects.find(
      (d) => d.syntax === syntax && sign !== null && sign !== undefined && (d.recognises as (sign: unknown) => boolean)(sign),
    );
    if (dialect !== undefined) return { format, dialect };
  }
  if (syntax === 'json' && sign === null) return chosenNull();
  throw unknownFormat(syntax);
}

/** The document `null`, which only some tools write, for a scan that found nothing. */
function chosenNull(): Recognised {
  for (const format of formats) for (const dialect of format.dialects) if (dialect.syntax === 'json' && dialect.recognises(null)) return { format, dialect };
  throw unknownFormat('json');
}

function recognisedEmpty(whole: boolean): Recognised {
  for (const format of formats) for (const dialect of format.dialects) if (whole && dialect.syntax === 'json' && dialect.emptyFile) return { format, dialect };
  throw unknownFormat('nothing');
}

const unknownFormat = (syntax: string) =>
  unreadable('unknown-scanner-format', `the file holds ${syntax} of no scanner format that is known here`, '1:1', { syntax });

function partialXml(head: string, limits: ReadingLimits): XmlElement | null {
  const reader = new XmlReader({ records: [], limits, onRecord: () => undefined });
  reader.write(head);
  return reader.root;
}

function partialJson(head: string, whole: boolean, limits: ReadingLimits): Json | undefined {
  const reader = new JsonReader({ records: [], limits, sequence: true, onRecord: () => undefined, onDocument: () => undefined });
  reader.write(head);
  if (whole) reader.close();
  return reader.root;
}

/** The cells of the first row; none while its end has not arrived. Rows after it are the business of the format. */
function csvHeader(head: string, whole: boolean, limits: ReadingLimits): readonly string[] {
  let header: readonly string[] = [];
  const reader = new CsvReader({
    limits,
    onHeader: (names) => {
      header = names;
      throw headerSeen;
    },
    onRow: () => undefined,
  });
  try {
    reader.write(head);
    if (whole) reader.close();
  } catch (error) {
    if (error !== headerSeen) throw error;
  }
  return header;
}

/** Thrown to stop reading once the header is known. */
const headerSeen = new Error('the header was seen');
