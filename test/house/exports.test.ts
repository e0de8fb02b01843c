import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exportedLists } from '../../src/app/exports.ts';
import type { Operation } from '../../src/app/operation.ts';
import { operations } from '../../src/app/operations.ts';

/** Lists that nobody wants as a spreadsheet, each with the reason. */
const excused: Readonly<Record<string, string>> = {
  listStudyChoices: 'what a form offers, not a list of records',
};

/** Operations that answer a list and have no export: declare its columns with `exportOf` beside the operation. */
export function listsWithoutExport(all: readonly Operation[]): string[] {
  const exported = new Set(all.flatMap(({ name }) => exportedLists.get(name) ?? []));
  return all.filter((one) => isList(one) && !exported.has(one.name) && excused[one.name] === undefined).map(({ name }) => name);
}

/** Named as a list, or answering in pages. */
function isList({ name, output, http, effect }: Operation): boolean {
  if (http === null || effect !== 'read' || http.body !== 'json') return false;
  return /^list[A-Z]/.test(name) || (output instanceof z.ZodObject && 'next' in output.shape);
}

describe('every list', () => {
  test('can be exported', () => {
    expect(listsWithoutExport(operations)).toEqual([]);
  });

  test.each(operations.filter(({ name }) => exportedLists.has(name)))('keeps its permission and its filters when it is exported: $name', (exported) => {
    const list = operations.find(({ name }) => name === exportedLists.get(exported.name))!;
    const filters = Object.keys((list.input as z.ZodObject).shape).filter((field) => !['after', 'offset', 'limit'].includes(field));

    expect(exported.who).toBe(list.who);
    expect(Object.keys((exported.input as z.ZodObject).shape)).toEqual(expect.arrayContaining(filters));
  });

  test('without an export is found, also when it is named otherwise', () => {
    const list = operations.find(({ name }) => name === 'listQuotes')!;

    expect(listsWithoutExport([list, { ...list, name: 'searchQuotes' }])).toEqual(['listQuotes', 'searchQuotes']);
  });
});
