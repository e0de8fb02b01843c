import { expect, test } from 'vitest';
import { isId, newId } from './identifiers.ts';

test('ids sort in the order of making, within one millisecond too', () => {
  const ids = Array.from({ length: 20_000 }, () => newId('quote', '2026-07-01T00:00:00Z'));

  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('ids tell their kind and time, and are UUIDs of version 7', () => {
  const id = newId('policy', '2026-07-01T00:00:00.123Z');

  expect(id).toMatch(/^policy_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.slice(7, 20).replace('-', ''), 16)).toBe(Date.parse('2026-07-01T00:00:00.123Z'));
  expect(isId(id)).toBe(true);
});

test.each(['', 'policy', 'policy_', "policy_' or 1=1", 'policy_019f1d8c-e200-7026-82e4-188e7687a02', '../policy_019f1d8c-e200-7026-82e4-188e7687a023'])(
  '%j is no id',
  (text) => {
    expect(isId(text)).toBe(false);
  },
);
