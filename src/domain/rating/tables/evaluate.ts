import { majorUnits } from '../../basics/index.ts';
import { Industry, type FirmProfile } from '../../parties/index.ts';
import type { ExperienceStep } from '../adjustment.ts';
import type { SecurityModifiers } from '../model.ts';
import { valueAt } from './level-table.ts';
import { factSets, factsOf, type FactorTables } from './factor-tables.ts';
import type { CoverShape, ShapedCover } from './cover-shape.ts';
import { loadPremiums, loadsOf, type Loads } from './loading.ts';
import { enterFirm, meanLossOf } from './mean-loss.ts';
import { combinedBound, combinedFactor } from './steps.ts';
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

/**
 * Evaluates the tariff and writes every number into `trail` (at least `trailLength` long). Returns the premium before VAT in minor units. Nothing is allocated: a trail can serve for
 * the next evaluation once it was read.
 */
export function evaluate(evaluator: Evaluator, firm: FirmLevels, security: Float64Array, further: FurtherSteps, trail: Float64Array): number {
  const { shaped, tables } = evaluator;
  const shape = shaped.shapes[firm.industry]!;
  trail[head.revenue] = firm.revenue;
  trail[head.records] = firm.records;
  trail[head.limit] = shaped.limit;
  enterFirm(tables, firm);
  writeSteps(further, trail);
  ratePerils(evaluator, shape, firm, security, trail);
  loadPremiums(evaluator.loads, trail, head, 1);
  trail[head.vat] = evaluator.loads.roundVat(trail[head.exVat]! * evaluator.loads.vat);
  return trail[head.exVat]!;
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

/** Rates every peril of the cover; Σ rate × mean payment into the trail. Numbers go from function to function by the trail, because a number handed over costs an allocation. */
function ratePerils(evaluator: Evaluator, shape: CoverShape, firm: FirmLevels, security: Float64Array, trail: Float64Array): void {
  const { tables } = evaluator;
  const { steps, exposure, base } = tables;
  const size = valueAt(tables.sizeFrequency, firm.relativeRevenue);
  const industry = tables.industry[firm.industry]!;
  const ofFirm = size * industry * trail[head.segment]!;
  const adjusted = trail[head.experience]! * trail[head.schedule]!;
  const perMean = adjusted / steps.bookMean;
  const least = combinedBound(steps.security.least, adjusted, steps.combined.least, steps.combined.most);
  const most = combinedBound(steps.security.most, adjusted, steps.combined.least, steps.combined.most);
  let payments = 0;
  for (let k = 0; k < shape.perils.length; k += 1) {
    const p = shape.perils[k]!;
    const exposed = exposure[p * factSets + firm.facts]!;
    const at = perilStart(k);
    trail[at + perilSlot.base] = exposed === 0 ? 0 : base[p]!;
    if (exposed === 0) continue;
    const controls = security[p]!;
    const findings = security[base.length + p]!;
    const combined = combinedFactor(controls * findings, perMean, least, most);
    const rate = base[p]! * exposed * ofFirm * combined;
    trail[at + perilSlot.size] = size;
    trail[at + perilSlot.exposure] = exposed;
    trail[at + perilSlot.industry] = industry;
    trail[at + perilSlot.controls] = controls;
    trail[at + perilSlot.findings] = findings / steps.bookMean;
    trail[at + perilSlot.combined] = combined;
    trail[at + perilSlot.rate] = rate;
    trail[at + perilSlot.meanLoss] = meanLossOf(tables, p);
    payEvent(evaluator, shape, k, trail);
    payments += rate * trail[at + perilSlot.meanPaid]!;
  }
  trail[head.payments] = payments;
}

/**
 * Mean payment of one event of the shape's k-th peril, from the mean loss and the revenue in the trail; it and the shares looked up go into the trail. Beyond the knee the firm's revenue
 * bounds the event: its loss goes on at the slope up to the most, so that an amount there is reached by a larger loss before the bound.
 */
function payEvent({ tables, eventLoss }: Evaluator, shape: CoverShape, k: number, trail: Float64Array): void {
  const { amountsFrom, amounts, weights, trailShares } = shape;
  const table = tables.lossShare[tables.shareOf[shape.perils[k]!]!]!;
  const revenue = trail[head.revenue]!;
  const meanLoss = trail[perilStart(k) + perilSlot.meanLoss]!;
  const perMean = 1 / meanLoss;
  const knee = eventLoss.knee * revenue;
  const end = amountsFrom[k + 1]!;
  let i = amountsFrom[k]!;
  let paid = 0;
  for (; i < end && amounts[i]! <= knee; i += 1) {
    const share = valueAt(table, amounts[i]! * perMean);
    trail[trailShares + i] = share;
    paid += weights[i]! * share;
  }
  if (i < end) {
    const most = eventLoss.most * revenue;
    const kneeShare = valueAt(table, knee * perMean);
    for (; i < end; i += 1) {
      const amount = Math.min(amounts[i]!, most);
      const share = kneeShare + eventLoss.slope * (valueAt(table, (knee + (amount - knee) / eventLoss.slope) * perMean) - kneeShare);
      trail[trailShares + i] = share;
      paid += weights[i]! * share;
    }
  }
  trail[perilStart(k) + perilSlot.meanPaid] = Math.max(0, meanLoss * paid);
}
