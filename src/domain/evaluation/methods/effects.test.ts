import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceInDifferences } from './difference-in-differences.ts';
import { interruptedSeries } from './interrupted-series.ts';
import { neverTreated, type Panel } from './panel.ts';
import { labelPermutationP, signFlipP } from './permutation.ts';
import { preTrends } from './pre-trends.ts';
import { dealtStartsP, staggeredEffect } from './staggered.ts';
import { splitByVersion } from './version-split.ts';
import { welchDifference } from './welch.ts';

const level = fc.integer({ min: -50, max: 50 });
const pairs = fc.array(fc.record({ before: level, after: level }), { minLength: 2, maxLength: 8 });

/** A panel from rows of values; `noise` is a small fixed wobble per firm, so that variances exist. */
function panelOf(firms: readonly { start: number; values: readonly number[] }[]): Panel {
  return {
    periods: firms[0]!.values.length,
    values: Float64Array.from(firms.flatMap((firm) => firm.values)),
    starts: Int32Array.from(firms, (firm) => firm.start),
  };
}

describe('difference in differences', () => {
  it('ignores fixed differences between units and a common change', () => {
    fc.assert(
      fc.property(pairs, pairs, level, level, (treated, reference, fixed, common) => {
        const moved = (units: typeof treated, i: number): typeof treated =>
          units.map((unit, k) => ({ before: unit.before + fixed * (k + i), after: unit.after + fixed * (k + i) + common }));
        const [plain, shifted] = [
          differenceInDifferences({ treated, reference, seed: 1 }),
          differenceInDifferences({ treated: moved(treated, 1), reference: moved(reference, 2), seed: 1 }),
        ];
        expect(shifted.difference).toBeCloseTo(plain.difference, 9);
        expect(shifted.permutation!.p).toBeCloseTo(plain.permutation!.p, 12);
      }),
      { numRuns: 30 },
    );
  });

  it('gives no interval for a single treated unit, but a permutation p', () => {
    const found = differenceInDifferences({
      treated: [{ before: 1, after: 9 }],
      reference: [1, 2, 3, 4].map((x) => ({ before: x, after: x + x / 10 })),
      seed: 1,
    });

    expect(found.interval).toBeNull();
    expect(found.permutation!.p).toBeCloseTo(1 / 5, 12);
  });
});

describe('permutation', () => {
  it('answers the same for the same seed, and nearly the same for another', () => {
    const [treated, reference] = [Array.from({ length: 20 }, (_, i) => i % 7), Array.from({ length: 20 }, (_, i) => (i % 5) + 1.3)];

    const [a, b, c] = [1, 1, 2].map((seed) => labelPermutationP({ treated, reference, seed }));

    expect(a).toEqual(b);
    expect(Math.abs(a!.p - c!.p)).toBeLessThan(0.02);
    expect(Math.abs(a!.p - welchDifference({ treated, reference }).p!)).toBeLessThan(0.03);
  });

  it('of signs counts both extremes', () => {
    expect(signFlipP({ changes: [1, 2, 3, 4, 5, 6], seed: 1 }).p).toBeCloseTo(2 / 64, 12);
    expect(signFlipP({ changes: [0, 0], seed: 1 }).p).toBe(1);
  });
});

