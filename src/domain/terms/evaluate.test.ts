import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactMinor, float64 } from './arithmetic.ts';
import { evaluate } from './evaluate.ts';
import { freshMemory, type Contract, type Item, type Step } from './model.ts';
import { contractOf, type PolicyTerms } from './orders.ts';
import { eventsInWindows } from './window.ts';

const item = (part: Partial<Item> & Pick<Item, 'id' | 'amount'>): Item => ({
  head: 'h',
  event: 'e',
  insured: 'i',
  period: 'p',
  location: null,
  claimant: null,
  sumInsured: null,
  valueAtRisk: null,
  hours: null,
  cover: { share: 1, clause: 'c' },
  ...part,
});
const contract = (...steps: Step[]): Contract => ({ order: 'test', levels: [{ id: 'all', by: ['event'], heads: null, steps }] });
const pay = (steps: Step[], items: Item[]): number => evaluate(contract(...steps), items, freshMemory, float64).total;

describe('steps', () => {
  const outage = item({
    id: 'a',
    amount: 100,
    hours: [
      { hours: 4, business: false, amount: 20 },
      { hours: 8, business: true, amount: 80 },
    ],
  });
  const wait = (hours: number, manner: 'deduct' | 'qualify', clock: 'all-hours' | 'business-hours' = 'all-hours'): Step => ({
    step: 'wait',
    clause: 'c',
    hours,
    manner,
    clock,
  });

  it('wait: the loss of the first hours is not paid, or nothing is paid of a short outage', () => {
    expect(pay([wait(6, 'deduct')], [outage])).toBe(60);
    expect(pay([wait(6, 'qualify')], [outage])).toBe(100);
    expect(pay([wait(12, 'qualify')], [outage])).toBe(0);
  });

  it('wait: business hours make the clock stand still at night', () => {
    expect(pay([wait(4, 'deduct', 'business-hours')], [outage])).toBe(40);
    expect(pay([wait(8, 'qualify', 'business-hours')], [outage])).toBe(0);
  });

  it('wait: refuses an item that does not say when its loss arose', () => {
    expect(() => pay([wait(8, 'deduct')], [item({ id: 'a', amount: 1 })])).toThrow('does not say when');
  });

  it('share: average pays the insured part of the value', () => {
    expect(
      pay(
        [{ step: 'share', clause: 'c', ratio: 'average' }],
        [item({ id: 'a', amount: 100, sumInsured: 80, valueAtRisk: 100 }), item({ id: 'b', amount: 50, sumInsured: 90, valueAtRisk: 60 })],
      ),
    ).toBe(130);
  });

  it('cover and wait: half a minor unit of a large amount rounds to the even one', () => {
    const large = item({ id: 'a', amount: 770_652_809, hours: [{ hours: 10, business: true, amount: 770_652_809 }], cover: { share: 0.5, clause: 'c' } });
    const exact = (step: Step): number => evaluate(contract(step), [large], freshMemory, exactMinor('half-even')).total;

    expect(exact({ step: 'cover', clause: 'c' })).toBe(385_326_404);
    expect(exact(wait(5, 'deduct'))).toBe(385_326_404);
  });

  it('franchise: nothing up to the threshold, everything beyond', () => {
    const franchise: Step = { step: 'franchise', clause: 'c', threshold: 100 };

    expect(pay([franchise], [item({ id: 'a', amount: 100 })])).toBe(0);
    expect(pay([franchise], [item({ id: 'a', amount: 101 })])).toBe(101);
  });

  it('cover: pays the covered share and gives it to the covered items', () => {
    const { payable } = evaluate(
      contract({ step: 'cover', clause: 'c' }),
      [item({ id: 'a', amount: 100, cover: { share: 0, clause: 'war' } }), item({ id: 'b', amount: 100, cover: { share: 0.5, clause: 'c' } })],
      freshMemory,
      float64,
    );

    expect(payable.map(({ amount }) => amount)).toEqual([0, 50]);
  });

  it('reinstate: pays the limit once more than it is bought back, and charges pro rata to the amount', () => {
    const layer = contract({ step: 'reinstate', clause: 'c', limit: 100, rates: [1, 0.5] });
    let memory = freshMemory;
    const lines = [60, 90, 200].map((amount) => {
      const one = evaluate(layer, [item({ id: 'a', amount })], memory, float64);
      memory = one.memory;
      return [one.total, one.trace[0]!.reinstatementShare];
    });

    expect(lines).toEqual([
      [60, 0.6],
      [90, 0.4 + 0.25],
      [150, 0.25],
    ]);
  });

  it('aggregate: first the rest of the retention of the year, then the rest of its limit', () => {
    const year = contract({ step: 'aggregate', clause: 'c', limit: 100, retention: 30 });
    let memory = freshMemory;
    const paid = [20, 50, 90].map((amount) => {
      const one = evaluate(year, [item({ id: 'a', amount })], memory, float64);
      memory = one.memory;
      return one.total;
    });

    expect(paid).toEqual([0, 40, 60]);
  });
});

