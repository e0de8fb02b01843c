import { lognormalOfMean, type Day } from '../../basics/index.ts';
import { Industry } from '../../parties/index.ts';
import { experienceStep, limitedLosses, noExperience, scheduleFactor, type ExperiencePlan, type ExperienceStep } from '../adjustment.ts';
import { within } from '../bounds.ts';
import { boundSecurity } from '../frequency.ts';
import { buhlmannStraub } from '../credibility.ts';
import { bookCredibility } from '../market.ts';
import type { SecurityModifiers } from '../model.ts';
import type { Premium, PremiumParts } from '../premium.ts';
import type { PriceRequest, ShownPrice, TableSteps } from '../price.ts';
import { checkCover, checkCurrency, groundUpOf, type BookExperience, type ShownPeril, type Tariff } from '../risk.ts';
import { eventBound, type Severity } from '../severity.ts';
import { shapeCover } from './cover-shape.ts';
import { encodeSecurity, evaluate, firmLevels, makeEvaluator, type Evaluator, type FirmLevels, type FurtherSteps } from './evaluate.ts';
import { factorTables, type FactorTables } from './factor-tables.ts';
import { valueAt } from './level-table.ts';
import { meanLimitedLoss } from './mean-loss.ts';
import { head, perilSlot, perilStart } from './trail.ts';

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

/** A cover under a tariff, ready for any firm: what many policies share. Throws the Refusals of `checkCover` about the cover. */
export function prepareCover({ firm, cover }: Pick<PriceRequest, 'firm' | 'cover'>, tariff: Tariff): Evaluator {
  checkCover(firm, cover, tariff);
  return makeEvaluator(factorTables(tariff.ratebook), shapeCover(cover, tariff.ratebook, tariff.catalogue));
}

/** Makes a firm ready under a prepared cover. Throws the Refusals of `checkCurrency` and `scheduleFactor`. */
export function rateFirm(request: Omit<PriceRequest, 'security' | 'basis'>, evaluator: Evaluator, tariff: Tariff): TableRating {
  const { tables, shaped } = evaluator;
  checkCurrency('firm.annualRevenue', request.firm.annualRevenue.currency, tariff);
  const levels = firmLevels(request.firm, revenueBounds(tariff));
  const further = furtherSteps(request, levels, tables, tariff.book);
  const trail = new Float64Array(shaped.shapes[levels.industry]!.trailLength);
  const security = new Float64Array(2 * tables.perils.length);
  return { evaluator, levels, further, trail, rate: (state) => evaluate(evaluator, levels, encodeSecurity(state, tables, security), further, trail) };
}

/** Makes a firm and a cover ready. Throws the Refusals of `checkCover` and `scheduleFactor`. */
export const prepareTables = (request: Omit<PriceRequest, 'security' | 'basis'>, tariff: Tariff): TableRating =>
  rateFirm(request, prepareCover(request, tariff), tariff);

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
  return {
    experience: ownExperience(firm, on, levels, tables),
    schedule: scheduleFactor(schedule ?? [], tables.steps.mostSchedule),
    segment: segmentFactor(levels.industry, tables, book),
    ...bookSteps(tables, book),
  };
}

/** What the book as a whole lends to each price: its catastrophe load as a share, and the weight of the technical price. */
export const bookSteps = ({ steps }: FactorTables, book: BookExperience | undefined): Pick<FurtherSteps, 'catastrophe' | 'credibility'> => ({
  catastrophe: book?.catastrophe?.share ?? steps.catastrophe,
  credibility: bookCredibility({ expectedClaims: book?.expectedClaims ?? steps.expectedClaims, k: steps.credibilityClaims }),
});

