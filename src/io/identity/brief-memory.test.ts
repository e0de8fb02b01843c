import { expect, test } from 'vitest';
import { briefMemory, memoryMillis } from './brief-memory.ts';

test('asks once for half a second, again afterwards, and again when told to forget', async () => {
  let now = 0;
  let asked = 0;
  const memory = briefMemory<number>(() => now);
  const ask = () => memory.recall('k', async () => (asked += 1));

  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  now = memoryMillis - 1;
  expect(await ask()).toBe(1);
  now = memoryMillis;
  expect(await ask()).toBe(2);
  memory.forget();
  expect(await ask()).toBe(3);
});

test('does not remember a question that failed', async () => {
  const memory = briefMemory<number>(() => 0);

  await expect(memory.recall('k', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await memory.recall('k', async () => 1)).toBe(1);
});
