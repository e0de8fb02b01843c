import { z } from 'zod';
import { contradictionFault, listContradictions } from '../domain/assessment/index.ts';
import { Currency, Instant, Refusal, dayOf, hashData } from '../domain/basics/index.ts';
import { RequestedCover, settleCover } from '../domain/catalogue/index.ts';
import { Worksheet } from '../domain/rating/index.ts';
import {
  IssuedQuote,
  Quote,
  RepairEffect,
  Standing,
  Submission,
  decideQuote,
  decideSubmission,
  keepOffers,
  requireClear,
  supersedeQuote,
  indicateQuote,
  priceRange,
  valueRepairs,
  whatIf,
  type Application,
  type UnderwritingCase,
  moveCase,
  queueAfterOffer,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { type AssessmentFile, assessments, applicationAt, reassess } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import { amount, exportOf, joined } from './exports.ts';
import { otherLimitsOf, requireAfterRenewed } from './firm-limits.ts';
import { endOffers } from './offer-end.ts';
import { type Context, operation } from './operation.ts';
import { quotes, submissions } from './submission-records.ts';
import { rulesForApplicant, rulesOf } from './tariff.ts';
import { cases, holdFirm, keptKeys, lockCase, openCase, summaryOf } from './underwriting-cases.ts';

export { quotes, submissions } from './submission-records.ts';

const stamp = { id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant };
export const SubmissionRecord = z.strictObject({ ...stamp, ...Submission.shape }).meta({ id: 'SubmissionRecord' });
export const QuoteRecord = z.strictObject({ ...stamp, ...IssuedQuote.shape }).meta({ id: 'QuoteRecord' });
const QuoteSummary = z
  .strictObject({
    id: z.string(),
    submission: z.string(),
    firm: z.string(),
    outcome: Quote.shape.outcome,
    state: IssuedQuote.shape.state,
    totalMinor: z.int(),
    currency: Currency,
    issuedAt: Instant,
    validUntil: Instant,
    policy: z.string().nullable(),
  })
  .meta({ id: 'QuoteSummary' });

/** A stored record as a door shows it: its stamp and its body side by side. */
export const shown = <T extends object>({ id, version, organisation, createdAt, updatedAt, body }: Stored<T>) => ({
  id,
  version,
  organisation,
  createdAt,
  updatedAt,
  ...body,
});

const quoteSummary = ({ id, body }: Stored<IssuedQuote>): z.infer<typeof QuoteSummary> => ({
  id,
  submission: body.submission,
  firm: body.firm,
  outcome: body.quote.outcome,
  state: body.state,
  issuedAt: body.issuedAt,
  validUntil: body.quote.validUntil,
  policy: body.policy,
  totalMinor: body.quote.worksheet.premium.total,
  currency: body.quote.worksheet.currency,
});
const page = z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() });

/** What underwriting needs of an assessment file: the facts as they stand, the findings, the cover. */
export async function applicationOf(context: Context, assessment: Stored<AssessmentFile>, cover: RequestedCover): Promise<Application> {
  const counted = await assessedFindings(context, context.deskOf(assessment.organisation), assessment.id, assessment.body);
  return { ...applicationAt(context, assessment.body, counted), cover };
}

export const createSubmission = operation({
  name: 'createSubmission',
  module: 'underwriting',
  summary: { zh: '提交投保申请', en: 'Submit a request for cover to an insurer' },
  who: 'submission:write',
  input: z.strictObject({ assessment: z.string().max(100), cover: RequestedCover, insurer: z.string().max(100).nullable() }),
  output: SubmissionRecord,
  http: { method: 'POST', path: '/submissions', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, cover, insurer }) => shown(await submit(context, { assessment, cover, insurer, renews: null })),
});

/** Puts an assessment and a cover before an insurer; a renewal names the policy that it follows. */
export async function submit(
  context: Context,
  { assessment, cover, insurer, renews }: { assessment: string; cover: RequestedCover; insurer: string | null; renews: string | null },
): Promise<Stored<Submission>> {
  const file = await context.records.get(assessments, assessment);
  const chosen = await chooseInsurer(context, insurer);
  const agreed = settleCover(cover, context.content.catalogue, dayOf(context.now));
  await requireSettled(context, file);
  const basis = { assessmentVersion: file.version, hash: hashData(file.body), at: context.now };
  const body: Submission = { assessment, firm: file.body.firm.name, insurer: chosen, cover: agreed, state: 'open', quote: null, offers: [], renews, basis };
  const submission = await context.records.insert(submissions, body);
  for (const record of [submission.id, assessment]) await context.grants.give({ record, to: chosen, relation: 'insurer', from: context.now, until: null });
  const { body: opened } = await openCase(context, chosen, {
    ...{ submission: submission.id, applicant: submission.organisation, assessment, firm: file.body.firm, at: context.now, renews },
  });
  context.note({ submission: submission.id, assessment, insurer: chosen, basis: basis.hash, clearance: opened.clearance.state });
  return submission;
}

