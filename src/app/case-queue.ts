import { z } from 'zod';
import { Instant, Refusal, stableId } from '../domain/basics/index.ts';
import { AuthorityLevel, CaseQueue, UnderwritingCase, dueAt, levelsOf, waitingForPerson, type Signature } from '../domain/underwriting/index.ts';
import { everyRecord } from './every-record.ts';
import { openLocks } from './case-hold.ts';
import { CaseChanged, change, ofCase, signatureOf, words } from './case-place.ts';
import { amount, exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { cases, ownCase } from './underwriting-cases.ts';
import { submissions } from './underwriting.ts';

const id = z.string().max(100);

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

async function rowOf(
  context: Context,
  body: UnderwritingCase,
  { broker, openBy }: { broker: string | null; openBy: string | null },
): Promise<z.infer<typeof CaseRow>> {
  const quote = await latestQuote(context, body.submission);
  return {
    ...{ submission: body.submission, firm: body.firm, queue: body.queue, since: body.since, summary: body.summary, broker, openBy, quote },
    assignee: body.assignee?.name ?? null,
    blockedSince: body.clearance.state === 'blocked' ? body.clearance.since : null,
    proposed: body.proposal !== null,
    dueAt: dueAt(body, context.content.desk.authority.slaHours),
  };
}

/** The latest quote of a submission; null as well where it cannot be read now, as before its grant begins: one row does not take the list down. */
async function latestQuote({ records }: Context, submission: string): Promise<string | null> {
  try {
    return (await records.get(submissions, submission)).body.quote;
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'absent') return null;
    throw error;
  }
}

export const claimCase = operation({
  name: 'claimCase',
  module: 'underwriting',
  summary: { zh: '领取案卷', en: 'Take a case, or give it to a colleague by user id' },
  who: 'case:decide',
  input: ofCase.extend({ to: id.nullable() }),
  output: CaseChanged,
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
    const waiting = waitingForPerson((await everyRecord(context, cases, { queue: 'person' })).map(({ body }) => body));
    for (const one of waiting) {
      const opened = await ownCase(context, one.submission);
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
  output: CaseChanged,
  http: { method: 'POST', path: '/cases/{submission}/notes', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, text, to }) => {
    const opened = await ownCase(context, submission);
    const note = { ...signatureOf(context), id: stableId('note', opened.id, opened.version), text, to };
    return change(context, opened, { notes: [...opened.body.notes, note] });
  },
});
