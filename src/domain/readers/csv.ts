import type { ReadingLimits } from './limits.ts';
import { tooLarge, unreadable } from './unreadable.ts';

/** One row under the header. `cell` answers the trimmed text of the first column with that name, empty when the column is not there. */
export interface CsvRow {
  /** Row number in the file as a spreadsheet shows it: the header is row 1. */
  readonly number: number;
  readonly cell: (...names: readonly string[]) => string;
}

/**
 * A strict CSV reader (RFC 4180) that takes text in chunks: cells in double quotes may hold separators and line breaks. The separator (comma,
 * semicolon or tab) is the one the header uses. Refuses an unclosed quote and a row that does not fit the header; blank lines are skipped.
 */
export class CsvReader {
  readonly #limits: ReadingLimits;
  readonly #onHeader: (names: readonly string[]) => void;
  readonly #onRow: (row: CsvRow) => void;
  #columns: ReadonlyMap<string, number> | null = null;
  #width = 0;
  #separator = '';
  #text = '';
  #rows = 0;
  #line = 1;

  constructor(options: { limits: ReadingLimits; onHeader: (names: readonly string[]) => void; onRow: (row: CsvRow) => void }) {
    this.#limits = options.limits;
    this.#onHeader = options.onHeader;
    this.#onRow = options.onRow;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length > this.#limits.stringUnits + text.length) throw this.#unclosed();
    this.#read(false);
  }

  close(): void {
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += '\n';
    this.#read(true);
  }

  #read(final: boolean): void {
    let at = 0;
    for (;;) {
      const row = this.#row(at);
      if (row === null) break;
      at = row.end;
      this.#deliver(row.cells);
    }
    this.#text = this.#text.slice(at);
    if (final && this.#text !== '') throw this.#unclosed();
  }

  /** The cells of the row that begins at `start`; null when its end has not arrived. */
  #row(start: number): { cells: string[]; end: number } | null {
    const text = this.#text;
    if (this.#separator === '') this.#separator = separatorOf(text);
    if (this.#separator === '') return null;
    const separator = this.#separator.charCodeAt(0);
    const cells: string[] = [];
    let at = start;
    for (;;) {
      const cell = text.charCodeAt(at) === 34 ? quotedCell(text, at) : plainCell(text, at, separator);
      if (cell === null) return null;
      cells.push(cell.value);
      if (cells.length > this.#limits.csvColumns)
        throw tooLarge(
          'too-many-columns',
          `row ${this.#rows + 1} has more than ${this.#limits.csvColumns} columns`,
          `row ${this.#rows + 1}`,
          this.#limits.csvColumns,
        );
      const code = text.charCodeAt(cell.end);
      if (code === separator) at = cell.end + 1;
      else if (code === 10) return { cells, end: cell.end + 1 };
      else if (code === 13 && cell.end + 1 < text.length) return { cells, end: cell.end + (text.charCodeAt(cell.end + 1) === 10 ? 2 : 1) };
      else if (Number.isNaN(code) || code === 13) return null;
      else throw unreadable('malformed-csv', 'the CSV is malformed: text after a closing quote', `row ${this.#rows + 1}`, { line: this.#line });
    }
  }

  #deliver(cells: string[]): void {
    this.#rows++;
    for (const cell of cells) for (let i = cell.indexOf('\n'); i >= 0; i = cell.indexOf('\n', i + 1)) this.#line++;
    this.#line++;
    if (cells.length === 1 && cells[0] === '') return;
    if (cells.some((c) => c.includes('\u0000'))) throw unreadable('malformed-csv', 'the CSV is malformed: U+0000 in a cell', `row ${this.#rows}`);
    if (this.#columns === null) this.#header(cells);
    else this.#body(cells, this.#columns);
  }

  #header(cells: string[]): void {
    const names = cells.map((c) => c.trim());
    this.#columns = new Map(names.map((name, i) => [name, i] as const).reverse());
    this.#width = cells.length;
    this.#onHeader(names);
  }

  #body(cells: string[], columns: ReadonlyMap<string, number>): void {
    const number = this.#rows;
    if (cells.length !== this.#width)
      throw unreadable('row-does-not-fit', `row ${number} has ${cells.length} cells where the header has ${this.#width}`, `row ${number}`);
    const cell = (...names: readonly string[]): string => {
      for (const name of names) {
        const column = columns.get(name);
        if (column !== undefined) return cells[column]?.trim() ?? '';
      }
      return '';
    };
    this.#onRow({ number, cell });
  }

  #unclosed(): Error {
    return unreadable('malformed-csv', `the CSV is malformed: a quoted cell that begins in row ${this.#rows + 1} never ends`, `row ${this.#rows + 1}`, {
      line: this.#line,
    });
  }
}

interface Cell {
  readonly value: string;
  readonly end: number;
}

function plainCell(text: string, start: number, separator: number): Cell | null {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator || code === 10 || code === 13) return { value: text.slice(start, at), end: at };
  }
  return null;
}

function quotedCell(text: string, start: number): Cell | null {
  let at = start + 1;
  let doubled = false;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || quote + 1 >= text.length) return null;
    if (text.charCodeAt(quote + 1) !== 34) {
      const value = text.slice(start + 1, quote);
      return { value: doubled ? value.replaceAll('""', '"') : value, end: quote + 1 };
    }
    doubled = true;
    at = quote + 2;
  }
}

/** The separator that the header uses most, comma on a tie; empty while the header's end has not arrived. A doubled quote toggles twice. */
function separatorOf(text: string): string {
  const counts = new Map([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ]);
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return '';
}
