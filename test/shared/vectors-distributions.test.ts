import { expect, it } from 'vitest';
import {
  binomialCount,
  compoundPoisson,
  discretise,
  gridDeviation,
  gridMean,
  gridQuantile,
  gridStopLoss,
  gridTailMean,
  incompleteBeta,
  incompleteGamma,
  logGamma,
  lognormalLimitedMean,
  lognormalMean,
  lognormalOfQuantiles,
  lognormalQuantile,
  lognormalSurvival,
  lognormalTailMean,
  negativeBinomialCount,
  normalCdf,
  normalQuantile,
  panjer,
  pcg32,
  poissonCount,
  poissonLognormalProbability,
  powerOfTwoFrom,
  sigmaOfMeanAndMedian,
  splicedLimitedMean,
  splicedQuantile,
  splitMix64,
  wangPrice,
} from '../../src/domain/basics/index.ts';
import { breachCost, jacobs2014 } from '../../src/domain/rating/index.ts';
import { describeShared, readSharedJson } from './shared-data.ts';

type Numbers = Record<string, number>;

const vectors = readSharedJson('vectors/distributions.json');
const expectedOf = <T>(id: string): T => (vectors[id] as { expected: T }).expected;
const inputsOf = <T>(id: string): T => (vectors[id] as { inputs: T }).inputs;

function near(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(expected === 0 ? 1e-15 : relative * Math.abs(expected));
}

function nearAll(actual: readonly number[], expected: readonly number[], absolute: number): void {
  expected.forEach((x, i) => expect(Math.abs(actual[i]! - x), `entry ${i}: ${actual[i]} against ${x}`).toBeLessThanOrEqual(absolute));
}

/** Checks `compute` at each key of `expected`; a key may hold several arguments, separated by commas. */
function nearTable(expected: Numbers, compute: (...args: number[]) => number, relative: number): void {
  for (const [key, value] of Object.entries(expected)) near(compute(...key.split(',').map(Number)), value, relative);
}

