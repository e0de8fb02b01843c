import { minorPerMajor, roundingOf } from '../../basics/index.ts';
import { towardsMarket } from '../market.ts';
import { expenseRates, grossUp, riskLoad, type ExpenseRates } from '../premium.ts';
import type { FactorTables } from './factor-tables.ts';
import { valueAt } from './level-table.ts';
import type { HeadColumns } from './trail.ts';

/** What leads from the policy year to the premium. */
export interface Loads {
  readonly tables: FactorTables;
  readonly expenses: ExpenseRates;
  readonly vat: number;
  readonly minor: number;
  readonly roundPremium: (minor: number) => number;
  readonly roundVat: (minor: number) => number;
}

export const loadsOf = (tables: FactorTables): Loads => ({
  tables,
  expenses: expenseRates(tables.ratebook),
  vat: tables.ratebook.number(tables.ratebook.file.vat),
  minor: minorPerMajor(tables.ratebook.file.currency),
  roundPremium: roundingOf(tables.ratebook.file.rounding.premium),
  roundVat: roundingOf(tables.ratebook.file.rounding.vat),
});

/**
 * From Σ rate × mean payment to the premium (methods §3): the policy year, then its loads, then rounding before VAT, each for the first `policies` of the columns. Reads limit, shares and
 * credibility from the trail and writes each step into it. A worksheet and a whole book go through these very lines: one policy is a block of one.
 */
export function loadPremiums(loads: Loads, trail: Float64Array, at: HeadColumns, policies: number): void {
  lookUpYears(loads.tables, trail, at, policies);
  addLoads(loads, trail, at, policies);
  roundCharged(loads, trail, at, policies);
}

/** Mean and tail of the policy year under its limit. */
function lookUpYears({ yearMean, yearTail }: FactorTables, trail: Float64Array, at: HeadColumns, policies: number): void {
  const { payments, limit, expected, tail } = at;
  for (let i = 0; i < policies; i += 1) {
    const most = trail[limit + i]!;
    const load = trail[payments + i]! / most;
    trail[expected + i] = most * valueAt(yearMean, load);
    trail[tail + i] = most * valueAt(yearTail, load);
  }
}

/** Loads, expenses, the market's part and the minimum. */
function addLoads({ tables: { steps }, expenses }: Loads, trail: Float64Array, at: HeadColumns, policies: number): void {
  const { capital, anchor, marketCharged, uncertainty: unknown } = steps;
  const { minimum } = expenses;
  for (let i = 0; i < policies; i += 1) {
    const expected = trail[at.expected + i]!;
    const load = riskLoad({ tail: trail[at.tail + i]!, expected }, capital);
    const catastrophe = trail[at.catastropheShare + i]! * (expected + load);
    const others = 1 - trail[at.credibility + i]!;
    const uncertainty = unknown * others * (expected + load + catastrophe);
    const risk = expected + load + catastrophe + uncertainty;
    const technical = grossUp(risk, expenses);
    const anchored = anchor * trail[at.limit + i]!;
    const market = towardsMarket({ technical, anchored }, marketCharged * others);
    const computed = technical + market;
    const charged = Math.max(minimum, computed);
    trail[at.riskLoad + i] = load;
    trail[at.catastrophe + i] = catastrophe;
    trail[at.uncertainty + i] = uncertainty;
    trail[at.lossAdjustment + i] = risk * expenses.lossAdjustment;
    trail[at.variable + i] = technical * expenses.variable;
    trail[at.profit + i] = technical * expenses.profit;
    trail[at.technical + i] = technical;
    trail[at.anchored + i] = anchored;
    trail[at.market + i] = market;
    trail[at.minimum + i] = charged - computed;
    trail[at.charged + i] = charged;
  }
}

function roundCharged({ roundPremium, minor }: Loads, trail: Float64Array, { charged, exVat }: HeadColumns, policies: number): void {
  for (let i = 0; i < policies; i += 1) trail[exVat + i] = roundPremium(trail[charged + i]! * minor);
}
