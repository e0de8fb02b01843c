import { z } from 'zod';
import { Instant, dayOf, daysBefore, type Text } from '../domain/basics/index.ts';
import { ownTerms, scopeInWords } from '../domain/catalogue/index.ts';
import {
  Acceptance,
  PaperInForce,
  type Policy,
  bindQuote,
  cancellationCondition,
  describeSchedule,
  papersInForce,
  pinWording,
} from '../domain/policy/index.ts';
import type { BoundPolicy } from '../domain/subsidy/index.ts';
import { type IssuedQuote, type WarrantyWords, bindIssuedQuote, bindSubmission, requireUnbound } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { requireBasis, requireLimitsLookedAt } from './bind-again.ts';
import { bindConditions, requireConditionsMet, warrantiesAgreed } from './contingencies.ts';
import { amount, exportOf } from './exports.ts';
import { endOtherOffers } from './offers.ts';
import { type Context, operation } from './operation.ts';
import { PolicyFile, policies } from './policy-file.ts';
import { takeUpSubsidy } from './subsidy-decision.ts';

export { PolicyFile, policies } from './policy-file.ts';
import { lockPlace, quotes, shown, submissions } from './underwriting.ts';

export const PolicyRecord = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    organisation: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
    ...PolicyFile.omit({ schedule: true, wording: true, cancellationTerms: true, proposedCancellation: true }).shape,
  })
  .meta({ id: 'PolicyRecord' });

export function policyRecord(stored: Stored<PolicyFile>): z.infer<typeof PolicyRecord> {
  const { schedule: _, wording: __, cancellationTerms: ___, proposedCancellation: ____, ...record } = shown(stored);
  return record;
}

const papersOf = ({ content }: Pick<Context, 'content'>): PaperInForce[] =>
  papersInForce(content.papers, { catalogueVersion: content.catalogue.version, scope: scopeOf(content) });

const scopeOf = ({ wordings }: Context['content']): Text[] => scopeInWords(ownTerms(wordings), wordings);

export const listPapers = operation({
  name: 'listPapers',
  module: 'policy',
  summary: { zh: '投保前须阅读的文件', en: 'List the papers to be read and accepted before binding, each with the hash that an acceptance names' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ papers: z.array(PaperInForce) }),
  http: { method: 'GET', path: '/papers', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => ({ papers: papersOf(context) }),
});

export const exportPapers = exportOf(listPapers, {
  rows: ({ papers }) => papers,
  columns: [
    ['text', '文件', 'Paper', ({ title }, language) => title[language]],
    ['day', '生效日期', 'Effective from', ({ effectiveFrom }) => effectiveFrom],
    ['prose', '条款', 'Clauses', ({ clauses }, language) => clauses.map((text) => text[language]).join('\n')],
    ['text', '哈希', 'Hash', ({ hash }) => hash],
  ],
});

export const bindPolicy = operation({
  name: 'bindPolicy',
  module: 'policy',
  summary: { zh: '承保', en: 'Bind a quote, once; a second bind names the same policy' },
  who: 'policy:bind',
  input: z.strictObject({
    quote: z.string().max(100),
    acceptances: z.array(Acceptance).max(10),
    /** The subsidy that whoever binds was shown, minor units; left out, the amount applied for. Another amount is refused. */
    subsidyMinor: z.int().min(0).optional(),
  }),
  output: PolicyRecord,
  http: { method: 'POST', path: '/quotes/{quote}/bind', status: 201, body: 'json' },
  effect: 'money',
  run: async (context, { quote: id, acceptances, subsidyMinor }) => {
    const { organisation, body } = await context.records.get(quotes, id);
    const applicant = context.deskOf(body.applicant);
    const insurer = context.deskOf(organisation);
    // The submission is locked before its quote, as when it is decided, so that the two never wait for each other.
    const place = await lockPlace(context, body.submission);
    const { submission } = place;
    const issued = await insurer.records.lock(quotes, id);
    requireUnbound(issued.body);
    const boundSubmission = bindSubmission(submission.body);
    await requireConditionsMet(context, issued);
    await requireBasis(context, issued, place);
    await requireLimitsLookedAt(context, issued, place);
    const policy = await writePolicy(context, issued, acceptances, await warrantiesAgreed(context, issued, place));
    await endOtherOffers(context, { id: submission.id, ...submission.body }, id);
    await takeUpSubsidy(context, issued, boundPolicy(policy), subsidyMinor);
    await insurer.records.save(quotes, id, issued.version, bindIssuedQuote(issued.body, policy.id));
    await applicant.records.save(submissions, submission.id, submission.version, boundSubmission);
    await bindConditions(context, issued, policy.id);
    return policyRecord(policy);
  },
});

