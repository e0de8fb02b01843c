import { allocateMinor, minorPerMajor, roundMinor } from '../basics/index.ts';
import type { Worksheet, WorksheetLine } from './model.ts';
import { planLines, type Filling, type PlannedLine } from './planned-lines.ts';
import type { Price } from './price.ts';
import type { RatedRisk } from './risk.ts';
import { waterfall } from './waterfall.ts';

/** What of a worksheet stays the same for a risk, whatever its security. */
interface WorksheetPlan {
  readonly lines: readonly PlannedLine[];
  readonly priors: readonly string[];
}

const plans = new WeakMap<RatedRisk, WorksheetPlan>();

function planOf(risk: RatedRisk): WorksheetPlan {
  const known = plans.get(risk);
  if (known !== undefined) return known;
  const lines = planLines(risk);
  const used = [...new Set(lines.flatMap(({ line }) => line.parameters))].sort();
  const made = { lines, priors: used.filter((key) => risk.tariff.ratebook.parameters.get(key)!.provenance === 'J') };
  plans.set(risk, made);
  return made;
}

/** Writes a price as readable lines. INVARIANT (re-adds): the amounts are the rounded premium split by largest remainder, so they sum to it exactly. */
export function writeWorksheet(price: Price): Worksheet {
  const { ratebook } = price.risk.tariff;
  const plan = planOf(price.risk);
  return {
    currency: price.premium.currency,
    lines: fill(plan.lines, price),
    waterfall: waterfall(price),
    premium: { ...price.premium },
    expectedLossMinor: roundMinor(price.annual.expected * minorPerMajor(price.premium.currency), 'half-even'),
    rateOnLine: price.premium.exVat / price.risk.cover.limitMinor,
    minimumApplied: price.parts.minimum > 0,
    clamped: price.risk.perils.filter((_, i) => price.security[i]!.beyond).map(({ tariff }) => tariff.peril),
    ratebook: ratebook.file.version,
    parametersHash: ratebook.hash,
    priors: [...plan.priors],
  };
}

function fill(planned: readonly PlannedLine[], price: Price): WorksheetLine[] {
  const filling: Filling = { price, byCoverage: expectedByCoverage(price) };
  const shown = planned.map((plan) => ({ plan, value: plan.valueOf(filling) })).filter(({ plan, value }) => !plan.whenCharged || value > 0);
  const amounts = allocateMinor(
    price.premium.exVat,
    shown.filter(({ plan }) => plan.weighs).map(({ value }) => value),
  ).values();
  return shown.map(({ plan, value }) => withNumbers(plan.line, value, plan.weighs ? amounts.next().value! : null));
}

/** Lists are copied, so that no worksheet shares anything with another that a reader might change. */
const withNumbers = ({ id, label, section, peril, coverage, unit, parameters }: WorksheetLine, value: number, amountMinor: number | null): WorksheetLine => ({
  id,
  label: { ...label },
  section,
  peril,
  coverage,
  value,
  unit,
  amountMinor,
  parameters: parameters.slice(),
});

function expectedByCoverage({ risk, rates, parts }: Price): Map<string, number> {
  const sums = new Map(risk.cover.lines.map(({ coverage }) => [coverage, 0]));
  risk.perils.forEach((peril, i) => {
    peril.parts.forEach(({ coverage }, m) => sums.set(coverage, sums.get(coverage)! + rates[i]! * peril.partMeans[m]!));
  });
  const whole = [...sums.values()].reduce((sum, x) => sum + x, 0);
  for (const [coverage, sum] of sums) sums.set(coverage, whole === 0 ? 0 : (parts.expectedLoss * sum) / whole);
  return sums;
}
