import { dayOf, daysBefore, type Day } from '../domain/basics/index.ts';
import type { RequestedCover } from '../domain/catalogue/index.ts';
import { sameFirm } from '../domain/parties/index.ts';
import { coverEnds } from '../domain/policy/index.ts';
import { firmKeys, hasRunOut, otherLimits, yearAfter, type Application, type HeldLimit, type IssuedQuote } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import type { Context } from './operation.ts';
import { policies } from './policy-file.ts';
import { quotes, submissions } from './submission-records.ts';
import { cases, everyRecord } from './underwriting-cases.ts';
import type { Place } from './underwriting.ts';

/** What the firm of a submission has at the insurer besides it, on the days of the cover: policies in force and offers that stand. */
export async function otherLimitsOf(context: Context, place: Place, { from }: RequestedCover): Promise<NonNullable<Application['otherLimits']>> {
  const held: HeldLimit[] = [];
  for (const one of await otherQuotes(context, place)) held.push(...(await heldBy(context, place, one)));
  const { organisation: applicant, body } = place.submission;
  return otherLimits({ from: from ?? tomorrow(context), renews: body.renews, applicant }, held);
}

/** Every quote of the same firm on other submissions: under its names and its credit code, as submitted and as they are now, and on the same file. */
async function otherQuotes(context: Context, { submission, file, opened }: Place): Promise<Stored<IssuedQuote>[]> {
  const desk = context.deskOf(submission.body.insurer);
  const { firm } = file.body;
  const found = new Map<string, Stored<IssuedQuote>>();
  const keep = (some: readonly Stored<IssuedQuote>[]) => {
    for (const one of some) if (one.body.submission !== submission.id) found.set(one.id, one);
  };
  keep(await everyRecord(desk, quotes, { assessment: file.id }));
  for (const key of new Set([opened.body.codeKey, opened.body.nameKey, ...firmKeys(firm)].filter(Boolean)))
    for (const { body } of await everyRecord(desk, cases, key.startsWith('code:') ? { codeKey: key } : { nameKey: key }))
      if (sameFirm({ name: body.firm, creditCode: codeOf(body.codeKey) }, { name: firm.name, creditCode: firm.creditCode ?? codeOf(opened.body.codeKey) }))
        keep(await everyRecord(desk, quotes, { submission: body.submission }));
  return [...found.values()];
}

const codeOf = (codeKey: string): string | null => (codeKey === '' ? null : codeKey.slice('code:'.length));

async function heldBy(context: Context, { submission }: Place, { body }: Stored<IssuedQuote>): Promise<HeldLimit[]> {
  const { applicant } = body;
  if (body.policy === null && (body.state !== 'quoted' || hasRunOut(body, context.now))) return [];
  const { renews } = (await context.deskOf(applicant).records.get(submissions, body.submission)).body;
  const whose = { submission: body.submission, applicant, renews };
  if (body.policy === null) {
    const from = body.quote.cover.from ?? tomorrow(context);
    return [{ ...whose, policy: null, from, until: yearAfter(from), limitMinor: body.quote.cover.limitMinor }];
  }
  const { policy } = (await context.deskOf(submission.body.insurer).records.get(policies, body.policy)).body;
  const behind = { id: body.policy, number: policy.number };
  return [{ ...whose, policy: behind, from: dayOf(policy.period.from), until: coverEnds(policy), limitMinor: policy.cover.limitMinor }];
}

/** The first day of a cover that names none. */
const tomorrow = ({ now }: Context): Day => daysBefore(dayOf(now), -1);
