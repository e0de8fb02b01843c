import { Refusal } from '../domain/basics/index.ts';
import type { FirmProfile } from '../domain/parties/index.ts';
import {
  Binder,
  CaseLock,
  Contingency,
  UnderwritingCase,
  clearSubmission,
  firmKeys,
  moveContingency,
  proposalHash,
  type CaseQueue,
  type Considered,
  type IssuedQuote,
  type Submission,
} from '../domain/underwriting/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import type { AssessmentFile } from './assessment.ts';
import type { Context, Desk } from './operation.ts';

/** A proposal of before its terms and reason were part of what is signed. */
const withProposalHash = (before: unknown): unknown => {
  const opened = before as { readonly proposal: Parameters<typeof proposalHash>[0] | null };
  return opened.proposal === null ? opened : { ...opened, proposal: { ...opened.proposal, hash: proposalHash(opened.proposal) } };
};

export const cases: RecordKind<typeof UnderwritingCase> = {
  name: 'uwcase',
  table: 'underwriting_cases',
  schema: UnderwritingCase,
  schemaVersion: 2,
  upgrades: { 1: withProposalHash },
};
export const caseLocks: RecordKind<typeof CaseLock> = { name: 'caselock', table: 'case_locks', schema: CaseLock, schemaVersion: 1, upgrades: {} };
export const contingencies: RecordKind<typeof Contingency> = {
  name: 'contingency',
  table: 'contingencies',
  schema: Contingency,
  schemaVersion: 1,
  upgrades: {},
};
export const binders: RecordKind<typeof Binder> = { name: 'binder', table: 'binders', schema: Binder, schemaVersion: 1, upgrades: {} };

/** What a new case needs to know of the submission that it is about. */
interface Opened {
  readonly submission: string;
  readonly applicant: string;
  readonly assessment: string;
  readonly firm: FirmProfile;
  readonly at: string;
  readonly renews: string | null;
}

const keysOf = (firm: FirmProfile) => {
  const keys = firmKeys(firm);
  return { codeKey: keys.find((key) => key.startsWith('code:')) ?? '', nameKey: keys.find((key) => key.startsWith('name:'))! };
};

/**
 * Opens the insurer's case on a new submission and clears it against those that the insurer has. Two that come at once are taken one after the
 * other, so that one of them is the first.
 */
export async function openCase(context: Context, insurer: string, opened: Opened): Promise<Stored<UnderwritingCase>> {
  const desk = context.deskOf(insurer);
  const keys = keysOf(opened.firm);
  await holdKeys(context, insurer, [keys.codeKey, keys.nameKey]);
  const known = opened.renews === null ? await consideredBy(desk, keys) : [];
  const coming: Considered = { ...opened, state: 'open' };
  const clearance = clearSubmission(coming, known, context.content.desk.authority);
  return desk.records.insert(cases, {
    ...{ submission: opened.submission, applicant: opened.applicant, firm: opened.firm.name, assessment: opened.assessment, ...keys },
    queue: clearance.state === 'blocked' ? 'blocked' : 'new',
    since: context.now,
    clearance,
    screening: null,
    assignee: null,
    summary: null,
    requests: [],
    notes: [],
    proposal: null,
    decisions: [],
  });
}

/** In one order everywhere, so that two who wait for each other's firm are none. */
async function holdKeys({ holdings, now }: Context, insurer: string, keys: readonly string[]): Promise<void> {
  for (const key of [...new Set(keys)].filter(Boolean).sort()) await holdings.hold(`clearance ${insurer} ${key}`, now);
}

/**
 * Takes decisions on one firm one after the other, so that each sees the limits of those before: under its applicant, its names and its code, as submitted
 * and as they are now. Nothing but what is decided is locked after it.
 */
export const holdFirm = (context: Context, { submission, file, opened }: Held): Promise<void> =>
  holdKeys(context, submission.body.insurer, [
    ...[opened.body.codeKey, opened.body.nameKey, ...firmKeys(file.body.firm)],
    `applicant:${submission.organisation}`,
  ]);

interface Held {
  readonly submission: Stored<Submission>;
  readonly file: Stored<AssessmentFile>;
  readonly opened: Stored<UnderwritingCase>;
}

