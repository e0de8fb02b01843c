import { Refusal, type Text } from '../../basics/index.ts';
import type { Count, DroppedRow } from '../model.ts';

/** One line of a table as text: where it stands, and its cells by column name. A missing cell is an empty string or absent. */
export interface RawRow {
  readonly line: number;
  /** Why the row cannot be used whatever its cells say. */
  readonly unusable?: 'surplus-cells' | 'empty-row';
  readonly cells: Readonly<Record<string, string | undefined>>;
}

/** Usable records, and the rows that are not used. */
export interface Read<T> {
  readonly used: readonly T[];
  readonly dropped: readonly DroppedRow[];
}

const reasons = {
  'surplus-cells': {
    zh: '单元格比表头的列多，无法判断各值属于哪一列',
    en: 'the row has more cells than the header: which value belongs to which column cannot be known',
  },
  'empty-row': { zh: '整行为空', en: 'the row is empty' },
  'missing-unit': { zh: '没有单位名称', en: 'the unit is missing' },
  'missing-value': { zh: '有一项缺失', en: 'a value is missing' },
  'not-a-number': {
    zh: '不是数字（是与否写作 1 与 0，小数点写作 .，不加百分号）',
    en: 'not a number (yes and no are 1 and 0, decimals take a point, no percent sign)',
  },
  'out-of-range': { zh: '数值过大或过小', en: 'the number is too large or too small to compute with' },
  'negative-time': { zh: '时间为负', en: 'the time is negative' },
  'negative-count': { zh: '次数为负或不是整数', en: 'the count is negative or not whole' },
  'no-exposure': { zh: '没有正的承保期间', en: 'the exposure is not positive' },
  'not-zero-or-one': { zh: '应为 0 或 1', en: 'should be 0 or 1' },
  repeated: { zh: '与前面一行完全相同，只计一次', en: 'repeats an earlier row exactly; counted once' },
  contradictory: {
    zh: '同一单位有互相矛盾的记录，无法判断哪一条正确，全部不用',
    en: 'the unit has contradictory rows; which is right cannot be known, so none is used',
  },
  'missing-pair': { zh: '缺少前后两期中的一期', en: 'one of the two periods is missing' },
  'cluster-changes-group': { zh: '所属的一方出现在不同的组', en: 'the cluster of the unit appears in different groups' },
  'changes-group': { zh: '同一单位出现在不同的组', en: 'the unit appears in different groups' },
} satisfies Record<string, Text>;

export type DropCode = keyof typeof reasons;

/** A row that is not used, with the reason of that code. */
export const drop = (row: { readonly line: number; readonly unit: string }, code: DropCode): DroppedRow => ({
  line: row.line,
  unit: row.unit,
  code,
  reason: reasons[code],
});

/** Numbers above this could overflow when squared and summed, and those below, other than 0, when divided by. */
const largest = 1e15;
const smallest = 1e-15;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What other programs write where a value is missing. */
const missing = new Set(['na', 'n/a', 'nan', 'null']);

/** The text in a cell; empty when the value is missing. */
export function textIn(cell: string | undefined): string {
  const text = cell?.trim() ?? '';
  return missing.has(text.toLowerCase()) ? '' : text;
}

/** The number in a cell, or why there is none. */
export function numberIn(cell: string | undefined): number | DropCode {
  const text = textIn(cell);
  if (text === '') return 'missing-value';
  if (!decimal.test(text)) return 'not-a-number';
  const value = Number(text);
  const size = Math.abs(value);
  return size === 0 || (size >= smallest && size <= largest) ? value : 'out-of-range';
}

/** The yes or no in a cell, as 1 or 0. */
export function flagIn(cell: string | undefined): number | DropCode {
  const value = numberIn(cell);
  return typeof value === 'string' || value === 0 || value === 1 ? value : 'not-zero-or-one';
}

/** A record with the row it came from. */
export type Placed<T> = T & { readonly line: number; readonly unit: string };

/** Reads each row by `read`, which answers a record or the reason to drop the row. Rows without a unit are dropped first. */
export function readRows<T extends object>(
  rows: readonly RawRow[],
  read: (cells: RawRow['cells']) => T | DropCode,
): { used: Placed<T>[]; dropped: DroppedRow[] } {
  const used: Placed<T>[] = [];
  const dropped: DroppedRow[] = [];
  for (const { line, cells, unusable } of rows) {
    const unit = textIn(cells['unit']);
    const record = unusable ?? (unit === '' ? 'missing-unit' : read(cells));
    if (typeof record === 'string') dropped.push(drop({ line, unit }, record));
    else used.push({ ...record, line, unit });
  }
  return { used, dropped };
}

/**
 * Leaves one record per key. Records that say the same are counted once; when they contradict each other none is used, since nothing tells which is right.
 */
export function oncePerUnit<T>(read: Read<Placed<T>>, keyOf: (record: Placed<T>) => string, saysOf: (record: Placed<T>) => string): Read<Placed<T>> {
  const groups = groupedBy(read.used, keyOf);
  const used: Placed<T>[] = [];
  const dropped = [...read.dropped];
  for (const group of groups.values()) {
    const agree = group.every((record) => saysOf(record) === saysOf(group[0]!));
    if (agree) used.push(group[0]!);
    for (const record of agree ? group.slice(1) : group) dropped.push(drop(record, agree ? 'repeated' : 'contradictory'));
  }
  return { used, dropped: dropped.sort((a, b) => a.line - b.line) };
}

/** Records by key, in order of first appearance. */
export function groupedBy<T>(records: Iterable<T>, keyOf: (record: T, at: number) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  let at = 0;
  for (const record of records) {
    const key = keyOf(record, at);
    at += 1;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [record]);
    else group.push(record);
  }
  return groups;
}

/** Refuses a study without a single usable row. */
export function requireUsed(read: Read<unknown>): void {
  if (read.used.length > 0) return;
  const rows = read.dropped.length;
  const first = read.dropped[0];
  const why = first === undefined ? 'the file has no rows' : `none of the ${rows} rows can be used; line ${first.line}: ${first.reason.en}`;
  throw new Refusal('bad-input', 'no-usable-rows', why, { rows, ...(first === undefined ? {} : { position: first.line, reason: first.code }) });
}

/** Refuses a comparison that does not have exactly the two groups it needs. */
export function requireTwoGroups(labels: readonly string[]): void {
  if (labels.length === 2) return;
  const seen = labels.map((label) => `\`${label}\``).join(', ');
  if (labels.length < 2)
    throw new Refusal('rule', 'empty-group', `a comparison needs two groups, every usable row is in ${seen}: the other group is empty`, {
      groups: labels.length,
    });
  throw new Refusal('rule', 'too-many-groups', `this design compares two groups, the file has ${labels.length}: ${seen}`, { groups: labels.length });
}

const referenceNames = new Set(['0', 'control', 'reference', 'uninsured', 'not insured', 'without', 'before', '对照', '对照组', '未投保', '未参保']);

/** Labels with the reference group first: the one that is called so (0, control, 对照 …), else by name. */
export function referenceFirst(labels: Iterable<string>): readonly string[] {
  const rank = (label: string): number => (referenceNames.has(label.toLowerCase()) ? 0 : 1);
  return [...new Set(labels)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** True when every value is 0 or 1, so that they are yes and no. */
export const areFlags = (values: Iterable<number>): boolean => [...values].every((value) => value === 0 || value === 1);

/** Below this many yes, no or changed units approximate intervals of shares do not keep their level. */
export const fewCounts = 10;

/** Few yes or few no. */
export const isRare = ({ count, of }: Count): boolean => Math.min(count, of - count) < fewCounts;
