import { z } from 'zod';
import { Instant, Refusal, Text, instantFromMillis, instantMillis, stableId } from '../domain/basics/index.ts';
import { Worksheet } from '../domain/rating/index.ts';
import {
  Adjustment,
  AuthorityLevel,
  Binder,
  CaseQueue,
  CaseSnapshot,
  Contingency,
  ContingencyTemplate,
  DecisionTerms,
  MissingItem,
  Quote,
  Reason,
  ReleaseGround,
  UnderwritingCase,
  appetiteFor,
  approveReferral,
  checkRules,
  closeSubmission,
  contingenciesOf,
  decidesAlone,
  levelsOf,
  mayReverse,
  ownLevel,
  previewDecision,
  requireUnchanged,
  requireUnlocked,
  setContingency,
  signProposal,
  snapshotChanges,
  snapshotOf,
  supersedeQuote,
  type CaseDecision,
  type DecisionPreview,
  type IssuedQuote,
  type Signature,
  queueOfRest,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments } from './assessment.ts';
import { amount, exportOf } from './exports.ts';
import { tellOnce } from './notices.ts';
import { type Context, operation } from './operation.ts';
import { rulesOf } from './tariff.ts';
import { QuoteRecord, SubmissionRecord, indicateFor, openPlace, placeApplication, quotes, restate, shown, submissions, type Place } from './underwriting.ts';
import { binders, caseLocks, cases, contingencies, everyRecord, ownCase, summaryOf, voidContingencies } from './underwriting-cases.ts';

const id = z.string().max(100);
const ofCase = z.strictObject({ submission: id });
const words = z.string().trim().min(1).max(2000);

export const signatureOf = ({ actor, now }: Pick<Context, 'actor' | 'now'>): Signature => ({ by: actor.user, name: actor.name, at: now });
const deciderOf = (context: Context) => ({ ...signatureOf(context), roles: context.actor.roles });

const CaseRow = z
  .strictObject({
    submission: z.string(),
    firm: z.string(),
    queue: CaseQueue,
    since: Instant,
    summary: UnderwritingCase.shape.summary,
    /** The intermediary that brought it; null for a firm that came by itself. */
    broker: z.string().nullable(),
    assignee: z.string().nullable(),
    /** Name of whoever has it open now. */
    openBy: z.string().nullable(),
    blockedSince: Instant.nullable(),
    proposed: z.boolean(),
    quote: z.string().nullable(),
    dueAt: Instant.nullable(),
  })
  .meta({ id: 'CaseRow' });

const Mine = z.strictObject({ levels: z.array(AuthorityLevel) });

export const listCases = operation({
  name: 'listCases',
  module: 'underwriting',
  summary: { zh: '核保队列', en: 'List the cases of the desk, newest first, with the limits of one’s own authority' },
  who: 'case:read',
  input: z.strictObject({ queue: CaseQueue.optional(), after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(CaseRow), next: z.string().nullable(), mine: Mine }),
  http: { method: 'GET', path: '/cases', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { queue, ...page }) => {
    const { items, next } = await context.records.list(cases, { ...page, ...(queue === undefined ? {} : { where: { queue } }) });
    const brokers = new Map((await context.organisationsOf('broker')).map(({ id: broker, name }) => [broker, name]));
    const locks = await openLocks(context);
    const rows: z.infer<typeof CaseRow>[] = [];
    for (const { id: caseId, body } of items)
      rows.push(await rowOf(context, body, { broker: brokers.get(body.applicant) ?? null, openBy: locks.get(caseId)?.name ?? null }));
    return { items: rows, next, mine: { levels: levelsOf(context.actor.roles, context.content.desk.authority.levels) } };
  },
});

export const exportCases = exportOf(listCases, {
  rows: ({ items }) => items,
  columns: [
    ['text', '企业', 'Firm', ({ firm }) => firm],
    ['text', '队列', 'Queue', ({ queue }) => queue],
    ['text', '行业', 'Industry', ({ summary }) => summary?.industry],
    ['money', '限额', 'Limit', ({ summary }) => summary && amount(summary.currency, summary.limitMinor)],
    ['number', '评分', 'Score', ({ summary }) => summary?.score],
    ['text', '等级', 'Grade', ({ summary }) => summary?.grade],
    ['money', '保费', 'Premium', ({ summary }) => summary && amount(summary.currency, summary.premiumMinor)],
    ['integer', '例外项', 'Exceptions', ({ summary }) => summary?.exceptions],
    ['text', '经纪', 'Broker', ({ broker }) => broker],
    ['text', '经办人', 'Assignee', ({ assignee }) => assignee],
    ['instant', '进入队列', 'In queue since', ({ since }) => since],
    ['instant', '应办时间', 'Due at', ({ dueAt }) => dueAt],
    ['instant', '报价有效期至', 'Valid until', ({ summary }) => summary?.validUntil],
    ['text', '投保申请', 'Submission', ({ submission }) => submission],
  ],
});

