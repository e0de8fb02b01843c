import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lognormalQuantile } from '../basics/index.ts';
import { contractOf, evaluate, float64, freshMemory, type Item } from '../terms/index.ts';
import { limitedPayout, partMeans, payoutOf, type CoverPart, type Payout } from './payout.ts';
import type { EventBound } from './severity.ts';

const parts: fc.Arbitrary<CoverPart[]> = fc
  .array(fc.record({ weight: fc.double({ min: 0.01, max: 1, noNaN: true }), subLimit: fc.integer({ min: 1, max: 5_000_000 }) }), { minLength: 1, maxLength: 5 })
  .map((list) => list.map((part, n) => ({ coverage: `c${n}`, ...part })));
const retention = fc.integer({ min: 0, max: 200_000 });
const bounds: fc.Arbitrary<EventBound> = fc.integer({ min: 500_000, max: 100_000_000 }).map((revenue) => ({ knee: revenue / 2, slope: 0.5, most: revenue }));
const loss = { mu: 12, sigma: 1.7 };

const bounded = ({ knee, slope, most }: EventBound, x: number): number => Math.min(most, x <= knee ? x : knee + slope * (x - knee));

/** The payout at a ground-up loss, read off its corners. */
function paidAt({ x, slope, paid }: Payout, at: number): number {
  const i = x.findLastIndex((corner) => corner <= at);
  return i < 0 ? 0 : paid[i]! + (i + 1 < x.length ? slope[i]! * (at - x[i]!) : 0);
}

const item = (coverage: string, amount: number): Item => ({
  id: coverage,
  head: coverage,
  amount,
  event: 'e',
  insured: 'i',
  period: 'p',
  location: null,
  claimant: null,
  sumInsured: null,
  valueAtRisk: null,
  hours: null,
  cover: { share: 1, clause: 'c' },
});

describe('the payout that is priced', () => {
  it('is the payment that the policy terms make, for any loss and any limit', () => {
    fc.assert(
      fc.property(
        parts,
        retention,
        bounds,
        fc.integer({ min: 0, max: 200_000_000 }),
        fc.integer({ min: 1, max: 20_000_000 }),
        (cover, deductible, bound, x, limit) => {
          const heads = cover.map(({ coverage, subLimit }) => ({ head: coverage, subLimit, waiting: null, paidRatio: 1, average: false }));
          const items = cover.map(({ coverage, weight }) => item(coverage, weight * bounded(bound, x)));

          const paid = evaluate(contractOf({ retention: deductible, limit, aggregate: null, heads }, 'CN-EXCESS-1'), items, freshMemory, float64).total;

          expect(Math.min(limit, paidAt(payoutOf(cover, deductible, bound), x))).toBeCloseTo(paid, 4);
        },
      ),
    );
  });

  it('has the limited mean that a fine sum over the loss distribution finds', () => {
    fc.assert(
      fc.property(parts, retention, bounds, fc.integer({ min: 1, max: 20_000_000 }), (cover, deductible, bound, limit) => {
        const payout = payoutOf(cover, deductible, bound);
        const n = 20_000;
        const sum = Array.from({ length: n }, (_, i) => Math.min(limit, paidAt(payout, lognormalQuantile(loss, (i + 0.5) / n)))).reduce((a, b) => a + b, 0);

        expect(Math.abs(limitedPayout(payout, loss)(limit) - sum / n)).toBeLessThanOrEqual(0.002 * (sum / n) + 1);
      }),
      { numRuns: 20 },
    );
  });

  it('is the sum of its parts while nothing limits the event', () => {
    fc.assert(
      fc.property(parts, retention, bounds, (cover, deductible, bound) => {
        const whole = limitedPayout(payoutOf(cover, deductible, bound), loss)(Number.POSITIVE_INFINITY);
        const alone = partMeans(cover, deductible, bound, loss).reduce((sum, mean) => sum + mean, 0);

        expect(Math.abs(alone - whole)).toBeLessThanOrEqual(1e-9 * (1 + whole));
      }),
    );
  });

  it('has limited means that do not depend on the order in which they are asked', () => {
    const payout = payoutOf(
      [
        { coverage: 'a', weight: 0.5, subLimit: 100 },
        { coverage: 'b', weight: 0.5, subLimit: 1000 },
      ],
      10,
      { knee: 1e9, slope: 0.5, most: 2e9 },
    );
    const rising = limitedPayout(payout, loss);
    const falling = limitedPayout(payout, loss);
    const at = [1, 50, 200, 800, 1100];

    expect(at.toReversed().map(falling).toReversed()).toEqual(at.map(rising));
  });
});