describeShared('vectors of distributions', () => {
  it('reproduces the special functions to 1e-12', () => {
    const tables = expectedOf<Record<'Phi' | 'Phinv' | 'lgamma' | 'betainc' | 'gammainc_lower_reg', Numbers>>('special_functions');

    nearTable(tables.Phi, normalCdf, 1e-12);
    nearTable(tables.Phinv, normalQuantile, 1e-12);
    nearTable(tables.lgamma, logGamma, 1e-12);
    nearTable(tables.betainc, incompleteBeta, 1e-12);
    nearTable(tables.gammainc_lower_reg, incompleteGamma, 1e-12);
  });

  it('reproduces limited expected values and increased limits factors of a lognormal', () => {
    const { mu, sigma, basis } = inputsOf<{ mu: number; sigma: number; basis: number }>('lognormal_lev_ilf');
    const expected = expectedOf<{ mean: number; lev: Numbers; ilf: Numbers }>('lognormal_lev_ilf');
    const limited = (x: number): number => lognormalLimitedMean({ mu, sigma }, x);

    near(lognormalMean({ mu, sigma }), expected.mean, 1e-10);
    nearTable(expected.lev, limited, 1e-10);
    nearTable(expected.ilf, (x) => limited(x) / limited(basis), 1e-10);
  });

  it('reproduces loss elimination ratios and retention factors', () => {
    const { mu, sigma, top, basis } = inputsOf<{ mu: number; sigma: number; top: number; basis: number }>('lognormal_ler_retention');
    const expected = expectedOf<{ LER: Numbers; retention_factor: Numbers }>('lognormal_ler_retention');
    const limited = (x: number): number => lognormalLimitedMean({ mu, sigma }, x);

    nearTable(expected.LER, (d) => limited(d) / lognormalMean({ mu, sigma }), 1e-10);
    nearTable(expected.retention_factor, (d) => (limited(top) - limited(d)) / (limited(top) - limited(basis)), 1e-10);
  });

  it('reproduces value at risk and tail value at risk of a lognormal', () => {
    const severity = inputsOf<{ mu: number; sigma: number }>('lognormal_var_tvar');
    for (const [p, expected] of Object.entries(expectedOf<Record<string, { VaR: number; TVaR: number }>>('lognormal_var_tvar'))) {
      near(lognormalQuantile(severity, Number(p)), expected.VaR, 1e-9);
      near(lognormalTailMean(severity, Number(p)), expected.TVaR, 1e-9);
    }
  });

  it('fits a lognormal to the published median and P95 of IRIS 2025', () => {
    const { median, p95 } = inputsOf<{ median: number; p95: number }>('lognormal_fit_iris2025');
    const expected = expectedOf<{ mu: number; sigma: number; mean: number }>('lognormal_fit_iris2025');

    const fitted = lognormalOfQuantiles({ median, quantile: p95, probability: 0.95 });

    near(fitted.mu, expected.mu, 1e-10);
    near(fitted.sigma, expected.sigma, 1e-10);
    near(lognormalMean(fitted), expected.mean, 1e-10);
  });

  it('reproduces quantiles and limited means of the IRIS 2022 losses', () => {
    const severity = inputsOf<{ mu: number; sigma: number }>('iris2022_lognormal_quantiles');
    const expected = expectedOf<{ q05: number; q50: number; q95: number; mean: number; lev: Numbers }>('iris2022_lognormal_quantiles');

    nearTable({ 0.05: expected.q05, 0.5: expected.q50, 0.95: expected.q95 }, (p) => lognormalQuantile(severity, p), 1e-9);
    near(lognormalMean(severity), expected.mean, 1e-9);
    nearTable(expected.lev, (x) => lognormalLimitedMean(severity, x), 1e-9);
  });

  it('reproduces the Poisson-lognormal counts of IRIS 2022', () => {
    const rates = inputsOf<{ mu: number; sigma: number }>('poisson_lognormal_iris2022');
    const expected = expectedOf<{ pmf: number[]; p_ge1: number; p_ge2: number; p_ge3: number; mean: number }>('poisson_lognormal_iris2022');

    const pmf = expected.pmf.map((_, n) => poissonLognormalProbability(rates, n));

    nearAll(pmf, expected.pmf, 1e-9);
    nearAll([1 - pmf[0]!, 1 - pmf[0]! - pmf[1]!, 1 - pmf[0]! - pmf[1]! - pmf[2]!], [expected.p_ge1, expected.p_ge2, expected.p_ge3], 1e-9);
    near(lognormalMean(rates), expected.mean, 1e-9);
  });

  it('reproduces the spliced lognormal and generalised Pareto', () => {
    const { mu, sigma, u, xi, beta, p_tail } = inputsOf<Record<'mu' | 'sigma' | 'u' | 'xi' | 'beta' | 'p_tail', number>>('spliced_lognormal_gpd_lev');
    const expected = expectedOf<{ lev: Numbers; mean: number; q99: number; q995: number }>('spliced_lognormal_gpd_lev');
    const severity = { body: { mu, sigma }, threshold: u, xi, beta, tail: p_tail };

    nearTable(expected.lev, (x) => splicedLimitedMean(severity, x), 1e-8);
    near(splicedLimitedMean(severity, Number.POSITIVE_INFINITY), expected.mean, 1e-8);
    near(splicedQuantile(severity, 0.99), expected.q99, 1e-8);
    near(splicedQuantile(severity, 0.995), expected.q995, 1e-8);
  });

  it("reproduces Wang's transform of a lognormal", () => {
    const { mu, sigma, lambda_ } = inputsOf<Record<'mu' | 'sigma' | 'lambda_', number>>('wang_transform_lognormal');
    const expected = expectedOf<{ wang: number; loading: number }>('wang_transform_lognormal');

    near(wangPrice({ mu, sigma }, lambda_), expected.wang, 1e-10);
    near(wangPrice({ mu, sigma }, lambda_) / lognormalMean({ mu, sigma }), expected.loading, 1e-10);
  });

  it('reproduces the breach costs of Jacobs 2014', () => {
    for (const [records, expected] of Object.entries(
      expectedOf<Record<string, { median: number; mean_lognormal_residual: number }>>('jacobs2014_breach_cost'),
    )) {
      const { median, mean } = breachCost(jacobs2014, Number(records));
      near(median, expected.median, 1e-9);
      near(mean, expected.mean_lognormal_residual, 1e-9);
    }
  });

  it('finds the spread that published means, medians and quantiles imply', () => {
    const expected = expectedOf<Numbers>('sigma_from_published');
    const spread = (median: number, quantile: number, probability: number): number => lognormalOfQuantiles({ median, quantile, probability }).sigma;

    near(spread(83_000, 920_000, 0.9), expected['verizon_p90']!, 1e-9);
    near(spread(83_000, 5_000_000, 0.975), expected['verizon_p975']!, 1e-9);
    near(sigmaOfMeanAndMedian(12, 1), expected['verizon_meanmed']!, 1e-9);
    near(sigmaOfMeanAndMedian(175, 36), expected['netdiligence_sme_ir']!, 1e-9);
    near(sigmaOfMeanAndMedian(131, 25), expected['netdiligence_crisis']!, 1e-9);
    near(sigmaOfMeanAndMedian(377, 140), expected['coveware_payment_q3_2025']!, 1e-9);
    near(spread(603_000, 32_000_000, 0.95), expected['iris2025']!, 1e-9);
    near(sigmaOfMeanAndMedian(14_000, 603), expected['iris2025_meanmed']!, 1e-9);
  });

  it("reproduces Panjer's recursion for three counts", () => {
    const { poisson_lambda, nb, binomial } = inputsOf<{ poisson_lambda: number; nb: { r: number; beta: number }; binomial: { m: number; q: number } }>(
      'panjer_abs0',
    );
    const expected = expectedOf<Record<'poisson' | 'negbin' | 'binomial', number[]>>('panjer_abs0');
    const severity = [0, 0.6, 0.3, 0.1];

    nearAll(panjer(poissonCount(poisson_lambda), severity, 21), expected.poisson, 1e-12);
    nearAll(panjer(negativeBinomialCount(nb.r, nb.beta), severity, 21), expected.negbin, 1e-12);
    nearAll(panjer(binomialCount(binomial.m, binomial.q), severity, 16), expected.binomial, 1e-12);
  });

  it('finds that a compound Poisson of logarithmic claims is negative binomial, by recursion and by transform', () => {
    const { lambda_, q } = inputsOf<{ lambda_: number; q: number }>('compound_poisson_logarithmic_is_nb');
    const { pmf } = expectedOf<{ pmf: number[] }>('compound_poisson_logarithmic_is_nb');
    const logarithmic = Array.from({ length: 200 }, (_, k) => (k === 0 ? 0 : -(q ** k) / (k * Math.log(1 - q))));

    nearAll(panjer(poissonCount(lambda_), logarithmic, pmf.length), pmf, 1e-12);
    nearAll(
      [
        ...compoundPoisson(
          Float64Array.from(logarithmic, (p) => lambda_ * p),
          1,
          1024,
        ).probability,
      ],
      pmf,
      1e-12,
    );
  });

  it('reproduces the compound Poisson of layered lognormal claims at four step sizes', () => {
    const { lambda_, mu, sigma, deductible, limit } =
      inputsOf<Record<'lambda_' | 'mu' | 'sigma' | 'deductible' | 'limit', number>>('compound_poisson_layered_lognormal');
    const { exact_mean, fft_by_step } = expectedOf<{
      exact_mean: number;
      fft_by_step: Record<string, { sd: number; p0: number; q: Numbers; stop_loss: Numbers; TVaR99: number }>;
    }>('compound_poisson_layered_lognormal');
    const below = lognormalLimitedMean({ mu, sigma }, deductible);
    const limited = (y: number): number => lognormalLimitedMean({ mu, sigma }, deductible + Math.min(y, limit)) - below;

    for (const [stepText, expected] of Object.entries(fft_by_step)) {
      const step = Number(stepText);
      const severity = discretise(limited, step, limit / step + 1);
      const total = compoundPoisson(
        severity.probability.map((p) => lambda_ * p),
        step,
        powerOfTwoFrom((8 * limit) / step),
      );

      near(gridMean(total), exact_mean, 1e-9);
      near(gridDeviation(total), expected.sd, 1e-9);
      near(total.probability[0]!, expected.p0, 1e-9);
      for (const [p, value] of Object.entries(expected.q)) expect(Math.abs(gridQuantile(total, Number(p)) - value)).toBeLessThanOrEqual(step);
      for (const [x, value] of Object.entries(expected.stop_loss)) near(gridStopLoss(total, Number(x)), value, 1e-6);
      near(gridTailMean(total, 0.99), expected.TVaR99, 1e-9);
    }
  });
});