async function openLocks(context: Context) {
  const locks = await everyRecord(context, caseLocks, {});
  return new Map(
    locks.filter(({ body }) => body.user !== context.actor.user && instantMillis(body.until) > instantMillis(context.now)).map(({ body }) => [body.case, body]),
  );
}

async function rowOf(
  context: Context,
  body: UnderwritingCase,
  { broker, openBy }: { broker: string | null; openBy: string | null },
): Promise<z.infer<typeof CaseRow>> {
  const { quote } = (await context.records.get(submissions, body.submission)).body;
  const hours = (context.content.desk.authority.slaHours as Partial<Record<CaseQueue, number>>)[body.queue];
  return {
    ...{ submission: body.submission, firm: body.firm, queue: body.queue, since: body.since, summary: body.summary, broker, openBy, quote },
    assignee: body.assignee?.name ?? null,
    blockedSince: body.clearance.state === 'blocked' ? body.clearance.since : null,
    proposed: body.proposal !== null,
    dueAt: hours === undefined ? null : instantFromMillis(instantMillis(body.since) + hours * 3_600_000),
  };
}

const Check = z.strictObject({
  id: z.string(),
  title: Text,
  text: Text,
  result: z.enum(['passed', 'refers', 'declines', 'undecided']),
  authority: z.string().nullable(),
});
export const ContingencyRecord = z.strictObject({ id: z.string(), version: z.int(), ...Contingency.shape }).meta({ id: 'ContingencyRecord' });
const CaseView = z
  .strictObject({
    case: UnderwritingCase,
    submission: SubmissionRecord,
    offers: z.array(QuoteRecord),
    contingencies: z.array(ContingencyRecord),
    binder: Binder.nullable(),
    missing: z.array(MissingItem),
    checks: z.array(Check),
    appetite: z.strictObject({ appetite: z.string(), text: Text }).nullable(),
    screeningLists: z.array(z.strictObject({ id: z.string(), title: Text, date: z.string() })),
    openBy: z.string().nullable(),
    broker: z.string().nullable(),
    /** The snapshot of the latest quote, which a decision names as what it was taken on. */
    seen: CaseSnapshot.nullable(),
    desk: z.strictObject({
      levels: z.array(AuthorityLevel),
      mine: z.array(AuthorityLevel),
      templates: z.array(ContingencyTemplate),
      schedule: z.array(z.strictObject({ id: z.string(), mostPercent: z.number(), title: Text })),
      offersAtMost: z.int(),
    }),
  })
  .meta({ id: 'CaseView' });

export const getCase = operation({
  name: 'getCase',
  module: 'underwriting',
  summary: { zh: '查看核保案卷', en: 'Read one case: the submission, its offers, every rule with its answer, what is missing, and one’s own authority' },
  who: 'case:read',
  input: ofCase,
  output: CaseView,
  http: { method: 'GET', path: '/cases/{submission}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { submission: asked }) => {
    const { place, submission } = await readPlace(context, asked);
    const { desk } = context.content;
    const offers = await offersOf(context, submission.body.offers.length > 0 ? submission.body.offers : [submission.body.quote ?? ''].filter(Boolean));
    const latest = offers.at(-1) ?? null;
    const application = await placeApplication(context, place, latest?.body.quote.cover ?? submission.body.cover);
    const { checks, missing } = checkRules(application, await rulesOf(context, submission.body.insurer));
    const row = appetiteFor(place.file.body.firm, desk.appetite);
    const brokers = await context.organisationsOf('broker');
    return CaseView.parse({
      case: place.opened.body,
      submission: shown(submission),
      offers: offers.map(shown),
      contingencies: (await everyRecord(context, contingencies, { submission: asked })).map(({ id: one, version, body }) => ({ id: one, version, ...body })),
      binder: await binderOf(context, latest?.body.policy ?? null),
      ...{ checks, missing },
      appetite: row === null ? null : { appetite: row.appetite, text: row.text },
      screeningLists: desk.screening.lists.map(({ id: list, title, date }) => ({ id: list, title, date })),
      openBy: (await openLocks(context)).get(place.opened.id)?.name ?? null,
      broker: brokers.find(({ id: one }) => one === submission.organisation)?.name ?? null,
      seen: latest === null ? null : snapshotOf(latest.body.quote, latest.body.assessmentVersion),
      desk: {
        levels: desk.authority.levels,
        mine: levelsOf(context.actor.roles, desk.authority.levels),
        templates: [...desk.contingencies.values()],
        schedule: [...desk.schedule.values()],
        offersAtMost: desk.authority.offersAtMost,
      },
    });
  },
});

