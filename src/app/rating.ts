import { z } from 'zod';
import { assess } from '../domain/assessment/index.ts';
import { Currency, Text } from '../domain/basics/index.ts';
import { Peril, RequestedCover } from '../domain/catalogue/index.ts';
import { compareWithMarket, exposeFirm, priceCover, technicalPremium } from '../domain/rating/index.ts';
import { advisePrevention, creditRepairs, riskOf, usualCredits, type Application } from '../domain/underwriting/index.ts';
import { assessments } from './assessment.ts';
import { type Context, operation } from './operation.ts';
import { rulesForApplicant } from './tariff.ts';
import { applicationOf } from './underwriting.ts';

const id = z.string().max(100);
const ofAssessment = z.strictObject({ assessment: id, cover: RequestedCover });
/** Yearly cost of a repair by its id, minor units. */
const Costs = z.record(z.string().max(200), z.int().min(0));

const askedFor = async (context: Context, { assessment, cover }: z.infer<typeof ofAssessment>): Promise<Application> =>
  applicationOf(context, await context.records.get(assessments, assessment), cover);

const RepairCredit = z
  .strictObject({
    id: z.string(),
    finding: z.string().nullable(),
    control: z.string().nullable(),
    title: Text,
    effort: z.enum(['S', 'M', 'L']),
    closes: z.array(z.string()),
    sameAs: z.array(z.string()),
    aloneMinor: z.int(),
    lastMinor: z.int(),
    shapleyMinor: z.int(),
    errorMinor: z.number(),
    costMinor: z.int().nullable(),
    savedPerCost: z.number().nullable(),
  })
  .meta({ id: 'RepairCredit' });
const RepairStep = z.strictObject({ id: z.string(), savedMinor: z.int(), premiumMinor: z.int(), spentMinor: z.int().nullable() }).meta({ id: 'RepairStep' });

/** Drawn orders while somebody waits for the answer; the standard error says what that costs. */
const ordersOnline = 16;

export const creditRepairsTogether = operation({
  name: 'creditRepairs',
  module: 'rating',
  summary: { zh: '整改的公平份额', en: 'Credit each repair with its Shapley part of the way from today’s premium to the best' },
  who: 'assessment:read',
  input: ofAssessment.extend({ costs: Costs.optional() }),
  output: z.strictObject({
    currency: Currency,
    todayMinor: z.int(),
    bestMinor: z.int(),
    credits: z.array(RepairCredit),
    idle: z.array(z.string()),
    steps: z.array(RepairStep),
    orders: z.int().nullable(),
  }),
  http: { method: 'POST', path: '/assessments/{assessment}/repair-credits', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { costs = {}, ...asked }) => {
    const found = creditRepairs(await askedFor(context, asked), await rulesForApplicant(context), { ...usualCredits, orders: ordersOnline, costs });
    const credits = found.credits.map((credit) => ({ ...credit, closes: [...credit.closes], sameAs: [...credit.sameAs] }));
    return { ...found, credits, idle: [...found.idle], steps: found.steps.map((step) => ({ ...step })) };
  },
});

const AdvisedPlan = z
  .strictObject({
    measures: z.array(z.string()),
    cover: z.int().nullable(),
    costMinor: z.int(),
    premiumMinor: z.int(),
    retainedMinor: z.int(),
    downtimeHours: z.number(),
    totalMinor: z.int(),
    permitted: z.boolean(),
  })
  .meta({ id: 'AdvisedPlan' });
const MeasureAdvice = z
  .strictObject({
    id: z.string(),
    title: Text,
    repairs: z.array(z.string()),
    costMinor: z.int(),
    costIsPrior: z.boolean(),
    breakEvenMinor: z.int().nullable(),
    chosen: z.boolean(),
    robust: z.boolean(),
  })
  .meta({ id: 'MeasureAdvice' });
const PreventionAdvice = z
  .strictObject({
    covers: z.array(RequestedCover),
    today: AdvisedPlan,
    best: AdvisedPlan.nullable(),
    ranges: z.array(z.strictObject({ kappaTimes: z.number(), plan: AdvisedPlan.nullable() })),
    measures: z.array(MeasureAdvice),
    leftOut: z.array(z.string()),
    frontier: z.array(AdvisedPlan),
    frontierComplete: z.boolean(),
    riskCharge: z.number(),
    priorCosts: z.array(z.string()),
  })
  .meta({ id: 'PreventionAdvice' });

/** A request must be answered in seconds; the command line searches further. */
const mostMeasuresOnline = 6;

