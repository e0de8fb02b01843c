import { expect, test } from 'vitest';
import { z } from 'zod';
import { filterWords } from './exports.ts';
import { operations } from './operations.ts';

const repeated = (words: readonly string[]): string[] => words.filter((word, at) => words.indexOf(word) !== at);

test('no two operations have one name or one address', () => {
  expect(repeated(operations.map(({ name }) => name))).toEqual([]);
  expect(repeated(operations.flatMap(({ http }) => (http === null ? [] : [`${http.method} ${http.path.replaceAll(/\{\w+\}/g, '{}')}`])))).toEqual([]);
});

interface JsonSchema {
  readonly type?: string;
  readonly pattern?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly [more: string]: unknown;
}

/** The text fields that hold a sentence of a person, by name, with those that take anything. */
const sentence = /^(note|reason|why|statement|proof|text|except|remark)$/;

function unguarded(name: string, schema: JsonSchema, field: string, seen = new Set<unknown>()): string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const bare = schema.type === 'string' && sentence.test(field) && schema.pattern === undefined && schema.allOf === undefined;
  const inner = Object.entries(schema).flatMap(([key, part]) =>
    key === 'properties'
      ? Object.entries(part as Record<string, JsonSchema>).flatMap(([own, one]) => unguarded(name, one, own, seen))
      : unguarded(name, part as JsonSchema, field, seen),
  );
  return [...(bare ? [`${name}.${field}`] : []), ...inner];
}

/** Drafts of a ratebook are read by their author alone until they are submitted, and the paper of a proposal is held to the rules of content. */
const draftsOnly = ['draftRatebook.why', 'saveRatebookDraft.why'];

test('what a person says in his own words is refused where it shows nothing or turns the direction of the text', () => {
  const found = operations
    .filter(({ effect }) => effect !== 'read')
    .flatMap(({ name, input }) => unguarded(name, z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema, ''));

  expect(found.filter((one) => !draftsOnly.includes(one))).toEqual([]);
});

test('every filter of an exported list has a name in words', () => {
  const choices = ['format', 'language', 'about'];
  const filters = operations.filter((one) => one.exports !== undefined).flatMap(({ input }) => Object.keys((input as z.ZodObject).shape));

  expect([...new Set(filters)].filter((field) => !choices.includes(field) && !Object.hasOwn(filterWords, field))).toEqual([]);
});
