import { z } from 'zod';
import { Instant, Refusal, instantFromMillis, instantMillis, requireMove, type Lifecycle } from '../basics/index.ts';
import { RequestedCover } from '../catalogue/index.ts';
import { Quote, QuoteState, Reason, quoteLifecycle } from './model.ts';

export const SubmissionState = z.enum(['open', 'quoted', 'referred', 'declined', 'bound', 'expired', 'closed']);
export type SubmissionState = z.infer<typeof SubmissionState>;

/** A submission is decided as often as it is asked about, until a quote of it is bound or it is closed for another one of the same firm. */
export const submissionLifecycle: Lifecycle<SubmissionState> = {
  of: 'submission',
  first: 'open',
  moves: {
    open: ['quoted', 'referred', 'declined', 'closed'],
    quoted: ['quoted', 'referred', 'declined', 'bound', 'expired', 'closed'],
    referred: ['quoted', 'referred', 'declined', 'expired', 'closed'],
    declined: ['quoted', 'referred', 'declined', 'closed'],
    expired: ['quoted', 'referred', 'declined', 'closed'],
    bound: [],
    closed: [],
  },
};

/** A firm's request for cover to one insurer, resting on one assessment. `quote` is the latest decision. */
export const Submission = z.strictObject({
  assessment: z.string(),
  firm: z.string(),
  insurer: z.string(),
  cover: RequestedCover,
  state: SubmissionState,
  quote: z.string().nullable(),
  /** The offers that stand side by side, first to last; the last one decided is `quote`. */
  offers: z.array(z.string()).max(10),
  /** The policy that it renews; null for new business. */
  renews: z.string().nullable(),
  /** The agreed basis: the version of the assessment that was submitted, without contradictions, and the hash of all that it says. Null for submissions from before bases were kept. */
  basis: z.strictObject({ assessmentVersion: z.int(), hash: z.string(), at: Instant }).nullable(),
});
export type Submission = z.infer<typeof Submission>;

/** That a person settled the reasons for which a quote was referred or declined, as the applicant may read it. */
export const SettledQuote = z.strictObject({
  outcome: z.enum(['approved', 'declined']),
  reason: z.string(),
  name: z.string(),
  at: Instant,
  reasons: z.array(Reason),
  /** Hash of what was approved. */
  snapshot: z.string(),
});
export type SettledQuote = z.infer<typeof SettledQuote>;

/** A quote on record: who asked, on which version of which assessment, and what became of it. */
export const IssuedQuote = z.strictObject({
  submission: z.string(),
  assessment: z.string(),
  assessmentVersion: z.int(),
  applicant: z.string(),
  firm: z.string(),
  issuedAt: Instant,
  state: QuoteState,
  policy: z.string().nullable(),
  quote: Quote,
  /** Its place among the offers of one submission, from 1. */
  offer: z.int().min(1),
  /** What a person decided about it; null for what the rules decided alone. */
  settled: SettledQuote.nullable(),
  /** Why it was withdrawn or its validity prolonged, newest last. */
  remarks: z.array(z.strictObject({ kind: z.enum(['withdrawn', 'prolonged']), at: Instant, name: z.string(), reason: z.string() })).max(50),
});
export type IssuedQuote = z.infer<typeof IssuedQuote>;

/** Puts a decision on a submission; it is the only offer from now on. Throws a Refusal `move-not-allowed` when it is bound already. */
export function decideSubmission(submission: Submission, quote: string, outcome: Quote['outcome']): Submission {
  requireMove(submissionLifecycle, submission.state, outcome);
  return { ...submission, state: outcome, quote, offers: [quote] };
}

/** From what can be bound to what cannot: the state of a submission is that of its best offer. */
const best: readonly Quote['outcome'][] = ['quoted', 'referred', 'declined'];

/**
 * Puts one more offer beside those that stand. `outcomes` are those of all offers, the new one last. Throws a Refusal `offers-full` beyond
 * `atMost`, or `move-not-allowed`.
 */
export function addOffer(submission: Submission, quote: string, outcomes: readonly Quote['outcome'][], { atMost }: { atMost: number }): Submission {
  if (submission.offers.length >= atMost)
    throw new Refusal('rule', 'offers-full', `${atMost} offers stand side by side at most: withdraw one first`, { atMost });
  const state = best.find((one) => outcomes.includes(one))!;
  requireMove(submissionLifecycle, submission.state, state);
  return { ...submission, state, quote, offers: [...submission.offers, quote] };
}

/** What is left of a submission when offers end: the state of the best that stands, else `expired`. */
export function keepOffers(submission: Submission, standing: readonly { readonly id: string; readonly state: QuoteState }[]): Submission {
  const open = standing.filter(({ state }) => state === 'quoted' || state === 'referred' || state === 'declined');
  const state = best.find((one) => open.some((offer) => offer.state === one)) ?? 'expired';
  if (state !== submission.state) requireMove(submissionLifecycle, submission.state, state);
  return { ...submission, state, offers: open.map(({ id }) => id) };
}

