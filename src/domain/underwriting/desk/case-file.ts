import { z } from 'zod';
import { Currency, Instant, Refusal, Text, hashData, instantFromMillis, instantMillis, wordsUpTo } from '../../basics/index.ts';
import { RequestedCover } from '../../catalogue/index.ts';
import { Grade } from '../../assessment/index.ts';
import { Authority, Reason } from '../model.ts';
import { AskedContingency } from './contingency.ts';
import { Clearance } from './clearance.ts';

/** Somebody and when. */
export const Signature = z.strictObject({ by: z.string(), name: z.string(), at: Instant });
export type Signature = z.infer<typeof Signature>;

/** An underwriter's departure from the tariff: percent of the price, with the reason and what it rests on. */
export const ScheduleOverride = z.strictObject({
  item: z.string().max(60),
  percent: z.number().min(-25).max(25),
  reason: z.string().trim().min(3).max(500),
});
export type ScheduleOverride = z.infer<typeof ScheduleOverride>;

/** A closed gate, or a rule of it, that is waived: only as a dated warranty with a sub-limit. */
export const BlockerWaiver = z.strictObject({
  /** The blocker by its key (`blockerKey`): code, finding, control. */
  blocker: z.string().max(500),
  warranty: z.string().max(60),
  subLimitMinor: z.int().min(1),
  days: z.int().min(1).max(366),
  reason: z.string().min(1).max(1000),
});
export type BlockerWaiver = z.infer<typeof BlockerWaiver>;

/** What a person decides on: the terms, what departs from the tariff, what is asked before and after binding, what is waived. */
export const DecisionTerms = z.strictObject({
  cover: RequestedCover,
  schedule: z.array(ScheduleOverride).max(20),
  contingencies: z.array(AskedContingency).max(20),
  waivers: z.array(BlockerWaiver).max(10),
});
export type DecisionTerms = z.infer<typeof DecisionTerms>;

/** Terms as they are handed in: their reasons must be readable. Kept ones are read as they are. */
export const GivenTerms = DecisionTerms.extend({
  schedule: z.array(ScheduleOverride.extend({ reason: wordsUpTo(500).min(3) })).max(20),
  waivers: z.array(BlockerWaiver.extend({ reason: wordsUpTo(1000) })).max(10),
});

/** The state of the case that somebody decided on, without what changes by itself with time. */
export const CaseSnapshot = z.strictObject({
  assessmentVersion: z.int(),
  score: z.number(),
  grade: Grade,
  blockers: z.array(z.string()),
  reasons: z.array(z.string()),
  totalMinor: z.int(),
  retentionMinor: z.int(),
  limitMinor: z.int(),
  ratebook: z.string(),
  guidelines: z.string(),
  hash: z.string(),
});
export type CaseSnapshot = z.infer<typeof CaseSnapshot>;

/** A decision that waits for somebody with more authority, frozen as it was proposed. */
export const Proposal = z.strictObject({
  quote: z.string(),
  terms: DecisionTerms,
  reason: z.string(),
  needs: Authority,
  because: z.array(Text),
  snapshot: CaseSnapshot,
  /** What is signed: `proposalHash` of it. */
  hash: z.string(),
  signatures: z.array(Signature.extend({ counts: z.boolean() })).min(1),
});
export type Proposal = z.infer<typeof Proposal>;

/** The SHA-256 of all that a signature on a proposal agrees to: the quote, every term, the reason, and the case as it was seen. */
export const proposalHash = ({ quote, terms, reason, snapshot }: Pick<Proposal, 'quote' | 'terms' | 'reason' | 'snapshot'>): string =>
  hashData({ quote, terms, reason, snapshot });

/** A decision that was taken, for good. */
export const CaseDecision = z.strictObject({
  quote: z.string(),
  outcome: z.enum(['approved', 'declined', 'returned', 'released', 'refused']),
  reason: z.string(),
  authority: Authority.nullable(),
  signatures: z.array(Signature).min(1),
  terms: DecisionTerms.nullable(),
  settled: z.array(Reason),
  snapshot: CaseSnapshot.nullable(),
});
export type CaseDecision = z.infer<typeof CaseDecision>;

/** What was asked of the applicant, and what it answered. */
export const InformationRequest = Signature.extend({
  id: z.string(),
  text: z.string().min(1).max(2000),
  answer: Signature.extend({ text: z.string() }).nullable(),
});
export type InformationRequest = z.infer<typeof InformationRequest>;

/** What the list of cases shows of one, as of its latest quote. */
export const CaseSummary = z.strictObject({
  industry: z.string(),
  currency: Currency,
  limitMinor: z.int(),
  score: z.number(),
  grade: Grade,
  gatePassed: z.boolean(),
  premiumMinor: z.int(),
  exceptions: z.int(),
  validUntil: Instant,
});

export const CaseQueue = z.enum(['blocked', 'new', 'straight-through', 'person', 'information', 'offered', 'closed']);
export type CaseQueue = z.infer<typeof CaseQueue>;

/** The insurer's own file on a submission; no applicant sees it. */
export const UnderwritingCase = z.strictObject({
  submission: z.string(),
  applicant: z.string(),
  firm: z.string(),
  assessment: z.string(),
  /** By which the same firm is found again. */
  codeKey: z.string(),
  nameKey: z.string(),
  queue: CaseQueue,
  since: Instant,
  clearance: Clearance,
  screening: z
    .strictObject({
      at: Instant,
      lists: z.string(),
      hits: z.array(z.strictObject({ key: z.string(), list: z.string(), entry: z.string(), by: z.string(), name: z.string(), why: Text })),
      cleared: z.array(Signature.extend({ key: z.string(), reason: z.string() })),
    })
    .nullable(),
  assignee: Signature.nullable(),
  summary: CaseSummary.nullable(),
  requests: z.array(InformationRequest).max(100),
  notes: z.array(Signature.extend({ id: z.string(), text: z.string(), to: z.array(z.string()) })).max(500),
  proposal: Proposal.nullable(),
  decisions: z.array(CaseDecision).max(200),
});
export type UnderwritingCase = z.infer<typeof UnderwritingCase>;

/** Who has a case open; it ends by itself when nothing is heard of them. */
export const CaseLock = z.strictObject({ case: z.string(), user: z.string(), name: z.string(), until: Instant });
export type CaseLock = z.infer<typeof CaseLock>;

/** Whether somebody else has the case open now. */
export const isOpenElsewhere = (lock: CaseLock, user: string, now: Instant): boolean => lock.user !== user && instantMillis(lock.until) > instantMillis(now);

/** Until when a hold lasts that is heard of now. */
export const holdUntil = (now: Instant, minutes: number): Instant => instantFromMillis(instantMillis(now) + minutes * 60_000);

/** Throws a Refusal `case-open-elsewhere` (conflict) that names who has it open. */
export function requireUnlocked(lock: CaseLock | null, user: string, now: Instant): void {
  if (lock === null || !isOpenElsewhere(lock, user, now)) return;
  throw new Refusal('conflict', 'case-open-elsewhere', `${lock.name} has this case open`, { name: lock.name, until: lock.until });
}
