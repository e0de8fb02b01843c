import { z } from 'zod';
import { Day, Instant } from '../../basics/index.ts';
import { Severity } from '../finding.ts';

/** Where a weakness stands. 待整改、已声明修复、已验证修复、风险接受、误报、不在范围。 */
export const TrackedState = z.enum(['open', 'fix-claimed', 'fixed', 'risk-accepted', 'false-positive', 'out-of-scope']);
export type TrackedState = z.infer<typeof TrackedState>;

/** Why a finding is disputed: it is not the firm's, it cannot be exploited there, or it is fixed and no scan has looked since. */
export const DisputeGround = z.enum(['not-mine', 'not-exploitable', 'fixed']);
export type DisputeGround = z.infer<typeof DisputeGround>;

/** A person and the organisation that it acted for. */
export const Decider = z.strictObject({ user: z.string(), name: z.string(), organisation: z.string() });
export type Decider = z.infer<typeof Decider>;

/** What an approver saw when the risk was accepted; when it gets worse, the acceptance ends. */
export const SeenRisk = z.strictObject({ severity: Severity, knownExploited: z.boolean() });
export type SeenRisk = z.infer<typeof SeenRisk>;

/** The whole case as it lay before the approver, frozen: what later scans and feeds say does not change what was approved. */
export const ApprovalSnapshot = z.strictObject({
  what: z.string(),
  asset: z.string(),
  title: z.string(),
  severity: Severity,
  knownExploited: z.boolean(),
  listedOn: Day.nullable(),
  firstSeen: Instant,
  lastSeen: Instant,
  tools: z.array(z.string()),
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  requestedBy: Decider,
  requestedAt: Instant,
  reason: z.string(),
  until: Day,
});
export type ApprovalSnapshot = z.infer<typeof ApprovalSnapshot>;

/** A member of the firm that sees to a repair. */
export const Assignee = z.strictObject({ user: z.string().max(100), name: z.string().max(200) });
export type Assignee = z.infer<typeof Assignee>;

/** What a decision did: score out of 100, and the yearly premium in minor units where a cover had been asked for. */
export const DecisionEffect = z.strictObject({
  scoreBefore: z.number(),
  scoreAfter: z.number(),
  premiumBefore: z.int().nullable(),
  premiumAfter: z.int().nullable(),
});
export type DecisionEffect = z.infer<typeof DecisionEffect>;

const said = { at: Instant, by: Decider };
const Words = z.string().min(1).max(4000);

/** One thing that a person did about a weakness. Nothing is ever taken out of the list. */
export const CaseEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fix-claimed'), ...said, note: z.string().max(4000) }),
  z.strictObject({ kind: z.literal('acceptance-requested'), ...said, reason: Words, until: Day }),
  z.strictObject({
    kind: z.literal('acceptance-decided'),
    ...said,
    granted: z.boolean(),
    note: z.string().max(4000),
    seen: SeenRisk,
    snapshot: ApprovalSnapshot.optional(),
    /** Absent in decisions of earlier versions. */
    effect: DecisionEffect.optional(),
  }),
  z.strictObject({
    kind: z.literal('disputed'),
    ...said,
    ground: DisputeGround,
    proof: Words,
    /** SHA-256 of a file handed in as proof, null when there is none. */
    file: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    /** The organisation that decides. */
    decider: z.string(),
    decideBy: Instant,
  }),
  z.strictObject({ kind: z.literal('dispute-decided'), ...said, upheld: z.boolean(), note: Words, effect: DecisionEffect }),
  z.strictObject({ kind: z.literal('taken-back'), ...said, note: z.string().max(4000) }),
  z.strictObject({ kind: z.literal('assigned'), ...said, assignee: Assignee.nullable() }),
]);
export type CaseEvent = z.infer<typeof CaseEvent>;
export type CaseEventOf<Kind extends CaseEvent['kind']> = Extract<CaseEvent, { kind: Kind }>;

/** Everything that people did about one weakness of one assessment, in order. */
export const FindingCase = z.strictObject({ assessment: z.string(), weakness: z.string(), events: z.array(CaseEvent).min(1).max(500) });
export type FindingCase = z.infer<typeof FindingCase>;

/** The date is that of an upload, because the report gives none. */
const assumed = { firstSeenAssumed: z.literal(true).optional(), lastSeenAssumed: z.literal(true).optional() };

/** One tool's word on a weakness: from when to when it reported it, and whether its latest look at the asset still did. */
export const TrackedSource = z.strictObject({
  format: z.string(),
  tool: z.string(),
  /** Scanner findings that report it: duplicates of each other, kept and linked. */
  findings: z.array(z.string()),
  reports: z.array(z.string()),
  firstSeen: Instant,
  lastSeen: Instant,
  ...assumed,
  present: z.boolean(),
});
export type TrackedSource = z.infer<typeof TrackedSource>;

/** When the repair of a weakness is due. `from` says what set the clock running last. */
export const RepairClock = z.strictObject({
  from: z.enum(['first-seen', 'reopened', 'acceptance-ended', 'known-exploited']),
  startedAt: Instant,
  days: z.int(),
  dueAt: Instant,
  overdue: z.boolean(),
});
export type RepairClock = z.infer<typeof RepairClock>;

/** What waits for a second person. `decideBy` is null where no deadline is set. */
export const PendingDecision = z.strictObject({
  kind: z.enum(['acceptance', 'dispute']),
  by: Decider,
  at: Instant,
  decideBy: Instant.nullable(),
  overdue: z.boolean(),
});
export type PendingDecision = z.infer<typeof PendingDecision>;

/** One weakness on one asset over time, whatever tools reported it. */
export const TrackedFinding = z
  .strictObject({
    id: z.string(),
    /** The CVE, or the id of the scanner finding where no CVE is named. */
    what: z.string(),
    asset: z.string(),
    title: z.string(),
    severity: Severity,
    knownExploited: z.boolean(),
    /** The day it was listed as known to be exploited; null when it is not. */
    listedOn: Day.nullable(),
    sources: z.array(TrackedSource),
    firstSeen: Instant,
    lastSeen: Instant,
    ...assumed,
    reopened: z.int(),
    /** When a re-scan looked and did not find it; null while a tool still reports it. */
    resolvedAt: Instant.nullable(),
    /** Since when no tool reports it, though that does not prove that it is gone: with the firm's claim that it is fixed, it is. */
    silentAt: Instant.nullable(),
    state: TrackedState,
    since: Instant,
    /** What settled it: a re-scan, the firm's claim beside a re-scan that is silent about it, a dispute that was upheld, or the firm's declared assets; null while it counts. */
    settledBy: z.enum(['scan', 'claim', 'dispute', 'scope']).nullable(),
    /** Whether it counts for score, gate and price. */
    counts: z.boolean(),
    /** The last day of a risk acceptance in force. */
    acceptedUntil: Day.nullable(),
    /** Why an acceptance that was granted is no longer in force. */
    acceptanceEnded: z.enum(['expired', 'risk-grew']).nullable(),
    clock: RepairClock.nullable(),
    pending: PendingDecision.nullable(),
    /** Who sees to the repair; null while nobody does. */
    assignee: Assignee.nullable(),
    /** Whether what was last asked or decided can be taken back. */
    revocable: z.boolean(),
  })
  .meta({ id: 'TrackedFinding' });
export type TrackedFinding = z.infer<typeof TrackedFinding>;