async function binderOf({ records }: Context, policy: string | null): Promise<Binder | null> {
  if (policy === null) return null;
  return (await records.list(binders, { where: { policy }, limit: 1 })).items[0]?.body ?? null;
}

/** A case as it is, without locks: for reading. Absent for all but its insurer. */
async function readPlace(context: Context, asked: string): Promise<{ place: Place; submission: Place['submission'] }> {
  const submission = await context.records.get(submissions, asked);
  const { items } = await context.records.list(cases, { where: { submission: asked }, limit: 1 });
  const opened = items[0];
  if (opened === undefined || opened.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
  const file = await context.records.get(assessments, submission.body.assessment);
  return { place: { submission, file, opened }, submission };
}

/** The offers of a submission as the acting organisation sees them, in their order. */
export async function offersOf({ records }: Pick<Context, 'records'>, ids: readonly string[]): Promise<Stored<IssuedQuote>[]> {
  const found: Stored<IssuedQuote>[] = [];
  for (const one of ids) found.push(await records.get(quotes, one));
  return found;
}

/** The place of one's own case, locked, with nobody else at it. */
async function deskPlace(context: Context, asked: string): Promise<Place> {
  const place = await openPlace(context, asked);
  if (place.opened.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
  const { items } = await context.records.list(caseLocks, { where: { case: place.opened.id }, limit: 1 });
  requireUnlocked(items[0]?.body ?? null, context.actor.user, context.now);
  return place;
}

const Done = z.strictObject({ submission: z.string(), queue: CaseQueue }).meta({ id: 'CaseChanged' });

async function change(context: Context, opened: Stored<UnderwritingCase>, edit: Partial<UnderwritingCase>): Promise<z.infer<typeof Done>> {
  const saved = await context.records.save(cases, opened.id, opened.version, { ...opened.body, ...edit });
  context.note({ submission: saved.body.submission, queue: saved.body.queue });
  return { submission: saved.body.submission, queue: saved.body.queue };
}

export const holdCase = operation({
  name: 'holdCase',
  module: 'underwriting',
  summary: { zh: '打开案卷', en: 'Say that one has the case open; others see the name and cannot decide meanwhile' },
  who: 'case:decide',
  input: ofCase,
  output: z.strictObject({ openBy: z.string().nullable(), until: Instant }),
  http: { method: 'POST', path: '/cases/{submission}/lock', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission }) => {
    const opened = await ownCase(context, submission);
    const { items } = await context.records.list(caseLocks, { where: { case: opened.id }, limit: 1 });
    const held = items[0];
    const until = instantFromMillis(instantMillis(context.now) + context.content.desk.authority.lockMinutes * 60_000);
    const mine = { case: opened.id, user: context.actor.user, name: context.actor.name, until };
    if (held === undefined) await context.records.insert(caseLocks, mine);
    else if (held.body.user !== context.actor.user && instantMillis(held.body.until) > instantMillis(context.now))
      return { openBy: held.body.name, until: held.body.until };
    else await context.records.save(caseLocks, held.id, held.version, mine);
    return { openBy: null, until };
  },
});

export const leaveCase = operation({
  name: 'leaveCase',
  module: 'underwriting',
  summary: { zh: '离开案卷', en: 'Say that one has left the case' },
  who: 'case:decide',
  input: ofCase,
  output: z.strictObject({ left: z.boolean() }),
  http: { method: 'DELETE', path: '/cases/{submission}/lock', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission }) => {
    const opened = await ownCase(context, submission);
    return { left: await leave(context, opened.id) };
  },
});

/** Ends one's own hold on a case; false when one has none. */
async function leave(context: Context, opened: string): Promise<boolean> {
  const { items } = await context.records.list(caseLocks, { where: { case: opened }, limit: 1 });
  const held = items[0];
  if (held === undefined || held.body.user !== context.actor.user) return false;
  await context.records.save(caseLocks, held.id, held.version, { ...held.body, until: context.now });
  return true;
}

