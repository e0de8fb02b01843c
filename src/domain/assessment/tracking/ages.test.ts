import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantFromMillis } from '../../basics/index.ts';
import { agesAgainstDeadlines, clockStanding } from './ages.ts';
import type { TrackedFinding } from './model.ts';

const now = '2026-07-01T00:00:00Z';
const daysFromNow = (days: number): string => instantFromMillis(Date.parse(now) + days * 86_400_000);
const open = (age: number, due: number | null, counts = true): TrackedFinding =>
  ({
    counts,
    firstSeen: daysFromNow(-age),
    clock: due === null ? null : { from: 'first-seen', startedAt: now, days: 30, dueAt: daysFromNow(due), overdue: due < 0 },
  }) as TrackedFinding;

it.each([
  [-0.01, 'overdue'],
  [0, 'soon'],
  [7, 'soon'],
  [7.01, 'in-time'],
] as const)('a weakness due in %d days is %s', (due, standing) => {
  expect(clockStanding(open(1, due), now)).toBe(standing);
});

it('puts each open weakness into the band of its age', () => {
  const bands = agesAgainstDeadlines([open(0, 20), open(6.9, 3), open(7, -1), open(29.9, null), open(90, -60), open(200, -60, false)], now);

  expect(bands).toEqual([
    { overdue: 0, soon: 1, 'in-time': 1, none: 0 },
    { overdue: 1, soon: 0, 'in-time': 0, none: 1 },
    { overdue: 0, soon: 0, 'in-time': 0, none: 0 },
    { overdue: 1, soon: 0, 'in-time': 0, none: 0 },
  ]);
});

it('counts every one that counts once', () => {
  const any = fc.record({
    age: fc.double({ min: -5, max: 500, noNaN: true }),
    due: fc.option(fc.double({ min: -90, max: 200, noNaN: true })),
    counts: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(any), (all) => {
      const bands = agesAgainstDeadlines(
        all.map(({ age, due, counts }) => open(age, due, counts)),
        now,
      );
      expect(bands.flatMap((band) => Object.values(band)).reduce((a, b) => a + b, 0)).toBe(all.filter(({ counts }) => counts).length);
    }),
    { seed: 23 },
  );
});
