import { z } from 'zod';
import { Instant, Refusal, requireMove, type Lifecycle } from '../basics/index.ts';
import { RequestedCover } from '../catalogue/index.ts';
import { Quote, QuoteState, quoteLifecycle } from './model.ts';

export const SubmissionState = z.enum(['open', 'quoted', 'referred', 'declined', 'bound']);
export type SubmissionState = z.infer<typeof SubmissionState>;

/** A submission is decided as often as it is asked about, until a quote of it is bound. */
export const submissionLifecycle: Lifecycle<SubmissionState> = {
  of: 'submission',
  first: 'open',
  moves: {
    open: ['quoted', 'referred', 'declined'],
    quoted: ['quoted', 'referred', 'declined', 'bound'],
    referred: ['quoted', 'referred', 'declined'],
    declined: ['quoted', 'referred', 'declined'],
    bound: [],
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
  /** The agreed basis: the version of the assessment that was submitted, without contradictions, and the hash of all that it says. Null for submissions from before bases were kept. */
  basis: z.strictObject({ assessmentVersion: z.int(), hash: z.string(), at: Instant }).nullable(),
});
export type Submission = z.infer<typeof Submission>;

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
});
export type IssuedQuote = z.infer<typeof IssuedQuote>;

/** Puts a decision on a submission. Throws a Refusal `move-not-allowed` when it is bound already. */
export function decideSubmission(submission: Submission, quote: string, outcome: Quote['outcome']): Submission {
  requireMove(submissionLifecycle, submission.state, outcome);
  return { ...submission, state: outcome, quote };
}

/** Binds a submission. Throws a Refusal `move-not-allowed` unless its latest decision is a quote. */
export function bindSubmission(submission: Submission): Submission {
  requireMove(submissionLifecycle, submission.state, 'bound');
  return { ...submission, state: 'bound' };
}

/** What a newer decision makes of an earlier quote: open ones are withdrawn, ended ones stay as they are. */
export const supersedeQuote = (issued: IssuedQuote): IssuedQuote =>
  quoteLifecycle.moves[issued.state].includes('withdrawn') ? { ...issued, state: 'withdrawn' } : issued;

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