export const claimCase = operation({
  name: 'claimCase',
  module: 'underwriting',
  summary: { zh: '领取案卷', en: 'Take a case, or give it to a colleague by user id' },
  who: 'case:decide',
  input: ofCase.extend({ to: id.nullable() }),
  output: Done,
  http: { method: 'POST', path: '/cases/{submission}/assignee', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, to }) => {
    const opened = await ownCase(context, submission);
    return change(context, opened, { assignee: await colleague(context, to) });
  },
});

async function colleague(context: Context, to: string | null): Promise<Signature> {
  if (to === null || to === context.actor.user) return signatureOf(context);
  const member = (await context.members.listMembers(context.actor.organisation)).find(({ user }) => user === to);
  if (member === undefined) throw new Refusal('bad-input', 'unknown-colleague', 'no such member of your organisation', { field: 'to' });
  return { by: member.user, name: member.name, at: context.now };
}

export const claimNextCase = operation({
  name: 'claimNextCase',
  module: 'underwriting',
  summary: { zh: '领取下一件', en: 'Take the case that has waited longest of those that need a person and that nobody has' },
  who: 'case:decide',
  input: z.strictObject({}),
  output: z.strictObject({ submission: z.string().nullable() }),
  http: { method: 'POST', path: '/cases/next', status: 200, body: 'json' },
  effect: 'write',
  run: async (context) => {
    const waiting = (await everyRecord(context, cases, { queue: 'person' })).filter(({ body }) => body.assignee === null);
    for (const { body } of waiting.sort((a, b) => instantMillis(a.body.since) - instantMillis(b.body.since))) {
      const opened = await ownCase(context, body.submission);
      if (opened.body.assignee !== null || opened.body.queue !== 'person') continue;
      return { submission: (await change(context, opened, { assignee: signatureOf(context) })).submission };
    }
    return { submission: null };
  },
});

export const noteCase = operation({
  name: 'noteCase',
  module: 'underwriting',
  summary: { zh: '案卷批注', en: 'Write a note into the case that only the insurer’s people read' },
  who: 'case:read',
  input: ofCase.extend({ text: words, to: z.array(id).max(20) }),
  output: Done,
  http: { method: 'POST', path: '/cases/{submission}/notes', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, text, to }) => {
    const opened = await ownCase(context, submission);
    const note = { ...signatureOf(context), id: stableId('note', opened.id, opened.version), text, to };
    return change(context, opened, { notes: [...opened.body.notes, note] });
  },
});

const Preview = z
  .strictObject({
    outcome: Quote.shape.outcome,
    reasons: z.array(Reason),
    against: z.array(Reason),
    adjustments: z.array(Adjustment),
    cover: Quote.shape.cover,
    worksheet: Worksheet,
    needs: AuthorityLevel.nullable(),
    because: z.array(Text),
    /** Whether the asker may decide it alone. */
    alone: z.boolean(),
    /** What differs between this and the quote that was issued. */
    changes: z.array(z.strictObject({ what: z.string(), name: Text, before: z.string(), after: z.string() })),
    seen: CaseSnapshot,
  })
  .meta({ id: 'DecisionPreview' });

export const previewReferral = operation({
  name: 'previewReferral',
  module: 'underwriting',
  summary: { zh: '核保试算', en: 'Say what the case would come to under other terms, and whose authority it takes; decides nothing' },
  who: 'case:read',
  input: ofCase.extend({ quote: id, terms: DecisionTerms }),
  output: Preview,
  http: { method: 'POST', path: '/cases/{submission}/preview', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { submission, quote, terms }) => {
    const { place } = await readPlace(context, submission);
    const issued = await context.records.get(quotes, quote);
    const rules = await rulesOf(context, place.submission.body.insurer);
    const preview = previewDecision(await placeApplication(context, place, terms.cover), terms, rules, indicateFor);
    return Preview.parse(previewView(context, preview, issued, place.file.version));
  },
});

function previewView(context: Context, { quote, against, needed }: DecisionPreview, issued: Stored<IssuedQuote>, assessmentVersion: number) {
  const seen = snapshotOf(quote, assessmentVersion);
  const { outcome, reasons, adjustments, cover, worksheet } = quote;
  return {
    ...{ outcome, reasons, against, adjustments, cover, worksheet, seen },
    needs: needed.level,
    because: needed.because,
    alone: decidesAlone(needed, context.actor.roles, context.content.desk.authority.levels),
    changes: snapshotChanges(snapshotOf(issued.body.quote, issued.body.assessmentVersion), seen),
  };
}

