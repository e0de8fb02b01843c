import { allocateMinor, roundMinor, type Rounding } from '../basics/index.ts';

/** How amounts are kept: exact minor units for a claim, float64 for prices and simulation. One evaluation, two arithmetics. */
export interface Arithmetic {
  readonly round: (amount: number) => number;
  /** Splits a total in proportion to weights; the parts sum to it. */
  readonly allocate: (total: number, weights: readonly number[]) => number[];
}

/** Integer minor units with a named rounding; parts by largest remainder. */
export const exactMinor = (rounding: Rounding): Arithmetic => ({ round: (amount) => roundMinor(amount, rounding), allocate: allocateMinor });

/** Float64 in any unit; nothing is rounded. */
export const float64: Arithmetic = {
  round: (amount) => amount,
  allocate: (total, weights) => {
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((w, i) => (sum === 0 ? (i === 0 ? total : 0) : (total * w) / sum));
  },
};