export const adviseOnPrevention = operation({
  name: 'advisePrevention',
  module: 'rating',
  summary: { zh: '整改与投保的最优组合', en: 'Choose repairs and cover together inside a budget, with break-even costs, frontier and range' },
  who: 'assessment:read',
  input: ofAssessment.extend({ covers: z.array(RequestedCover).max(4), budgetMinor: z.int().min(0).nullable(), costs: Costs.optional() }),
  output: PreventionAdvice,
  http: { method: 'POST', path: '/assessments/{assessment}/prevention', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { covers, budgetMinor, costs = {}, ...asked }) => {
    const application = await askedFor(context, asked);
    return PreventionAdvice.parse(
      advisePrevention({ application, covers, budgetMinor, costs, mostMeasures: mostMeasuresOnline }, await rulesForApplicant(context)),
    );
  },
});

const Range = z.strictObject({ low: z.number(), median: z.number(), high: z.number() });
const ExposureView = z
  .strictObject({
    currency: z.string(),
    curve: z.strictObject({
      averageAnnualLoss: z.number(),
      anyEvent: z.number(),
      returns: z.array(z.strictObject({ returnYears: z.number(), loss: z.number() })),
      tails: z.array(z.strictObject({ confidence: z.number(), valueAtRisk: z.number(), tailValueAtRisk: z.number() })),
      perils: z.array(z.strictObject({ peril: Peril, eventsPerYear: z.number(), meanLoss: z.number(), expectedLoss: z.number() })),
    }),
    payers: z.strictObject({ insurer: z.number(), retention: z.number(), aboveLimits: z.number(), notCovered: z.number() }),
    kinds: z.strictObject({ direct: z.number(), interruption: z.number(), response: z.number(), liability: z.number() }),
    adequacy: z.strictObject({
      bites: z.array(
        z.strictObject({
          kind: z.enum(['limit', 'aggregate', 'sub-limit', 'retention']),
          coverage: z.string().nullable(),
          amountMinor: z.int(),
          probability: z.number(),
          shareOfEvents: z.number(),
        }),
      ),
      waiting: z.array(z.strictObject({ coverage: z.string(), peril: Peril, hours: z.number(), endsWithin: z.number() })),
    }),
    defence: z.strictObject({
      verdict: z.enum(['under', 'balanced', 'over', 'unknown']),
      spend: z.number().nullable(),
      expectedLoss: z.number(),
      undefendedLoss: z.number(),
      bestLoss: z.number(),
      stillToSave: z.number(),
      mostWorthSpending: z.number(),
    }),
    incidents: z.array(z.strictObject({ peril: Peril, title: Text, everyYears: z.number(), typicalLoss: z.number(), badLoss: z.number(), text: Text })),
    breach: z
      .strictObject({
        records: z.number(),
        recordsCounted: z.number(),
        anchored: Range,
        surveyed: Range,
        parts: z.strictObject({ notification: z.number(), restoration: z.number(), compensation: z.number() }),
        perRecord: z.number(),
      })
      .nullable(),
    dayOutage: z.strictObject({
      hours: z.array(z.strictObject({ hour: z.int(), turnover: z.number(), lostTurnover: z.number(), lostProfit: z.number(), waiting: z.boolean() })),
      hourlyTurnover: z.number(),
      lostTurnover: z.number(),
      netLostTurnover: z.number(),
      lostProfit: z.number(),
      afterSavings: z.number(),
      waitingLoss: z.number(),
      beforeIncreasedCost: z.number(),
      increasedCostAllowed: z.number(),
      payable: z.number(),
    }),
    priors: z.array(z.string()),
    /** The technical premium beside the market's, before VAT. */
    market: z.strictObject({ technicalMinor: z.int(), anchoredMinor: z.int(), blendedMinor: z.int(), credibility: z.number() }),
  })
  .meta({ id: 'Exposure' });

export const showExposure = operation({
  name: 'showExposure',
  module: 'rating',
  summary: { zh: '风险暴露', en: 'Show what a firm stands to lose, how its cover meets that, and the market beside the price' },
  who: 'assessment:read',
  input: ofAssessment,
  output: ExposureView,
  http: { method: 'POST', path: '/assessments/{assessment}/exposure', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const application = await askedFor(context, asked);
    const rules = await rulesForApplicant(context);
    const { security } = assess(application, rules.assessmentBasis);
    const request = { ...riskOf(application), security };
    const technicalMinor = technicalPremium(priceCover(request, rules));
    const market = compareWithMarket({ technicalMinor, limitMinor: asked.cover.limitMinor }, rules.parameters);
    return ExposureView.parse({ ...exposeFirm(request, rules, rules.parameters), market });
  },
});

export const ratingOperations = [creditRepairsTogether, adviseOnPrevention, showExposure];
