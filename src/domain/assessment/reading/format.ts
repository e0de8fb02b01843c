import type { Text } from '../../basics/index.ts';
import type { CsvRow, Json, Position, XmlElement } from '../../readers/index.ts';
import type { ReportGatherer } from './gather.ts';

/** An XML shape of a format. `recognises` sees the root element as far as the first part of the file shows it. */
export interface XmlDialect {
  readonly syntax: 'xml';
  readonly recognises: (root: XmlElement) => boolean;
  /** Names of the elements that are handed to `record` and then forgotten. */
  readonly records: readonly string[];
  readonly open: (report: ReportGatherer) => {
    readonly record: (element: XmlElement, ancestors: readonly XmlElement[]) => void;
    /** The root without its records, when the file has ended. */
    readonly end?: (root: XmlElement) => void;
  };
}

/** A JSON shape of a format. `recognises` sees the first document as far as the first part of the file shows it. */
export interface JsonDialect {
  readonly syntax: 'json';
  readonly recognises: (root: Json) => boolean;
  /** Paths of the values that are handed to `record` and then forgotten: `runs[].results[]`, `[]`, or the empty text for the whole document. */
  readonly records: readonly string[];
  /** Several documents may follow each other (JSON lines). */
  readonly sequence?: boolean;
  /** An empty file is this tool's way of saying that it found nothing. */
  readonly emptyFile?: boolean;
  readonly open: (report: ReportGatherer) => {
    readonly record?: (value: Json, path: Position) => void;
    /** Each document without its records, when it has ended. */
    readonly end?: (document: Json) => void;
  };
}

/** A CSV shape of a format. */
export interface CsvDialect {
  readonly syntax: 'csv';
  readonly recognises: (header: readonly string[]) => boolean;
  readonly open: (report: ReportGatherer) => { readonly row: (row: CsvRow) => void };
}

export type Dialect = XmlDialect | JsonDialect | CsvDialect;

/** A scanner format: one tool, in every shape that its versions write. */
export interface Format {
  /** Also the name of its folder. Part of the id of every finding, so it never changes. */
  readonly id: string;
  readonly tool: string;
  readonly title: Text;
  readonly homepage: string;
  readonly dialects: readonly Dialect[];
  /** People choose which checks the tool runs, and its reports do not list them: what a report does not name may never have been looked for. */
  readonly choosesChecks?: true;
}
