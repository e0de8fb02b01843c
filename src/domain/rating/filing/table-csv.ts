import { Refusal, Confidence, Provenance, type Parameter, type Text } from '../../basics/index.ts';
import { CsvReader, readingLimits } from '../../readers/index.ts';
import type { ParameterChange } from './proposal.ts';
import type { RatebookTable } from './tables.ts';

/** What is wrong with a row of an imported table; the header is row 1. */
export interface RowFault {
  readonly row: number;
  readonly column: string;
  readonly message: Text;
}

/** What an imported table changes: rows that are sound and differ from today's numbers. Rows with faults are left out and named. */
export interface ReadTable {
  readonly rows: number;
  readonly changes: readonly ParameterChange[];
  readonly faults: readonly RowFault[];
}

const head = ['key', 'title', 'value', 'unit', 'source', 'provenance', 'confidence'] as const;

/** A table of a ratebook as CSV (RFC 4180, UTF-8 with a mark for spreadsheets), one row for each number. Texts that a spreadsheet would run as formulas begin with an apostrophe. */
export function writeTableCsv(table: RatebookTable, numbers: ReadonlyMap<string, Parameter>): string {
  const keys = [...new Set(table.rows.flatMap((row) => row.keys.filter((key) => key !== null)))];
  const rows = keys.map((key) => {
    const { title, value, unit, source, provenance, confidence } = numbers.get(key)!;
    return [key, `${title.zh} ${title.en}`, String(value), unit, source, provenance, confidence];
  });
  return `\uFEFF${[[...head], ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: string): string {
  const plain = /^[=+@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/**
 * Reads a table back. Only key, value, source, provenance and confidence are taken; numbers as they stand need no source of their own. Throws a Refusal of the CSV reader when the
 * text is no table, and `table-without-columns` when key or value has no column.
 */
export function readTableCsv(text: string, numbers: ReadonlyMap<string, Parameter>): ReadTable {
  const rows = readRows(text);
  const seen = new Set<string>();
  const faults: RowFault[] = [];
  const changes: ParameterChange[] = [];
  for (const row of rows) {
    const found = faultsOf(row, numbers, seen);
    seen.add(row.key);
    faults.push(...found);
    if (found.length === 0 && differs(row, numbers.get(row.key)!)) changes.push(changeOf(row));
  }
  return { rows: rows.length, changes, faults };
}

interface Row {
  readonly number: number;
  readonly key: string;
  readonly value: string;
  readonly source: string;
  readonly provenance: string;
  readonly confidence: string;
}

function readRows(text: string): Row[] {
  const rows: Row[] = [];
  const reader = new CsvReader({
    limits: readingLimits,
    onHeader: (names) => {
      if (!names.includes('key') || !names.includes('value'))
        throw new Refusal('bad-input', 'table-without-columns', 'the table needs the columns `key` and `value`', { columns: names.join(', ') });
    },
    onRow: ({ number, cell: at }) =>
      void rows.push({
        number,
        key: at('key'),
        value: at('value'),
        source: at('source').replace(/^'(?=[=+@])/, ''),
        provenance: at('provenance'),
        confidence: at('confidence'),
      }),
  });
  reader.write(text.replace(/^\uFEFF/, ''));
  reader.close();
  return rows;
}

const fault = ({ number }: Row, column: string, zh: string, en: string): RowFault => ({ row: number, column, message: { zh, en } });

/** A number as a spreadsheet writes it: separators of thousands and a percent sign are understood. */
export function numberIn(text: string): number {
  const plain = text.replaceAll(',', '').trim();
  const percent = plain.endsWith('%');
  const value = plain === '' ? Number.NaN : Number(percent ? plain.slice(0, -1) : plain);
  return percent ? value / 100 : value;
}

function faultsOf(row: Row, numbers: ReadonlyMap<string, Parameter>, seen: ReadonlySet<string>): RowFault[] {
  const today = numbers.get(row.key);
  if (today === undefined) return [fault(row, 'key', `费率没有使用参数 ${row.key}`, `the ratebook does not use \`${row.key}\``)];
  if (seen.has(row.key)) return [fault(row, 'key', `参数 ${row.key} 出现两次`, `\`${row.key}\` stands twice`)];
  if (!Number.isFinite(numberIn(row.value))) return [fault(row, 'value', `“${row.value}”不是数值`, `\`${row.value}\` is no number`)];
  if (!differs(row, today)) return [];
  return [
    ...(row.source === today.source ? [fault(row, 'source', '数值改了，来源没有改', 'the number changes, its source does not')] : []),
    ...(row.source.length < 3 ? [fault(row, 'source', '请注明来源', 'name the source')] : []),
    ...(Provenance.options.includes(row.provenance as Provenance) ? [] : [fault(row, 'provenance', '依据须为 V、M、D 或 J', 'the provenance is V, M, D or J')]),
    ...(Confidence.options.includes(row.confidence as Confidence) ? [] : [fault(row, 'confidence', '置信度须为 H、M 或 L', 'the confidence is H, M or L')]),
  ];
}

const differs = ({ value }: Row, today: Parameter): boolean => numberIn(value) !== today.value;

const changeOf = ({ key, value, source, provenance, confidence }: Row): ParameterChange => ({
  key,
  value: numberIn(value),
  source,
  provenance: provenance as Provenance,
  confidence: confidence as Confidence,
});
