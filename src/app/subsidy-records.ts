import { stableId } from '../domain/basics/index.ts';
import { bookSubsidy, bookSubsidyReturn, type Journal } from '../domain/ledger/index.ts';
import {
  OpenScheme,
  SubsidyApplication,
  bindApplication,
  endWithPolicy,
  grantsOf,
  takesMinor,
  withReserved,
  type EarlyEnd,
  type SubsidyGrant,
} from '../domain/subsidy/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
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
  schemaVersion: 1,
  upgrades: {},
};

/** Saves what became of an application and lets its scheme's budget follow. The scheme must be locked. */
export async function saveApplication(
  context: Context,
  scheme: Stored<OpenScheme>,
  before: Stored<SubsidyApplication>,
  after: SubsidyApplication,
): Promise<{ scheme: Stored<OpenScheme>; application: Stored<SubsidyApplication> }> {
  const { records } = context.deskOf(before.organisation);
  const change = takesMinor(after) - takesMinor(before.body);
  const application = await records.save(subsidyApplications, before.id, before.version, after);
  if (change === 0) return { scheme, application };
  return { scheme: await records.save(subsidySchemes, scheme.id, scheme.version, withReserved(scheme.body, change)), application };
}

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

/** When a quote is bound: its application learns of the policy, and what was approved is granted and booked. A quote without one is bound alone. */
export async function takeUpSubsidy(context: Context, quote: string, policy: { record: string; number: string }): Promise<void> {
  for (const authority of await context.organisationsOf('authority')) {
    const found = await everyRecord(context.deskOf(authority.id), subsidyApplications, { quote });
    const [live] = found.filter(({ body }) => body.state === 'waiting' || body.state === 'approved');
    if (live === undefined) continue;
    const { records } = context.deskOf(authority.id);
    const locked = await records.lock(subsidyApplications, live.id);
    const bound = await records.save(subsidyApplications, locked.id, locked.version, bindApplication(locked.body, policy));
    if (bound.body.state === 'granted') await bookAtInsurer(context, bound, 'granted');
    return;
  }
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
