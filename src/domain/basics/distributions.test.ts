import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compoundPoisson, discretise, gridMean, gridTailMean, gridQuantile, panjer, poissonCount } from './aggregate.ts';
import { lognormalLimitedMean, lognormalMean, lognormalOfMean, lognormalQuantile, lognormalSurvival, lognormalTailMean } from './lognormal.ts';
import { paretoLimitedMean, splicedLimitedMean, splicedQuantile } from './pareto.ts';
import { complementaryError, incompleteBeta, incompleteGamma, logGamma, normalCdf, normalQuantile } from './special-functions.ts';

const real = fc.double({ min: -8, max: 8, noNaN: true });
const positive = fc.double({ min: 0.05, max: 60, noNaN: true });
const unit = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const severities = fc.record({ mu: fc.double({ min: 5, max: 15, noNaN: true }), sigma: fc.double({ min: 0.2, max: 2.5, noNaN: true }) });
const amount = fc.double({ min: 1, max: 1e8, noNaN: true });

describe('special functions', () => {
  it('know the values that everybody knows', () => {
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 15);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(complementaryError(1)).toBeCloseTo(0.15729920705028513, 15);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect([normalQuantile(-0.1), normalQuantile(1.1), logGamma(0), logGamma(-1)].every(Number.isNaN)).toBe(true);
  });

  it('are symmetric and undo each other', () => {
    fc.assert(
      fc.property(real, (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14);
        expect(Math.abs(normalQuantile(normalCdf(-Math.abs(x))) + Math.abs(x))).toBeLessThan(1e-9);
      }),
    );
  });

  it('obey the recurrences of the gamma function and of its incomplete forms', () => {
    fc.assert(
      fc.property(positive, positive, unit, (a, b, x) => {
        expect(Math.abs(logGamma(a + 1) - logGamma(a) - Math.log(a))).toBeLessThan(1e-11);
        expect(Math.abs(incompleteBeta(a, b, x) + incompleteBeta(b, a, 1 - x) - 1)).toBeLessThan(1e-10);
        expect(Math.abs(incompleteGamma(a, b) - incompleteGamma(a + 1, b) - Math.exp(a * Math.log(b) - b - logGamma(a + 1)))).toBeLessThan(1e-10);
      }),
    );
  });
});

describe('a lognormal severity', () => {
  it('has limited means that rise, bend down and end at the mean', () => {
    fc.assert(
      fc.property(severities, amount, (severity, x) => {
        const [a, b, c] = [x, 1.5 * x, 2 * x].map((limit) => lognormalLimitedMean(severity, limit)) as [number, number, number];
        const slack = 1e-12 * c;

        expect(b).toBeGreaterThanOrEqual(a - slack);
        expect(b - a).toBeGreaterThanOrEqual(c - b - slack);
        expect(c).toBeLessThanOrEqual(Math.min(2 * x, lognormalMean(severity)) * (1 + 1e-12));
      }),
    );
  });

  it('finds its own quantiles, and its tail mean from its limited means', () => {
    fc.assert(
      fc.property(severities, unit, (severity, p) => {
        const at = lognormalQuantile(severity, p);

        expect(lognormalSurvival(severity, at)).toBeCloseTo(1 - p, 9);
        expect(lognormalTailMean(severity, p) / (at + (lognormalMean(severity) - lognormalLimitedMean(severity, at)) / (1 - p))).toBeCloseTo(1, 8);
      }),
    );
  });

  it('is made from the mean that it is asked to have', () => {
    fc.assert(
      fc.property(
        amount,
        fc.double({ min: 0.1, max: 2.5, noNaN: true }),
        (mean, sigma) => void expect(lognormalMean(lognormalOfMean(mean, sigma)) / mean).toBeCloseTo(1, 12),
      ),
    );
  });
});

describe('heavier tails', () => {
  it('pay between nothing and the limit, and more for a higher limit', () => {
    const severity = { body: { mu: 10.5, sigma: 1.7 }, threshold: 1e6, xi: 0.6, beta: 8e5, tail: 0.05 };
    fc.assert(
      fc.property(amount, (x) => {
        expect(splicedLimitedMean(severity, x)).toBeLessThanOrEqual(x);
        expect(splicedLimitedMean(severity, 2 * x)).toBeGreaterThanOrEqual(splicedLimitedMean(severity, x));
        expect(paretoLimitedMean({ alpha: 1, theta: 1000 }, x)).toBeCloseTo(1000 * Math.log1p(x / 1000), 6);
      }),
    );
    expect(splicedQuantile(severity, 0.95)).toBeCloseTo(1e6, 3);
  });
});

describe('an aggregate loss', () => {
  const severity = discretise((x) => lognormalLimitedMean({ mu: 2, sigma: 0.8 }, Math.min(x, 60)), 1, 64);

  it('keeps the mean of its severity on any grid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (step) => {
        const points = Math.ceil(60 / step) + 1;
        const grid = discretise((x) => lognormalLimitedMean({ mu: 2, sigma: 0.8 }, Math.min(x, 60)), step, points);

        expect(gridMean(grid)).toBeCloseTo(lognormalLimitedMean({ mu: 2, sigma: 0.8 }, 60), 10);
        expect(grid.probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is the same by transform and by recursion, at rates far below one and above it', () => {
    for (const rate of [0.01, 0.0499, 0.0501, 2]) {
      const transformed = compoundPoisson(
        severity.probability.map((p) => rate * p),
        1,
        1024,
      ).probability;
      const recursive = panjer(poissonCount(rate), [...severity.probability], 200);

      recursive.forEach((p, k) => expect(Math.abs(transformed[k]! - p)).toBeLessThan(1e-13));
    }
  });

  it('has a tail mean that is at least its value at risk, and that grows with the rate', () => {
    const at = (rate: number): [number, number] => {
      const total = compoundPoisson(
        severity.probability.map((p) => rate * p),
        1,
        1024,
      );
      return [gridQuantile(total, 0.99), gridTailMean(total, 0.99)];
    };

    expect(at(0.5)[1]).toBeGreaterThanOrEqual(at(0.5)[0]);
    expect(at(0.6)[1]).toBeGreaterThanOrEqual(at(0.5)[1]);
  });
});
