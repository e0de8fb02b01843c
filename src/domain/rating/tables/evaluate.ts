import { minorPerMajor, roundMinor, majorUnits } from '../../basics/index.ts';
import { Industry, type FirmProfile } from '../../parties/index.ts';
import type { ExperienceStep } from '../adjustment.ts';
import type { SecurityModifiers } from '../model.ts';
import { expenseRates, type ExpenseRates } from '../premium.ts';
import { valueAt } from './level-table.ts';
import { factSets, factsOf, type FactorTables } from './factor-tables.ts';
import type { CoverShape, ShapedCover } from './cover-shape.ts';
import { head, partsStart, perilLength, perilSlot, perilStart } from './trail.ts';

/** What of a firm the tables are entered with: revenue over reference revenue, records, and indices. */
export interface FirmLevels {
  readonly revenue: number;
  readonly relativeRevenue: number;
  readonly records: number;
  readonly industry: number;
  readonly facts: number;
}

const industryIndex = new Map(Industry.options.map((industry, i) => [industry, i]));

/** Reads a firm's levels. */
export function firmLevels(firm: FirmProfile, { least, reference }: { least: number; reference: number }): FirmLevels {
  const revenue = Math.max(least, majorUnits(firm.annualRevenue));
  return { revenue, relativeRevenue: revenue / reference, records: firm.personalRecords, industry: industryIndex.get(firm.industry)!, facts: factsOf(firm) };
}

/** The steps that do not come from the firm's levels, its security or its cover. */
export interface FurtherSteps {
  readonly experience: ExperienceStep;
  readonly schedule: number;
  readonly segment: number;
  readonly catastrophe: number;
  /** Weight of the technical price, from the claims that the book has gathered. */
  readonly credibility: number;
}

/** A tariff and a cover made ready: what the hot loop holds. */
export interface Evaluator {
  readonly tables: FactorTables;
  readonly shaped: ShapedCover;
  readonly expenses: ExpenseRates;
  readonly vat: number;
  readonly minor: number;
  readonly eventLoss: { readonly knee: number; readonly slope: number; readonly most: number };
}

export function makeEvaluator(tables: FactorTables, shaped: ShapedCover): Evaluator {
  const { file, number } = tables.ratebook;
  return {
    tables,
    shaped,
    expenses: expenseRates(tables.ratebook),
    vat: number(file.vat),
    minor: minorPerMajor(file.currency),
    eventLoss: { knee: number(file.eventLoss.knee), slope: number(file.eventLoss.slope), most: number(file.eventLoss.most) },
  };
}

/** Writes the security of a firm into a list: controls by peril, then findings by peril. */
export function encodeSecurity(security: SecurityModifiers, { perils }: FactorTables, into = new Float64Array(2 * perils.length)): Float64Array {
  const { controls, findings } = security;
  for (let p = 0; p < perils.length; p += 1) {
    const { peril } = perils[p]!;
    into[p] = controls[peril];
    into[perils.length + p] = findings[peril];
  }
  return into;
}

/** Room for as many elasticities and amounts as a tariff of 30 perils and a cover of 30 lines can have. */
const scratch = { severity: new Float64Array(32), levels: new Float64Array(1024) };

/**
 * Evaluates the tariff and writes every number into `trail` (at least `trailLength` long). Returns the premium before VAT in minor units. Nothing is allocated: a trail can serve for
 * the next evaluation once it was read.
 */
export function evaluate(evaluator: Evaluator, firm: FirmLevels, security: Float64Array, further: FurtherSteps, trail: Float64Array): number {
  const { tables, shaped } = evaluator;
  const shape = shaped.shapes[firm.industry]!;
  trail[head.revenue] = firm.revenue;
  trail[head.records] = firm.records;
  writeSteps(further, trail);
  const payments = ratePerils(evaluator, shape, firm, security, further, trail);
  trail[head.payments] = payments;
  const load = payments / shaped.limit;
  trail[head.expected] = shaped.limit * valueAt(tables.yearMean, load);
  trail[head.tail] = shaped.limit * valueAt(tables.yearTail, load);
  return loadPremium(evaluator, trail);
}

function writeSteps({ experience, schedule, segment, catastrophe, credibility }: FurtherSteps, trail: Float64Array): void {
  trail[head.experienceClaims] = experience.claims;
  trail[head.experienceExpected] = experience.expected;
  trail[head.experienceCredibility] = experience.credibility;
  trail[head.experience] = experience.factor;
  trail[head.schedule] = schedule;
  trail[head.segment] = segment;
  trail[head.catastropheShare] = catastrophe;
  trail[head.credibility] = credibility;
}

