import { lognormalOfMean } from '../../basics/index.ts';
import { Industry } from '../../parties/index.ts';
import { experienceStep, scheduleFactor, type ExperienceStep } from '../adjustment.ts';
import { buhlmannStraub } from '../credibility.ts';
import type { SecurityModifiers } from '../model.ts';
import type { Premium, PremiumParts } from '../premium.ts';
import type { PriceRequest, ShownPrice, TableSteps } from '../price.ts';
import { checkCover, groundUpOf, type BookExperience, type ShownPeril, type Tariff } from '../risk.ts';
import { eventBound, type Severity } from '../severity.ts';
import { shapeCover } from './cover-shape.ts';
import { encodeSecurity, evaluate, firmLevels, makeEvaluator, type Evaluator, type FirmLevels, type FurtherSteps } from './evaluate.ts';
import { factorTables, type FactorTables } from './factor-tables.ts';
import { valueAt } from './level-table.ts';
import { head, partsStart, perilSlot, perilStart, trailLength } from './trail.ts';

/** One firm and one cover under a tariff of filed tables, ready for any number of security states. */
export interface TableRating {
  readonly evaluator: Evaluator;
  readonly levels: FirmLevels;
  readonly further: FurtherSteps;
  /** The numbers of the last evaluation. */
  readonly trail: Float64Array;
  /** Evaluates a security state into the trail and returns the premium before VAT, minor units. */
  readonly rate: (security: SecurityModifiers) => number;
}

/** Makes a firm and a cover ready. Throws the Refusals of `checkCover` and `scheduleFactor`. */
export function prepareTables(request: Omit<PriceRequest, 'security' | 'basis'>, tariff: Tariff): TableRating {
  const { firm, cover } = request;
  checkCover(firm, cover, tariff);
  const tables = factorTables(tariff.ratebook);
  const evaluator = makeEvaluator(tables, shapeCover(cover, tariff.ratebook, tariff.catalogue));
  const levels = firmLevels(firm, revenueBounds(tariff));
  const further = furtherSteps(request, levels, tables, tariff.book);
  const trail = new Float64Array(trailLength(evaluator.shaped.shapes[levels.industry]!));
  const security = new Float64Array(2 * tables.perils.length);
  return { evaluator, levels, further, trail, rate: (state) => evaluate(evaluator, levels, encodeSecurity(state, tables, security), further, trail) };
}

/** Least and reference revenue, major units. */
export const revenueBounds = ({ ratebook: { file, number } }: Tariff): { least: number; reference: number } => ({
  least: number(file.size.leastRevenue),
  reference: number(file.size.referenceRevenue),
});

/** The premium that a trail ends in. */
export const premiumOf = ({ evaluator, trail }: Pick<TableRating, 'evaluator' | 'trail'>): Premium => ({
  currency: evaluator.tables.ratebook.file.currency,
  exVat: trail[head.exVat]!,
  vat: trail[head.vat]!,
  total: trail[head.exVat]! + trail[head.vat]!,
});

/** The steps beside frequency, security and cover, for one firm. */
export function furtherSteps(
  { firm, on, schedule }: Pick<PriceRequest, 'firm' | 'on' | 'schedule'>,
  levels: FirmLevels,
  tables: FactorTables,
  book: BookExperience | undefined,
): FurtherSteps {
  const { steps } = tables;
  const gathered = book?.expectedClaims ?? steps.expectedClaims;
  return {
    experience: ownExperience({ firm, on: on ?? null }, levels, tables),
    schedule: scheduleFactor(schedule ?? [], steps.mostSchedule),
    segment: segmentFactor(levels.industry, tables, book),
    catastrophe: book?.catastrophe?.share ?? steps.catastrophe,
    credibility: gathered / (gathered + steps.credibilityClaims),
  };
}

function ownExperience({ firm, on }: { firm: PriceRequest['firm']; on: string | null }, levels: FirmLevels, tables: FactorTables): ExperienceStep {
  const size = valueAt(tables.sizeFrequency, levels.relativeRevenue) * tables.industry[levels.industry]!;
  const expectedPerYear = size * tables.claims[levels.facts]!;
  const plan = tables.steps.experience;
  return experienceStep(firm, { expectedPerYear, meanLimitedLoss: () => meanLimitedLoss(plan.lossCap, levels, tables), on }, plan);
}

