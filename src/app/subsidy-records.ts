import { saidIn, stableId, type Text } from '../domain/basics/index.ts';
import { bookSubsidy, bookSubsidyReturn, type Journal } from '../domain/ledger/index.ts';
import {
  OpenScheme,
  SubsidyApplication,
  awaitsPolicy,
  endWithPolicy,
  grantsOf,
  hasLapsed,
  lapseApplication,
  lapseReasons,
  prolongApplication,
  takesMinor,
  withReserved,
  type EarlyEnd,
  type LapseCause,
  type SubsidyGrant,
} from '../domain/subsidy/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { tellOnce } from './notices.ts';
import type { Context } from './operation.ts';

export const subsidySchemes: RecordKind<typeof OpenScheme> = {
  name: 'subsidy-scheme',
  table: 'subsidy_schemes',
  schema: OpenScheme,
  schemaVersion: 1,
  upgrades: {},
};
export const subsidyApplications: RecordKind<typeof SubsidyApplication> = {
  name: 'subsidy-application',
  table: 'subsidy_applications',
  schema: SubsidyApplication,
  schemaVersion: 2,
  upgrades: { 1: (body) => ({ ...(body as object), lapsed: null }) },
};

/** Saves what became of an application, lets its scheme's budget follow, and tells the firm where it lapsed. The scheme must be locked. */
export async function saveApplication(
  context: Context,
  scheme: Stored<OpenScheme>,
  before: Stored<SubsidyApplication>,
  after: SubsidyApplication,
): Promise<{ scheme: Stored<OpenScheme>; application: Stored<SubsidyApplication> }> {
  const { records } = context.deskOf(before.organisation);
  const change = takesMinor(after) - takesMinor(before.body);
  const application = await records.save(subsidyApplications, before.id, before.version, after);
  if (after.state === 'lapsed') await tellLapsed(context, application);
  if (change === 0) return { scheme, application };
  return { scheme: await records.save(subsidySchemes, scheme.id, scheme.version, withReserved(scheme.body, change)), application };
}

const yuanOf = (minor: number): string => (minor / 100).toFixed(2);

function tellLapsed(context: Context, { id, body: { applicant, grant, lapsed } }: Stored<SubsidyApplication>): Promise<boolean> {
  const [zh, en] = (['zh', 'en'] as const).map((language) => saidIn(lapsed!.reason, language));
  return tellSubsidy(context, applicant, `subsidy-lapsed ${id}`, {
    zh: `${grant.firm} 的保费补贴申请（${yuanOf(grant.subsidyMinor)} 元）已失效：${zh}`,
    en: `the application of ${grant.firm} for a subsidy of ${grant.currency} ${yuanOf(grant.subsidyMinor)} has lapsed: ${en}`,
  });
}

/** Tells a firm once what became of a subsidy without its doing. */
const tellSubsidy = (context: Context, applicant: string, subject: string, text: Text): Promise<boolean> =>
  tellOnce(context.deskOf(applicant), { kind: 'subsidy-changed', subject, assessment: null, weakness: null, text, dueAt: null });

/** Tells a firm that a new decision on its quote changed what its application asks for. */
export const tellRegranted = (context: Context, { id, version, body: { applicant, grant } }: Stored<SubsidyApplication>): Promise<boolean> =>
  tellSubsidy(context, applicant, `subsidy-regranted ${id} ${version}`, {
    zh: `${grant.firm} 的报价改为 ${yuanOf(grant.premiumMinor)} 元，所申请的保费补贴随之改为 ${yuanOf(grant.subsidyMinor)} 元，企业实付 ${yuanOf(grant.premiumMinor - grant.subsidyMinor)} 元`,
    en: `the quote of ${grant.firm} is now ${grant.currency} ${yuanOf(grant.premiumMinor)}: the subsidy applied for becomes ${yuanOf(grant.subsidyMinor)}, and the firm pays ${yuanOf(grant.premiumMinor - grant.subsidyMinor)}`,
  });

/** Books at the insurer that the authority pays a part of the premium, or no longer does: in all, or `amountMinor` more than before. */
export async function bookAtInsurer(
  context: Context,
  { body, id, organisation }: Stored<SubsidyApplication>,
  what: 'granted' | 'returned',
  amountMinor = what === 'granted' ? body.grant.subsidyMinor : body.grant.returnedMinor,
): Promise<void> {
  if (body.policy === null) throw new Error('a subsidy is booked once its policy is bound');
  const authority = (await context.organisationsOf('authority')).find((one) => one.id === organisation)?.name ?? organisation;
  // Later returns are named by what was back before them, so that each is booked once.
  const before = what === 'returned' ? body.grant.returnedMinor - amountMinor : 0;
  const journalId = stableId('journal', id, `subsidy-${what}`, ...(before === 0 ? [] : [before]));
  const part = { id: journalId, at: context.now, currency: body.grant.currency, amountMinor, insured: body.grant.firm, authority };
  const journal: Journal = what === 'granted' ? bookSubsidy(part) : bookSubsidyReturn(part);
  await context.deskOf(body.insurer).ledger.post({ ...journal, cause: body.policy });
}

