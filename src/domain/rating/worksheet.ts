import { allocateMinor, minorPerMajor, roundMinor } from '../basics/index.ts';
import type { SecurityBasis, Worksheet, WorksheetLine } from './model.ts';
import type { Filling, PlannedLine } from './planned-line.ts';
import { planLines } from './planned-lines.ts';
import type { ShownPrice } from './price.ts';
import type { Ratebook } from './ratebook.ts';
import type { ShownRisk } from './risk.ts';
import { waterfall } from './waterfall.ts';

/** What of a worksheet stays the same for a risk, whatever its security. */
const plans = new WeakMap<ShownRisk, readonly PlannedLine[]>();

function planOf(risk: ShownRisk): readonly PlannedLine[] {
  const known = plans.get(risk);
  if (known !== undefined) return known;
  const made = planLines(risk);
  plans.set(risk, made);
  return made;
}

/**
 * Writes a price as readable lines. INVARIANT (re-adds): the amounts are the rounded premium split by largest remainder, so they sum to it exactly.
 * INVARIANT (cites): every parameter that the price was made from stands on a line.
 */
export function writeWorksheet(price: ShownPrice, basis: SecurityBasis | null = null): Worksheet {
  const { ratebook } = price.risk.tariff;
  const lines = fill(planOf(price.risk), price, basis);
  return {
    currency: price.premium.currency,
    lines,
    waterfall: waterfall(price),
    premium: { ...price.premium },
    expectedLossMinor: roundMinor(price.annual.expected * minorPerMajor(price.premium.currency), 'half-even'),
    rateOnLine: price.premium.exVat / price.risk.cover.limitMinor,
    minimumApplied: price.parts.minimum > 0,
    clamped: price.risk.perils.filter((_, i) => price.security[i]!.beyond).map(({ tariff }) => tariff.peril),
    ratebook: ratebook.file.version,
    parametersHash: ratebook.hash,
    priors: priorsAmong(lines, ratebook, basis),
  };
}

function priorsAmong(lines: readonly WorksheetLine[], { parameters }: Ratebook, basis: SecurityBasis | null): string[] {
  const known = new Map(parameters);
  for (const parameter of basis === null ? [] : [basis.controls, basis.findings].flatMap((byPeril) => Object.values(byPeril).flat()))
    known.set(parameter.key, parameter);
  const cited = new Set(lines.flatMap((line) => line.parameters));
  return [...cited].filter((key) => known.get(key)!.provenance === 'J').sort();
}

const keysUnder = ({ restsOn, line }: PlannedLine, basis: SecurityBasis | null): string[] =>
  restsOn === null || basis === null ? [] : basis[restsOn][line.peril!].map(({ key }) => key);

function fill(planned: readonly PlannedLine[], price: ShownPrice, basis: SecurityBasis | null): WorksheetLine[] {
  const filling: Filling = { price, byCoverage: expectedByCoverage(price) };
  const shown = planned.map((plan) => ({ plan, value: plan.valueOf(filling) })).filter(({ plan, value }) => !plan.whenCharged || value > 0);
  const amounts = allocateMinor(
    price.premium.exVat,
    shown.filter(({ plan }) => plan.weighs).map(({ value }) => value),
  ).values();
  return shown.map(({ plan, value }) => withNumbers(plan.line, value, plan.weighs ? amounts.next().value! : null, keysUnder(plan, basis)));
}

/** Lists are made anew, so that no worksheet shares anything with another that a reader might change. */
const withNumbers = (line: WorksheetLine, value: number, amountMinor: number | null, more: readonly string[]): WorksheetLine => ({
  id: line.id,
  label: { ...line.label },
  section: line.section,
  peril: line.peril,
  coverage: line.coverage,
  value,
  unit: line.unit,
  amountMinor,
  parameters: [...new Set([...line.parameters, ...more])],
});

function expectedByCoverage({ risk, rates, parts }: ShownPrice): Map<string, number> {
  const sums = new Map(risk.cover.lines.map(({ coverage }) => [coverage, 0]));
  risk.perils.forEach((peril, i) => {
    peril.parts.forEach(({ coverage }, m) => sums.set(coverage, sums.get(coverage)! + rates[i]! * peril.partMeans[m]!));
  });
  const whole = [...sums.values()].reduce((sum, x) => sum + x, 0);
  for (const [coverage, sum] of sums) sums.set(coverage, whole === 0 ? 0 : (parts.expectedLoss * sum) / whole);
  return sums;
}
