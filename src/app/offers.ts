import { z } from 'zod';
import { Refusal, wordsUpTo } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import {
  answerInformation,
  closeCase,
  Clearance,
  InformationRequest,
  addOffer,
  hasRunOut,
  prolongQuote,
  supersedeQuote,
  withdrawQuote,
  type IssuedQuote,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { endOffers } from './offer-end.ts';
import { operation, type Context } from './operation.ts';
import { prolongApplications } from './subsidy-records.ts';
import { QuoteRecord, decideCover, openPlace, putInQueue, quotes, restate, shown, submissions } from './underwriting.ts';
import { cases, contingencies, findCase } from './underwriting-cases.ts';
import { ContingencyRecord, offersOf, signatureOf } from './case-place.ts';

const id = z.string().max(100);
const words = wordsUpTo(2000);

export const addOfferTo = operation({
  name: 'addOffer',
  module: 'underwriting',
  summary: { zh: '增加一个报价方案', en: 'Decide one more cover beside the offers that stand, up to three' },
  who: 'quote:request',
  input: z.strictObject({ submission: id, cover: RequestedCover }),
  output: QuoteRecord,
  http: { method: 'POST', path: '/submissions/{submission}/offers', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { submission: asked, cover }) => {
    const place = await openPlace(context, asked);
    const { submission } = place;
    const desk = { records: context.deskOf(submission.body.insurer).records };
    const standing = await offersOf(desk, submission.body.offers);
    const { offersAtMost: atMost } = context.content.desk.authority;
    if (standing.length >= atMost) throw new Refusal('rule', 'offers-full', `${atMost} offers stand side by side at most: withdraw one first`, { atMost });
    const taken = new Set(standing.map(({ body }) => body.offer));
    const offer = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].find((n) => !taken.has(n))!;
    const issued = await decideCover(context, place, cover, offer);
    const outcomes = [...standing.map(({ body }) => outcomeOf(body)), issued.body.quote.outcome];
    await context
      .deskOf(submission.organisation)
      .records.save(submissions, asked, submission.version, addOffer(submission.body, issued.id, outcomes, { atMost }));
    await putInQueue(context, place, issued, standing);
    context.note({ submission: asked, quote: issued.id, offer, outcome: issued.body.quote.outcome });
    return shown(issued);
  },
});

/** What an offer that stands counts as: once a person approved it, it is quoted. */
const outcomeOf = ({ state }: IssuedQuote): 'quoted' | 'referred' | 'declined' => (state === 'quoted' || state === 'referred' ? state : 'declined');

const Progress = z
  .strictObject({
    submission: z.string(),
    firm: z.string(),
    state: z.string(),
    clearance: Clearance.pick({ state: true, since: true }),
    offers: z.array(QuoteRecord),
    requests: z.array(InformationRequest.omit({ by: true })),
    contingencies: z.array(ContingencyRecord),
    offersAtMost: z.int(),
  })
  .meta({ id: 'SubmissionProgress' });

export const getProgress = operation({
  name: 'getSubmissionProgress',
  module: 'underwriting',
  summary: { zh: '申请进度', en: 'Say where a submission stands: its offers side by side, what is asked, what must be met' },
  who: 'submission:read',
  input: z.strictObject({ submission: id }),
  output: Progress,
  http: { method: 'GET', path: '/submissions/{submission}/progress', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { submission: asked }) => {
    const { body } = await context.records.get(submissions, asked);
    const opened = await findCase(context.deskOf(body.insurer).records, asked);
    const ids = body.offers.length > 0 ? body.offers : [body.quote ?? ''].filter(Boolean);
    const found = await everyRecord(context, contingencies, { submission: asked });
    return Progress.parse({
      ...{ submission: asked, firm: body.firm, state: body.state },
      clearance: { state: opened?.body.clearance.state ?? 'clear', since: opened?.body.clearance.since ?? null },
      offers: (await offersOf(context, ids)).map(shown),
      requests: (opened?.body.requests ?? []).map(({ id: one, name, at, text, answer }) => ({ id: one, name, at, text, answer })),
      contingencies: found.filter((one) => one.body.state !== 'void').map((one) => ({ id: one.id, version: one.version, ...one.body })),
      offersAtMost: context.content.desk.authority.offersAtMost,
    });
  },
});

export const answerRequest = operation({
  name: 'answerInformationRequest',
  module: 'underwriting',
  summary: { zh: '答复补充资料要求', en: 'Answer what the underwriter asked; the case goes back to a person' },
  who: 'submission:write',
  input: z.strictObject({ submission: id, request: id, text: words }),
  output: z.strictObject({ submission: z.string(), answered: z.boolean() }),
  http: { method: 'POST', path: '/submissions/{submission}/answers', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission: asked, request, text }) => {
    const submission = await context.records.lock(submissions, asked);
    const { records } = context.deskOf(submission.body.insurer);
    const found = await findCase(records, asked);
    const opened = found === null ? null : await records.lock(cases, found.id);
    if (!opened) throw new Refusal('conflict', 'nothing-asked', 'this is not asked, or was answered already', { request });
    await records.save(cases, opened.id, opened.version, answerInformation(opened.body, request, { ...signatureOf(context), text }));
    return { submission: asked, answered: true };
  },
});

