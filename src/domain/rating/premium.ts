import { minorPerMajor, roundMinor, type Currency } from '../basics/index.ts';
import type { Ratebook } from './ratebook.ts';

/** A premium in integer minor units. */
export interface Premium {
  readonly currency: Currency;
  readonly exVat: number;
  readonly vat: number;
  readonly total: number;
}

/** The parts of a premium before rounding, in major units; they add up to `charged`. */
export interface PremiumParts {
  readonly expectedLoss: number;
  readonly riskLoad: number;
  readonly catastrophe: number;
  /** What is charged because the book knows little yet; 0 in a tariff without that step. */
  readonly uncertainty: number;
  readonly lossAdjustment: number;
  readonly fixed: number;
  readonly variable: number;
  readonly profit: number;
  /** What the blend with the market adds to the technical price, or takes off it (below 0); 0 in a tariff without that step. */
  readonly market: number;
  /** What the minimum premium adds; 0 when it does not apply. */
  readonly minimum: number;
  readonly charged: number;
}

/** The rates of the build-up, as shares; `fixed` and `minimum` in major units. */
export interface ExpenseRates {
  readonly lossAdjustment: number;
  readonly fixed: number;
  readonly variable: number;
  readonly profit: number;
  readonly minimum: number;
}

/** (risk·(1 + ULAE) + F)/(1 − V − Q), the premium before minimum and market that pays a loaded loss and its expenses (methods §3). */
export const grossUp = (risk: number, { lossAdjustment, fixed, variable, profit }: ExpenseRates): number =>
  (risk + risk * lossAdjustment + fixed) / (1 - variable - profit);

/** P = max(P_min, `grossUp` of the risk) (methods §3); the risk is expected loss + risk load + catastrophe load. */
export function buildPremium(pure: { expectedLoss: number; riskLoad: number; catastrophe: number }, rates: ExpenseRates): PremiumParts {
  const risk = pure.expectedLoss + pure.riskLoad + pure.catastrophe;
  const computed = grossUp(risk, rates);
  const charged = Math.max(rates.minimum, computed);
  return {
    ...pure,
    uncertainty: 0,
    lossAdjustment: risk * rates.lossAdjustment,
    fixed: rates.fixed,
    variable: computed * rates.variable,
    profit: computed * rates.profit,
    market: 0,
    minimum: charged - computed,
    charged,
  };
}

/** Cost of capital × diversification share: what a unit of tail beyond the mean costs a year. */
export const costOfTail = ({ file: { riskLoad: keys }, number }: Ratebook): number => number(keys.costOfCapital) * number(keys.diversification);

/** Risk load: `costOfTail` × (TVaR − mean). */
export const riskLoad = ({ tail, expected }: { tail: number; expected: number }, cost: number): number => cost * (tail - expected);

/** The rates of the build-up as a ratebook files them. */
export function expenseRates({ file, number }: Ratebook): ExpenseRates {
  const { lossAdjustment, fixed, variable, profit, minimum } = file.expenses;
  return { lossAdjustment: number(lossAdjustment), fixed: number(fixed), variable: number(variable), profit: number(profit), minimum: number(minimum) };
}

/** Rounds the charged premium and its value-added tax by the ratebook's named rules; from here on amounts are integers. */
export function roundPremium(charged: number, { file, number }: Ratebook): Premium {
  const exVat = roundMinor(charged * minorPerMajor(file.currency), file.rounding.premium);
  const vat = roundMinor(exVat * number(file.vat), file.rounding.vat);
  return { currency: file.currency, exVat, vat, total: exVat + vat };
}

/** What a subsidy pays of a VAT-inclusive premium and what is left to the insured: min(rate·P, cap) (methods §3). The insurer receives the whole premium. */
export function subsidise(total: number, { rate, cap }: { rate: number; cap: number }): { subsidy: number; insuredPays: number } {
  const subsidy = Math.min(rate * total, cap);
  return { subsidy, insuredPays: total - subsidy };
}
