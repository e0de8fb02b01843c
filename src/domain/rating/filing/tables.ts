import type { RatebookFile } from '../ratebook.ts';

/** A table of a ratebook: rows and columns by id, each cell the key of the number that stands there. */
export interface RatebookTable {
  /** The part of the ratebook that the table is, and the step of the price in which it acts. */
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly id: string; readonly keys: readonly (string | null)[] }[];
}

/**
 * A ratebook laid out as tables, in the order of its steps: a part with named numbers is a table of one column, a list of perils a table with a column for each number that any of
 * them has. `known` tells a key of a number from other words of the file.
 */
export function layOutTables(file: RatebookFile, known: (word: string) => boolean): RatebookTable[] {
  const parts = Object.entries(file);
  const single = parts.flatMap(([id, part]) => (typeof part === 'string' && known(part) ? [{ id, keys: [part] }] : []));
  const tables = parts.flatMap(([id, part]) =>
    Array.isArray(part) ? [listTable(id, part, known)] : typeof part === 'object' ? [namedTable(id, part, known)] : [],
  );
  return [...tables, { id: 'loads', columns: ['value'], rows: single }].filter(({ rows }) => rows.length > 0);
}

function namedTable(id: string, part: object, known: (word: string) => boolean): RatebookTable {
  return { id, columns: ['value'], rows: cellsOf(part, '', known).map(([path, key]) => ({ id: path, keys: [key] })) };
}

function listTable(id: string, list: readonly object[], known: (word: string) => boolean): RatebookTable {
  const rows = list.map((entry, i) => ({ id: nameOf(entry) ?? String(i), cells: new Map(cellsOf(entry, '', known)) }));
  const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  return { id, columns, rows: rows.map(({ id: row, cells }) => ({ id: row, keys: columns.map((column) => cells.get(column) ?? null) })) };
}

const nameOf = (entry: object): string | undefined =>
  Object.entries(entry).find(([name]) => ['peril', 'id', 'kind', 'coverage'].includes(name))?.[1] as string | undefined;

/** Every number below a value with its path, places in lists counted from 0. */
function cellsOf(value: unknown, path: string, known: (word: string) => boolean): [string, string][] {
  if (typeof value === 'string') return known(value) ? [[path, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => cellsOf(inner, path === '' ? name : `${path}.${name}`, known));
}