export const withdrawOffer = operation({
  name: 'withdrawOffer',
  module: 'underwriting',
  summary: { zh: '撤回报价方案', en: 'Withdraw one offer with a reason that the applicant reads' },
  who: 'case:decide',
  input: z.strictObject({ quote: id, reason: words }),
  output: QuoteRecord,
  http: { method: 'POST', path: '/quotes/{quote}/withdrawal', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { quote, reason }) => {
    const { submission } = await lockOffer(context, quote);
    const [saved] = await endOffers(context, { insurer: context.actor.organisation, offers: [quote], cause: 'withdrawn' }, (issued) =>
      withdrawQuote(issued, { name: context.actor.name, at: context.now, reason }),
    );
    await restate(context, submission);
    return shown(saved!);
  },
});

export const prolongOffer = operation({
  name: 'prolongOffer',
  module: 'underwriting',
  summary: { zh: '延长报价有效期', en: 'Prolong the validity of an offer by whole days, with a reason' },
  who: 'case:decide',
  input: z.strictObject({ quote: id, days: z.int().min(1).max(366), reason: words }),
  output: QuoteRecord,
  http: { method: 'POST', path: '/quotes/{quote}/validity', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { quote, days, reason }) => {
    const { issued } = await lockOffer(context, quote);
    const { longestValidityDays: longestDays } = context.content.desk.authority;
    const prolonged = prolongQuote(issued.body, days, { longestDays, name: context.actor.name, at: context.now, reason });
    const saved = await context.records.save(quotes, quote, issued.version, prolonged);
    await prolongApplications(context, quote, saved.body.quote.validUntil);
    const found = await findCase(context.records, issued.body.submission);
    if (found?.body.summary)
      await context.records.save(cases, found.id, found.version, {
        ...found.body,
        summary: { ...found.body.summary, validUntil: saved.body.quote.validUntil },
      });
    return shown(saved);
  },
});

/** An offer of one's own with its submission, both locked in the order of every decision. */
async function lockOffer(context: Context, quote: string) {
  const { body } = await context.records.get(quotes, quote);
  const submission = await context.deskOf(body.applicant).records.lock(submissions, body.submission);
  return { submission, issued: await context.records.lock(quotes, quote) };
}

export const expireQuotes = operation({
  name: 'expireQuotes',
  module: 'underwriting',
  summary: { zh: '每日处理到期报价', en: 'End the offers whose validity is over' },
  who: 'system:run',
  input: z.strictObject({}),
  output: z.strictObject({ expired: z.int() }),
  http: null,
  schedule: 'daily-for-each-organisation',
  effect: 'write',
  run: async (context) => {
    const open = [...(await everyRecord(context, quotes, { state: 'quoted' })), ...(await everyRecord(context, quotes, { state: 'referred' }))];
    const over = open.filter(({ organisation, body }) => organisation === context.actor.organisation && hasRunOut(body, context.now));
    for (const one of over) await expireOne(context, one);
    context.note({ expired: over.length });
    return { expired: over.length };
  },
});

async function expireOne(context: Context, { id: quote, body }: Stored<IssuedQuote>): Promise<void> {
  const submission = await context.deskOf(body.applicant).records.lock(submissions, body.submission);
  const issued = await context.records.lock(quotes, quote);
  if (!hasRunOut(issued.body, context.now)) return;
  await endOffers(context, { insurer: context.actor.organisation, offers: [quote], cause: 'expired' }, (one) => ({ ...one, state: 'expired' }));
  const state = await restate(context, submission);
  if (state !== 'expired') return;
  const found = await findCase(context.records, submission.id);
  if (found !== null) await context.records.save(cases, found.id, found.version, closeCase(found.body, context.now));
}

/** Ends the other offers of a submission when one of them is bound, and closes its case. */
export async function endOtherOffers(
  context: Context,
  submission: { readonly id: string; readonly offers: readonly string[]; readonly insurer: string },
  bound: string,
): Promise<void> {
  const { records } = context.deskOf(submission.insurer);
  const offers = submission.offers.filter((one) => one !== bound);
  await endOffers(context, { insurer: submission.insurer, offers, cause: 'other-bound' }, supersedeQuote);
  const found = await findCase(records, submission.id);
  if (found !== null) await records.save(cases, found.id, found.version, closeCase(found.body, context.now));
}

export const offerOperations = [addOfferTo, getProgress, answerRequest, withdrawOffer, prolongOffer, expireQuotes];
