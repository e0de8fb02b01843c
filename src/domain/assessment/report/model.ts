import { z } from 'zod';
import { Currency, Day, Instant, Text } from '../../basics/index.ts';
import { Industry } from '../../parties/index.ts';
import { Severity } from '../finding.ts';
import { AnswerValue, Dimension, Effort, EvidenceKind, Grade, RepairLabel } from '../model.ts';
import { ProfileChoice } from '../profiles/index.ts';
import { DisputeGround, TrackedState } from '../tracking/index.ts';
import { Comparison } from '../compare/index.ts';
import { Platform } from './repair-guides.ts';

/** What a repair is worth, filled in by underwriting. Money is the change of the yearly premium including VAT, minor units, at most 0. */
export const RepairWorth = z.strictObject({
  finding: z.string().nullable(),
  title: Text,
  closes: z.array(z.string()),
  effort: Effort,
  scoreDelta: z.number(),
  premiumDelta: z.int(),
  label: RepairLabel,
});
export type RepairWorth = z.infer<typeof RepairWorth>;

/** What the repairs that the gate asks for do together, filled in by underwriting; each alone may do nothing, and what they do alone does not add up to this. */
export const MustFixTogether = z.strictObject({
  count: z.int(),
  scoreBefore: z.number(),
  scoreAfter: z.number(),
  gatePassed: z.boolean(),
  /** Change of the yearly premium including VAT, minor units. */
  premiumDelta: z.int(),
  /** None of them alone moves the premium, together they do. */
  silentAlone: z.boolean(),
});
export type MustFixTogether = z.infer<typeof MustFixTogether>;

/** The cover that repairs were valued for. */
export const ValuedCover = z.strictObject({ currency: Currency, limitMinor: z.int(), retentionMinor: z.int(), premiumMinor: z.int(), ratebook: z.string() });
export type ValuedCover = z.infer<typeof ValuedCover>;

const ReportedFinding = z.strictObject({
  id: z.string(),
  what: z.string(),
  title: z.string(),
  severity: Severity,
  asset: z.string(),
  state: TrackedState,
  counts: z.boolean(),
  knownExploited: z.boolean(),
  firstSeen: Instant,
  dueAt: Instant.nullable(),
  overdue: z.boolean(),
  tools: z.array(z.string()),
  /** The id of its guide in `guides`; null where no class fits. */
  guide: z.string().nullable(),
  /** Points and money that its repair alone is worth; null when it was not valued. */
  worth: z.strictObject({ scoreDelta: z.number(), premiumDelta: z.int().nullable() }).nullable(),
});

/** A piece of evidence: what it is about, since and until when it counts, who gave it, and the hash of the file where there is one. */
const EvidenceEntry = z.strictObject({
  kind: EvidenceKind,
  about: Text,
  value: AnswerValue.nullable(),
  on: Day,
  /** The report gives no date of its own: `on` is the day of its upload. Absent where the day is stated. */
  dateAssumed: z.literal(true).optional(),
  until: Day.nullable(),
  expired: z.boolean(),
  /** The firm or the tool. */
  author: z.string(),
  /** The person who gave it, by name; absent where none is known, and in reports of earlier versions, whose hash must stay what it was. */
  by: z.string().optional(),
  sha256: z.string().nullable(),
});

/** A risk that somebody accepted: who approved it, why it was asked for, and until when. It counts for the score as before. */
const AcceptedRisk = z.strictObject({
  finding: z.string(),
  asset: z.string(),
  severity: Severity,
  requestedBy: z.string(),
  reason: z.string(),
  approvedBy: z.string(),
  approvedAt: Instant,
  until: Day,
  /** Whether the finding counts for score and price all the same. */
  counts: z.boolean(),
  /** Why the acceptance is no longer in force; null while it is. */
  ended: z.enum(['expired', 'risk-grew']).nullable(),
});

/** An assessment as it was at one moment, in everything that a reader needs to check it. Frozen: a later assessment makes another report. */
export const AssessmentReport = z
  .strictObject({
    form: z.literal('riskloop-assessment-report-1'),
    number: z.string(),
    assessment: z.string(),
    assessmentVersion: z.int(),
    subject: z.strictObject({ name: z.string(), creditCode: z.string().nullable(), industry: Industry, employees: z.int() }),
    preparedAt: Instant,
    /** The instant that score and findings speak of. */
    dataAsOf: Instant,
    /** `banded`: so little is known that the band is the result, not the number. */
    score: z.strictObject({ value: z.number(), low: z.number(), high: z.number(), confidence: z.number(), grade: Grade, banded: z.boolean() }),
    dimensions: z.array(
      z.strictObject({ dimension: Dimension, score: z.number(), low: z.number(), high: z.number(), weight: z.number(), confidence: z.number() }),
    ),
    /** How the firm stands among its peers; null as long as nothing is known of them. */
    peers: z.strictObject({ percentile: z.number(), firms: z.int() }).nullable(),
    /** Under which profile it was scored; `chosen` null: the one that fits industry and size. Absent in reports of earlier versions, as above. */
    profile: z.strictObject({ title: Text, chosen: ProfileChoice.pick({ at: true, by: true, reason: true }).nullable() }).optional(),
    gate: z.strictObject({ passed: z.boolean(), passLine: z.number(), blockers: z.array(Text) }),
    counts: z.record(Severity, z.int()),
    findings: z.array(ReportedFinding),
    /** Findings that were left out because there are too many. */
    findingsOmitted: z.int(),
    guides: z.array(z.strictObject({ id: z.string(), title: Text, advice: z.array(z.strictObject({ platform: Platform, zh: z.string(), en: z.string() })) })),
    cover: ValuedCover.nullable(),
    repairs: z.array(RepairWorth),
    /** Null where the gate asks for none or no cover was chosen; absent in reports of earlier versions, as above. */
    mustFix: MustFixTogether.nullable().optional(),
    evidence: z.array(EvidenceEntry),
    contradictions: z.array(z.strictObject({ title: Text, attested: AnswerValue, on: Day.nullable(), observed: z.array(z.string()) })),
    disputes: z.array(
      z.strictObject({
        finding: z.string(),
        ground: DisputeGround,
        by: z.string(),
        at: Instant,
        state: z.enum(['open', 'upheld', 'rejected', 'taken-back']),
        decidedBy: z.string().nullable(),
        decidedAt: Instant.nullable(),
      }),
    ),
    /** Absent in reports of earlier versions, whose hash must stay what it was. */
    acceptances: z.array(AcceptedRisk).optional(),
    comparison: Comparison.nullable(),
    versions: z.array(z.strictObject({ title: z.string(), version: z.string() })),
    /** Titles of the numbers used that are judgement and not measurement. */
    priors: z.array(Text),
  })
  .meta({ id: 'AssessmentReport' });
export type AssessmentReport = z.infer<typeof AssessmentReport>;
