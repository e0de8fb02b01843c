import { minorPerMajor, roundMinor, majorUnits } from '../../basics/index.ts';
import { Industry, type FirmProfile } from '../../parties/index.ts';
import type { ExperienceStep } from '../adjustment.ts';
import type { SecurityModifiers } from '../model.ts';
import { mostPerils } from '../ratebook.ts';
import { expenseRates, type ExpenseRates } from '../premium.ts';
import { valueAt, weighValues, type LevelTable } from './level-table.ts';
import { factSets, factsOf, type FactorTables } from './factor-tables.ts';
import type { CoverShape, ShapedCover } from './cover-shape.ts';
import { head, perilSlot, perilStart } from './trail.ts';

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

/** What leads from the policy year to the premium. */
export interface Loads {
  readonly tables: FactorTables;
  readonly expenses: ExpenseRates;
  readonly vat: number;
  readonly minor: number;
  readonly rounding: FactorTables['ratebook']['file']['rounding'];
}

export const loadsOf = (tables: FactorTables): Loads => ({
  tables,
  expenses: expenseRates(tables.ratebook),
  vat: tables.ratebook.number(tables.ratebook.file.vat),
  minor: minorPerMajor(tables.ratebook.file.currency),
  rounding: tables.ratebook.file.rounding,
});

/** A tariff and a cover made ready: what the hot loop holds. */
export interface Evaluator {
  readonly tables: FactorTables;
  readonly shaped: ShapedCover;
  readonly loads: Loads;
  readonly eventLoss: { readonly knee: number; readonly slope: number; readonly most: number };
}

export function makeEvaluator(tables: FactorTables, shaped: ShapedCover): Evaluator {
  const { file, number } = tables.ratebook;
  const { knee, slope, most } = file.eventLoss;
  return { tables, shaped, loads: loadsOf(tables), eventLoss: { knee: number(knee), slope: number(slope), most: number(most) } };
}

/** Writes the security of a firm into a list: controls by peril, then findings by peril. */
export function encodeSecurity(security: SecurityModifiers, { perils }: FactorTables, into: Float64Array = new Float64Array(2 * perils.length)): Float64Array {
  const { controls, findings } = security;
  for (let p = 0; p < perils.length; p += 1) {
    const { peril } = perils[p]!;
    into[p] = controls[peril];
    into[perils.length + p] = findings[peril];
  }
  return into;
}

/** Size factors of the firm at hand, one for each elasticity; room for as many as a tariff can have. */
const severity = new Float64Array(mostPerils);

/**
 * Evaluates the tariff and writes every number into `trail` (at least `trailLength` long). Returns the premium before VAT in minor units. Nothing is allocated: a trail can serve for
 * the next evaluation once it was read.
 */
