import { expect, it } from 'vitest';
import {
  clopperPearsonInterval,
  differenceInDifferences,
  fisherExactP,
  kaplanMeier,
  logRankTest,
  mcNemarTest,
  medianTime,
  pairedDifference,
  poissonRate,
  populationStability,
  powerOfMcNemar,
  powerOfTwoShares,
  restrictedMean,
  unitsForTwoShares,
  wilsonInterval,
} from '../../src/domain/evaluation/index.ts';
import { describeShared, readSharedJson } from './shared-data.ts';

const vectors = readSharedJson('vectors/evaluation-and-fraud.json');
const expectedOf = <T>(id: string): T => (vectors[id] as { expected: T }).expected;
const inputsOf = <T>(id: string): T => (vectors[id] as { inputs: T }).inputs;

/** Equal within `tolerance`, relative above one and absolute below. */
function same(actual: number | null | undefined, expected: number, tolerance = 1e-9): void {
  expect(actual, 'a number').toBeTypeOf('number');
  expect(Math.abs(actual! - expected) / Math.max(1, Math.abs(expected)), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Equal within a relative tolerance, however small the number. */
function sameRelative(actual: number | null | undefined, expected: number, tolerance = 1e-9): void {
  expect(Math.abs(actual! - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

describeShared('evaluation vectors', () => {
  it('reproduces the intervals of the pilot counts', () => {
    const rows = expectedOf<{ x: number; n: number; cp: [number, number]; wilson: [number, number] }[]>('pilot_binomial_intervals');

    for (const { x, n, cp, wilson } of rows) {
      const [exact, score] = [clopperPearsonInterval({ count: x, of: n }), wilsonInterval({ count: x, of: n })];
      same(exact.low, cp[0]);
      same(exact.high, cp[1]);
      same(score.low, wilson[0]);
      same(score.high, wilson[1]);
    }

    expect(rows.length).toBe(12);
  });

  it('reproduces exact, mid-p and approximate McNemar', () => {
    const rows = expectedOf<{ table: { gained: number; lost: number }; exact_p: number; mid_p: number; chi2: number; chi2_cc: number }[]>('pilot_mcnemar');

    for (const row of rows) {
      const test = mcNemarTest(row.table);
      sameRelative(test.exactP, row.exact_p, 1e-10);
      sameRelative(test.midP, row.mid_p, 1e-10);
      sameRelative(test.chiSquared, row.chi2, 1e-10);
      sameRelative(test.chiSquaredCorrected, row.chi2_cc, 1e-10);
    }

    expect(rows.length).toBe(3);
  });

  it('reproduces the paired difference of Newcombe', () => {
    const expected = expectedOf<Record<string, { diff: number; lo: number; hi: number; phi: number }>>('newcombe_paired');
    const tables = {
      waf: { both: 2, gained: 47, lost: 0, neither: 0 },
      sa: { both: 0, gained: 49, lost: 0, neither: 0 },
      generic: { both: 20, gained: 12, lost: 2, neither: 16 },
    };

    for (const [label, table] of Object.entries(tables)) {
      const actual = pairedDifference(table);
      same(actual.difference, expected[label]!.diff, 1e-10);
      same(actual.interval.low, expected[label]!.lo, 1e-10);
      same(actual.interval.high, expected[label]!.hi, 1e-10);
      same(actual.correlation, expected[label]!.phi, 1e-10);
    }
  });

  it('reproduces the prevalence shift of the pilot for every overlap', () => {
    const { before, after, n } = inputsOf<{ before: number; after: number; n: number }>('pilot_prevalence_shift');
    const expected = expectedOf<{ fisher_p: number; mcnemar_p_by_overlap: number[]; poisson_vulns_per_firm: { rate: number; exact_ci: [number, number] } }>(
      'pilot_prevalence_shift',
    );

    const rate = poissonRate({ events: 26, exposure: 17 });

    sameRelative(fisherExactP({ count: before, of: n }, { count: after, of: n }), expected.fisher_p);
    expected.mcnemar_p_by_overlap.forEach((p, overlap) => sameRelative(mcNemarTest({ gained: after - overlap, lost: before - overlap }).exactP, p));
    sameRelative(rate.rate, expected.poisson_vulns_per_firm.rate);
    sameRelative(rate.interval.low, expected.poisson_vulns_per_firm.exact_ci[0]);
    sameRelative(rate.interval.high, expected.poisson_vulns_per_firm.exact_ci[1]);
  });

  it('reproduces power and sample sizes', () => {
    const expected = expectedOf<Record<string, number>>('power');

    sameRelative(powerOfMcNemar({ pairs: 49, gain: 0.2, loss: 0.05 }), expected['exact_mcnemar_n49_gain20_loss5']!, 1e-9);
    sameRelative(unitsForTwoShares({ reference: 0.1, treated: 0.05 }), expected['two_prop_n_per_arm_10pct_to_5pct_80pct']!, 1e-4);
    sameRelative(powerOfTwoShares({ reference: 0.1, treated: 0.05 }, 49), expected['two_prop_power_n49_10_to_5']!, 1e-4);
    sameRelative(unitsForTwoShares({ reference: 0.0154, treated: 0.0154 * 0.7 }), expected['claims_n_per_arm_1_54pct_minus30pct_80pct']!, 1e-4);
  });

  it('reproduces the survival of the 6-MP arm', () => {
    const { time, event } = inputsOf<{ time: number[]; event: number[] }>('km_6mp');
    const expected = expectedOf<Record<string, number[]> & { median: number }>('km_6mp');

    const curve = kaplanMeier(time.map((t, i) => ({ time: t, event: event[i] === 1 })));

    expect(curve.steps.map((step) => step.time)).toEqual(expected['time']);
    expect(curve.steps.map((step) => step.atRisk)).toEqual(expected['nrisk']);
    expect(curve.steps.map((step) => step.events)).toEqual(expected['nevent']);
    curve.steps.forEach((step, i) => {
      same(step.survival, expected['surv']![i]!);
      same(step.standardError, expected['stderr']![i]!);
      same(Math.max(0, step.survival - 1.959963984540054 * step.standardError), expected['lower_plain']![i]!);
      same(Math.min(1, step.survival + 1.959963984540054 * step.standardError), expected['upper_plain']![i]!);
      same(step.low, expected['lower_loglog']![i]!);
      same(step.high, expected['upper_loglog']![i]!);
    });
    expect(medianTime(curve).value).toBe(expected.median);
  });

  it('reproduces the repair times with their median and restricted mean', () => {
    const { time, event } = inputsOf<{ time: number[]; event: number[] }>('remediation_km_tiny');
    const expected = expectedOf<{ steps: [number, number][]; median: number; rmst30: number }>('remediation_km_tiny');

    const curve = kaplanMeier(time.map((t, i) => ({ time: t, event: event[i] === 1 })));

    curve.steps.forEach((step, i) => {
      expect(step.time).toBe(expected.steps[i]![0]);
      same(step.survival, expected.steps[i]![1], 1e-12);
    });
    expect(medianTime(curve).value).toBe(expected.median);
    same(restrictedMean(curve, 30)?.value, expected.rmst30, 1e-12);
  });

  it('reproduces the log-rank test of 6-MP against placebo', () => {
    const { time, event } = inputsOf<{ time: number[]; event: number[] }>('km_6mp');
    const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23].map((t) => ({ time: t, event: true }));

    const test = logRankTest([time.map((t, i) => ({ time: t, event: event[i] === 1 })), placebo]);

    expect(test!.chiSquared).toBeCloseTo(16.7929, 4);
    expect(test!.p).toBeCloseTo(4.16881e-5, 9);
  });

  it('reproduces difference in differences with Welch and all permutations', () => {
    const { yT0, yT1, yC0, yC1 } = inputsOf<Record<'yT0' | 'yT1' | 'yC0' | 'yC1', number[]>>('did_panel_firstdiff');
    const expected = expectedOf<Record<string, number> & { ci95: [number, number] }>('did_panel_firstdiff');
    const pairs = (before: number[], after: number[]): { before: number; after: number }[] => before.map((b, i) => ({ before: b, after: after[i]! }));

    const actual = differenceInDifferences({ treated: pairs(yT0, yT1), reference: pairs(yC0, yC1), seed: 1 });

    sameRelative(actual.difference, expected['did']!);
    sameRelative(actual.standardError, expected['se']!);
    sameRelative(actual.degreesOfFreedom, expected['welch_df']!);
    sameRelative(actual.t, expected['t']!);
    sameRelative(actual.p, expected['p_welch']!);
    sameRelative(actual.interval!.low, expected.ci95[0]);
    sameRelative(actual.interval!.high, expected.ci95[1]);
    sameRelative(actual.permutation!.p, expected['perm_p']!);
  });

  it('reproduces the population stability index', () => {
    const { psi_expected, psi_actual } = inputsOf<Record<string, number[]>>('fraud_metrics');

    const actual = populationStability({ expected: psi_expected!, actual: psi_actual! });

    sameRelative(actual.value, expectedOf<Record<string, number>>('fraud_metrics')['psi']!, 1e-12);
  });
});
