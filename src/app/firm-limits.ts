import { dayAfter, dayOf, yearsAfter } from '../domain/basics/index.ts';
import type { RequestedCover } from '../domain/catalogue/index.ts';
import { sameFirm } from '../domain/parties/index.ts';
import { coverEnds } from '../domain/policy/index.ts';
import { firmKeys, hasRunOut, otherLimits, requireFollowing, type Application, type HeldLimit } from '../domain/underwriting/index.ts';
import { everyRecord } from './every-record.ts';
import { isBroker, type Context } from './operation.ts';
import { certificates, masterPolicies } from './master-records.ts';
import { policies } from './policy-file.ts';
import { quotes, submissions } from './submission-records.ts';
import { cases } from './underwriting-cases.ts';
import type { Place } from './underwriting.ts';

/** What the firm of a submission has at the insurer besides it, on the days of the cover: policies in force, certificates under policies of others, and offers that stand. */
export async function otherLimitsOf(context: Context, place: Place, { from }: RequestedCover): Promise<NonNullable<Application['otherLimits']>> {
  const held: HeldLimit[] = [];
  for (const one of await otherSubmissions(context, place)) held.push(...(await heldUnder(context, place, one)));
  held.push(...(await heldAsMember(context, place)));
  const { organisation: applicant, body } = place.submission;
  return otherLimits({ from: from ?? dayAfter(context.now), renews: body.renews, applicant }, held);
}

/**
 * Every other submission of the same firm: what it submitted itself, whatever name and code it gave, and under its names and its credit code, as submitted and as they are now, and on
 * the same file. A broker applies for many firms, which only those tell apart.
 */
async function otherSubmissions(context: Context, { submission, file, opened }: Place): Promise<Set<string>> {
  const { insurer } = submission.body;
  const desk = context.deskOf(insurer);
  const { firm } = file.body;
  const found = new Set<string>();
  if (!(await isBroker(context, submission.organisation)))
    for (const { id, body } of await everyRecord(context.deskOf(submission.organisation), submissions)) if (body.insurer === insurer) found.add(id);
  for (const state of ['quoted', 'bound']) for (const { body } of await everyRecord(desk, quotes, { assessment: file.id, state })) found.add(body.submission);
  for (const key of new Set([opened.body.codeKey, opened.body.nameKey, ...firmKeys(firm)].filter(Boolean)))
    for (const { body } of await everyRecord(desk, cases, key.startsWith('code:') ? { codeKey: key } : { nameKey: key }))
      if (sameFirm({ name: body.firm, creditCode: codeOf(body.codeKey) }, { name: firm.name, creditCode: firm.creditCode ?? codeOf(opened.body.codeKey) }))
        found.add(body.submission);
  found.delete(submission.id);
  return found;
}

const codeOf = (codeKey: string): string | null => (codeKey === '' ? null : codeKey.slice('code:'.length));

/** The policies of a submission and its offers that stand. */
async function heldUnder(context: Context, { submission: { body: about } }: Place, submission: string): Promise<HeldLimit[]> {
  const desk = context.deskOf(about.insurer);
  const bound = await everyRecord(desk, policies, { submission });
  const offers = (await everyRecord(desk, quotes, { submission, state: 'quoted' })).filter(({ body }) => !hasRunOut(body, context.now));
  const applicant = bound[0]?.body.insured ?? offers[0]?.body.applicant;
  if (applicant === undefined) return [];
  const { renews } = (await context.deskOf(applicant).records.get(submissions, submission)).body;
  const whose = { submission, applicant, renews };
  return [
    ...bound.map(({ id, body: { policy } }) => ({
      ...{ ...whose, policy: { id, number: policy.number }, limitMinor: policy.cover.limitMinor },
      ...{ from: dayOf(policy.period.from), until: coverEnds(policy) },
    })),
    ...offers.map(({ body: { quote } }) => {
      const from = quote.cover.from ?? dayAfter(context.now);
      return { ...whose, policy: null, limitMinor: quote.cover.limitMinor, from, until: yearsAfter(from) };
    }),
  ];
}

/** The certificates of the firm under master policies, which their holders applied for. */
async function heldAsMember(context: Context, { submission, file, opened }: Place): Promise<HeldLimit[]> {
  const { records } = context.deskOf(submission.body.insurer);
  const held: HeldLimit[] = [];
  for (const creditCode of new Set([file.body.firm.creditCode, codeOf(opened.body.codeKey)]))
    for (const { id, body } of creditCode === null ? [] : await everyRecord({ records }, certificates, { creditCode, state: 'issued' })) {
      const { holder, policy: asked } = (await records.get(masterPolicies, body.master)).body;
      const ends = coverEnds((await records.get(policies, asked)).body.policy);
      held.push({
        ...{ submission: id, applicant: holder, renews: null, policy: { id, number: body.number }, limitMinor: body.limitMinor },
        ...{ from: body.from, until: body.to < ends ? body.to : ends },
      });
    }
  return held;
}

/** That the cover of a renewal begins when the policy that it follows is over. Throws a Refusal `renewal-overlaps`. */
export async function requireAfterRenewed(context: Context, { submission: { body } }: Place, { from }: RequestedCover): Promise<void> {
  if (body.renews === null) return;
  const { policy } = (await context.deskOf(body.insurer).records.get(policies, body.renews)).body;
  requireFollowing(from ?? dayAfter(context.now), { ends: coverEnds(policy), number: policy.number });
}