const Decided = z
  .strictObject({
    outcome: z.enum(['approved', 'declined', 'returned', 'proposed', 'signed', 'refused']),
    quote: z.string(),
    queue: CaseQueue,
    needs: z.string().nullable(),
  })
  .meta({ id: 'ReferralDecided' });

const noTerms = (cover: IssuedQuote['quote']['cover']): DecisionTerms => ({ cover, schedule: [], contingencies: [], waivers: [] });

export const decideReferral = operation({
  name: 'decideReferral',
  module: 'underwriting',
  summary: { zh: '核保决定', en: 'Approve, decline or return a referred case with a reason, inside one’s authority; above it, propose it to a higher one' },
  who: 'case:decide',
  input: ofCase.extend({
    quote: id,
    decision: z.enum(['approve', 'decline', 'return']),
    reason: words,
    /** What the decider looked at: `seen` of the case, or of the preview when terms are given. */
    seen: CaseSnapshot,
    terms: DecisionTerms.nullable(),
    escalate: z.boolean(),
    /** That the decider knows of a colleague's decline and takes it back; only with an approval. */
    reverses: z.boolean().optional(),
  }),
  output: Decided,
  http: { method: 'POST', path: '/cases/{submission}/decision', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, quote, decision, reason, seen, terms, escalate, reverses = false }) => {
    const place = await deskPlace(context, submission);
    const issued = await openQuote(context, place, quote, reverses && decision === 'approve');
    if (decision === 'return') return returnForInformation(context, place, issued, reason);
    if (decision === 'decline') return declineCase(context, place, issued, reason);
    const asked = terms ?? noTerms(issued.body.quote.cover);
    const application = await placeApplication(context, place, asked.cover);
    const rules = await rulesOf(context, place.submission.body.insurer);
    const preview = previewDecision(application, asked, rules, indicateFor);
    requireUnchanged(seen, snapshotOf(preview.quote, place.file.version));
    const approval = approveReferral(
      { application, terms: asked, reason, quoteId: quote, assessmentVersion: place.file.version, decider: deciderOf(context), escalate },
      rules,
    );
    if (approval.outcome === 'proposed') {
      await change(context, place.opened, { proposal: approval.proposal, assignee: place.opened.body.assignee ?? signatureOf(context) });
      await leave(context, place.opened.id);
      context.note({ quote, outcome: 'proposed', needs: approval.proposal.needs, snapshot: approval.proposal.snapshot.hash });
      return { outcome: 'proposed' as const, quote, queue: place.opened.body.queue, needs: approval.proposal.needs };
    }
    return carryOut(context, place, issued, { terms: asked, signatures: [signatureOf(context)], ...approval });
  },
});

/**
 * A quote of this case, locked, that a person can still decide: referred, or declined by gate or guideline and by nobody else. What a person declined
 * is open only to whoever `reverses` it knowingly with no less authority.
 */
async function openQuote(context: Context, { submission, opened }: Place, asked: string, reverses: boolean): Promise<Stored<IssuedQuote>> {
  const issued = await context.records.lock(quotes, asked);
  if (issued.body.submission !== submission.id) throw new Refusal('absent', 'not-found', 'no such record');
  if (issued.body.state !== 'referred' && issued.body.state !== 'declined')
    throw new Refusal('conflict', 'nothing-to-decide', `this quote is ${issued.body.state}: there is nothing to decide`, { state: issued.body.state });
  if (issued.body.settled?.outcome === 'declined') requireReversal(context, opened.body, issued, reverses);
  return issued;
}

/** Throws a Refusal `nothing-to-decide` (conflict) unless the decline is taken back knowingly, or `authority-exceeded` for a lower authority than declined. */
function requireReversal({ actor, content }: Context, { decisions }: UnderwritingCase, issued: Stored<IssuedQuote>, reverses: boolean): void {
  if (!reverses)
    throw new Refusal('conflict', 'nothing-to-decide', `${issued.body.settled!.name} has declined this quote: there is nothing to decide`, {
      state: issued.body.state,
    });
  const { levels } = content.desk.authority;
  const declinedAt = decisions.findLast(({ quote, outcome }) => quote === issued.id && outcome === 'declined')?.authority ?? null;
  if (mayReverse(declinedAt, actor.roles, levels)) return;
  const title = levels.find(({ level }) => level === (declinedAt ?? 'underwriting-manager'))?.title;
  throw new Refusal('rule', 'authority-exceeded', 'a decline is taken back by the same or a higher authority', {
    needs: title?.zh ?? '',
    because: `推翻${issued.body.settled!.name}的谢绝决定`,
  });
}

