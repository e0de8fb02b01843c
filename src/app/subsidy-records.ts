import type { z } from 'zod';
import { stableId, type Day, type Instant } from '../domain/basics/index.ts';
import { bookSubsidy, bookSubsidyReturn, type Journal } from '../domain/ledger/index.ts';
import { OpenScheme, SubsidyApplication, bindApplication, endWithPolicy, takesMinor, withReserved } from '../domain/subsidy/index.ts';
import type { Page, RecordKind, Stored } from '../io/interfaces.ts';
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

/** Every record of a kind that one organisation owns, page after page. */
export async function everything<S extends z.ZodType>(
  { deskOf }: Pick<Context, 'deskOf'>,
  organisation: string,
  kind: RecordKind<S>,
  where: Readonly<Record<string, string>> = {},
): Promise<Stored<z.infer<S>>[]> {
  const found: Stored<z.infer<S>>[] = [];
  let after: string | null = null;
  do {
    const page: Page<Stored<z.infer<S>>> = await deskOf(organisation).records.list(kind, { where, after, limit: 200 });
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found.filter((one) => one.organisation === organisation);
}

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

/** Books at the insurer that the authority pays a part of the premium, or no longer does. */
export async function bookAtInsurer(context: Context, application: Stored<SubsidyApplication>, what: 'granted' | 'returned', at: Instant): Promise<void> {
  const { body, id, organisation } = application;
  if (body.policy === null) throw new Error('a subsidy is booked once its policy is bound');
  const amountMinor = what === 'granted' ? body.grant.subsidyMinor : body.returned!.amountMinor;
  const authority = (await context.organisationsOf('authority')).find((one) => one.id === organisation)?.name ?? organisation;
  const part = { id: stableId('journal', id, `subsidy-${what}`), at, currency: body.grant.currency, amountMinor, insured: body.grant.firm, authority };
  const journal: Journal = what === 'granted' ? bookSubsidy(part) : bookSubsidyReturn(part);
  await context.deskOf(body.insurer).ledger.post({ ...journal, cause: body.policy });
}

/** When a quote is bound: its application learns of the policy, and what was approved is granted and booked. A quote without one is bound alone. */
export async function takeUpSubsidy(context: Context, quote: string, policy: { record: string; number: string }): Promise<void> {
  for (const authority of await context.organisationsOf('authority')) {
    const found = await everything(context, authority.id, subsidyApplications, { quote });
    const [live] = found.filter(({ body }) => body.state === 'waiting' || body.state === 'approved');
    if (live === undefined) continue;
    const { records } = context.deskOf(authority.id);
    const locked = await records.lock(subsidyApplications, live.id);
    const bound = await records.save(subsidyApplications, locked.id, locked.version, bindApplication(locked.body, policy));
    if (bound.body.state === 'granted') await bookAtInsurer(context, bound, 'granted', context.now);
    return;
  }
}

/**
 * When a policy ends early: the subsidy of the quote that it was bound from goes back by the rules of its scheme, in the same transaction. Every way
 * in which a policy ends early calls this. Answers what went back, in minor units.
 */
export async function endSubsidy(context: Context, quote: string, { ends, reason }: { ends: Day; reason: string }): Promise<number> {
  let returnedMinor = 0;
  for (const authority of await context.organisationsOf('authority'))
    for (const { id } of await everything(context, authority.id, subsidyApplications, { quote })) {
      const { scheme, application } = await lockAt(context, authority.id, id);
      const after = endWithPolicy(application.body, scheme.body.scheme, { at: context.now, by: context.actor.name || 'system', ends, reason });
      if (after === null) continue;
      const saved = await saveApplication(context, scheme, application, after);
      if (after.returned === null) continue;
      await bookAtInsurer(context, saved.application, 'returned', context.now);
      returnedMinor += after.returned.amountMinor;
    }
  return returnedMinor;
}

/** What `endSubsidy` would take back now, in minor units; changes nothing. */
export async function subsidyToReturn(context: Context, quote: string, ends: Day): Promise<number> {
  let returnedMinor = 0;
  for (const authority of await context.organisationsOf('authority'))
    for (const { body } of await everything(context, authority.id, subsidyApplications, { quote })) {
      const { scheme } = (await context.deskOf(authority.id).records.get(subsidySchemes, body.scheme)).body;
      returnedMinor += endWithPolicy(body, scheme, { at: context.now, by: '', ends, reason: '' })?.returned?.amountMinor ?? 0;
    }
  return returnedMinor;
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