export function evaluate(evaluator: Evaluator, firm: FirmLevels, security: Float64Array, further: FurtherSteps, trail: Float64Array): number {
  const { shaped } = evaluator;
  const shape = shaped.shapes[firm.industry]!;
  trail[head.revenue] = firm.revenue;
  trail[head.records] = firm.records;
  writeSteps(further, trail);
  const payments = ratePerils(evaluator, shape, firm, security, further, trail);
  trail[head.payments] = payments;
  const exVat = loadPremium(evaluator.loads, shaped.limit, trail);
  trail[head.vat] = roundMinor(exVat * evaluator.loads.vat, evaluator.loads.rounding.vat);
  return exVat;
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

/** x inside its bounds. */
export const within = (x: number, least: number, most: number): number => (x < least ? least : x > most ? most : x);

/** Σ rate × mean payment over the perils of the cover. */
function ratePerils(evaluator: Evaluator, shape: CoverShape, firm: FirmLevels, security: Float64Array, further: FurtherSteps, trail: Float64Array): number {
  const { tables } = evaluator;
  const { steps, exposure } = tables;
  const size = valueAt(tables.sizeFrequency, firm.relativeRevenue);
  const industry = tables.industry[firm.industry]!;
  for (let i = 0; i < tables.sizeSeverity.length; i += 1) severity[i] = valueAt(tables.sizeSeverity[i]!, firm.relativeRevenue);
  const ofFirm = size * industry * further.segment;
  const adjusted = further.experience.factor * further.schedule;
  const count = tables.perils.length;
  let payments = 0;
  for (let k = 0; k < shape.perils.length; k += 1) {
    const p = shape.perils[k]!;
    const exposed = exposure[p * factSets + firm.facts]!;
    const at = perilStart(k);
    if (exposed === 0) {
      trail[at + perilSlot.base] = 0;
      continue;
    }
    const controls = security[p]!;
    const findings = security[count + p]!;
    const used = within((controls * findings) / steps.bookMean, steps.leastSecurity, steps.mostSecurity);
    const combined = within(used * adjusted, steps.leastCombined, steps.mostCombined);
    const rate = tables.base[p]! * exposed * ofFirm * combined;
    const meanLoss = meanLossOf(tables, p, firm.records);
    const meanPaid = payEvent(evaluator, shape, k, meanLoss, firm.revenue, trail);
    trail[at + perilSlot.base] = tables.base[p]!;
    trail[at + perilSlot.size] = size;
    trail[at + perilSlot.exposure] = exposed;
    trail[at + perilSlot.industry] = industry;
    trail[at + perilSlot.controls] = controls;
    trail[at + perilSlot.findings] = findings / steps.bookMean;
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
  const bySize = tables.mean[p]! * severity[tables.sizeOf[p]!]!;
  const byRecords = tables.recordsOf[p]!;
  return byRecords < 0 ? bySize : bySize * valueAt(tables.records[byRecords]!, records < 1 ? 1 : records);
}

/**
 * Mean payment of one event of the shape's k-th peril; the shares looked up go into the trail. Beyond the knee the firm's revenue bounds the event: its loss goes on at the slope up
 * to the most, so that an amount there is reached by a larger loss before the bound.
 */
function payEvent({ tables, eventLoss }: Evaluator, shape: CoverShape, k: number, meanLoss: number, revenue: number, trail: Float64Array): number {
  const { amountsFrom, amounts, weights, trailShares } = shape;
  const table = tables.lossShare[tables.shareOf[shape.perils[k]!]!]!;
  const perMean = 1 / meanLoss;
  const knee = eventLoss.knee * revenue;
  const end = amountsFrom[k + 1]!;
  const start = amountsFrom[k]!;
  let i = start;
  while (i < end && amounts[i]! <= knee) i += 1;
  let paid = weighValues(table, shape, trail, start, i, perMean);
  if (i === end) return positive(meanLoss * paid);
  const most = eventLoss.most * revenue;
  const kneeShare = valueAt(table, knee * perMean);
  const mostShare = shareBeyond(table, most, knee, kneeShare, eventLoss.slope, perMean);
  for (; i < end; i += 1) {
    const share = amounts[i]! < most ? shareBeyond(table, amounts[i]!, knee, kneeShare, eventLoss.slope, perMean) : mostShare;
    trail[trailShares + i] = share;
    paid += weights[i]! * share;
  }
  return positive(meanLoss * paid);
}

/** A sum that may end a rounding error below 0. */
const positive = (sum: number): number => (sum > 0 ? sum : 0);

/** Share of the mean loss below an amount beyond the knee. */
const shareBeyond = (table: LevelTable, amount: number, knee: number, kneeShare: number, slope: number, perMean: number): number =>
  kneeShare + slope * (valueAt(table, (knee + (amount - knee) / slope) * perMean) - kneeShare);

/** From Σ rate × mean payment to the premium: the policy year, loads, expenses, the market's part, the minimum, rounding before VAT (methods §3). Shares and credibility stand in the trail. */
export function loadPremium({ tables, expenses, minor, rounding }: Loads, limit: number, trail: Float64Array): number {
  const { steps } = tables;
  const load = trail[head.payments]! / limit;
  const expected = limit * valueAt(tables.yearMean, load);
  const tail = limit * valueAt(tables.yearTail, load);
  const riskLoad = steps.capital * (tail - expected);
  const catastrophe = trail[head.catastropheShare]! * (expected + riskLoad);
  const credibility = trail[head.credibility]!;
  const uncertainty = steps.uncertainty * (1 - credibility) * (expected + riskLoad + catastrophe);
  const risk = expected + riskLoad + catastrophe + uncertainty;
  const lossAdjustment = risk * expenses.lossAdjustment;
  const technical = (risk + lossAdjustment + expenses.fixed) / (1 - expenses.variable - expenses.profit);
  const anchored = steps.anchor * limit;
  const market = steps.marketCharged * (1 - credibility) * (anchored - technical);
  const computed = technical + market;
  const charged = computed < expenses.minimum ? expenses.minimum : computed;
  const exVat = roundMinor(charged * minor, rounding.premium);
  trail[head.expected] = expected;
  trail[head.tail] = tail;
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
  return exVat;
}