interface Approved {
  readonly terms: DecisionTerms;
  readonly signatures: readonly Signature[];
  readonly quote: Quote;
  readonly settled: NonNullable<IssuedQuote['settled']>;
  readonly level: AuthorityLevel | null;
}

/** Puts an approval on record: the quote as it was approved, its contingencies, and the decision in the case. */
async function carryOut(context: Context, place: Place, issued: Stored<IssuedQuote>, approved: Approved): Promise<z.infer<typeof Decided>> {
  const { submission, opened, file } = place;
  const body: IssuedQuote = { ...issued.body, state: 'quoted', quote: approved.quote, settled: approved.settled, assessmentVersion: file.version };
  const saved = await context.records.save(quotes, issued.id, issued.version, body);
  await setContingencies(context, place, issued.id, approved.terms);
  await restate(context, submission);
  const decision: CaseDecision = {
    quote: issued.id,
    outcome: 'approved',
    reason: approved.settled.reason,
    authority: approved.level?.level ?? null,
    signatures: [...approved.signatures],
    terms: approved.terms,
    settled: [...approved.settled.reasons],
    snapshot: snapshotOf({ ...approved.quote, reasons: approved.settled.reasons }, file.version),
  };
  await change(context, opened, {
    queue: 'offered',
    since: context.now,
    proposal: null,
    summary: summaryOf(saved, file.body.firm),
    decisions: [...opened.body.decisions, decision],
  });
  await tellApplicant(context, place, `quote-decided ${issued.id} approved`, {
    zh: `核保人已同意承保：${approved.settled.reason}`,
    en: `the underwriter has agreed to the cover: ${approved.settled.reason}`,
  });
  context.note({ quote: issued.id, outcome: 'approved', premium: approved.quote.worksheet.premium.total, snapshot: approved.settled.snapshot });
  return { outcome: 'approved', quote: issued.id, queue: 'offered', needs: null };
}

async function setContingencies(context: Context, { submission }: Place, quote: string, terms: DecisionTerms): Promise<void> {
  const on = { submission: submission.id, quote, insurer: submission.body.insurer, applicant: submission.organisation };
  await voidContingencies(context, submission.body.insurer, quote);
  for (const asked of contingenciesOf(terms, context.content.desk)) {
    const set = await context.records.insert(contingencies, setContingency(asked, on, context.now));
    await context.grants.give({ record: set.id, to: submission.organisation, relation: 'applicant', from: context.now, until: null });
  }
}

const tellApplicant = ({ deskOf }: Context, { submission, file }: Place, subject: string, text: Text) =>
  tellOnce(deskOf(submission.organisation), { kind: 'quote-decided', subject, assessment: file.id, weakness: null, text, dueAt: null });

async function declineCase(context: Context, place: Place, issued: Stored<IssuedQuote>, reason: string): Promise<z.infer<typeof Decided>> {
  const { opened, submission, file } = place;
  const settled = {
    outcome: 'declined' as const,
    reason,
    name: context.actor.name,
    at: context.now,
    reasons: issued.body.quote.reasons,
    snapshot: snapshotOf(issued.body.quote, issued.body.assessmentVersion).hash,
  };
  const declined: Reason = {
    code: 'declined-by-underwriter',
    text: { zh: `核保人谢绝：${reason}`, en: `declined by the underwriter: ${reason}` },
    guideline: null,
    authority: null,
  };
  const quote: Quote = { ...issued.body.quote, outcome: 'declined', reasons: [declined, ...issued.body.quote.reasons], binding: false };
  await context.records.save(quotes, issued.id, issued.version, { ...issued.body, state: 'declined', quote, settled });
  await restate(context, submission);
  const authority = ownLevel(context.actor.roles, context.content.desk.authority.levels);
  const decision: CaseDecision = {
    ...{ quote: issued.id, outcome: 'declined', reason, authority, signatures: [signatureOf(context)], terms: null, settled: issued.body.quote.reasons },
    snapshot: snapshotOf(issued.body.quote, file.version),
  };
  const proposal = opened.body.proposal?.quote === issued.id ? null : opened.body.proposal;
  const rest = await offersOf(
    context,
    submission.body.offers.filter((one) => one !== issued.id),
  );
  const queue = queueOfRest(
    opened.body.queue,
    rest.map(({ body }) => body.state),
  );
  await change(context, opened, { queue, since: context.now, proposal, decisions: [...opened.body.decisions, decision] });
  await tellApplicant(context, place, `quote-decided ${issued.id} declined`, {
    zh: `核保人谢绝承保：${reason}`,
    en: `the underwriter has declined the cover: ${reason}`,
  });
  context.note({ quote: issued.id, outcome: 'declined' });
  return { outcome: 'declined', quote: issued.id, queue, needs: null };
}