/** Σ rate × mean payment over the perils of the cover. */
function ratePerils(evaluator: Evaluator, shape: CoverShape, firm: FirmLevels, security: Float64Array, further: FurtherSteps, trail: Float64Array): number {
  const { tables } = evaluator;
  const { steps, exposure } = tables;
  const size = valueAt(tables.sizeFrequency, firm.relativeRevenue);
  const industry = tables.industry[firm.industry]!;
  for (let i = 0; i < tables.sizeSeverity.length; i += 1) scratch.severity[i] = valueAt(tables.sizeSeverity[i]!, firm.relativeRevenue);
  const adjusted = further.experience.factor * further.schedule;
  const count = tables.perils.length;
  let payments = 0;
  for (let k = 0; k < shape.perils.length; k += 1) {
    const p = shape.perils[k]!;
    const exposed = exposure[p * factSets + firm.facts]!;
    const at = perilStart(k);
    if (exposed === 0) {
      trail.fill(0, at, at + perilLength);
      continue;
    }
    const controls = security[p]!;
    const findings = security[count + p]! / steps.bookMean;
    const product = controls * findings;
    const used = product < steps.leastSecurity ? steps.leastSecurity : product > steps.mostSecurity ? steps.mostSecurity : product;
    const together = used * adjusted;
    const combined = together < steps.leastCombined ? steps.leastCombined : together > steps.mostCombined ? steps.mostCombined : together;
    const rate = tables.base[p]! * size * exposed * industry * further.segment * combined;
    const meanLoss = meanLossOf(tables, p, firm.records);
    const meanPaid = payEvent(evaluator, shape, k, meanLoss, firm.revenue, trail);
    trail[at + perilSlot.base] = tables.base[p]!;
    trail[at + perilSlot.size] = size;
    trail[at + perilSlot.exposure] = exposed;
    trail[at + perilSlot.industry] = industry;
    trail[at + perilSlot.controls] = controls;
    trail[at + perilSlot.findings] = findings;
    trail[at + perilSlot.security] = used;
    trail[at + perilSlot.combined] = combined;
    trail[at + perilSlot.rate] = rate;
    trail[at + perilSlot.meanLoss] = meanLoss;
    trail[at + perilSlot.meanPaid] = meanPaid;
    payments += rate * meanPaid;
  }
  return payments;
}

function meanLossOf(tables: FactorTables, p: number, records: number): number {
  const bySize = tables.mean[p]! * scratch.severity[tables.sizeOf[p]!]!;
  const byRecords = tables.recordsOf[p]!;
  return byRecords < 0 ? bySize : bySize * valueAt(tables.records[byRecords]!, records < 1 ? 1 : records);
}

/** Mean payment of one event of the shape's k-th peril; the parts' own means go into the trail. */
function payEvent({ tables, eventLoss }: Evaluator, shape: CoverShape, k: number, meanLoss: number, revenue: number, trail: Float64Array): number {
  const { amountsFrom, amounts, partsFrom, partStop, partWeight } = shape;
  const table = tables.lossShare[tables.shareOf[shape.perils[k]!]!]!;
  const { levels } = scratch;
  const perMean = 1 / meanLoss;
  const knee = eventLoss.knee * revenue;
  const first = amountsFrom[k]!;
  const end = amountsFrom[k + 1]!;
  for (let i = first; i < end; i += 1) {
    const amount = amounts[i]!;
    levels[i] = amount <= knee ? valueAt(table, amount * perMean) : shareBeyondKnee(eventLoss, table, amount, revenue, perMean);
  }
  const begins = levels[first]!;
  const parts = partsStart(shape);
  let paid = 0;
  for (let j = partsFrom[k]!; j < partsFrom[k + 1]!; j += 1) {
    const mean = partWeight[j]! * meanLoss * (levels[partStop[j]!]! - begins);
    trail[parts + j] = mean;
    paid += mean;
  }
  return paid;
}

/** Share of the mean loss below an amount beyond the knee, where the firm's revenue bounds the event. */
function shareBeyondKnee(
  { knee, slope, most }: Evaluator['eventLoss'],
  table: FactorTables['lossShare'][number],
  amount: number,
  revenue: number,
  perMean: number,
): number {
  const [from, to] = [knee * revenue, Math.min(amount, most * revenue)];
  const atKnee = valueAt(table, from * perMean);
  return to <= from ? atKnee : atKnee + slope * (valueAt(table, (from + (to - from) / slope) * perMean) - atKnee);
}

/** From the policy year to the premium: loads, expenses, the market's part, the minimum, roundings (methods §3). */
function loadPremium({ tables, shaped, expenses, vat, minor }: Evaluator, trail: Float64Array): number {
  const { steps } = tables;
  const { rounding } = tables.ratebook.file;
  const expected = trail[head.expected]!;
  const riskLoad = steps.capital * (trail[head.tail]! - expected);
  const catastrophe = trail[head.catastropheShare]! * (expected + riskLoad);
  const credibility = trail[head.credibility]!;
  const uncertainty = steps.uncertainty * (1 - credibility) * (expected + riskLoad + catastrophe);
  const risk = expected + riskLoad + catastrophe + uncertainty;
  const lossAdjustment = risk * expenses.lossAdjustment;
  const technical = (risk + lossAdjustment + expenses.fixed) / (1 - expenses.variable - expenses.profit);
  const anchored = steps.anchor * shaped.limit;
  const market = steps.marketCharged * (1 - credibility) * (anchored - technical);
  const computed = technical + market;
  const charged = computed < expenses.minimum ? expenses.minimum : computed;
  const exVat = roundMinor(charged * minor, rounding.premium);
  trail[head.riskLoad] = riskLoad;
  trail[head.catastrophe] = catastrophe;
  trail[head.uncertainty] = uncertainty;
  trail[head.lossAdjustment] = lossAdjustment;
  trail[head.variable] = technical * expenses.variable;
  trail[head.profit] = technical * expenses.profit;
  trail[head.technical] = technical;
  trail[head.anchored] = anchored;
  trail[head.market] = market;
  trail[head.minimum] = charged - computed;
  trail[head.charged] = charged;
  trail[head.exVat] = exVat;
  trail[head.vat] = roundMinor(exVat * vat, rounding.vat);
  return exVat;
}
