import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile, binomialAtMost, binomialProbability, binomialTwoSidedP } from './binomial.ts';
import { chiSquaredTail } from './chi-squared.ts';
import { hypergeometricProbabilities } from './hypergeometric.ts';
import { gammaQuantile } from './poisson.ts';
import { solve } from './solve.ts';
import { studentCritical, studentTwoSidedP } from './student.ts';

describe('solve', () => {
  it('finds roots to the spacing of doubles', () => {
    expect(solve((x) => x * x - 2, { low: 0, high: 2 })).toBeCloseTo(Math.SQRT2, 15);
    expect(solve((x) => Math.exp(x) - 1e-9, { low: -100, high: 100 })).toBeCloseTo(Math.log(1e-9), 13);
    expect(solve((x) => x ** 9, { low: -1, high: 3 })).toBeCloseTo(0, 10);
  });

  it('refuses a bracket without a change of sign', () => {
    expect(() => solve((x) => x * x + 1, { low: -1, high: 1 })).toThrow('opposite signs');
  });
});

describe('quantiles', () => {
  it('agree with the tables of Student’s t', () => {
    expect(studentCritical(0.95, 1)).toBeCloseTo(12.706204736174694, 9);
    expect(studentCritical(0.95, 5)).toBeCloseTo(2.570581835636314, 9);
    expect(studentCritical(0.99, 30)).toBeCloseTo(2.7499956535672254, 9);
    expect(studentCritical(0.95, 1e6)).toBeCloseTo(1.9599663, 6);
  });

  it('of Student join the expansion for many degrees without a step', () => {
    expect(Math.abs(studentCritical(0.95, 99_999) - studentCritical(0.95, 100_001))).toBeLessThan(1e-9);
    expect(Math.abs(studentTwoSidedP(2, 99_999) / studentTwoSidedP(2, 100_001) - 1)).toBeLessThan(1e-6);
  });

  it('invert their distribution functions', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 60 }), (p, count, more) => {
        const x = betaQuantile(p, count + 1, more);
        expect(1 - binomialAtMost(count, { of: count + more, probability: x })).toBeCloseTo(p, 9);
        expect(gammaQuantile(p, count + 1)).toBeGreaterThan(0);
      }),
    );
  });
});

describe('tails', () => {
  it('of very many trials need no list of outcomes, and agree with the published program', () => {
    // R 4.2.2, binom.test(k, n, p)$p.value.
    for (const [k, of, probability, p] of [
      [50_500, 100_001, 0.5, 0.001599703],
      [49_500, 100_001, 0.5, 0.00156536],
      [499_000, 1_000_000, 0.5, 0.0456083],
      [300, 200_000, 0.002, 1.891258e-7],
      [450, 200_000, 0.002, 0.0141482],
    ] as const)
      expect(binomialTwoSidedP(k, { of, probability }) / p).toBeCloseTo(1, 5);
    expect(binomialTwoSidedP(5e14, { of: 1e15, probability: 0.5 })).toBe(1);
  });

  it('of chi-squared agree with the tables', () => {
    expect(chiSquaredTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquaredTail(5.991464547107979, 2)).toBeCloseTo(0.05, 12);
    expect(chiSquaredTail(7.814727903251179, 3)).toBeCloseTo(0.05, 12);
    expect(chiSquaredTail(9.487729036781154, 4)).toBeCloseTo(0.05, 12);
  });

  it('of a fair coin are the binomial sums', () => {
    expect(binomialTwoSidedP(2, { of: 10, probability: 0.5 })).toBeCloseTo((2 * (1 + 10 + 45)) / 1024, 12);
    expect(binomialAtMost(2, { of: 10, probability: 0.5 })).toBeCloseTo(56 / 1024, 14);
    expect(binomialProbability(0, { of: 5, probability: 0 })).toBe(1);
  });

  it('of the hypergeometric distribution add to one', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(60), (marked, unmarked, drawn) => {
        const { probabilities } = hypergeometricProbabilities({ marked, unmarked, drawn: Math.min(drawn, marked + unmarked) });
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
      }),
    );
  });
});
