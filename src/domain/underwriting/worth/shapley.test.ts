import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapleyValues, type Worth } from './shapley.ts';

const exact = { exactPlayers: 12, orders: 0, seed: 1 };
const drawn = { exactPlayers: 0, orders: 400, seed: 7 };

/** Any worth of up to five players, by the number of the set. */
const tableOf =
  (table: readonly number[]): Worth =>
  (members) =>
    members.every((member) => !member) ? 0 : table[members.reduce((set, member, i) => set + (member ? 2 ** i : 0), 0)]!;
const table = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 32, maxLength: 32 });

describe('Shapley values', () => {
  it('give the textbook answer for a left glove and two right gloves', () => {
    const pairs: Worth = ([left, right, other]) => (left && (right || other) ? 1 : 0);
    const { values } = shapleyValues(3, pairs, exact);
    [4 / 6, 1 / 6, 1 / 6].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
  });

  it('share out the worth of all players whole, exact or drawn', () => {
    fc.assert(
      fc.property(table, (worths) => {
        for (const sampling of [exact, { ...drawn, orders: 10 }]) {
          const { values } = shapleyValues(5, tableOf(worths), sampling);
          expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(worths[31]!, 8);
        }
      }),
    );
  });

  it('give equal players equal values and an idle player none', () => {
    const worth: Worth = ([a, b, , d]) => (a || b ? 10 : 0) + (d ? 3 : 0);
    const { values } = shapleyValues(4, worth, exact);
    [5, 5, 0, 3].forEach((value, i) => expect(values[i]).toBeCloseTo(value, 12));
  });

  it('are met by drawn orders within their stated error', () => {
    fc.assert(
      fc.property(table, (worths) => {
        const truth = shapleyValues(5, tableOf(worths), exact).values;
        const { values, errors } = shapleyValues(5, tableOf(worths), drawn);
        values.forEach((value, i) => expect(Math.abs(value - truth[i]!)).toBeLessThanOrEqual(5 * errors[i]! + 1e-9));
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  it('are the same for the same seed', () => {
    const worth: Worth = (members) => members.filter(Boolean).length ** 2;
    expect(shapleyValues(6, worth, drawn)).toEqual(shapleyValues(6, worth, drawn));
  });
});