async function returnForInformation(context: Context, place: Place, issued: Stored<IssuedQuote>, text: string): Promise<z.infer<typeof Decided>> {
  const { opened, submission, file } = place;
  const request = { ...signatureOf(context), id: stableId('request', opened.id, opened.version), text, answer: null };
  await change(context, opened, { queue: 'information', since: context.now, proposal: null, requests: [...opened.body.requests, request] });
  await tellOnce(context.deskOf(submission.organisation), {
    kind: 'information-asked',
    subject: `information-asked ${request.id}`,
    assessment: file.id,
    weakness: null,
    text: { zh: `核保人需要补充资料：${text}`, en: `the underwriter asks for more: ${text}` },
    dueAt: null,
  });
  return { outcome: 'returned', quote: issued.id, queue: 'information', needs: null };
}

export const signReferral = operation({
  name: 'signReferral',
  module: 'underwriting',
  summary: { zh: '会签核保决定', en: 'Sign or refuse a decision that was proposed to a higher authority, as it was frozen' },
  who: 'case:decide',
  input: ofCase.extend({ agree: z.boolean(), reason: words, seen: z.string().max(100) }),
  output: Decided,
  http: { method: 'POST', path: '/cases/{submission}/proposal', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, agree, reason, seen }) => {
    const place = await deskPlace(context, submission);
    const { proposal } = place.opened.body;
    if (proposal === null) throw new Refusal('conflict', 'nothing-to-decide', 'nothing waits for a signature in this case', { state: place.opened.body.queue });
    if (proposal.snapshot.hash !== seen)
      throw new Refusal('conflict', 'quote-changed', 'the proposal is no longer the one that you looked at', { changes: 1, what: '', whatEn: '' });
    const issued = await openQuote(context, place, proposal.quote, true);
    if (!agree) return refuseProposal(context, place, issued, reason);
    const application = await placeApplication(context, place, proposal.terms.cover);
    const rules = await rulesOf(context, place.submission.body.insurer);
    requireUnchanged(proposal.snapshot, snapshotOf(previewDecision(application, proposal.terms, rules, indicateFor).quote, place.file.version));
    const signed = signProposal(proposal, { application, assessmentVersion: place.file.version, decider: deciderOf(context) }, rules);
    if (signed.outcome === 'approved')
      return carryOut(context, place, issued, {
        terms: proposal.terms,
        signatures: [...proposal.signatures.map(({ by, name, at }) => ({ by, name, at })), signatureOf(context)],
        ...signed,
      });
    await change(context, place.opened, { proposal: signed.proposal });
    return { outcome: 'signed' as const, quote: proposal.quote, queue: place.opened.body.queue, needs: signed.proposal.needs };
  },
});

async function refuseProposal(context: Context, { opened }: Place, issued: Stored<IssuedQuote>, reason: string): Promise<z.infer<typeof Decided>> {
  const { proposal } = opened.body;
  const decision: CaseDecision = {
    ...{ quote: issued.id, outcome: 'refused', reason, authority: proposal!.needs, signatures: [signatureOf(context)], terms: proposal!.terms, settled: [] },
    snapshot: proposal!.snapshot,
  };
  await change(context, opened, { proposal: null, since: context.now, decisions: [...opened.body.decisions, decision] });
  return { outcome: 'refused', quote: issued.id, queue: opened.body.queue, needs: null };
}

export const releaseCases = operation({
  name: 'releaseCases',
  module: 'underwriting',
  summary: { zh: '批量复核放行', en: 'Review up to twenty straight-through cases at once, each named with the quote that was looked at' },
  who: 'case:decide',
  input: z.strictObject({
    cases: z
      .array(z.strictObject({ submission: id, quote: id }))
      .min(1)
      .max(20),
  }),
  output: z.strictObject({ released: z.array(Done) }),
  http: { method: 'POST', path: '/case-releases', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { cases: asked }) => {
    const released: z.infer<typeof Done>[] = [];
    for (const { submission, quote } of [...asked].sort((a, b) => (a.submission < b.submission ? -1 : 1)))
      released.push(await releaseOne(context, submission, quote));
    return { released };
  },
});

