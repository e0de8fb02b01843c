import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations } from '../../src/app/operations.ts';

const lists = new Map(operations.map((one) => [one.name, one]));
const fieldsOf = (schema: z.ZodType): string[] => Object.keys((schema as z.ZodObject).shape);

test.each(operations.filter(({ exports }) => exports !== undefined))('an export asks for what its list asks for and takes its filters: $name', (exported) => {
  const list = lists.get(exported.exports!)!;

  expect(exported.who).toBe(list.who);
  expect(exported.module).toBe(list.module);
  expect(fieldsOf(exported.input)).toEqual(expect.arrayContaining(fieldsOf(list.input).filter((field) => !['after', 'offset', 'limit'].includes(field))));
});

test('a list that answers in pages is exported, whatever it is called', () => {
  const paged = operations.filter(({ output, http, effect }) => http !== null && effect === 'read' && output instanceof z.ZodObject && 'next' in output.shape);
  const exported = new Set(operations.map(({ exports }) => exports));

  expect(paged.length).toBeGreaterThan(6);
  expect(paged.map(({ name }) => name).filter((name) => !exported.has(name))).toEqual([]);
});
