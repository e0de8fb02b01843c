import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier, medianTime, survivalAt } from './kaplan-meier.ts';
import { logRankTest } from './log-rank.ts';
import { restrictedMean, restrictedMeanDifference } from './restricted-mean.ts';

const watched = fc.array(fc.record({ time: fc.integer({ min: 0, max: 40 }), event: fc.boolean() }), { minLength: 1, maxLength: 60 });

describe('the survival curve', () => {
  it('falls step by step between 0 and 1 and accounts for everybody', () => {
    fc.assert(
      fc.property(watched, (sample) => {
        const curve = kaplanMeier(sample);
        let before = 1;
        for (const step of curve.steps) {
          expect(step.survival).toBeLessThan(before);
          expect(step.survival).toBeGreaterThanOrEqual(0);
          if (step.low !== null) expect(step.low).toBeLessThanOrEqual(step.survival + 1e-12);
          if (step.high !== null) expect(step.high).toBeGreaterThanOrEqual(step.survival - 1e-12);
          before = step.survival;
        }
        expect(curve.steps.reduce((sum, step) => sum + step.events, 0)).toBe(sample.filter((one) => one.event).length);
      }),
    );
  });

  it('is the plain share of those left when nobody is censored', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 50 }), fc.integer({ min: 0, max: 30 }), (times, at) => {
        const curve = kaplanMeier(times.map((time) => ({ time, event: true })));
        expect(survivalAt(curve, at) ?? 0).toBeCloseTo(times.filter((time) => time > at).length / times.length, 12);
      }),
    );
  });

  it('has no median and no restricted mean beyond what was watched when all are censored', () => {
    const curve = kaplanMeier([{ time: 5, event: false }, { time: 9, event: false }]);

    expect(curve.steps).toEqual([]);
    expect(medianTime(curve)).toMatchObject({ value: null, interval: { low: null, high: null } });
    expect(restrictedMean(curve, 9)?.value).toBe(9);
    expect(restrictedMean(curve, 10)).toBeNull();
    expect(survivalAt(curve, 10)).toBeNull();
  });

  it('takes the first time at which half or fewer are left as median', () => {
    expect(medianTime(kaplanMeier([1, 2, 3, 4].map((time) => ({ time, event: true })))).value).toBe(2);
    expect(medianTime(kaplanMeier([1, 2, 3, 4, 5, 6].map((time) => ({ time, event: true })))).value).toBe(3);
  });
});

describe('comparing groups', () => {
  it('does not depend on the order of the groups nor of the units', () => {
    fc.assert(
      fc.property(watched, watched, watched, (a, b, c) => {
        const [one, two] = [logRankTest([a, b, c]), logRankTest([c, a.toReversed(), b])];
        expect(one === null).toBe(two === null);
        if (one === null || two === null) return;
        expect(one.chiSquared).toBeCloseTo(two.chiSquared, 6);
        expect(one.observed.reduce((s, x) => s + x, 0)).toBeCloseTo(one.expected.reduce((s, x) => s + x, 0), 9);
      }),
    );
  });

  it('finds nothing between equal groups and cannot compare without events', () => {
    const sample = [{ time: 3, event: true }, { time: 5, event: false }, { time: 7, event: true }];

    expect(logRankTest([sample, sample])!.p).toBeCloseTo(1, 9);
    expect(logRankTest([sample.map((one) => ({ ...one, event: false })), sample.map((one) => ({ ...one, event: false }))])).toBeNull();
    expect(logRankTest([sample])).toBeNull();
  });

  it('restricts the mean to the horizon: uncensored, it is the mean of the cut times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (times, horizon) => {
        const mean = restrictedMean(kaplanMeier(times.map((time) => ({ time, event: true }))), horizon)!;
        expect(mean.value).toBeCloseTo(times.reduce((sum, time) => sum + Math.min(time, horizon), 0) / times.length, 9);
        expect(restrictedMeanDifference(mean, mean).difference).toBe(0);
      }),
    );
  });
});