describe('an hours clause', () => {
  it('opens a window with the first occurrence and the next with the first one after it', () => {
    const occurrences = [
      { id: 'c', atHour: 71 },
      { id: 'a', atHour: 0 },
      { id: 'd', atHour: 73 },
      { id: 'b', atHour: 50 },
    ];

    expect([...eventsInWindows(occurrences, 72)]).toEqual([
      ['a', 'a'],
      ['b', 'a'],
      ['c', 'a'],
      ['d', 'd'],
    ]);
  });
});

/** What CN-EXCESS-1 pays, written again by hand: whole fen after every step, halves to even, largest remainders. */
function settleByHand(amounts: readonly { head: string; amount: number }[], terms: PolicyTerms, leftOfYear: number): number[] {
  const even = (x: number): number => (x - Math.floor(x) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));
  const split = (total: number, weights: readonly number[]): number[] => {
    const sum = weights.reduce((a, b) => a + b, 0);
    if (sum === 0) return weights.map(() => 0);
    const scaled = weights.map((w) => BigInt(total) * BigInt(w));
    const parts = scaled.map((x) => x / BigInt(sum));
    const order = scaled.map((x, i) => ({ i, rest: x % BigInt(sum) })).sort((a, b) => Number(b.rest - a.rest) || a.i - b.i);
    const left = total - Number(parts.reduce((a, b) => a + b, 0n));
    for (const { i } of order.slice(0, left)) parts[i]! += 1n;
    return parts.map(Number);
  };
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const termsOf = (head: string): PolicyTerms['heads'][number] => terms.heads.find((one) => one.head === head)!;
  let left = amounts.map(({ head, amount }) => even(amount * termsOf(head).paidRatio));
  left = split(Math.max(0, sum(left) - terms.retention), left);
  for (const { head, subLimit } of terms.heads) {
    const mine = amounts.map((one, i) => (one.head === head ? left[i]! : 0));
    if (subLimit === null || sum(mine) <= subLimit) continue;
    const capped = split(
      subLimit,
      mine.filter((_, i) => amounts[i]!.head === head),
    );
    left = left.map((x, i) => (amounts[i]!.head === head ? capped.shift()! : x));
  }
  left = split(Math.min(sum(left), terms.limit), left);
  return split(Math.min(sum(left), leftOfYear), left);
}

describe('a settlement', () => {
  it('equals a calculation by hand to the cent, for 200 invented incidents in a row that use up the year', () => {
    const heads = ['interruption', 'restoration', 'response', 'liability'];
    const amount = fc.integer({ min: 0, max: 300_000_000 });
    const incidents = fc.sample(fc.array(fc.record({ head: fc.constantFrom(...heads), amount }), { minLength: 1, maxLength: 6 }), {
      numRuns: 200,
      seed: 20260701,
    });
    const terms: PolicyTerms = {
      retention: 10_000_000,
      limit: 500_000_000,
      aggregate: 20_000_000_000,
      heads: heads.map((head, i) => ({
        head,
        subLimit: i === 3 ? null : 90_000_000 + i * 12_345_678,
        waiting: null,
        paidRatio: [1, 0.8, 0.9, 1][i]!,
        average: false,
      })),
    };
    let memory = freshMemory;
    let leftOfYear = terms.aggregate!;

    incidents.forEach((parts, n) => {
      const items = parts.map((part, i) => item({ id: `${n}-${i}`, event: `e${n}`, ...part }));
      const settled = evaluate(contractOf(terms, 'CN-EXCESS-1'), items, memory, exactMinor('half-even'));
      const byHand = settleByHand(parts, terms, leftOfYear);

      expect(settled.payable.map((one) => one.amount)).toEqual(byHand);
      memory = settled.memory;
      leftOfYear -= settled.total;
    });
    expect(leftOfYear).toBe(0);
  });
});
