import { z } from 'zod';
import { Instant, Refusal, dayOf, instantFromMillis, instantMillis, requireMove, type Day, type Text, wordsUpTo } from '../domain/basics/index.ts';
import { lapsePolicy } from '../domain/policy/index.ts';
import {
  bindContingency,
  binderLifecycle,
  binderState,
  isOverdue,
  moveContingency,
  requirePreBindMet,
  type Contingency,
  type IssuedQuote,
  staysOwed,
  warrantiesOf,
} from '../domain/underwriting/index.ts';

import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { requireReceived } from './assessment.ts';
import { exportOf } from './exports.ts';
import { tellOnce } from './notices.ts';
import { operation, type Context } from './operation.ts';
import { policies } from './policy-file.ts';
import { endSubsidy } from './subsidy-records.ts';
import type { Place } from './underwriting.ts';
import { binders, contingencies, findCase, voidContingencies } from './underwriting-cases.ts';
import { ContingencyRecord } from './case-place.ts';

const id = z.string().max(100);
const words = wordsUpTo(2000);
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .nullable();
const byId = z.strictObject({ contingency: id });

export const shownContingency = ({ id: one, version, body }: Stored<Contingency>): z.infer<typeof ContingencyRecord> => ({ id: one, version, ...body });
const actorOf = ({ actor, now }: Context) => ({ user: actor.user, name: actor.name, at: now });

/** A contingency that was set for this organisation, or by it. It is the insurer's record; the applicant acts on it through the grant. */
async function lockContingency(context: Context, asked: string): Promise<Stored<Contingency>> {
  const { organisation } = await context.records.get(contingencies, asked);
  return context.deskOf(organisation).records.lock(contingencies, asked);
}

const save = async (context: Context, { id: one, version, organisation }: Stored<Contingency>, body: Contingency) =>
  shownContingency(await context.deskOf(organisation).records.save(contingencies, one, version, body));