const boundPolicy = ({ id: record, body: { policy } }: Stored<PolicyFile>): BoundPolicy => ({
  ...{ record, number: policy.number },
  begins: dayOf(policy.period.from),
  premiumMinor: policy.premium.total.minor,
});

async function writePolicy(
  context: Context,
  issued: Stored<IssuedQuote>,
  acceptances: Acceptance[],
  warranties: readonly WarrantyWords[],
): Promise<Stored<PolicyFile>> {
  const { body } = issued;
  const insurer = context.deskOf(issued.organisation);
  const wording = pinWording(body.quote.cover, context.content.wordings, { insurer: await insurerNamed(context, issued.organisation), warranties });
  const { policy, journal } = bindQuote({
    quote: body.quote,
    quoteId: issued.id,
    boundAt: context.now,
    acceptances,
    papers: papersOf(context),
    wordingHash: wording.hash,
  });
  const schedule = await scheduleOf(context, policy, { organisation: issued.organisation, warranties });
  const stored = await insurer.records.insert(policies, {
    quote: issued.id,
    submission: body.submission,
    insured: body.applicant,
    insurer: issued.organisation,
    policy,
    schedule,
    wording,
    cancellationTerms: context.content.cancellation,
    proposedCancellation: null,
  });
  await insurer.grants.give({ record: stored.id, to: body.applicant, relation: 'insured', from: context.now, until: null });
  await insurer.ledger.post({ ...journal, cause: stored.id });
  context.note({ policy: stored.id, quote: issued.id, premium: body.quote.worksheet.premium.total, ...body.quote.versions });
  return stored;
}

/** By the same name in every document of a policy. */
const insurerNamed = async ({ organisationsOf }: Pick<Context, 'organisationsOf'>, organisation: string): Promise<string> =>
  (await organisationsOf('insurer')).find(({ id }) => id === organisation)?.name ?? organisation;

async function scheduleOf(
  { content, organisationsOf }: Context,
  policy: Policy,
  { organisation, warranties }: { organisation: string; warranties: readonly WarrantyWords[] },
): Promise<Record<string, unknown>> {
  const insurer = await insurerNamed({ organisationsOf }, organisation);
  const parameterTitles = new Map([...content.parameters.byKey].map(([key, { title }]) => [key, title]));
  const conditions = [...content.conditions.conditions, cancellationCondition(content.cancellation), ...warranties.map(({ text }) => text)];
  return describeSchedule(policy, { insurer, catalogue: content.catalogue, scope: scopeOf(content), conditions, parameterTitles });
}

export const listPolicies = operation({
  name: 'listPolicies',
  module: 'policy',
  summary: { zh: '保单列表', en: 'List policies, newest first' },
  who: 'policy:read',
  input: z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(PolicyRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/policies', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, page) => {
    const { items, next } = await context.records.list(policies, page);
    return { items: items.map(policyRecord), next };
  },
});

