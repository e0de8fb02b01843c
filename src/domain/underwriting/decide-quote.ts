import { assess, type Answers, type Assessment, type AssessmentInput, type AssessmentRules, type Blocker } from '../assessment/index.ts';
import { instantFromMillis, instantMillis, type Instant } from '../basics/index.ts';
import type { RequestedCover } from '../catalogue/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { priceCover, type Tariff } from '../rating/index.ts';
import { describeCase } from './circumstances.ts';
import { gateForCover } from './cover-gate.ts';
import { askGuidelines, type Guidelines } from './guidelines.ts';
import type { Quote, Reason, Repair } from './model.ts';
import { valueRepairs } from './repairs.ts';

/** Days for which a quote can be bound. */
export const quoteValidDays = 30;

/** What is decided on; `repairs` as `valueRepairs` gives them. */
export interface QuoteRequest {
  readonly firm: FirmProfile;
  readonly answers: Answers;
  readonly assessment: Assessment;
  readonly cover: RequestedCover;
  readonly repairs: readonly Repair[];
  readonly now: Instant;
}

/** The paper that a decision is made under. */
export interface UnderwritingRules extends Tariff {
  readonly guidelines: Guidelines;
}

/**
 * Decides: declined when the gate is closed or a guideline declines, referred when a guideline refers, else quoted. Every reason is named. The
 * price is worked out in each case and binds only when quoted. Throws the Refusals of `priceCover`.
 */
export function decideQuote(request: QuoteRequest, rules: UnderwritingRules): Quote {
  const { firm, answers, cover, now } = request;
  const gate = gateForCover(request.assessment, cover, rules.catalogue);
  const assessment = { ...request.assessment, gate };
  const worksheet = priceCover({ firm, cover, security: assessment.security }, rules);
  const { decline, refer } = askGuidelines(rules.guidelines, describeCase({ firm, answers, assessment, cover, worksheet }, rules.guidelines.vocabulary, rules.catalogue));
  const grounds = [...gate.blockers.map(gateReason), ...decline];
  const outcome = grounds.length > 0 ? 'declined' : refer.length > 0 ? 'referred' : 'quoted';
  const { score, low, high, confidence, grade } = assessment;
  return {
    outcome,
    reasons: [...grounds, ...refer],
    insured: { name: firm.name, creditCode: firm.creditCode },
    ...{ gate, score, low, high, confidence, grade, cover, worksheet },
    binding: outcome === 'quoted',
    repairs: [...request.repairs],
    at: now,
    validUntil: instantFromMillis(instantMillis(now) + quoteValidDays * 86_400_000),
    versions: pinnedVersions(assessment, rules),
  };
}

/** Assesses, values the repairs and decides, in one go. */
export function quoteFirm(input: AssessmentInput & { readonly cover: RequestedCover }, assessmentRules: AssessmentRules, rules: UnderwritingRules): { assessment: Assessment; quote: Quote } {
  const assessment = assess(input, assessmentRules);
  const repairs = valueRepairs(input, assessmentRules, rules);
  return { assessment, quote: decideQuote({ firm: input.firm, answers: input.answers, assessment, cover: input.cover, repairs, now: input.now }, rules) };
}

const gateReason = ({ code, text }: Blocker): Reason => ({ code, text, guideline: null, authority: null });

const pinnedVersions = ({ versions, profile }: Assessment, { ratebook, catalogue, guidelines }: UnderwritingRules): Record<string, string> => ({
  ...versions,
  profile,
  ratebook: ratebook.file.version,
  ratebookHash: ratebook.hash,
  catalogue: catalogue.version,
  guidelines: guidelines.version,
});
