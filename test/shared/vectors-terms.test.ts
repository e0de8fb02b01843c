import { expect, it } from 'vitest';
import { contractOf, evaluate, exactMinor, float64, freshMemory, type Item, type PolicyTerms, type Step } from '../../src/domain/terms/index.ts';
import { describeShared, readSharedJson } from './shared-data.ts';

const vectors = readSharedJson('vectors/claims-and-policy.json');
const portfolio = readSharedJson('vectors/portfolio-and-reinsurance.json');

const item = (id: string, amount: number): Item => ({
  id,
  head: id,
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

describeShared('vectors of terms', () => {
  const { inputs, expected } = (vectors['policy_terms_order'] ?? {}) as {
    inputs: { parts: { name: string; loss: number; coins?: string; sub?: number }[]; retention: number; claim_limit: number; aggregate_left: number };
    expected: Record<'after_coinsurance' | 'after_retention' | 'after_sublimit' | 'payable_by_part', Record<string, number>> & {
      sum_after_sublimit: number;
      payable: number;
    };
  };
  const termsOf = (unit: number): PolicyTerms => ({
    retention: inputs.retention * unit,
    limit: inputs.claim_limit * unit,
    aggregate: inputs.aggregate_left * unit,
    heads: inputs.parts.map(({ name, coins, sub }) => ({
      head: name,
      subLimit: sub === undefined ? null : sub * unit,
      waiting: null,
      paidRatio: coins === undefined ? 1 : 0.8,
      average: false,
    })),
  });

  it('reproduces the order of terms, step by step, in float64', () => {
    const contract = contractOf(termsOf(1), 'CN-EXCESS-1');
    const upTo = (level: string): Record<string, number> => {
      const last = contract.levels.findLastIndex(({ id }) => id.startsWith(level));
      const { payable } = evaluate(
        { ...contract, levels: contract.levels.slice(0, last + 1) },
        inputs.parts.map(({ name, loss }) => item(name, loss)),
        freshMemory,
        float64,
      );
      return Object.fromEntries(payable.map((one) => [one.item, one.amount]));
    };
    const near = (actual: Record<string, number>, wanted: Record<string, number>): void => {
      for (const [name, amount] of Object.entries(wanted)) expect(Math.abs(actual[name]! - amount), name).toBeLessThanOrEqual(0.005);
    };

    near(upTo('cuts'), expected.after_coinsurance);
    near(upTo('retention'), expected.after_retention);
    near(upTo('sub-limit'), expected.after_sublimit);
    near(upTo('aggregate'), expected.payable_by_part);
  });

  it('pays the same in whole fen, which sum to the payable amount exactly', () => {
    const { payable, total, memory } = evaluate(
      contractOf(termsOf(100), 'CN-EXCESS-1'),
      inputs.parts.map(({ name, loss }) => item(name, loss * 100)),
      freshMemory,
      exactMinor('half-even'),
    );

    expect(total).toBe(expected.payable * 100);
    for (const { item: name, amount } of payable) expect(Math.abs(amount / 100 - expected.payable_by_part[name]!)).toBeLessThanOrEqual(0.02);
    expect(Object.values(memory.used)).toEqual([expected.payable * 100]);
  });

  it('tells four readings of a deductible and a limit apart', () => {
    const retain = (part: Partial<Extract<Step, { step: 'retain' }>>): Step => ({
      step: 'retain',
      clause: 'c',
      amount: null,
      ratioOfLoss: null,
      ratioOfSumInsured: null,
      combine: 'greatest',
      least: null,
      most: null,
      carried: false,
      ...part,
    });
    const cap: Step = { step: 'cap', clause: 'c', amount: 1_000_000, ratioOfLoss: null, ratioOfSumInsured: null };
    const pay = (...steps: Step[]): number =>
      evaluate({ order: 'variant', levels: [{ id: 'all', by: ['event'], heads: null, steps }] }, [item('a', 1_050_000)], freshMemory, exactMinor('half-even'))
        .total;

    expect(pay(retain({ amount: 100_000 }), cap)).toBe(950_000);
    expect(pay(cap, retain({ amount: 100_000 }))).toBe(900_000);
    expect(pay(retain({ amount: 100_000 }), { step: 'share', clause: 'c', ratio: 0.9 }, cap)).toBe(855_000);
    expect(pay(retain({ amount: 100_000, ratioOfLoss: 0.1 }), cap)).toBe(945_000);
  });

  it('reproduces a reinsurance programme in its inuring order', () => {
    const { inputs: book, expected: answer } = portfolio['reinsurance_programme_order'] as {
      inputs: { losses: number[]; qs: number };
      expected: Record<'qs_recovery' | 'cat_recovery' | 'stop_loss_recovery' | 'final_net' | 'event_net', number> & {
        per_risk_recovery: number[];
        net_after_qs: number[];
      };
    };
    const layer = (attachment: number, limit: number): Step => ({ step: 'layer', clause: 'c', layers: [{ attachment, limit, share: 1 }] });
    const ceded = (steps: Step[], losses: readonly number[], by: 'item' | 'event'): number[] =>
      evaluate(
        { order: 'treaty', levels: [{ id: 'treaty', by: [by], heads: null, steps }] },
        losses.map((loss, i) => item(`risk-${i}`, loss)),
        freshMemory,
        float64,
      ).payable.map(({ amount }) => amount);
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

    const quota = ceded([{ step: 'share', clause: 'c', ratio: book.qs }], book.losses, 'item');
    const afterQuota = book.losses.map((loss, i) => loss - quota[i]!);
    const perRisk = ceded([layer(2e6, 3e6)], afterQuota, 'item');
    const event = sum(afterQuota) - sum(perRisk);
    const cat = sum(ceded([layer(4e6, 5e6)], [event], 'event'));
    const stopLoss = sum(ceded([layer(4e6, 5e6)], [event - cat + 2.5e6], 'event'));

    expect(sum(quota)).toBeCloseTo(answer.qs_recovery, 2);
    perRisk.forEach((amount, i) => expect(amount).toBeCloseTo(answer.per_risk_recovery[i]!, 2));
    expect(event).toBeCloseTo(answer.event_net, 2);
    expect(cat).toBeCloseTo(answer.cat_recovery, 2);
    expect(stopLoss).toBeCloseTo(answer.stop_loss_recovery, 2);
    expect(event - cat + 2.5e6 - stopLoss).toBeCloseTo(answer.final_net, 2);
  });
});