describe('staggered starts', () => {
  const wobble = (i: number, t: number): number => (((i * 7919 + t * 104729) % 97) / 97 - 0.5) * 0.2;

  it('equal difference in differences with one start and two periods', () => {
    const treated = [
      { before: 3, after: 9 },
      { before: 5, after: 8 },
      { before: 4, after: 11 },
    ];
    const reference = [
      { before: 2, after: 3 },
      { before: 6, after: 8 },
      { before: 1, after: 1 },
    ];
    const firm =
      (start: number) =>
      ({ before, after }: { before: number; after: number }) => ({ start, values: [before, after] });

    const staggered = staggeredEffect(panelOf([...treated.map(firm(1)), ...reference.map(firm(neverTreated))])).overall!;
    const did = differenceInDifferences({ treated, reference, seed: 1 });

    expect(staggered.difference).toBeCloseTo(did.difference, 12);
    expect(staggered.standardError).toBeCloseTo(did.standardError!, 12);
    expect(staggered.interval!.low).toBeCloseTo(did.interval!.low!, 9);
  });

  it('recover effects that grow with time and differ by cohort, where using treated firms as control would not', () => {
    const effect = (start: number, t: number): number => (t < start ? 0 : (start === 2 ? 5 : 1) * (t - start + 1));
    const firms = Array.from({ length: 90 }, (_, i) => {
      const start = [2, 4, neverTreated][i % 3]!;
      return { start, values: Array.from({ length: 6 }, (__, t) => i + 2 * t + effect(start, t)) };
    });

    const found = staggeredEffect(panelOf(firms));

    expect(found.byEventTime.filter((one) => one.sinceStart >= 0).map((one) => Number(one.difference.toFixed(9)))).toEqual([3, 6, 15, 20]);
    expect(found.byEventTime.filter((one) => one.sinceStart < -1).every((one) => Math.abs(one.difference) < 1e-9)).toBe(true);
    expect(found.overall!.difference).toBeCloseTo((5 + 10 + 15 + 20 + 1 + 2) / 6, 9);
  });

  it('leave out periods without any untreated firm, and firms without a before', () => {
    const firms = [0, 1, 1, 2, 2].map((start, i) => ({ start, values: [0, 1, 2].map((t) => i + t + wobble(i, t)) }));

    const found = staggeredEffect(panelOf(firms));

    expect(found).toMatchObject({ alwaysTreated: 1, firmsUsed: 4, withoutControl: 2 });
    expect(found.byEventTime.map((one) => one.sinceStart)).toEqual([0]);
  });

  it('deal the starts where few firms start, and do not take two lucky firms for proof', () => {
    const firms = Array.from({ length: 62 }, (_, i) => ({
      start: i < 2 ? 2 : neverTreated,
      values: [0, 0, i < 2 || i % 4 === 2 ? 1 : 0, i < 2 || i % 4 === 2 ? 1 : 0],
    }));
    const panel = panelOf(firms);

    expect(staggeredEffect(panel)).toMatchObject({ firmsUsed: 62, firmsStarted: 2 });
    // All 1,891 pairs: as far apart as seen are those of two among the 17 firms that changed.
    const exact = (17 * 16) / (62 * 61);
    expect(Math.abs(dealtStartsP(panel, 1)!.p - exact)).toBeLessThan(0.02);
  });

  it('are contradicted by groups that already diverged before the start', () => {
    const firms = (slope: number) =>
      Array.from({ length: 60 }, (_, i) => {
        const start = i % 2 === 0 ? 4 : neverTreated;
        return { start, values: Array.from({ length: 6 }, (__, t) => i + (start === 4 ? slope * t : 0) + wobble(i, t)) };
      });

    expect(preTrends(staggeredEffect(panelOf(firms(1)))).verdict).toBe('diverging');
    expect(preTrends(staggeredEffect(panelOf(firms(0)))).verdict).toBe('parallel-not-contradicted');
    expect(preTrends(staggeredEffect(panelOf(firms(0).map((firm) => ({ start: Math.min(firm.start, 1), values: firm.values }))))).verdict).toBe('not-testable');
  });
});

describe('interrupted series', () => {
  it('finds the jump and the change of slope', () => {
    const values = Array.from({ length: 24 }, (_, t) => 10 + 0.5 * (t - 12) + (t >= 12 ? -4 - 0.3 * (t - 12) : 0) + (t % 2 === 0 ? 0.01 : -0.01));

    const found = interruptedSeries({ values, interruption: 12 })!;

    expect(found.level.value).toBeCloseTo(-4, 1);
    expect(found.slope.value).toBeCloseTo(-0.3, 2);
    expect(found.slopeBefore.value).toBeCloseTo(0.5, 2);
    expect(found.autocorrelation).toBeLessThan(-0.5);
    expect(found.autocorrelationP).toBeLessThan(0.01);
  });

  it('says nothing with too few periods on a side or without scatter', () => {
    expect(interruptedSeries({ values: [1, 2, 4, 3, 5], interruption: 3 })).toBeNull();
    expect(interruptedSeries({ values: [1, 2, 3, 4, 5, 6, 7, 8], interruption: 4 })).toBeNull();
  });
});

describe('model versions', () => {
  it('split the change of the score into firms and model, which add up', () => {
    const firms = [
      { oldEvidenceOldModel: 60, oldEvidenceNewModel: 55, newEvidenceNewModel: 70 },
      { oldEvidenceOldModel: 50, oldEvidenceNewModel: 48, newEvidenceNewModel: 52 },
    ];

    const { total, firms: byFirms, model } = splitByVersion(firms);

    expect(byFirms.difference).toBe(9.5);
    expect(model.difference).toBe(-3.5);
    expect(total.difference).toBe(byFirms.difference + model.difference);
  });
});