/** The applications for quotes that hope for a policy still, each with the authority's scheme, in the order in which schemes are locked. */
async function openApplications(context: Context, quotes: readonly string[]): Promise<Stored<SubsidyApplication>[]> {
  const found: Stored<SubsidyApplication>[] = [];
  for (const { id } of await context.organisationsOf('authority'))
    for (const quote of quotes) found.push(...(await everyRecord(context.deskOf(id), subsidyApplications, { quote })));
  return found.filter(({ body }) => awaitsPolicy(body)).sort((a, b) => (a.body.scheme < b.body.scheme ? -1 : 1));
}

/** The application for a quote that hopes for a policy still, with its scheme, both locked; null where there is none. The quote must be locked. */
export async function lockOpenApplication(context: Context, quote: string): Promise<Awaited<ReturnType<typeof lockAt>> | null> {
  const [open] = await openApplications(context, [quote]);
  if (open === undefined) return null;
  const locked = await lockAt(context, open.organisation, open.id);
  return awaitsPolicy(locked.application.body) ? locked : null;
}

/** Offers ended without a policy, and the applications for them end with them; the quotes must be locked. */
export async function endApplications(context: Context, quotes: readonly string[], cause: LapseCause): Promise<void> {
  for (const { id, organisation } of await openApplications(context, quotes)) {
    const { scheme, application } = await lockAt(context, organisation, id);
    if (!awaitsPolicy(application.body)) continue;
    await saveApplication(context, scheme, application, lapseApplication(application.body, { at: context.now, reason: lapseReasons[cause] }));
  }
}

/** An offer was prolonged, and with it what waits for it to be bound. */
export async function prolongApplications(context: Context, quote: string, validUntil: string): Promise<void> {
  const open = await lockOpenApplication(context, quote);
  if (open === null || hasLapsed(open.application.body, context.now)) return;
  await saveApplication(context, open.scheme, open.application, prolongApplication(open.application.body, validUntil));
}

/**
 * When a policy ends early: the subsidy of the quote that it was bound from goes back by the rules of its scheme and with the premium that is returned, in
 * the same transaction. Every way in which a policy ends early calls this. Answers what went back, in minor units.
 */
export async function endSubsidy(context: Context, quote: string, end: EarlyEnd): Promise<number> {
  let returnedMinor = 0;
  for (const authority of await context.organisationsOf('authority'))
    for (const { id } of await everyRecord(context.deskOf(authority.id), subsidyApplications, { quote })) {
      const { scheme, application } = await lockAt(context, authority.id, id);
      const after = endWithPolicy(application.body, scheme.body.scheme, { ...end, at: context.now, by: context.actor.name || 'system' });
      if (after === null) continue;
      const saved = await saveApplication(context, scheme, application, after);
      const moreMinor = after.grant.returnedMinor - application.body.grant.returnedMinor;
      if (moreMinor === 0) continue;
      await bookAtInsurer(context, saved.application, 'returned', moreMinor);
      returnedMinor += moreMinor;
    }
  return returnedMinor;
}

/** What `endSubsidy` would take back now, in minor units; changes nothing. */
export async function subsidyToReturn(context: Context, quote: string, end: Omit<EarlyEnd, 'reason'>): Promise<number> {
  let returnedMinor = 0;
  for (const authority of await context.organisationsOf('authority'))
    for (const { body } of await everyRecord(context.deskOf(authority.id), subsidyApplications, { quote })) {
      const { scheme } = (await context.deskOf(authority.id).records.get(subsidySchemes, body.scheme)).body;
      const after = endWithPolicy(body, scheme, { ...end, at: context.now, by: '', reason: '' });
      if (after !== null) returnedMinor += after.grant.returnedMinor - body.grant.returnedMinor;
    }
  return returnedMinor;
}

/** What was granted on a quote and what of it came back so far, in minor units; null where nothing was granted. */
export async function subsidyOf(context: Context, quote: string): Promise<{ grantedMinor: number; backMinor: number } | null> {
  const grants: SubsidyGrant[] = [];
  for (const authority of await context.organisationsOf('authority'))
    grants.push(...grantsOf((await everyRecord(context.deskOf(authority.id), subsidyApplications, { quote })).map(({ body }) => body)));
  const sum = (of: (grant: SubsidyGrant) => number): number => grants.reduce((total, grant) => total + of(grant), 0);
  return grants.length === 0 ? null : { grantedMinor: sum(({ subsidyMinor }) => subsidyMinor), backMinor: sum(({ returnedMinor }) => returnedMinor) };
}

/** The scheme of an application, locked, and then the application: always in this order. */
export async function lockApplication(context: Context, id: string): Promise<{ scheme: Stored<OpenScheme>; application: Stored<SubsidyApplication> }> {
  return lockAt(context, (await context.records.get(subsidyApplications, id)).organisation, id);
}

async function lockAt(context: Context, authority: string, id: string): Promise<{ scheme: Stored<OpenScheme>; application: Stored<SubsidyApplication> }> {
  const { records } = context.deskOf(authority);
  const scheme = await records.lock(subsidySchemes, (await records.get(subsidyApplications, id)).body.scheme);
  return { scheme, application: await records.lock(subsidyApplications, id) };
}
