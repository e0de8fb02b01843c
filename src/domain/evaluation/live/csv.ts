import type { StudyTable } from './tables.ts';

/** The table as CSV (RFC 4180), ending in a line break; the command line's `evaluate` reads it as it is. Cells are pseudonyms, codes and numbers, so that no cell is a formula. */
export function tableAsCsv({ columns, rows }: Pick<StudyTable, 'columns' | 'rows'>): string {
  const lines = rows.map(({ cells }) => columns.map((column) => quoted(cells[column] ?? '')).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The table that `tableAsCsv` wrote. */
export function tableFromCsv(csv: string): Pick<StudyTable, 'columns' | 'rows'> {
  const [columns = [], ...records] = recordsOf(csv);
  return { columns, rows: records.map((record, at) => ({ line: at + 2, cells: Object.fromEntries(columns.map((name, i) => [name, record[i] ?? ''])) })) };
}

function recordsOf(csv: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, text = '', end] of csv.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    record.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