/** What a claim of the firm costs up to the cap, ground-up, over its perils. */
function meanLimitedLoss(cap: number, { relativeRevenue, records, facts }: FirmLevels, tables: FactorTables): number {
  const factSets = tables.exposure.length / tables.perils.length;
  let [claims, losses] = [0, 0];
  tables.perils.forEach((_, p) => {
    const rate = tables.base[p]! * tables.exposure[p * factSets + facts]!;
    const byRecords = tables.recordsOf[p]! < 0 ? 1 : valueAt(tables.records[tables.recordsOf[p]!]!, Math.max(1, records));
    const mean = tables.mean[p]! * valueAt(tables.sizeSeverity[tables.sizeOf[p]!]!, relativeRevenue) * byRecords;
    claims += rate;
    losses += rate * mean * valueAt(tables.lossShare[tables.shareOf[p]!]!, cap / mean);
  });
  return losses / claims;
}

/** An industry's credibility premium over the book's, inside its filed bounds (Bühlmann and Straub 1970); 1 while fewer than two industries have two years. */
export function segmentFactor(industry: number, { steps }: FactorTables, book: BookExperience | undefined): number {
  const usable = (book?.segments ?? []).filter(({ ratios }) => ratios.length >= 2);
  const own = usable.findIndex((segment) => segment.industry === Industry.options[industry]);
  if (usable.length < 2 || own < 0) return 1;
  const { premiums, collective } = buhlmannStraub(usable);
  return collective === 0 ? 1 : Math.min(steps.segment.most, Math.max(steps.segment.least, premiums[own]! / collective));
}

/** The price that a trail tells, as the worksheet reads it: nothing is computed anew but the ground-up means behind the bars. */
export function readTrail(request: PriceRequest, { evaluator, levels, further, trail }: TableRating, tariff: Tariff): ShownPrice {
  const shape = evaluator.shaped.shapes[levels.industry]!;
  const present = [...shape.perils.keys()].filter((k) => trail[perilStart(k) + perilSlot.base]! > 0);
  const of = (k: number, slot: keyof typeof perilSlot): number => trail[perilStart(k) + perilSlot[slot]]!;
  const { leastSecurity, mostSecurity } = evaluator.tables.steps;
  const bounded = (x: number): number => Math.min(mostSecurity, Math.max(leastSecurity, x));
  return {
    risk: { firm: request.firm, cover: request.cover, tariff, perils: present.map((k) => shownPeril(k, shape.perils[k]!)) },
    security: present.map((k) => {
      const [controls, findings] = [of(k, 'controls'), of(k, 'findings')];
      return { controls, findings, withControls: bounded(controls), used: of(k, 'security'), beyond: controls * findings > mostSecurity };
    }),
    rates: present.map((k) => of(k, 'rate')),
    annual: { expected: trail[head.expected]!, tail: trail[head.tail]! },
    parts: partsOf(evaluator, trail),
    premium: premiumOf({ evaluator, trail }),
    further: stepsOf(
      request,
      further,
      trail,
      present.map((k) => of(k, 'combined')),
    ),
  };

  function shownPeril(k: number, p: number): ShownPeril {
    const peril = evaluator.tables.perils[p]!;
    const mean = of(k, 'meanLoss');
    const severity: Severity = { loss: lognormalOfMean(mean, tariff.ratebook.number(peril.severity.sigma)), mean, size: 1, records: 1 };
    const from = partsStart(shape) + shape.partsFrom[k]!;
    const met = { tariff: peril, parts: shape.parts[k]!, bound: eventBound(request.firm, tariff.ratebook), severity };
    return {
      ...met,
      frequency: { base: of(k, 'base'), size: of(k, 'size'), exposure: of(k, 'exposure'), industry: of(k, 'industry') },
      meanPaid: of(k, 'meanPaid'),
      partMeans: met.parts.map((_, m) => trail[from + m]!),
      groundUp: groundUpOf(met, tariff.ratebook),
    };
  }
}

function partsOf({ expenses }: Evaluator, trail: Float64Array): PremiumParts {
  const at = (slot: keyof typeof head): number => trail[head[slot]]!;
  return {
    expectedLoss: at('expected'),
    riskLoad: at('riskLoad'),
    catastrophe: at('catastrophe'),
    uncertainty: at('uncertainty'),
    lossAdjustment: at('lossAdjustment'),
    fixed: expenses.fixed,
    variable: at('variable'),
    profit: at('profit'),
    market: at('market'),
    minimum: at('minimum'),
    charged: at('charged'),
  };
}

function stepsOf({ schedule = [] }: PriceRequest, { experience, segment }: FurtherSteps, trail: Float64Array, combined: readonly number[]): TableSteps {
  return {
    experience,
    items: schedule,
    schedule: trail[head.schedule]!,
    segment,
    combined,
    credibility: trail[head.credibility]!,
    technical: trail[head.technical]!,
    anchored: trail[head.anchored]!,
  };
}