/** What was attested and what was observed must agree before it becomes the basis of cover (report R143). Throws a Refusal `contradictions-unresolved` that lists them. */
async function requireSettled(context: Context, { id, body, organisation }: Stored<AssessmentFile>): Promise<void> {
  const found = await assessedFindings(context, context.deskOf(organisation), id, body);
  const open = listContradictions(reassess(context, body, found), body.answers, found.findings, context.content.assessmentBasis);
  if (open.length === 0) return;
  throw new Refusal(
    'rule',
    'contradictions-unresolved',
    `${open.length} answers or facts differ from what was observed: change the answer or the fact, or dispute the finding`,
    { contradictions: open.length },
    open.map(contradictionFault),
  );
}

async function chooseInsurer(context: Context, asked: string | null): Promise<string> {
  const insurers = await context.organisationsOf('insurer');
  const chosen = asked === null ? insurers[0] : insurers.find(({ id }) => id === asked);
  if (!chosen) throw new Refusal('bad-input', 'unknown-insurer', 'no such insurer takes submissions here', { field: 'insurer' });
  return chosen.id;
}

export const listSubmissions = operation({
  name: 'listSubmissions',
  module: 'underwriting',
  summary: { zh: '投保申请列表', en: 'List submissions, newest first' },
  who: 'submission:read',
  input: page,
  output: z.strictObject({ items: z.array(SubmissionRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/submissions', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { items, next } = await context.records.list(submissions, asked);
    return { items: items.map(shown), next };
  },
});

export const exportSubmissions = exportOf(listSubmissions, {
  rows: ({ items }) => items,
  columns: [
    ['text', '企业', 'Firm', ({ firm }) => firm],
    ['text', '状态', 'State', ({ state }) => state],
    ['money', '限额', 'Limit', ({ cover }) => amount(cover.currency, cover.limitMinor)],
    ['money', '免赔额', 'Retention', ({ cover }) => amount(cover.currency, cover.retentionMinor)],
    ['prose', '保障项目', 'Coverages', ({ cover }) => joined(cover.lines.map(({ coverage }) => coverage))],
    ['text', '报价', 'Quote', ({ quote }) => quote],
    ['text', '评估', 'Assessment', ({ assessment }) => assessment],
    ['instant', '提交时间', 'Created at', ({ createdAt }) => createdAt],
    ['instant', '更新时间', 'Updated at', ({ updatedAt }) => updatedAt],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const getSubmission = operation({
  name: 'getSubmission',
  module: 'underwriting',
  summary: { zh: '查看投保申请', en: 'Read one submission' },
  who: 'submission:read',
  input: z.strictObject({ submission: z.string().max(100) }),
  output: SubmissionRecord,
  http: { method: 'GET', path: '/submissions/{submission}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { submission }) => shown(await context.records.get(submissions, submission)),
});

export const requestQuote = operation({
  name: 'requestQuote',
  module: 'underwriting',
  summary: { zh: '获取报价', en: 'Decide a submission: quoted, referred or declined, with reasons' },
  who: 'quote:request',
  input: z.strictObject({ submission: z.string().max(100) }),
  output: QuoteRecord,
  http: { method: 'POST', path: '/submissions/{submission}/quotes', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { submission: id }) => {
    const place = await openPlace(context, id);
    const { submission, file } = place;
    await endOffers(context, { insurer: submission.body.insurer, offers: submission.body.offers, cause: 'replaced' }, supersedeQuote);
    const issued = await decideCover(context, place, submission.body.cover, 1);
    const { outcome } = issued.body.quote;
    await context.deskOf(submission.organisation).records.save(submissions, id, submission.version, decideSubmission(submission.body, issued.id, outcome));
    await putInQueue(context, place, issued);
    context.note({
      submission: id,
      quote: issued.id,
      outcome,
      premium: issued.body.quote.worksheet.premium.total,
      ...issued.body.quote.versions,
      file: file.version,
    });
    return shown(issued);
  },
});

/** Everything that deciding a submission needs, locked: the submission, the assessment that it rests on, the insurer's case. */
export interface Place {
  readonly submission: Stored<Submission>;
  readonly file: Stored<AssessmentFile>;
  readonly opened: Stored<UnderwritingCase>;
}

/** Opens a submission for a decision. Throws a Refusal `already-being-considered` when the same firm came to the insurer before. */
export async function openPlace(context: Context, id: string): Promise<Place> {
  const place = await lockPlace(context, id);
  requireClear(place.opened.body.clearance);
  return place;
}

/** Locks a submission and the case on it. */
export async function lockPlace(context: Context, id: string): Promise<Place> {
  const { organisation } = await context.records.get(submissions, id);
  const applicant = context.deskOf(organisation);
  const submission = await applicant.records.lock(submissions, id);
  const file = await applicant.records.get(assessments, submission.body.assessment);
  return { submission, file, opened: await lockCase(context, submission, file) };
}

/** What the firm is decided on now, with what it has at the insurer besides, and what people cleared of it. */
export const placeApplication = async (context: Context, place: Place, cover: RequestedCover): Promise<Application> => ({
  ...(await applicationOf(context, place.file, cover)),
  otherLimits: await otherLimitsOf(context, place, cover),
  clearedHits: clearedHits(place),
});

/** Keys of the hits of the screening that a person has cleared. */
export const clearedHits = ({ opened }: Place): string[] => (opened.body.screening?.cleared ?? []).map(({ key }) => key);

/** Decides one cover of a submission and puts the quote on record. */
export async function decideCover(context: Context, place: Place, cover: RequestedCover, offer: number): Promise<Stored<IssuedQuote>> {
  await requireAfterRenewed(context, place, cover);
  await holdFirm(context, place);
  return issueQuote(context, place, decideQuote(await placeApplication(context, place, cover), await rulesOf(context, place.submission.body.insurer)), offer);
}

/** Puts the case where the new quote belongs beside the offers that stand, and records what it was screened against. A proposal stays while its quote does. */
export async function putInQueue(
  context: Context,
  { submission, file, opened }: Place,
  issued: Stored<IssuedQuote>,
  standing: readonly Stored<IssuedQuote>[] = [],
): Promise<void> {
  const { screening: index } = context.content.desk;
  const hits = index.hitsOf(file.body.firm);
  const { records } = context.deskOf(submission.body.insurer);
  await records.save(cases, opened.id, opened.version, {
    ...moveCase(
      opened.body,
      queueAfterOffer(
        opened.body.queue,
        issued.body.quote.outcome,
        standing.map(({ body }) => body.state),
      ),
      context.now,
    ),
    ...keptKeys(opened.body, file.body.firm),
    summary: summaryOf(issued, file.body.firm),
    proposal: standing.some(({ id }) => id === opened.body.proposal?.quote) ? opened.body.proposal : null,
    screening: { at: context.now, lists: index.version, hits, cleared: opened.body.screening?.cleared ?? [] },
  });
}

/** The state of a submission follows its offers after one of them ended or was decided by a person. Returns it. */
export async function restate(context: Context, submission: Stored<Submission>): Promise<Submission['state']> {
  const { records } = context.deskOf(submission.body.insurer);
  const standing: { id: string; state: IssuedQuote['state'] }[] = [];
  for (const id of submission.body.offers) standing.push({ id, state: (await records.get(quotes, id)).body.state });
  const next = keepOffers(submission.body, standing);
  await context.deskOf(submission.organisation).records.save(submissions, submission.id, submission.version, next);
  return next.state;
}

/** A decision without the worth of the repairs, for previews. */
export const indicateFor = indicateQuote;

async function issueQuote(context: Context, { submission, file }: Place, quote: Quote, offer: number): Promise<Stored<IssuedQuote>> {
  const insurer = context.deskOf(submission.body.insurer);
  const issued = await insurer.records.insert(quotes, {
    submission: submission.id,
    assessment: file.id,
    assessmentVersion: file.version,
    applicant: submission.organisation,
    firm: quote.insured.name,
    issuedAt: context.now,
    state: quote.outcome,
    policy: null,
    quote,
    offer,
    settled: null,
    remarks: [],
  });
  await insurer.grants.give({ record: issued.id, to: submission.organisation, relation: 'applicant', from: context.now, until: null });
  return issued;
}

export const getQuote = operation({
  name: 'getQuote',
  module: 'underwriting',
  summary: { zh: '查看报价', en: 'Read one quote with its worksheet' },
  who: 'quote:read',
  input: z.strictObject({ quote: z.string().max(100) }),
  output: QuoteRecord,
  http: { method: 'GET', path: '/quotes/{quote}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { quote }) => shown(await context.records.get(quotes, quote)),
});

export const listQuotes = operation({
  name: 'listQuotes',
  module: 'underwriting',
  summary: { zh: '报价列表', en: 'List quotes, newest first' },
  who: 'quote:read',
  input: page,
  output: z.strictObject({ items: z.array(QuoteSummary), next: z.string().nullable() }),
  http: { method: 'GET', path: '/quotes', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { items, next } = await context.records.list(quotes, asked);
    return { items: items.map(quoteSummary), next };
  },
});

export const exportQuotes = exportOf(listQuotes, {
  rows: ({ items }) => items,
  columns: [
    ['text', '企业', 'Firm', ({ firm }) => firm],
    ['text', '核保结论', 'Outcome', ({ outcome }) => outcome],
    ['text', '状态', 'State', ({ state }) => state],
    ['money', '保费', 'Premium', ({ currency, totalMinor }) => amount(currency, totalMinor)],
    ['instant', '出具时间', 'Issued at', ({ issuedAt }) => issuedAt],
    ['instant', '有效期至', 'Valid until', ({ validUntil }) => validUntil],
    ['text', '保单', 'Policy', ({ policy }) => policy],
    ['text', '投保申请', 'Submission', ({ submission }) => submission],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

const ofAssessment = z.strictObject({ assessment: z.string().max(100), cover: RequestedCover });

export const previewPrice = operation({
  name: 'previewPrice',
  module: 'underwriting',
  summary: { zh: '试算保费', en: 'Price a cover as things stand, with the range that open questions leave; binds nobody' },
  who: 'assessment:read',
  input: ofAssessment,
  output: z.strictObject({
    outcome: Quote.shape.outcome,
    reasons: Quote.shape.reasons,
    adjustments: Quote.shape.adjustments,
    worksheet: Worksheet,
    lowMinor: z.int(),
    highMinor: z.int(),
  }),
  http: { method: 'POST', path: '/assessments/{assessment}/price', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, cover }) => {
    const application = await applicationOf(context, await context.records.get(assessments, assessment), cover);
    const rules = await rulesForApplicant(context);
    const { outcome, reasons, adjustments, worksheet } = indicateQuote(application, rules);
    return { outcome, reasons, adjustments, worksheet, ...priceRange(application, rules) };
  },
});

export const listRepairs = operation({
  name: 'listRepairs',
  module: 'underwriting',
  summary: { zh: '整改价值', en: 'Say what each repair does to score, gate and premium' },
  who: 'assessment:read',
  input: ofAssessment,
  output: z.strictObject({ repairs: z.array(RepairEffect) }),
  http: { method: 'POST', path: '/assessments/{assessment}/repairs', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, cover }) => ({
    repairs: valueRepairs(await applicationOf(context, await context.records.get(assessments, assessment), cover), await rulesForApplicant(context)),
  }),
});

export const exportRepairs = exportOf(listRepairs, {
  rows: ({ repairs }) => repairs,
  columns: [
    ['prose', '整改', 'Repair', ({ title }, language) => title[language]],
    ['prose', '建议', 'Advice', ({ advice }, language) => advice[language]],
    ['text', '类别', 'Label', ({ label }) => label],
    ['text', '工作量', 'Effort', ({ effort }) => effort],
    ['number', '评分变化', 'Change of score', ({ scoreDelta }) => scoreDelta],
    ['money', '年保费变化', 'Change of yearly premium', ({ premiumDelta }) => amount('CNY', premiumDelta)],
    ['text', '对投保门槛的作用', 'Gate', ({ gate }) => gate],
    ['text', '一并消除的发现', 'Closes', ({ closes }) => joined(closes)],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const tryRepairs = operation({
  name: 'tryRepairs',
  module: 'underwriting',
  summary: { zh: '整改试算', en: 'Say what a set of repairs together would do; binds nobody' },
  who: 'assessment:read',
  input: ofAssessment.extend({ repairs: z.array(z.string().max(100)).max(2000) }),
  output: z.strictObject({ before: Standing, after: Standing }),
  http: { method: 'POST', path: '/assessments/{assessment}/what-if', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, cover, repairs }) =>
    whatIf(await applicationOf(context, await context.records.get(assessments, assessment), cover), repairs, await rulesForApplicant(context)),
});

export const underwritingOperations = [
  createSubmission,
  listSubmissions,
  exportSubmissions,
  getSubmission,
  requestQuote,
  getQuote,
  listQuotes,
  exportQuotes,
  previewPrice,
  listRepairs,
  exportRepairs,
  tryRepairs,
];
