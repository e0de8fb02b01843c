import { expect, test } from 'vitest';
import { operations } from './operations.ts';

const repeated = (words: readonly string[]): string[] => words.filter((word, at) => words.indexOf(word) !== at);

test('no two operations have one name or one address', () => {
  expect(repeated(operations.map(({ name }) => name))).toEqual([]);
  expect(repeated(operations.flatMap(({ http }) => (http === null ? [] : [`${http.method} ${http.path.replaceAll(/\{\w+\}/g, '{}')}`])))).toEqual([]);
});