/** The name of a firm as it is now and by what it is found again; a credit code that it names no more stays. */
export function keptKeys({ codeKey }: UnderwritingCase, firm: FirmProfile): Pick<UnderwritingCase, 'firm' | 'codeKey' | 'nameKey'> {
  const keys = keysOf(firm);
  return { firm: firm.name, nameKey: keys.nameKey, codeKey: keys.codeKey || codeKey };
}

/** The submissions of what may be the same firm, as clearance compares them. */
async function consideredBy({ records }: Desk, { codeKey, nameKey }: { codeKey: string; nameKey: string }): Promise<Considered[]> {
  const byName = await records.list(cases, { where: { nameKey }, limit: 200 });
  const byCode = codeKey === '' ? { items: [] } : await records.list(cases, { where: { codeKey }, limit: 200 });
  const found = new Map([...byName.items, ...byCode.items].map((one) => [one.id, one]));
  return [...found.values()].filter(({ body }) => body.clearance.state !== 'blocked').map(considered);
}

const stateOf: Record<CaseQueue, Considered['state']> = {
  blocked: 'open',
  new: 'open',
  'straight-through': 'quoted',
  person: 'referred',
  information: 'referred',
  offered: 'quoted',
  closed: 'closed',
};

const considered = ({ body: one, createdAt }: Stored<UnderwritingCase>): Considered => ({
  submission: one.submission,
  applicant: one.applicant,
  assessment: one.assessment,
  firm: { name: one.firm, creditCode: one.codeKey === '' ? null : one.codeKey.slice('code:'.length) },
  at: createdAt,
  state: stateOf[one.queue],
});

/** The case of a submission, locked; made now for a submission from before cases were kept. */
export async function lockCase(context: Context, submission: Stored<Submission>, file: Stored<AssessmentFile>): Promise<Stored<UnderwritingCase>> {
  const { records } = context.deskOf(submission.body.insurer);
  const found = await findCase(records, submission.id);
  if (found !== null) return records.lock(cases, found.id);
  return openCase(context, submission.body.insurer, {
    submission: submission.id,
    applicant: submission.organisation,
    assessment: file.id,
    firm: file.body.firm,
    at: submission.createdAt,
    renews: submission.body.renews,
  });
}

export async function findCase(records: Desk['records'], submission: string): Promise<Stored<UnderwritingCase> | null> {
  const { items } = await records.list(cases, { where: { submission }, limit: 1 });
  return items[0] ?? null;
}

/** The insurer's own case on a submission; a Refusal `not-found` for everybody else. */
export async function ownCase(context: Context, submission: string): Promise<Stored<UnderwritingCase>> {
  const found = await findCase(context.records, submission);
  if (found === null || found.organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
  return context.records.lock(cases, found.id);
}

/** What the list of cases shows of a quote. */
export const summaryOf = ({ body }: Pick<Stored<IssuedQuote>, 'body'>, firm: FirmProfile): NonNullable<UnderwritingCase['summary']> => {
  const { quote } = body;
  return {
    industry: firm.industry,
    currency: quote.cover.currency,
    limitMinor: quote.cover.limitMinor,
    score: quote.score,
    grade: quote.grade,
    gatePassed: quote.gate.passed,
    premiumMinor: quote.worksheet.premium.total,
    exceptions: quote.reasons.length,
    validUntil: quote.validUntil,
  };
};

/** What was asked for on a quote that came to nothing is asked for no more. */
export async function voidContingencies(
  context: Context,
  insurer: string,
  quote: string,
  staysOwed: (one: Contingency) => boolean = () => false,
): Promise<void> {
  const { records } = context.deskOf(insurer);
  for (const one of await everyRecord({ records }, contingencies, { quote })) {
    if (one.body.state !== 'open' && one.body.state !== 'handed-in' && one.body.state !== 'waived') continue;
    if (staysOwed(one.body)) continue;
    await records.save(
      contingencies,
      one.id,
      one.version,
      moveContingency(one.body, 'void', { user: context.actor.user, name: context.actor.name, at: context.now }),
    );
  }
}