async function releaseOne(context: Context, submission: string, quote: string): Promise<z.infer<typeof Done>> {
  const place = await deskPlace(context, submission);
  const { opened } = place;
  if (opened.body.queue !== 'straight-through' || place.submission.body.quote !== quote)
    throw new Refusal('conflict', 'not-straight-through', `\`${opened.body.firm}\` is no longer what was looked at; nothing was released`, {
      firm: opened.body.firm,
    });
  const { body } = await context.records.get(quotes, quote);
  const decision: CaseDecision = {
    ...{ quote, outcome: 'released', reason: '', authority: null, signatures: [signatureOf(context)], terms: null, settled: [] },
    snapshot: snapshotOf(body.quote, body.assessmentVersion),
  };
  return change(context, opened, { queue: 'offered', since: context.now, decisions: [...opened.body.decisions, decision] });
}

export const releaseClearance = operation({
  name: 'releaseClearance',
  module: 'underwriting',
  summary: { zh: '解除重复申请锁定', en: 'Let a held submission go on, for a stated ground; a broker of record closes the earlier one' },
  who: 'case:release',
  input: ofCase.extend({ ground: ReleaseGround, reason: words }),
  output: Done,
  http: { method: 'POST', path: '/cases/{submission}/clearance', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, ground, reason }) => {
    const opened = await ownCase(context, submission);
    const { clearance } = opened.body;
    if (clearance.state !== 'blocked') throw new Refusal('conflict', 'nothing-to-decide', 'this submission is not held', { state: clearance.state });
    if (ground === 'broker-of-record') await closeEarlier(context, clearance.against!);
    const { by, name, at } = signatureOf(context);
    return change(context, opened, {
      queue: 'new',
      since: context.now,
      clearance: { ...clearance, state: 'released', released: { ground, reason, by, name, at } },
    });
  },
});

/** The firm has named another broker its own: the earlier submission ends, and whoever brought it is told. */
async function closeEarlier(context: Context, id: string): Promise<void> {
  const { organisation } = await context.records.get(submissions, id);
  const applicant = context.deskOf(organisation);
  const earlier = await applicant.records.lock(submissions, id);
  if (earlier.body.state === 'bound') throw new Refusal('conflict', 'another-offer-bound', 'the earlier submission is bound already', { submission: id });
  for (const quote of earlier.body.offers) {
    const issued = await context.records.lock(quotes, quote);
    await context.records.save(quotes, quote, issued.version, supersedeQuote(issued.body));
    await voidContingencies(context, context.actor.organisation, quote);
  }
  await applicant.records.save(submissions, id, earlier.version, closeSubmission(earlier.body));
  const opened = await ownCase(context, id);
  await context.records.save(cases, opened.id, opened.version, { ...opened.body, queue: 'closed', since: context.now, proposal: null });
  await tellOnce(applicant, {
    kind: 'submission-closed',
    subject: `submission-closed ${id}`,
    assessment: earlier.body.assessment,
    weakness: null,
    text: { zh: `${earlier.body.firm} 已指定其他经纪人，本申请结束`, en: `${earlier.body.firm} has named another broker its own; this submission is closed` },
    dueAt: null,
  });
}

export const clearScreeningHit = operation({
  name: 'clearScreeningHit',
  module: 'underwriting',
  summary: { zh: '排除名单误报', en: 'Say with a reason that a hit on a list is another party; the next decision no longer refers for it' },
  who: 'case:release',
  input: ofCase.extend({ key: z.string().max(200), reason: words }),
  output: Done,
  http: { method: 'POST', path: '/cases/{submission}/screening', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, key, reason }) => {
    const opened = await ownCase(context, submission);
    const { screening } = opened.body;
    if (!screening?.hits.some((hit) => hit.key === key))
      throw new Refusal('bad-input', 'screening-hit-unknown', 'there is no such hit in this case', { field: 'key' });
    return change(context, opened, {
      screening: { ...screening, cleared: [...screening.cleared.filter((one) => one.key !== key), { ...signatureOf(context), key, reason }] },
    });
  },
});

export const workbenchOperations = [
  listCases,
  exportCases,
  getCase,
  holdCase,
  leaveCase,
  claimCase,
  claimNextCase,
  noteCase,
  previewReferral,
  decideReferral,
  signReferral,
  releaseCases,
  releaseClearance,
  clearScreeningHit,
];
