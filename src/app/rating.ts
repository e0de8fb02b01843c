import { z } from 'zod';
import { assess } from '../domain/assessment/index.ts';
import { Currency, Instant, Refusal, Text } from '../domain/basics/index.ts';
import { Peril, RequestedCover } from '../domain/catalogue/index.ts';
import {
  RatebookProposal,
  applyProposal,
  compareRatebooks,
  compareWithMarket,
  dislocate,
  exposeFirm,
  inventBook,
  makeFilingPack,
  priceCover,
  type Tariff,
} from '../domain/rating/index.ts';
import { advisePrevention, creditRepairs, riskOf, usualCredits } from '../domain/underwriting/index.ts';
import type { RecordKind } from '../io/interfaces.ts';
import { assessments, scansOf } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import { exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { shown } from './underwriting.ts';

const id = z.string().max(100);
const ofAssessment = z.strictObject({ assessment: id, cover: RequestedCover });
/** Yearly cost of a repair by its id, minor units. */
const Costs = z.record(z.string().max(200), z.int().min(0));

async function applicationOf(context: Context, { assessment, cover }: z.infer<typeof ofAssessment>) {
  const file = await context.records.get(assessments, assessment);
  const { firm, answers, reports } = file.body;
  const { findings, accepted } = await assessedFindings(context, context.deskOf(file.organisation), file.id, file.body);
  return { firm, answers, cover, scans: scansOf(reports), findings, accepted, outlook: context.content.outlook, now: context.now };
}

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
    const found = creditRepairs(await applicationOf(context, asked), context.content, { ...usualCredits, orders: ordersOnline, costs });
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
    const application = await applicationOf(context, asked);
    return PreventionAdvice.parse(advisePrevention({ application, covers, budgetMinor, costs, mostMeasures: mostMeasuresOnline }, context.content));
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
    const application = await applicationOf(context, asked);
    const { security } = assess(application, context.content.assessmentBasis);
    const request = { ...riskOf(application), security };
    const technicalMinor = priceCover(request, context.content).premium.exVat;
    const market = compareWithMarket({ technicalMinor, limitMinor: asked.cover.limitMinor }, context.content.parameters);
    return ExposureView.parse({ ...exposeFirm(request, context.content, context.content.parameters), market });
  },
});

const Slice = z.strictObject({ slice: z.string(), policies: z.int(), beforeMinor: z.int(), afterMinor: z.int(), change: z.number() });
const Dislocation = z
  .strictObject({
    policies: z.int(),
    beforeMinor: z.int(),
    afterMinor: z.int(),
    change: z.number(),
    bands: z.array(z.strictObject({ from: z.number().nullable(), to: z.number().nullable(), policies: z.int() })),
    quantiles: z.array(z.strictObject({ share: z.number(), change: z.number() })),
    byIndustry: z.array(Slice),
    byPackage: z.array(Slice),
    bySize: z.array(Slice),
    most: z.array(z.strictObject({ id: z.string(), industry: z.string(), package: z.string(), beforeMinor: z.int(), afterMinor: z.int(), change: z.number() })),
  })
  .meta({ id: 'Dislocation' });
const Difference = z.strictObject({
  key: z.string(),
  title: Text,
  unit: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  relative: z.number().nullable(),
  sourceBefore: z.string().nullable(),
  sourceAfter: z.string().nullable(),
  prior: z.boolean(),
});

/** A proposed ratebook with what it would do, as the second person saw it. */
export const ProposedRatebook = z.strictObject({
  proposal: RatebookProposal,
  state: z.enum(['proposed', 'released', 'rejected']),
  /** The ratebook that it changes, and the hash of what it makes. */
  basedOn: z.string(),
  basedOnHash: z.string(),
  hash: z.string(),
  differences: z.array(Difference),
  /** On an invented book; the seed makes it again. */
  dislocation: z.strictObject({ seed: z.int(), result: Dislocation }),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
});
export type ProposedRatebook = z.infer<typeof ProposedRatebook>;
export const ratebookProposals: RecordKind<typeof ProposedRatebook> = {
  name: 'ratebook-proposal',
  table: 'ratebook_proposals',
  schema: ProposedRatebook,
  schemaVersion: 1,
  upgrades: {},
};
const ProposalRecord = z
  .strictObject({ id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant, ...ProposedRatebook.shape })
  .meta({ id: 'RatebookProposalRecord' });

const bookSize = 100;
const bookSeed = 1;

/** The tariff that a proposal makes of the one in force. Throws a Refusal `proposal-invalid` that names everything wrong with it. */
function proposedTariff({ content }: Context, proposal: RatebookProposal): Tariff {
  const { value, problems } = applyProposal(content.ratebook.file, content.parameters, proposal);
  if (value !== null) return { catalogue: content.catalogue, ratebook: value.ratebook };
  const faults = problems.map(({ at, message }) => ({ path: `proposal.${at}`, code: 'proposal-invalid', message }));
  throw new Refusal('bad-input', 'proposal-invalid', faults.map(({ message }) => message).join('; '), {}, faults);
}

