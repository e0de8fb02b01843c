import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactMinor, float64 } from './arithmetic.ts';
import { evaluate } from './evaluate.ts';
import { freshMemory, type Contract, type GroupKey, type Item, type Level, type Step } from './model.ts';
import { contractOf, orderNames, type HeadTerms, type PolicyTerms } from './orders.ts';

/*
 * The laws that every step and every contract obeys. A new step gets one line in `steps` below and runs all of them.
 */

const heads = ['interruption', 'restoration', 'liability'];
const money = fc.integer({ min: 0, max: 1_000_000 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const clause = 'c';
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

const hours = fc.array(fc.record({ hours: fc.integer({ min: 1, max: 48 }), business: fc.boolean(), amount: fc.integer({ min: 0, max: 1000 }) }), {
  minLength: 1,
  maxLength: 5,
});

const items: fc.Arbitrary<Item[]> = fc
  .array(
    fc.record({
      head: fc.constantFrom(...heads),
      amount: money,
      event: fc.constantFrom('e1', 'e2', 'e3'),
      insured: fc.constant('i'),
      period: fc.constant('2026'),
      location: fc.constantFrom('l1', null),
      claimant: fc.constantFrom('c1', 'c2', null),
      sumInsured: maybe(money),
      valueAtRisk: maybe(money),
      hours,
      cover: fc.record({ share, clause: fc.constant(clause) }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((item, n) => ({ id: `item-${n}`, ...item })));

const cap = fc.record({
  step: fc.constant('cap' as const),
  clause: fc.constant(clause),
  amount: maybe(money),
  ratioOfLoss: maybe(share),
  ratioOfSumInsured: maybe(share),
});
const retain = fc.record({
  step: fc.constant('retain' as const),
  clause: fc.constant(clause),
  amount: maybe(money),
  ratioOfLoss: maybe(share),
  ratioOfSumInsured: maybe(share),
  combine: fc.constantFrom('greatest' as const, 'sum' as const),
  least: maybe(money),
  most: maybe(money),
  carried: fc.boolean(),
});
const aggregate = fc.record({ step: fc.constant('aggregate' as const), clause: fc.constant(clause), limit: maybe(money), retention: money });

const steps: Record<Step['step'], fc.Arbitrary<Step>> = {
  cover: fc.constant({ step: 'cover', clause }),
  wait: fc.record({
    step: fc.constant('wait' as const),
    clause: fc.constant(clause),
    hours: fc.integer({ min: 0, max: 60 }),
    manner: fc.constantFrom('deduct' as const, 'qualify' as const),
    clock: fc.constantFrom('all-hours' as const, 'business-hours' as const),
  }),
  share: fc.record({ step: fc.constant('share' as const), clause: fc.constant(clause), ratio: fc.oneof(share, fc.constant('average' as const)) }),
  retain,
  franchise: fc.record({ step: fc.constant('franchise' as const), clause: fc.constant(clause), threshold: money }),
  cap,
  layer: fc.record({
    step: fc.constant('layer' as const),
    clause: fc.constant(clause),
    layers: fc.array(fc.record({ attachment: money, limit: maybe(money), share }), { minLength: 1, maxLength: 3 }),
  }),
  aggregate,
  reinstate: fc.record({
    step: fc.constant('reinstate' as const),
    clause: fc.constant(clause),
    limit: money,
    rates: fc.array(fc.constantFrom(0, 0.5, 1), { maxLength: 3 }),
  }),
};

const groupings: fc.Arbitrary<GroupKey[]> = fc.constantFrom<GroupKey[]>(['event'], ['event', 'head'], ['insured', 'period'], ['location']);
const levelOf = (step: fc.Arbitrary<Step>): fc.Arbitrary<Level> =>
  fc.record({
    id: fc.constant('level'),
    by: groupings,
    heads: fc.option(fc.subarray(heads, { minLength: 1 }), { nil: null }),
    steps: step.map((one) => [one]),
  });

const stepKinds = Object.keys(steps) as Step['step'][];
const single = (level: Level): Contract => ({ order: 'one-level', levels: [level] });
const total = (contract: Contract, list: readonly Item[]): number => evaluate(contract, list, freshMemory, float64).total;
const sumOf = (list: readonly Item[]): number => list.reduce((sum, { amount }) => sum + amount, 0);
const slack = (list: readonly Item[]): number => 1e-9 * (1 + sumOf(list));
const grown = (list: readonly Item[], n: number, by: number): Item[] =>
  list.map((item, i) => (i === n % list.length ? { ...item, amount: item.amount + by } : item));

const contracts: fc.Arbitrary<Contract> = fc
  .record({
    retention: money,
    limit: money,
    aggregate: maybe(money),
    heads: fc.tuple(
      ...heads.map((head) =>
        fc.record<HeadTerms>({
          head: fc.constant(head),
          subLimit: maybe(money),
          paidRatio: share,
          average: fc.boolean(),
          waiting: maybe(
            fc.record({
              hours: fc.integer({ min: 0, max: 48 }),
              manner: fc.constantFrom('deduct' as const, 'qualify' as const),
              clock: fc.constantFrom('all-hours' as const, 'business-hours' as const),
            }),
          ),
        }),
      ),
    ),
  })
  .chain((terms: PolicyTerms) => fc.constantFrom(...orderNames).map((order) => contractOf(terms, order)));

const family: [string, fc.Arbitrary<Contract>][] = [
  ...stepKinds.map((kind): [string, fc.Arbitrary<Contract>] => [`step ${kind}`, levelOf(steps[kind]).map(single)]),
  ['a policy contract', contracts],
];

describe.each(family)('%s', (_, contract) => {
  it('pays between nothing and the loss, of each item too', () => {
    fc.assert(
      fc.property(contract, items, (terms, list) => {
        const { payable } = evaluate(terms, list, freshMemory, float64);

        payable.forEach(({ amount }, i) => {
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(list[i]!.amount + slack(list));
        });
      }),
    );
  });

  it('never pays less for a larger loss', () => {
    fc.assert(
      fc.property(contract, items, fc.nat(5), money, (terms, list, n, more) => {
        expect(total(terms, grown(list, n, more))).toBeGreaterThanOrEqual(total(terms, list) - slack(list));
      }),
    );
  });

  it('does not care in which order the items come', () => {
    fc.assert(
      fc.property(contract, items, (terms, list) => {
        expect(total(terms, list.toReversed())).toBeCloseTo(total(terms, list), 4);
      }),
    );
  });

  it('changes nothing but the split when an item is split in two', () => {
    fc.assert(
      fc.property(contract, items, share, (terms, [first, ...rest], part) => {
        const halves = [
          { ...first!, id: 'a', amount: first!.amount * part },
          { ...first!, id: 'b', amount: first!.amount * (1 - part) },
        ];

        expect(total(terms, [...halves, ...rest])).toBeCloseTo(total(terms, [first!, ...rest]), 4);
      }),
    );
  });

  it('pays the same in one batch as event by event through memory', () => {
    fc.assert(
      fc.property(contract, items, (terms, list) => {
        fc.pre(
          terms.levels.every(
            ({ by, steps: inside }) =>
              by.includes('event') || by.includes('item') || inside.every(({ step }) => ['aggregate', 'reinstate', 'cover', 'wait'].includes(step)),
          ),
        );
        let memory = freshMemory;
        let paid = 0;
        for (const event of ['e1', 'e2', 'e3']) {
          const one = evaluate(
            terms,
            list.filter((item) => item.event === event),
            memory,
            float64,
          );
          memory = one.memory;
          paid += one.total;
        }

        expect(paid).toBeCloseTo(total(terms, list), 4);
      }),
    );
  });

  it('keeps whole minor units whole: parts are integers, sum to the group, and the trace re-adds', () => {
    fc.assert(
      fc.property(contract, items, (terms, list) => {
        const { payable, total: sum, trace } = evaluate(terms, list, freshMemory, exactMinor('half-even'));

        expect(payable.every(({ amount }, i) => Number.isInteger(amount) && amount >= 0 && amount <= list[i]!.amount)).toBe(true);
        expect(trace.every(({ amountIn, amountOut }) => amountOut >= 0 && amountOut <= amountIn)).toBe(true);
        expect(Math.abs(sum - total(terms, list))).toBeLessThanOrEqual(list.length * (trace.length + 1));
      }),
    );
  });

  it('does not change the memory that it is given, and only ever uses more', () => {
    fc.assert(
      fc.property(contract, items, (terms, list) => {
        const before = evaluate(terms, list, freshMemory, float64).memory;
        const copy = structuredClone(before);

        const after = evaluate(terms, list, before, float64).memory;

        expect(before).toEqual(copy);
        for (const cell of Object.keys(before.used)) expect(after.used[cell]).toBeGreaterThanOrEqual(before.used[cell]!);
        expect(freshMemory).toEqual({ retained: {}, used: {} });
      }),
    );
  });
});

describe('terms between each other', () => {
  const atLevel = (step: Step): Contract => single({ id: 'level', by: ['event'], heads: null, steps: [step] });

  it('pay no less under a higher limit and no more under a higher retention', () => {
    fc.assert(
      fc.property(items, money, money, (list, amount, more) => {
        const limited = (limit: number): number => total(atLevel({ step: 'cap', clause, amount: limit, ratioOfLoss: null, ratioOfSumInsured: null }), list);
        const retained = (deductible: number): number =>
          total(
            atLevel({
              step: 'retain',
              clause,
              amount: deductible,
              ratioOfLoss: null,
              ratioOfSumInsured: null,
              combine: 'greatest',
              least: null,
              most: null,
              carried: false,
            }),
            list,
          );

        expect(limited(amount + more)).toBeGreaterThanOrEqual(limited(amount));
        expect(retained(amount + more)).toBeLessThanOrEqual(retained(amount));
      }),
    );
  });

  it('add up over layers that tile an interval, and what is ceded and kept is the loss', () => {
    fc.assert(
      fc.property(items, money, money, (list, first, second) => {
        const layers = (tiles: [number, number | null][]): number =>
          total(atLevel({ step: 'layer', clause, layers: tiles.map(([attachment, limit]) => ({ attachment, limit, share: 1 })) }), list);

        expect(
          layers([
            [0, first],
            [first, second],
            [first + second, null],
          ]),
        ).toBeCloseTo(sumOf(list), 4);
        expect(layers([[first, second]])).toBeCloseTo(
          layers([
            [first, second / 2],
            [first + second / 2, second / 2],
          ]),
          4,
        );
      }),
    );
  });

  it('never regain an aggregate without a reinstatement', () => {
    const year = single({ id: 'year', by: ['insured', 'period'], heads: null, steps: [{ step: 'aggregate', clause, limit: 1000, retention: 0 }] });
    fc.assert(
      fc.property(fc.array(items, { minLength: 1, maxLength: 5 }), (batches) => {
        let memory = freshMemory;
        const paid = batches.map((list) => {
          const one = evaluate(year, list, memory, exactMinor('floor'));
          memory = one.memory;
          return one.total;
        });

        expect(paid.reduce((sum, amount) => sum + amount, 0)).toBeLessThanOrEqual(1000);
      }),
    );
  });
});
