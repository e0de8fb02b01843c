import type { StudyTable } from './tables.ts';

/** The table as CSV (RFC 4180), ending in a line break; the command line's `evaluate` reads it as it is. Cells are pseudonyms, codes and numbers, so that no cell is a formula. */
export function tableAsCsv({ columns, rows }: Pick<StudyTable, 'columns' | 'rows'>): string {
  const lines = rows.map(({ cells }) => columns.map((column) => quoted(cells[column] ?? '')).join(','));
  return [columns.join(','), ...lines, ''].join('\r\n');
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
