import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Day, Instant, instantFromMillis, instantMillis } from './time.ts';

describe('an instant', () => {
  it('carries an offset and lies between 1970 and 2100', () => {
    for (const right of ['2026-07-01T00:00:00Z', '2026-07-01T08:00:00+08:00', '2026-07-01T00:00:00.125Z'])
      expect(Instant.safeParse(right).success, right).toBe(true);
    for (const wrong of [
      '2026-07-01T00:00:00',
      '2026-07-01',
      '1969-12-31T00:00:00Z',
      '2101-01-01T00:00:00Z',
      '2026-02-30T00:00:00Z',
      '2026-07-01T00:00:00+99:99',
      'now',
    ])
      expect(Instant.safeParse(wrong).success, wrong).toBe(false);
  });

  it('comes back from its milliseconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }),
        (millis) => void expect(instantMillis(instantFromMillis(millis))).toBe(millis),
      ),
    );
    expect(instantFromMillis(0)).toBe('1970-01-01T00:00:00Z');
    expect(instantMillis('2026-07-01T00:00:00+08:00')).toBe(Date.UTC(2026, 5, 30, 16));
  });
});

describe('a day', () => {
  it('exists in the calendar', () => {
    expect(Day.safeParse('2028-02-29').success).toBe(true);
    expect(Day.safeParse('2026-02-29').success).toBe(false);
  });
});
