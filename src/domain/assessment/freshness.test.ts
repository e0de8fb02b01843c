import { expect, it } from 'vitest';
import { freshnessOf, freshnessSince } from './freshness.ts';

const at = (now: string) => freshnessOf({ on: '2026-01-01', until: '2026-04-10', validDays: 1 }, now);

it('counts whole until half of its validity, then falls evenly to nothing at the end of its last day', () => {
  expect(at('2026-01-01T00:00:00+08:00')).toBe(1);
  expect(at('2026-02-20T00:00:00+08:00')).toBe(1);
  expect(at('2026-03-17T00:00:00+08:00')).toBeCloseTo(0.5);
  expect(at('2026-04-10T23:59:59+08:00')).toBeGreaterThan(0);
  expect(at('2026-04-11T00:00:00+08:00')).toBe(0);
});

it('takes the days of validity where no last day is stated, and never counts evidence whose last day precedes its first', () => {
  expect(freshnessOf({ on: '2026-01-01', until: null, validDays: 10 }, '2026-01-08T12:00:00+08:00')).toBeCloseTo(0.5);
  expect(freshnessOf({ on: '2026-01-01', until: '2025-12-01', validDays: 10 }, '2026-01-01T12:00:00+08:00')).toBe(0);
  expect(freshnessSince('2026-01-01T00:00:00Z', 90, '2026-04-01T00:00:00Z')).toBe(0);
});
