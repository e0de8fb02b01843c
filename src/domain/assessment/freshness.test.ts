import { expect, it } from 'vitest';
import { freshnessOf, freshnessSince, lastDayOf } from './freshness.ts';

const at = (now: string) => freshnessOf({ kind: 'document', on: '2026-01-01', until: '2026-04-10', validDays: 365 }, now);

it('counts whole until half of its validity, then falls evenly to nothing at the end of its last day', () => {
  expect(at('2026-01-01T00:00:00+08:00')).toBe(1);
  expect(at('2026-02-20T00:00:00+08:00')).toBe(1);
  expect(at('2026-03-17T00:00:00+08:00')).toBeCloseTo(0.5);
  expect(at('2026-04-10T23:59:59+08:00')).toBeGreaterThan(0);
  expect(at('2026-04-11T00:00:00+08:00')).toBe(0);
});

it('takes the days of validity where no last day is stated, and never counts evidence whose last day precedes its first', () => {
  expect(freshnessOf({ kind: 'document', on: '2026-01-01', until: null, validDays: 10 }, '2026-01-08T12:00:00+08:00')).toBeCloseTo(0.5);
  expect(freshnessOf({ kind: 'document', on: '2026-01-01', until: '2025-12-01', validDays: 10 }, '2026-01-01T12:00:00+08:00')).toBe(0);
  expect(freshnessSince('2026-01-01T00:00:00Z', 90, '2026-04-01T00:00:00Z')).toBe(0);
});

it('lets a last day shorten what the evidence counts for, and lengthen it only where somebody else looked', () => {
  const evidence = { on: '2016-01-01', until: '2099-12-31', validDays: 365 };

  for (const kind of ['self-declared', 'document', 'telemetry', 'observed'] as const) {
    expect(lastDayOf({ ...evidence, kind })).toBe('2016-12-30');
    expect(freshnessOf({ ...evidence, kind }, '2026-11-22T00:00:00Z')).toBe(0);
    expect(lastDayOf({ ...evidence, kind, until: '2016-03-31' })).toBe('2016-03-31');
  }
  expect(freshnessOf({ ...evidence, kind: 'verified' }, '2026-11-22T00:00:00Z')).toBe(1);
});