/** Closes a submission for another one of the same firm. Throws a Refusal `move-not-allowed` when it is bound. */
export function closeSubmission(submission: Submission): Submission {
  requireMove(submissionLifecycle, submission.state, 'closed');
  return { ...submission, state: 'closed' };
}

/** Throws a Refusal `renewal-runs-already` (conflict), which names the submission that renews the policy: one that was not closed can be decided anew. */
export function requireNoRenewal(submissions: readonly { readonly id: string; readonly body: Submission }[], policy: string): void {
  const running = submissions.find(({ body }) => body.renews === policy && body.state !== 'closed');
  if (running !== undefined)
    throw new Refusal('conflict', 'renewal-runs-already', `submission \`${running.id}\` renews this policy already`, {
      ...{ submission: running.id, state: running.body.state },
    });
}

/** Binds a submission. Throws a Refusal `another-offer-bound` (conflict) when another of its offers was, or `move-not-allowed` unless one is a quote. */
export function bindSubmission(submission: Submission): Submission {
  if (submission.state === 'bound')
    throw new Refusal('conflict', 'another-offer-bound', 'another offer of this submission is bound already', { submission: submission.assessment });
  requireMove(submissionLifecycle, submission.state, 'bound');
  return { ...submission, state: 'bound' };
}

/**
 * Prolongs a quote by whole days. Throws a Refusal `quote-ended` unless it is quoted and has not run out, as what was offered since may rest on its end, or
 * `validity-too-long` beyond `longestDays` after it was issued.
 */
export function prolongQuote(
  issued: IssuedQuote,
  days: number,
  { longestDays, name, at, reason }: { longestDays: number; name: string; at: Instant; reason: string },
): IssuedQuote {
  const state = hasRunOut(issued, at) ? 'expired' : issued.state;
  if (state !== 'quoted') throw new Refusal('rule', 'quote-ended', `the quote is ${state} and cannot be prolonged`, { state });
  const until = instantMillis(issued.quote.validUntil) + days * dayMillis;
  const last = instantMillis(issued.issuedAt) + longestDays * dayMillis;
  if (until > last)
    throw new Refusal('rule', 'validity-too-long', `a quote is valid for ${longestDays} days at most`, { days: longestDays, last: instantFromMillis(last) });
  const remark = { kind: 'prolonged' as const, at, name, reason };
  return { ...issued, quote: { ...issued.quote, validUntil: instantFromMillis(until) }, remarks: [...issued.remarks, remark] };
}

const dayMillis = 86_400_000;

/** Withdraws an offer for a reason that the applicant reads. Throws a Refusal `move-not-allowed` once it has ended. */
export function withdrawQuote(issued: IssuedQuote, { name, at, reason }: { name: string; at: Instant; reason: string }): IssuedQuote {
  requireMove(quoteLifecycle, issued.state, 'withdrawn');
  return { ...issued, state: 'withdrawn', remarks: [...issued.remarks, { kind: 'withdrawn', at, name, reason }] };
}

/** Whether an offer can still be withdrawn: it has not ended. */
const stands = ({ state }: IssuedQuote): boolean => quoteLifecycle.moves[state].includes('withdrawn');

/** What its applicant's withdrawal of a submission makes of an offer: one that stands is withdrawn with the reason, one that ended stays as it is. */
export const endWithSubmission = (issued: IssuedQuote, why: { name: string; at: Instant; reason: string }): IssuedQuote =>
  stands(issued) ? withdrawQuote(issued, why) : issued;

/** Whether an offer has outlived its validity. */
export const hasRunOut = ({ state, quote }: IssuedQuote, now: Instant): boolean =>
  (state === 'quoted' || state === 'referred') && instantMillis(quote.validUntil) < instantMillis(now);

/** What a newer decision makes of an earlier quote: open ones are withdrawn, ended ones stay as they are. */
export const supersedeQuote = (issued: IssuedQuote): IssuedQuote => (stands(issued) ? { ...issued, state: 'withdrawn' } : issued);

/**
 * Binds a quote on record to its policy. Throws a Refusal `already-bound` (conflict) that names the policy, or `move-not-allowed` for a quote that
 * was referred, declined or withdrawn.
 */
export function bindIssuedQuote(issued: IssuedQuote, policy: string): IssuedQuote {
  requireUnbound(issued);
  requireMove(quoteLifecycle, issued.state, 'bound');
  return { ...issued, state: 'bound', policy };
}

/** Throws a Refusal `already-bound` (conflict) that names the policy. */
export function requireUnbound({ policy }: IssuedQuote): void {
  if (policy !== null) throw new Refusal('conflict', 'already-bound', 'this quote is bound already; nothing was bound twice', { policy });
}