function ownExperience(firm: PriceRequest['firm'], on: Day | undefined, levels: FirmLevels, tables: FactorTables): ExperienceStep {
  if (on === undefined) return noExperience;
  const plan = tables.steps.experience;
  const limited = limitedLosses(firm, on, plan);
  const claims = limited === 0 ? 0 : limited / meanLimitedLoss(plan.lossCap, levels, tables);
  const sized = valueAt(tables.sizeFrequency, levels.relativeRevenue) * tables.industry[levels.industry]!;
  return experienceStep({ claims, expected: claimsExpected(sized, tables.claims[levels.facts]!, plan) }, plan);
}

/** Claims that the tariff expects of a firm over the experience period at average security: `sized` is its frequency by size and industry, `yearly` the claims of its facts. */
export const claimsExpected = (sized: number, yearly: number, { years }: Pick<ExperiencePlan, 'years'>): number => years * (sized * yearly);

/** An industry's credibility premium over the book's, inside its filed bounds (Bühlmann and Straub 1970); 1 while fewer than two industries have two years. */
export function segmentFactor(industry: number, { steps }: FactorTables, book: BookExperience | undefined): number {
  if (book === undefined) return 1;
  const usable = book.segments.filter(({ ratios }) => ratios.length >= 2);
  const own = usable.findIndex((segment) => segment.industry === Industry.options[industry]);
  if (usable.length < 2 || own < 0) return 1;
  const { premiums, collective } = buhlmannStraub(usable);
  return collective === 0 ? 1 : within(premiums[own]! / collective, steps.segment);
}

/** The price that a trail tells, as the worksheet reads it: nothing is computed anew but the ground-up means behind the bars. */
export function readTrail(request: PriceRequest, { evaluator, levels, further, trail }: TableRating, tariff: Tariff): ShownPrice {
  const shape = evaluator.shaped.shapes[levels.industry]!;
  const present = [...shape.perils.keys()].filter((k) => trail[perilStart(k) + perilSlot.base]! > 0);
  const of = (k: number, slot: keyof typeof perilSlot): number => trail[perilStart(k) + perilSlot[slot]]!;
  return {
    risk: { firm: request.firm, cover: request.cover, schedule: request.schedule ?? [], tariff, perils: present.map((k) => shownPeril(k, shape.perils[k]!)) },
    security: present.map((k) => boundSecurity(of(k, 'controls'), of(k, 'findings'), evaluator.tables.steps.security)),
    rates: present.map((k) => of(k, 'rate')),
    annual: { expected: trail[head.expected]!, tail: trail[head.tail]! },
    parts: partsOf(evaluator, trail),
    premium: premiumOf({ evaluator, trail }),
    further: stepsOf(
      further,
      trail,
      present.map((k) => of(k, 'combined')),
    ),
  };

  function shownPeril(k: number, p: number): ShownPeril {
    const peril = evaluator.tables.perils[p]!;
    const mean = of(k, 'meanLoss');
    const severity: Severity = { loss: lognormalOfMean(mean, tariff.ratebook.number(peril.severity.sigma)), mean, size: 1, records: 1 };
    const share = (i: number): number => trail[shape.trailShares + i]!;
    const begins = share(shape.amountsFrom[k]!);
    const met = { tariff: peril, parts: shape.parts[k]!.map(({ part }) => part), bound: eventBound(request.firm, tariff.ratebook), severity };
    return {
      ...met,
      frequency: { base: of(k, 'base'), size: of(k, 'size'), exposure: of(k, 'exposure'), industry: of(k, 'industry') },
      meanPaid: of(k, 'meanPaid'),
      partMeans: shape.parts[k]!.map(({ part, stop }) => part.weight * mean * Math.max(0, share(stop) - begins)),
      groundUp: groundUpOf(met, tariff.ratebook),
    };
  }
}

function partsOf({ loads: { expenses } }: Evaluator, trail: Float64Array): PremiumParts {
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

function stepsOf({ experience, segment }: FurtherSteps, trail: Float64Array, combined: readonly number[]): TableSteps {
  return {
    experience,
    schedule: trail[head.schedule]!,
    segment,
    combined,
    credibility: trail[head.credibility]!,
    technical: trail[head.technical]!,
    anchored: trail[head.anchored]!,
  };
}