export const listContingencies = operation({
  name: 'listContingencies',
  module: 'underwriting',
  summary: { zh: '承保条件列表', en: 'List conditions before and after binding, newest first' },
  who: 'quote:read',
  input: z.strictObject({
    quote: id.optional(),
    policy: id.optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).optional(),
  }),
  output: z.strictObject({ items: z.array(ContingencyRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/contingencies', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ records }, { quote, policy, ...page }) => {
    const where = { ...(quote === undefined ? {} : { quote }), ...(policy === undefined ? {} : { policy }) };
    const { items, next } = await records.list(contingencies, { ...page, where });
    return { items: items.map(shownContingency), next };
  },
});

export const exportContingencies = exportOf(listContingencies, {
  rows: ({ items }) => items,
  columns: [
    ['text', '条件', 'Condition', ({ title }, language) => title[language]],
    ['prose', '要求', 'What is asked', ({ text }, language) => text[language]],
    ['text', '阶段', 'Stage', ({ stage }) => stage],
    ['text', '状态', 'State', ({ state }) => state],
    ['day', '期限', 'Due', ({ due }) => due],
    ['text', '报价', 'Quote', ({ quote }) => quote],
    ['text', '保单', 'Policy', ({ policy }) => policy],
    ['text', '编号', 'Id', ({ id: one }) => one],
  ],
});

export const keepConditionEvidence = operation({
  name: 'keepConditionEvidence',
  module: 'underwriting',
  summary: { zh: '上传条件证据', en: 'Hand in a file as evidence of a condition; its hash is named when the evidence is handed in' },
  who: 'submission:write',
  input: byId.extend({ file: z.strictObject({ hash: z.string(), bytes: z.int().min(0), name: z.string().max(255) }) }),
  output: z.strictObject({ file: z.string(), bytes: z.int() }),
  http: { method: 'POST', path: '/contingencies/{contingency}/files', status: 201, body: 'file' },
  effect: 'write',
  run: async (context, { contingency, file }) => {
    await lockContingency(context, contingency);
    context.note({ contingency, file: file.hash, name: file.name });
    return { file: file.hash, bytes: file.bytes };
  },
});

export const handInEvidence = operation({
  name: 'handInEvidence',
  module: 'underwriting',
  summary: { zh: '提交条件证据', en: 'Say how a condition was met, with the file that shows it' },
  who: 'submission:write',
  input: byId.extend({ note: words, file: hash }),
  output: ContingencyRecord,
  http: { method: 'POST', path: '/contingencies/{contingency}/evidence', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { contingency, note, file }) => {
    const stored = await lockContingency(context, contingency);
    if (file !== null) await requireReceived(context, file);
    return save(context, stored, moveContingency(stored.body, 'handed-in', actorOf(context), note, file));
  },
});

export const decideContingency = operation({
  name: 'decideContingency',
  module: 'underwriting',
  summary: { zh: '审核条件证据', en: 'Accept the evidence of a condition, or give it back with the reason' },
  who: 'case:decide',
  input: byId.extend({ met: z.boolean(), note: words }),
  output: ContingencyRecord,
  http: { method: 'POST', path: '/contingencies/{contingency}/decision', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { contingency, met, note }) => {
    const stored = await context.records.lock(contingencies, contingency);
    const saved = await save(context, stored, moveContingency(stored.body, met ? 'met' : 'open', actorOf(context), note));
    await confirmBinder(context, saved.policy);
    return saved;
  },
});

/** A conditional cover is confirmed as soon as nothing is open any more. */
async function confirmBinder(context: Context, policy: string | null): Promise<void> {
  if (policy === null) return;
  const { items } = await context.records.list(binders, { where: { policy }, limit: 1 });
  const binder = items[0];
  if (binder === undefined || binder.body.state !== 'conditional') return;
  const all = await everyRecord(context, contingencies, { policy });
  const state = binderState(
    all.map(({ body }) => body),
    context.now,
  );
  if (state === 'confirmed') await context.records.save(binders, binder.id, binder.version, { ...binder.body, state, endedAt: context.now });
}

/** Throws the Refusals that keep an offer from being bound: conditions before binding that are open, or a review that is still to come. */
export async function requireConditionsMet(context: Context, issued: Stored<IssuedQuote>): Promise<void> {
  const desk = context.deskOf(issued.organisation);
  requirePreBindMet((await everyRecord(desk, contingencies, { quote: issued.id })).map(({ body }) => body));
  if (!context.content.desk.authority.reviewBeforeBinding) return;
  if ((await findCase(desk.records, issued.body.submission))?.body.queue === 'straight-through')
    throw new Refusal('rule', 'review-to-come', 'the insurer has still to review this quote', { quote: issued.id });
}

/** The dated warranties that an offer is bound with now. */
export async function warrantiesAgreed(context: Context, { id: quote, organisation, body }: Stored<IssuedQuote>, { opened }: Pick<Place, 'opened'>) {
  const conditions = (await everyRecord(context.deskOf(organisation), contingencies, { quote })).map((one) => one.body);
  const waivers = opened.body.decisions.findLast((one) => one.quote === quote && one.outcome === 'approved')?.terms?.waivers ?? [];
  return warrantiesOf({ cover: body.quote.cover, conditions, waivers, at: context.now }, context.content.desk, context.content.catalogue);
}

/** Takes the conditions of an offer into its policy; where some are to be met after binding, the cover is conditional. */
export async function bindConditions(context: Context, issued: Stored<IssuedQuote>, policy: string): Promise<void> {
  const { records, grants } = context.deskOf(issued.organisation);
  const bound: Contingency[] = [];
  for (const one of await everyRecord({ records }, contingencies, { quote: issued.id })) {
    if (one.body.state === 'void') continue;
    const body = bindContingency(one.body, policy, context.now);
    await records.save(contingencies, one.id, one.version, body);
    bound.push(body);
  }
  if (bound.length === 0 || binderState(bound, context.now) !== 'conditional') return;
  const due = bound.flatMap((one) => (one.stage === 'post-bind' && one.due !== null && one.state === 'open' ? [one.due] : [])).sort()[0]!;
  const binder = await records.insert(binders, {
    ...{ policy, quote: issued.id, submission: issued.body.submission, insured: issued.body.applicant },
    state: binderLifecycle.first,
    due,
    endedAt: null,
  });
  await grants.give({ record: binder.id, to: issued.body.applicant, relation: 'insured', from: context.now, until: null });
}

const BinderRecord = z
  .strictObject({ id: z.string(), policy: z.string(), state: z.enum(['conditional', 'confirmed', 'lapsed']), due: z.iso.date(), endedAt: Instant.nullable() })
  .meta({ id: 'BinderRecord' });

export const getBinder = operation({
  name: 'getBinder',
  module: 'underwriting',
  summary: { zh: '查看附条件承保状态', en: 'Say whether a policy is conditional, confirmed or lapsed; null when it never was conditional' },
  who: 'policy:read',
  input: z.strictObject({ policy: id }),
  output: z.strictObject({ binder: BinderRecord.nullable() }),
  http: { method: 'GET', path: '/policies/{policy}/binder', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ records }, { policy }) => {
    await records.get(policies, policy);
    const found = (await records.list(binders, { where: { policy }, limit: 1 })).items[0];
    if (found === undefined) return { binder: null };
    const { state, due, endedAt } = found.body;
    return { binder: { id: found.id, policy, state, due, endedAt } };
  },
});

/** Days before a condition is due on which the applicant is told. */
const noticeDays = 7;