describeShared('vectors of layers and of random streams', () => {
  const others = readSharedJson('vectors/portfolio-and-reinsurance.json') as Record<string, { inputs: never; expected: never }>;

  it('reproduces expected losses and frequencies of excess layers', () => {
    const { lambda_, mu, sigma } = others['xol_layer_expected_loss']!.inputs as Record<'lambda_' | 'mu' | 'sigma', number>;
    for (const layer of others['xol_layer_expected_loss']!.expected as Record<'attach' | 'limit' | 'EL' | 'freq_attach' | 'freq_exhaust', number>[]) {
      const top = layer.attach + layer.limit;
      near(lambda_ * (lognormalLimitedMean({ mu, sigma }, top) - lognormalLimitedMean({ mu, sigma }, layer.attach)), layer.EL, 1e-9);
      near(lambda_ * lognormalSurvival({ mu, sigma }, layer.attach), layer.freq_attach, 1e-9);
      near(lambda_ * lognormalSurvival({ mu, sigma }, top), layer.freq_exhaust, 1e-9);
    }
  });

  it('draws the published PCG32 and SplitMix64 sequences', () => {
    const expected = others['rng_vectors']!.expected as { pcg32: string[]; splitmix64: string[] };
    const pcg = pcg32(42n, 54n);
    const split = splitMix64(1234567n);

    expect(expected.pcg32.map(() => `0x${pcg.nextUint32().toString(16)}`)).toEqual(expected.pcg32);
    expect(expected.splitmix64.map(() => split().toString())).toEqual(expected.splitmix64);
  });
});
