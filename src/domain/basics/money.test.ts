import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, allocateMinor, roundMinor, subtractMoney, type Money, type Rounding } from './money.ts';
import { Refusal } from './refusal.ts';

const rules: Rounding[] = ['half-even', 'half-up', 'floor', 'ceil'];
const amounts = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const weight = fc.oneof(
  fc.double({ min: 0, max: 1e300, noNaN: true }),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.constantFrom(0, 5e-324, 1 / 3),
);
const yuan = (minor: number): Money => ({ currency: 'CNY', minor });

describe('an allocation', () => {
  it('adds up to its amount, whatever the amount and the weights', () => {
    fc.assert(
      fc.property(amounts, fc.array(weight, { minLength: 1, maxLength: 20 }), (total, weights) => {
        const parts = allocateMinor(total, weights);

        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));
        expect(parts.every((part) => part === 0 || Math.sign(part) === Math.sign(total))).toBe(true);
      }),
    );
  });

  it('gives nobody a whole unit more or less than the exact share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 10 }), (total, weights) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);

        allocateMinor(total, weights).forEach((part, i) => expect(Math.abs(part - (total * weights[i]!) / sum)).toBeLessThan(1));
      }),
    );
  });

  it('gives nothing to a weight of nothing when others have some', () => {
    expect(allocateMinor(100, [0, 1, 0, 1])).toEqual([0, 50, 0, 50]);
  });

  it('hands left-over units to the largest remainders, earlier parts first', () => {
    expect(allocateMinor(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocateMinor(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(allocateMinor(10, [25, 36, 39])).toEqual([2, 4, 4]);
  });

  it('puts everything on the first part when no part has weight, and fits nothing into no parts', () => {
    expect(allocateMinor(7, [0, 0])).toEqual([7, 0]);
    expect(allocateMinor(0, [])).toEqual([]);
  });

  it('does not accept weights that are no weights', () => {
    for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => allocateMinor(1, [1, wrong])).toThrow('weights');
  });
});

describe('rounding', () => {
  it('moves by one unit at most, keeps integers and keeps order', () => {
    const real = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(real, real, fc.constantFrom(...rules), (a, b, rule) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];

        expect(Math.abs(roundMinor(a, rule) - a)).toBeLessThanOrEqual(1);
        expect(roundMinor(roundMinor(a, rule), rule)).toBe(roundMinor(a, rule));
        expect(roundMinor(low, rule)).toBeLessThanOrEqual(roundMinor(high, rule));
      }),
    );
  });

  it('follows each named rule at the half', () => {
    expect([0.5, 1.5, -0.5, -1.5].map((x) => roundMinor(x, 'half-even'))).toEqual([0, 2, 0, -2]);
    expect([0.5, 1.5, -0.5, -1.5].map((x) => roundMinor(x, 'half-up'))).toEqual([1, 2, -1, -2]);
    expect([0.5, -0.5].map((x) => roundMinor(x, 'floor'))).toEqual([0, -1]);
    expect([0.5, -0.5].map((x) => roundMinor(x, 'ceil'))).toEqual([1, 0]);
  });

  it('does not round up the largest number below a half', () => {
    for (const rule of ['half-up', 'half-even'] as const) expect(roundMinor(0.49999999999999994, rule)).toBe(0);
  });

  it('refuses what does not fit in exact minor units', () => {
    for (const wrong of [2 ** 53, -(2 ** 53), Number.NaN, Number.POSITIVE_INFINITY]) expect(() => roundMinor(wrong, 'floor')).toThrow(Refusal);
  });
});

describe('money', () => {
  it('adds and subtracts as integers do, or refuses', () => {
    const small = fc.integer({ min: -(2 ** 50), max: 2 ** 50 });
    fc.assert(
      fc.property(small, small, small, (a, b, c) => {
        expect(addMoney(yuan(a), yuan(b))).toEqual(addMoney(yuan(b), yuan(a)));
        expect(addMoney(addMoney(yuan(a), yuan(b)), yuan(c))).toEqual(addMoney(yuan(a), addMoney(yuan(b), yuan(c))));
        expect(subtractMoney(addMoney(yuan(a), yuan(b)), yuan(b))).toEqual(yuan(a));
      }),
    );
    expect(() => addMoney(yuan(Number.MAX_SAFE_INTEGER), yuan(1))).toThrow('does not fit');
  });

  it('refuses to add two currencies', () => {
    expect(() => addMoney(yuan(1), { currency: 'USD', minor: 1 })).toThrow('cannot add');
  });
});
