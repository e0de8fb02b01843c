import { expect, it } from 'vitest';
import { workOutInterruption } from '../../src/domain/rating/index.ts';
import {
  bestSpendingClassOne,
  bestSpendingClassTwo,
  choosePlan,
  mostWorthSpending,
  planOf,
  type Choice,
  type Plan,
} from '../../src/domain/underwriting/index.ts';
import { describeShared, readSharedJson } from './shared-data.ts';

const vectors = { ...readSharedJson('vectors/claims-and-policy.json'), ...readSharedJson('vectors/rating-and-assessment.json') };
const vector = <I, E>(id: string): { inputs: I; expected: E } => vectors[id] as { inputs: I; expected: E };
const near = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected));

interface Optimum {
  total: number;
  controls: string[];
  cover: string;
  control_cost: number;
  premium: number;
  M: number;
  runner_up: number;
}

describeShared('vectors of prevention and exposure', () => {
  it('chooses between prevention and transfer as brute force does', () => {
    const { inputs, expected } = vector<
      { controls: [string, number, number][]; EL0: number; budget: number; loading: number; retained_charge: number },
      Record<string, Optimum>
    >('investment_knapsack');
    const shares = [0, 0.6, 0.85];
    for (const [name, answer] of Object.entries(expected)) {
      const credit = Number(name.split('=')[1]);
      const left = (measures: readonly boolean[]): number =>
        inputs.controls.reduce((product, [, , effect], i) => (measures[i] ? product * (1 - effect) : product), 1);
      const choice: Choice = {
        costs: inputs.controls.map(([, cost]) => cost),
        covers: shares.length,
        budget: inputs.budget,
        riskCharge: inputs.retained_charge,
        evaluate: (measures, cover) => ({
          premium: inputs.EL0 * shares[cover]! * Math.max(left(measures), 1 - credit) * (1 + inputs.loading),
          retained: inputs.EL0 * left(measures) * (1 - shares[cover]!),
          permitted: true,
        }),
      };
      const best = choosePlan(choice) as Plan;
      near(best.total, answer.total, 1e-12);
      near(best.premium, answer.premium, 1e-12);
      expect(inputs.controls.filter((_, i) => best.measures[i]).map(([control]) => control)).toEqual(answer.controls);
      expect(['none', 'L1', 'L2'][best.cover]).toBe(answer.cover);
      near(planOf(choice, best.measures, best.cover).cost, answer.control_cost, 1e-12);
    }
  });

  it('spends what Gordon and Loeb derive', () => {
    const { inputs, expected } = vector<
      { v: number; L: number; alpha: number; beta: number },
      Record<'classI' | 'classII' | 'classII_alpha3e-5', { z: number; S: number; enbis: number }> & { bound_vL_over_e: number }
    >('gordon_loeb');
    const asset = { vulnerability: inputs.v, loss: inputs.L };
    const one = bestSpendingClassOne(asset, inputs);
    const two = bestSpendingClassTwo(asset, inputs);
    const steeper = bestSpendingClassTwo(asset, { alpha: 3e-5 });
    near(one.spending, expected.classI.z, 1e-9);
    near(one.left, expected.classI.S, 1e-9);
    near(one.netBenefit, expected.classI.enbis, 1e-9);
    near(two.spending, expected.classII.z, 1e-9);
    near(two.left, expected.classII.S, 1e-9);
    near(two.netBenefit, expected.classII.enbis, 1e-9);
    near(steeper.spending, expected['classII_alpha3e-5'].z, 1e-9);
    near(mostWorthSpending(asset), expected.bound_vL_over_e, 1e-9);
  });

  it('works out a business interruption hour by hour to the cent', () => {
    const { expected } = vector<unknown, Record<string, number>>('bi_gross_profit_example');
    const given = {
      annualTurnover: 36_500_000,
      trend: 0.1,
      profile: [],
      grossProfitRate: 0.4,
      outage: [
        { hours: 60, impact: 1 },
        { hours: 24, impact: 0.5 },
      ],
      recaptured: 0.2,
      savedCharges: 3600,
      waitingHours: 8,
      waitingManner: 'deduct',
      increasedCost: 20_000,
      turnoverAvoided: 80_000,
      insuredShare: null,
    } as const;
    const sheet = workOutInterruption(given);
    const cent = (actual: number, name: string): void => expect(Math.abs(actual - expected[name]!), name).toBeLessThanOrEqual(0.005);
    cent(sheet.hourlyTurnover, 'hourly_turnover');
    cent(sheet.lostTurnover, 'gross_lost_turnover');
    cent(sheet.netLostTurnover, 'net_lost_turnover');
    cent(sheet.lostProfit, 'gp_loss');
    cent(sheet.afterSavings, 'gp_loss_after_savings');
    cent(sheet.waitingLoss, 'waiting_period_loss');
    cent(sheet.beforeIncreasedCost, 'bi_before_icow');
    cent(sheet.increasedCostAllowed, 'icow_allowed');
    cent(sheet.payable, 'bi_payable_before_terms');
    cent(workOutInterruption({ ...given, waitingManner: 'qualify' }).payable, 'qualifying_period_variant');
    cent(workOutInterruption({ ...given, insuredShare: 0.8 }).payable, 'underinsured_80pct');
  });
});