export const lapseBinders = operation({
  name: 'lapseBinders',
  module: 'underwriting',
  summary: { zh: '每日处理附条件承保', en: 'End conditional covers whose conditions were not met in time, and say ahead of time which are due' },
  who: 'system:run',
  input: z.strictObject({}),
  output: z.strictObject({ lapsed: z.int(), told: z.int() }),
  http: null,
  schedule: 'daily-for-each-organisation',
  effect: 'write',
  run: async (context) => {
    const done = { lapsed: 0, told: 0 };
    for (const state of ['open', 'handed-in']) {
      for (const one of await everyRecord(context, contingencies, { state })) {
        if (one.organisation !== context.actor.organisation || one.body.due === null) continue;
        if (isOverdue(one.body, context.now)) done.lapsed += await missOne(context, one);
        else done.told += await tellDue(context, one);
      }
    }
    context.note(done);
    return done;
  },
});

/** Tells once that a condition is due soon. */
async function tellDue(context: Context, { id: one, body }: Stored<Contingency>): Promise<number> {
  const soon = dayOf(instantFromMillis(instantMillis(context.now) + noticeDays * 86_400_000));
  if (body.due! > soon) return 0;
  return (await tell(context, body, `contingency-due ${one}`, 'contingency-due', {
    zh: `承保条件“${body.title.zh}”须在 ${body.due} 前满足`,
    en: `the condition “${body.title.en}” is to be met by ${body.due}`,
  }))
    ? 1
    : 0;
}

const tell = (context: Context, body: Contingency, subject: string, kind: 'contingency-due' | 'binder-lapsed', text: Text) =>
  tellOnce(context.deskOf(body.applicant), { kind, subject, assessment: null, weakness: null, text, dueAt: null });

/** A condition that was not met in time: before binding the offer cannot be bound until it is prolonged; after binding the conditional cover lapses. */
async function missOne(context: Context, { id: one }: Stored<Contingency>): Promise<number> {
  const stored = await context.records.lock(contingencies, one);
  if (!isOverdue(stored.body, context.now)) return 0;
  if (stored.body.stage === 'pre-bind') return 0;
  await context.records.save(contingencies, one, stored.version, moveContingency(stored.body, 'missed', { user: 'system', name: 'system', at: context.now }));
  return lapseBinder(context, stored.body);
}

async function lapseBinder(context: Context, missed: Contingency): Promise<number> {
  const policy = missed.policy!;
  const { items } = await context.records.list(binders, { where: { policy }, limit: 1 });
  const binder = items[0];
  if (binder === undefined || binder.body.state !== 'conditional') return 0;
  requireMove(binderLifecycle, binder.body.state, 'lapsed');
  await context.records.save(binders, binder.id, binder.version, { ...binder.body, state: 'lapsed', endedAt: context.now });
  const file = await context.records.lock(policies, policy);
  const lapse = lapsePolicy(file.body.policy, context.now, missed.title);
  if (lapse === null) return 0;
  const { policy: lapsed, journal, returnedMinor, ends } = lapse;
  await context.records.save(policies, policy, file.version, { ...file.body, policy: lapsed });
  if (journal !== null) await context.ledger.post({ ...journal, cause: policy });
  const clawedMinor = await endSubsidy(context, file.body.quote, {
    ...{ ends, reason: missed.title },
    premium: { returnedMinor, undone: false },
  });
  const yuan = (returnedMinor / 100).toFixed(2);
  const clawed = (clawedMinor / 100).toFixed(2);
  await tell(context, missed, `binder-lapsed ${policy}`, 'binder-lapsed', {
    zh: `承保条件“${missed.title.zh}”未在 ${missed.due} 前满足，保单 ${lapsed.number} 已失效，退还未满期保费 ${yuan} 元${clawedMinor > 0 ? `；保费补贴退回 ${clawed} 元，由企业承担` : ''}`,
    en: `the condition “${missed.title.en}” was not met by ${missed.due}: policy ${lapsed.number} has lapsed, and CNY ${yuan} of unearned premium is returned${clawedMinor > 0 ? `; CNY ${clawed} of the subsidy goes back to the authority and is owed by the firm` : ''}`,
  });
  context.note({ policy, returned: returnedMinor, clawedBack: clawedMinor });
  return 1;
}

/**
 * When a policy is ended before its time: conditions that are due on `ends` (the first day without cover) or later are void. Those due before that day stay
 * owed, and a conditional cover stays conditional with them; without any it is over.
 */
export async function endConditions(context: Context, insurer: string, { policy, quote, ends }: { policy: string; quote: string; ends: Day }): Promise<void> {
  const { records } = context.deskOf(insurer);
  await voidContingencies(context, insurer, quote, (one) => staysOwed(one, ends));
  const all = await everyRecord({ records }, contingencies, { policy });
  if (all.some(({ body }) => (body.state === 'open' || body.state === 'handed-in') && staysOwed(body, ends))) return;
  for (const { id: one } of (await records.list(binders, { where: { policy }, limit: 1 })).items) {
    const { body, version } = await records.lock(binders, one);
    if (body.state === 'conditional') await records.save(binders, one, version, { ...body, state: 'lapsed', endedAt: context.now });
  }
}

export const contingencyOperations = [
  listContingencies,
  exportContingencies,
  keepConditionEvidence,
  handInEvidence,
  decideContingency,
  getBinder,
  lapseBinders,
];
