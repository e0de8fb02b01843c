import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kaplanMeier, medianTime, survivalAt } from './kaplan-meier.ts';
import { logRankTest } from './log-rank.ts';
import { dealtLogRankP, type Cluster } from './dealt-log-rank.ts';
import { randomAt } from '../../basics/index.ts';
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
    const curve = kaplanMeier([
      { time: 5, event: false },
      { time: 9, event: false },
    ]);

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

/** Freireich et al. (1963): weeks in remission, 6-MP with censoring marked, placebo. */
const sixMp = [6, 6, 6, 7, 10, 13, 16, 22, 23]
  .map((time) => ({ time, event: true }))
  .concat([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((time) => ({ time, event: false })));
const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((time) => ({ time, event: true }));

describe('the leukaemia trial of Freireich', () => {
  it('has the published numbers at risk, survival and median', () => {
    const curve = kaplanMeier(sixMp);

    expect(curve.steps.map(({ time, atRisk, events }) => [time, atRisk, events])).toEqual([
      [6, 21, 3],
      [7, 17, 1],
      [10, 15, 1],
      [13, 12, 1],
      [16, 11, 1],
      [22, 7, 1],
      [23, 6, 1],
    ]);
    expect(curve.steps.at(-1)!.survival).toBeCloseTo(0.4482, 4);
    expect(curve.steps.at(-1)!.standardError).toBeCloseTo(0.1346, 4);
    expect(medianTime(curve)).toMatchObject({ value: 23, interval: { low: 13, high: null } });
  });

  it('has the published log-rank statistic', () => {
    expect(logRankTest([sixMp, placebo])!.chiSquared).toBeCloseTo(16.7929, 4);
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
        expect(one.observed.reduce((s, x) => s + x, 0)).toBeCloseTo(
          one.expected.reduce((s, x) => s + x, 0),
          9,
        );
      }),
    );
  });

  it('finds nothing between equal groups and cannot compare without events', () => {
    const sample = [
      { time: 3, event: true },
      { time: 5, event: false },
      { time: 7, event: true },
    ];

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

describe('the test that deals whole clusters', () => {
  /** Twenty firms without any difference between the groups; the six vulnerabilities of a firm are repaired on one day. */
  const firms = (seed: number): Cluster[] =>
    Array.from({ length: 20 }, (_, i) => {
      const time = Math.ceil(100 * randomAt(seed, 'firm', String(i)).nextUniform());
      return { group: i % 2, units: Array.from({ length: 6 }, () => ({ time, event: true })) };
    });

  it('keeps its level where the test for independent units does not', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const dealt = seeds.filter((seed) => dealtLogRankP({ clusters: firms(seed), seed })!.p <= 0.05).length;
    const naive = seeds.filter(
      (seed) => logRankTest([0, 1].map((g) => firms(seed).flatMap(({ group, units }) => (group === g ? units : []))))!.p <= 0.05,
    ).length;

    expect(dealt).toBeLessThanOrEqual(8);
    expect(naive).toBeGreaterThan(15);
  });

  it('finds a difference between the groups, the same for the same seed', () => {
    const apart = firms(1).map(({ group, units }) => ({ group, units: units.map((one) => ({ ...one, time: one.time + 200 * group })) }));
    const p = () => dealtLogRankP({ clusters: apart, seed: 5 })!.p;

    expect(p()).toBe(1 / 2000);
    expect(p()).toBe(p());
  });

  it('says nothing where nothing can be compared', () => {
    const silent = firms(1).map(({ group, units }) => ({ group, units: units.map((one) => ({ ...one, event: false })) }));

    expect(dealtLogRankP({ clusters: silent, seed: 1 })).toBeNull();
  });

  it('gives one early event among eleven the one chance in eleven that it has', () => {
    const units = (group: number, ...list: { time: number; event: boolean }[]): Cluster[] => list.map((unit) => ({ group, units: [unit] }));
    const open = Array.from({ length: 10 }, () => ({ time: 30, event: false }));
    const { p } = dealtLogRankP({ clusters: [...units(0, { time: 5, event: true }), ...units(1, ...open)], seed: 1 })!;

    expect(p).toBeGreaterThan(0.07);
    expect(p).toBeLessThan(0.115);
  });

  it('agrees with the chi-squared test where units and events are many', () => {
    const clusters = Array.from({ length: 400 }, (_, i) => ({
      group: i % 2,
      units: [{ time: Math.ceil(100 * randomAt(3, 'unit', String(i)).nextUniform()) + 5 * (i % 2), event: i % 5 !== 0 }],
    }));
    const chi = logRankTest([0, 1].map((g) => clusters.flatMap(({ group, units }) => (group === g ? units : []))))!;

    expect(Math.abs(dealtLogRankP({ clusters, seed: 1 })!.p - chi.p)).toBeLessThan(0.03);
  });
});
