import { annualLoss, eventOnGrid, lossGrid } from '../annual-loss.ts';
import { limitedPayout, payoutOf } from '../payout.ts';
import { tablesOf, type Ratebook } from '../ratebook.ts';
import { referenceSeverity } from '../severity.ts';
import { concaveAbove, levelTable, levelsOf, type LevelTable } from './level-table.ts';

/** Rows at each quarter of a doubling of the load, from a claim in decades to a year that is sure to exhaust the limit. */
const levels = { from: -16, to: 2, stepsPerDoubling: 4 };

/**
 * The tables that lead from the sum of the mean payments to the policy year: mean and tail value at risk of the yearly loss under its limit, both as shares of the limit, by the exact
 * distribution (fast Fourier transform) of the reference cover at ever higher frequencies. Made concave from above where the tail is not, so that a price made of them rises with the
 * limit ever more slowly: with M the sum of the mean payments, L·f(M/L) rises and bends down in M and L together for a concave f through 0.
 */
export function yearTables(ratebook: Ratebook): { readonly yearMean: LevelTable; readonly yearTail: LevelTable } {
  const at = referenceYears(ratebook);
  const loads = levelsOf(levels);
  const years = loads.map(at);
  const table = (values: readonly number[]): LevelTable => levelTable(levels, concaveAbove([0, ...loads], [0, ...values]).slice(1));
  return { yearMean: table(years.map(({ mean }) => mean)), yearTail: table(years.map(({ tail }) => tail)) };
}

/** The policy year of the reference cover at frequencies that make Σ mean payments = load × limit. */
function referenceYears(ratebook: Ratebook): (load: number) => { mean: number; tail: number } {
  const { file, number } = ratebook;
  const { reference } = tablesOf(file);
  const [limit, retention] = [number(reference.limit), number(reference.retention)];
  const grid = lossGrid(number(file.grid.step), limit);
  const perils = file.perils
    .filter(({ onlyWhen }) => onlyWhen === null)
    .map((peril) => {
      const { severity, bound } = referenceSeverity(peril, ratebook);
      const payout = payoutOf([{ coverage: '', weight: 1, subLimit: Number.POSITIVE_INFINITY }], retention, bound);
      return { rate: number(peril.frequency), mean: limitedPayout(payout, severity.loss)(limit), onGrid: eventOnGrid(payout, severity.loss, grid) };
    });
  const whole = perils.reduce((sum, { rate, mean }) => sum + rate * mean, 0) / limit;
  const events = perils.map(({ onGrid }) => onGrid);
  const confidence = number(file.riskLoad.confidence);
  return (load) => {
    const rates = perils.map(({ rate }) => (rate * load) / whole);
    const { expected, tail } = annualLoss(events, rates, grid, { limit, confidence });
    return { mean: expected / limit, tail: tail / limit };
  };
}