export const exportPolicies = exportOf(listPolicies, {
  rows: ({ items }) => items,
  columns: [
    ['text', '保单号', 'Policy number', ({ policy }) => policy.number],
    ['integer', '版本', 'Version', ({ policy }) => policy.version],
    ['text', '状态', 'State', ({ policy }) => policy.state],
    ['text', '被保险人', 'Insured', ({ policy }) => policy.insured.name],
    ['text', '统一社会信用代码', 'Credit code', ({ policy }) => policy.insured.creditCode],
    ['instant', '保险期间自', 'From', ({ policy }) => policy.period.from],
    ['instant', '保险期间至', 'To', ({ policy }) => policy.period.to],
    ['money', '限额', 'Limit', ({ policy }) => amount(policy.cover.currency, policy.cover.limitMinor)],
    ['money', '免赔额', 'Retention', ({ policy }) => amount(policy.cover.currency, policy.cover.retentionMinor)],
    ['money', '不含税保费', 'Premium without VAT', ({ policy }) => policy.premium.exVat],
    ['money', '增值税', 'VAT', ({ policy }) => policy.premium.vat],
    ['money', '保费', 'Premium', ({ policy }) => policy.premium.total],
    ['number', '评分', 'Score', ({ policy }) => policy.security.score],
    ['text', '等级', 'Grade', ({ policy }) => policy.security.grade],
    ['instant', '签发时间', 'Bound at', ({ policy }) => policy.boundAt],
    ['day', '提前终止的最后保障日', 'Last day after cancellation', ({ policy }) => policy.cancellation && daysBefore(policy.cancellation.ends, 1)],
    ['money', '退还保费', 'Premium returned', ({ policy }) => policy.cancellation && amount(policy.cover.currency, policy.cancellation.returnedMinor)],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const getPolicy = operation({
  name: 'getPolicy',
  module: 'policy',
  summary: { zh: '查看保单', en: 'Read one policy' },
  who: 'policy:read',
  input: z.strictObject({ policy: z.string().max(100) }),
  output: PolicyRecord,
  http: { method: 'GET', path: '/policies/{policy}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { policy }) => policyRecord(await context.records.get(policies, policy)),
});

export const getPolicySchedule = operation({
  name: 'getPolicySchedule',
  module: 'policy',
  summary: { zh: '保单明细表', en: 'The policy schedule as PDF' },
  who: 'policy:read',
  input: z.strictObject({ policy: z.string().max(100), language: z.enum(['zh', 'en']).default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('application/pdf'), name: z.string() }),
  http: { method: 'GET', path: '/policies/{policy}/schedule', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { policy: id, language }) => {
    const { body } = await context.records.get(policies, id);
    const pdf = await context.documents.make({ kind: 'policy-schedule', language, data: body.schedule });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `${body.policy.number}-${language}.pdf` };
  },
});

const PostingLine = z.strictObject({
  journal: z.string(),
  account: z.string(),
  party: z.string().nullable(),
  amountMinor: z.int(),
  currency: z.string(),
  at: Instant,
});

export const listPostings = operation({
  name: 'listPostings',
  module: 'policy',
  summary: { zh: '保单账务分录', en: 'List the postings of a policy; each journal sums to zero' },
  who: 'ledger:read',
  input: z.strictObject({ policy: z.string().max(100) }),
  output: z.strictObject({ postings: z.array(PostingLine) }),
  http: { method: 'GET', path: '/policies/{policy}/postings', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { policy }) => {
    await context.records.get(policies, policy);
    return { postings: [...(await context.ledger.of(policy))] };
  },
});

export const exportPostings = exportOf(listPostings, {
  rows: ({ postings }) => postings,
  columns: [
    ['text', '凭证', 'Journal', ({ journal }) => journal],
    ['text', '科目', 'Account', ({ account }) => account],
    ['text', '往来方', 'Party', ({ party }) => party],
    ['money', '金额', 'Amount', ({ currency, amountMinor }) => amount(currency, amountMinor)],
    ['text', '币种', 'Currency', ({ currency }) => currency],
    ['instant', '时间', 'At', ({ at }) => at],
  ],
});

export const policyOperations = [
  listPapers,
  exportPapers,
  bindPolicy,
  listPolicies,
  exportPolicies,
  getPolicy,
  getPolicySchedule,
  listPostings,
  exportPostings,
];