export const proposeRatebook = operation({
  name: 'proposeRatebook',
  module: 'rating',
  summary: { zh: '提出费率调整', en: 'Propose a new version of the ratebook; what it does to an invented book is worked out and kept with it' },
  who: 'ratebook:propose',
  input: z.strictObject({ proposal: RatebookProposal }),
  output: ProposalRecord,
  http: { method: 'POST', path: '/ratebook-proposals', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { proposal }) => {
    const tariff = proposedTariff(context, proposal);
    const { ratebook, catalogue } = context.content;
    const result = Dislocation.parse(dislocate(inventBook(bookSeed, bookSize, catalogue), context.content, tariff));
    const stored = await context.records.insert(ratebookProposals, {
      proposal,
      state: 'proposed',
      basedOn: ratebook.file.version,
      basedOnHash: ratebook.hash,
      hash: tariff.ratebook.hash,
      differences: compareRatebooks(ratebook, tariff.ratebook).parameters.map((difference) => ({ ...difference })),
      dislocation: { seed: bookSeed, result },
      proposedBy: context.actor.user,
      proposedAt: context.now,
      decidedBy: null,
      decidedAt: null,
    });
    context.note({ proposal: stored.id, version: proposal.version, hash: tariff.ratebook.hash });
    return shown(stored);
  },
});

const byProposal = z.strictObject({ proposal: id });

export const releaseRatebook = operation({
  name: 'releaseRatebook',
  module: 'rating',
  summary: { zh: '批准或退回费率调整', en: 'Release or reject a proposed ratebook, as somebody else than who proposed it' },
  who: 'ratebook:release',
  input: byProposal.extend({ decision: z.enum(['released', 'rejected']) }),
  output: ProposalRecord,
  http: { method: 'POST', path: '/ratebook-proposals/{proposal}/decision', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { proposal: asked, decision }) => {
    const { body, version } = await context.records.lock(ratebookProposals, asked);
    if (body.state !== 'proposed')
      throw new Refusal('conflict', 'already-decided', 'this proposal was decided already', { proposal: asked, state: body.state });
    if (body.proposedBy === context.actor.user)
      throw new Refusal('rule', 'second-person-needed', 'who proposed a ratebook cannot release it', { proposal: asked });
    if (decision === 'released' && body.basedOnHash !== context.content.ratebook.hash) {
      throw new Refusal('conflict', 'ratebook-changed-meanwhile', 'the ratebook in force is no longer the one that the proposal changes', {
        proposal: asked,
        basedOn: body.basedOn,
      });
    }
    const stored = await context.records.save(ratebookProposals, asked, version, {
      ...body,
      state: decision,
      decidedBy: context.actor.user,
      decidedAt: context.now,
    });
    context.note({ proposal: asked, decision, hash: body.hash });
    return shown(stored);
  },
});

export const listRatebookProposals = operation({
  name: 'listRatebookProposals',
  module: 'rating',
  summary: { zh: '费率调整列表', en: 'List proposed and released ratebooks, newest first' },
  who: 'ratebook:read',
  input: z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(ProposalRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/ratebook-proposals', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { items, next } = await context.records.list(ratebookProposals, asked);
    return { items: items.map(shown), next };
  },
});

export const exportRatebookProposals = exportOf(listRatebookProposals, {
  rows: ({ items }) => items,
  columns: [
    ['text', '状态', 'State', ({ state }) => state],
    ['text', '基准费率', 'Based on', ({ basedOn }) => basedOn],
    ['integer', '改动项数', 'Differences', ({ differences }) => differences.length],
    ['text', '提出人', 'Proposed by', ({ proposedBy }) => proposedBy],
    ['instant', '提出时间', 'Proposed at', ({ proposedAt }) => proposedAt],
    ['text', '裁定人', 'Decided by', ({ decidedBy }) => decidedBy],
    ['instant', '裁定时间', 'Decided at', ({ decidedAt }) => decidedAt],
    ['text', '哈希', 'Hash', ({ hash }) => hash],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const getFilingPack = operation({
  name: 'getFilingPack',
  module: 'rating',
  summary: { zh: '费率备案文件', en: 'Make the filing pack of a proposed ratebook: structure, register of parameters, factor tables' },
  who: 'ratebook:read',
  input: byProposal,
  output: z.strictObject({
    version: z.string(),
    hash: z.string(),
    documents: z.array(z.strictObject({ name: z.string(), mediaType: z.enum(['text/csv', 'application/json']), text: z.string() })),
  }),
  http: { method: 'GET', path: '/ratebook-proposals/{proposal}/filing', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { proposal }) => {
    const { body } = await context.records.get(ratebookProposals, proposal);
    const { version, hash, documents } = makeFilingPack(proposedTariff(context, body.proposal).ratebook, []);
    return { version, hash, documents: documents.map((document) => ({ ...document })) };
  },
});

export const ratingOperations = [
  creditRepairsTogether,
  adviseOnPrevention,
  showExposure,
  proposeRatebook,
  releaseRatebook,
  listRatebookProposals,
  exportRatebookProposals,
  getFilingPack,
];
