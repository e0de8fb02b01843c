import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakEvenCost, choosePlan, planOf, type Choice, type Plan } from './choose.ts';

const effects = fc.array(fc.record({ cost: fc.integer({ min: 1, max: 100 }), saves: fc.double({ min: 0, max: 0.4, noNaN: true }) }), {
  minLength: 1,
  maxLength: 7,
});

/** Measures that multiply the loss, covers that take a share of it, a credit that stops at a bound. */
const choice: fc.Arbitrary<Choice> = fc
  .record({
    effects,
    loss: fc.integer({ min: 50, max: 800 }),
    budget: fc.integer({ min: 0, max: 900 }),
    bound: fc.double({ min: 0.2, max: 1, noNaN: true }),
    gate: fc.boolean(),
  })
  .map(({ effects, loss, budget, bound, gate }) => ({
    costs: effects.map(({ cost }) => cost),
    covers: 3,
    budget,
    riskCharge: 2.5,
    evaluate: (measures, cover) => {
      const share = [0, 0.6, 0.85][cover]!;
      const left = effects.reduce((product, { saves }, i) => (measures[i] ? product * (1 - saves) : product), 1);
      return { premium: loss * share * Math.max(left, bound) * 1.2, retained: loss * left * (1 - share), permitted: cover === 0 || !gate || measures[0]! };
    },
  }));

/** Every set under every cover, with no cleverness. */
function byHand(one: Choice): Plan | null {
  const plans = Array.from({ length: 2 ** one.costs.length * one.covers }, (_, n) =>
    planOf(
      one,
      one.costs.map((_, i) => (Math.floor(n / one.covers) & (1 << i)) !== 0),
      n % one.covers,
    ),
  );
  const allowed = plans.filter(({ permitted, cost, premium }) => permitted && cost + premium <= one.budget);
  return allowed.reduce<Plan | null>((best, plan) => (best === null || plan.total < best.total ? plan : best), null);
}

describe('the best plan of measures and cover', () => {
  it('is the one that trying every plan finds', () => {
    fc.assert(
      fc.property(choice, (one) => {
        expect(choosePlan(one)?.total ?? null).toBe(byHand(one)?.total ?? null);
      }),
      { numRuns: 300 },
    );
  });

  it('never gets worse with a larger budget', () => {
    fc.assert(
      fc.property(choice, fc.integer({ min: 0, max: 300 }), (one, more) => {
        const least = (budget: number): number => choosePlan({ ...one, budget })?.total ?? Number.POSITIVE_INFINITY;
        expect(least(one.budget + more)).toBeLessThanOrEqual(least(one.budget));
      }),
    );
  });

  it('leaves a measure out above its break-even cost and takes it below, where the budget does not bind', () => {
    fc.assert(
      fc.property(choice, (one) => {
        const rich = { ...one, budget: Number.POSITIVE_INFINITY };
        const even = breakEvenCost(rich, 0)!;
        const takesAt = (cost: number): boolean => choosePlan({ ...rich, costs: rich.costs.map((old, i) => (i === 0 ? cost : old)) })!.measures[0]!;
        expect(takesAt(even + 0.01)).toBe(false);
        if (even > 0.01) expect(takesAt(even - 0.01)).toBe(true);
      }),
    );
  });
});
