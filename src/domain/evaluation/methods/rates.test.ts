import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ewmaChart } from './ewma.ts';
import { poissonRate } from './poisson-rate.ts';
import { populationStability, sharesOfCounts } from './population-stability.ts';
import { rateRatio } from './rate-ratio.ts';
import { shrunkenRate } from './shrunken-rate.ts';

describe('rates', () => {
  it('give the exact interval of no event in one unit: 0 to 3.689', () => {
    const { rate, interval } = poissonRate({ events: 0, exposure: 1 });

    expect(rate).toBe(0);
    expect(interval.low).toBe(0);
    expect(interval.high).toBeCloseTo(-Math.log(0.025), 9);
  });

  it('turn upside down when the groups are swapped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 900 }), (a, b, exposure) => {
        const [treated, reference] = [
          { events: a, exposure },
          { events: b, exposure: 300 },
        ];
        const [there, back] = [rateRatio({ treated, reference }), rateRatio({ treated: reference, reference: treated })];
        expect(there.interval!.low! * back.interval!.high!).toBeCloseTo(1, 8);
        expect(there.p).toBeCloseTo(back.p!, 9);
      }),
    );
  });

  it('leave the ratio open where a group had no event', () => {
    expect(rateRatio({ treated: { events: 3, exposure: 10 }, reference: { events: 0, exposure: 10 } })).toMatchObject({
      value: null,
      interval: { high: null },
    });
    expect(rateRatio({ treated: { events: 0, exposure: 10 }, reference: { events: 0, exposure: 10 } })).toEqual({ value: null, interval: null, p: null });
  });

  it('are pulled towards the prior, less so the more is known', () => {
    const prior = { mean: 0.02, worthExposure: 500 };

    expect(shrunkenRate({ events: 0, exposure: 0 }, prior).rate).toBeCloseTo(0.02, 12);
    expect(shrunkenRate({ events: 10, exposure: 100 }, prior).rate).toBeCloseTo(20 / 600, 12);
    expect(shrunkenRate({ events: 1000, exposure: 10_000 }, prior).weightOfData).toBeGreaterThan(0.95);
  });
});

describe('drift', () => {
  it('is zero for the same distribution and says when a band is empty', () => {
    expect(populationStability({ expected: [10, 20, 30], actual: [1, 2, 3] })).toEqual({ value: 0, verdict: 'stable' });
    expect(populationStability({ expected: [0.5, 0.5, 0], actual: [0.4, 0.4, 0.2] })).toEqual({ value: null, verdict: 'not-computable' });
    expect(populationStability({ expected: sharesOfCounts([50, 50, 0]), actual: sharesOfCounts([10, 40, 50]) }).verdict).toBe('large-shift');
  });

  it('is signalled when the mean moves by one and a half deviations, not before', () => {
    const calm = [0.3, -0.4, 0.1, 0, -0.2, 0.5, -0.1];

    const chart = ewmaChart([...calm, 1.6, 1.4, 1.7, 1.5, 1.6, 1.5], { mean: 0, standardDeviation: 1 });

    expect(chart.slice(0, calm.length).some((point) => point.outside)).toBe(false);
    expect(chart.at(-1)!.outside).toBe(true);
  });
});
