import { z } from 'zod';
import { AssessmentReport, Signer } from '../../domain/assessment/index.ts';
import { Currency, Day, Instant, Language, Text } from '../../domain/basics/index.ts';
import { Wording } from '../../domain/catalogue/index.ts';
import { Cancellation, MasterPolicy } from '../../domain/policy/index.ts';
import { AuthorityTotals, NamedGrant } from '../../domain/subsidy/index.ts';

/** A firm as a document names it. */
const Named = z.strictObject({ name: z.string().min(1).max(200), creditCode: z.string().max(40).nullable() });

/** One coverage as the document lists it; amounts in minor units of the document's currency. */
const DocumentCoverage = z.strictObject({
  title: Text,
  class: z.enum(['property', 'liability']),
  subLimitMinor: z.int().min(0),
  waitingHours: z.number().min(0).nullable(),
  trigger: Text,
});

/** Exclusions under the title of the coverage that they limit; `coverage: null` limits all coverages of the document. */
const ExclusionGroup = z.strictObject({ coverage: Text.nullable(), items: z.array(Text).min(1).max(100) });

/** How the premium came about, shortened from the worksheet. INVARIANT (re-adds): Σ deltaMinor = premium.total. */
const PremiumStory = z.strictObject({
  bars: z.array(z.strictObject({ label: Text, deltaMinor: z.int() })).max(40),
  expectedLossMinor: z.int().min(0),
  /** Premium before VAT as a share of the limit. */
  rateOnLine: z.number().min(0),
  minimumApplied: z.boolean(),
});

/** What a quotation and a policy schedule have in common. */
const CoverDocument = z.strictObject({
  number: z.string().min(1).max(60),
  version: z.int().min(1),
  insurer: Named,
  insured: Named,
  period: z.strictObject({ from: Instant, to: Instant }),
  currency: Currency,
  limitMinor: z.int().min(1),
  retentionMinor: z.int().min(0),
  lines: z.array(DocumentCoverage).min(1).max(30),
  premium: z.strictObject({ exVat: z.int(), vat: z.int(), total: z.int() }),
  story: PremiumStory,
  security: z.strictObject({ score: z.number().min(0).max(100), grade: z.string().max(4), assessedAt: Instant }),
  conditions: z.array(Text).max(60),
  /** In groups; a schedule that was kept as a plain list is printed as the list that was agreed. */
  exclusions: z.union([z.array(ExclusionGroup).max(60), z.array(Text).max(400)]),
  /** What the numbers rest on: ratebook, wording, assessment and so on, each with its version. */
  versions: z.array(z.strictObject({ title: Text, version: z.string().min(1).max(120) })).max(30),
  /** Titles of the parameters used that are judgement, not measurement. */
  priors: z.array(Text).max(400),
  issuedAt: Instant,
  /** The facts in the document are those known at this instant. */
  dataAsOf: Instant,
});

/** What the policy schedule (保单明细表) says. */
export const PolicyScheduleData = CoverDocument.extend({ quotation: z.string().max(60).nullable() }).meta({ id: 'PolicyScheduleData' });
export type PolicyScheduleData = z.infer<typeof PolicyScheduleData>;

/** What the quotation (报价单) says. A quotation that was referred or declined shows an indicative price, marked as not binding. */
export const QuotationData = CoverDocument.extend({
  outcome: z.enum(['quoted', 'referred', 'declined']),
  reasons: z.array(Text).max(60),
  /** Until when the quotation can be accepted. */
  validUntil: Instant,
  gate: z.strictObject({ passed: z.boolean(), blockers: z.array(Text).max(200) }),
  /** The repairs worth most, best first. */
  repairs: z.array(z.strictObject({ title: Text, scoreDelta: z.number(), premiumDeltaMinor: z.int(), mustFix: z.boolean() })).max(60),
}).meta({ id: 'QuotationData' });
export type QuotationData = z.infer<typeof QuotationData>;

const Line = z.strictObject({ label: Text, value: z.string().max(200), interval: Text, method: z.string().max(200) });
const Counted = z.strictObject({ reason: Text, firms: z.int() });
const End = z.number().nullable();
const IntervalPlot = z.strictObject({
  unit: z.string().max(40),
  ratio: z.boolean(),
  rows: z.array(z.strictObject({ title: Text, at: z.number(), low: End, high: End, value: z.string().max(40), interval: Text })).max(260),
});
const DrawnCurve = z.strictObject({
  group: Text,
  n: z.int().min(1),
  steps: z.array(z.strictObject({ time: z.number().min(0), survival: z.number(), low: End, high: End })).max(500),
});

/** What the report of a study of effect (效果评估报告) says. Numbers come written, because how much of a number may be said is the study's question. */
export const EvaluationReportData = z
  .strictObject({
    number: z.string().min(1).max(60),
    version: z.int().min(1),
    insurer: Named,
    question: z.string().min(1).max(200),
    answer: Text,
    design: Text,
    source: Text,
    firms: z.strictObject({ insured: z.int(), control: z.int(), unmatched: z.int() }),
    excluded: z.array(Counted).max(60),
    plots: z.array(IntervalPlot).max(10),
    curves: z.array(z.strictObject({ title: Text, groups: z.array(DrawnCurve).min(1).max(20) })).max(260),
    findings: z
      .array(
        z.strictObject({
          title: Text,
          words: Text,
          lines: z.array(Line).max(400),
          dropped: z.array(z.strictObject({ reason: Text, rows: z.int() })).max(40),
          caveats: z.array(Text).max(60),
        }),
      )
      .max(260),
    balance: z.array(z.strictObject({ name: Text, treated: z.string(), control: z.string(), difference: z.string() })).max(200),
    shares: z.array(z.strictObject({ title: Text, value: z.string(), interval: Text })).max(40),
    bands: z.array(z.strictObject({ band: z.string(), policies: z.int(), value: z.string(), interval: Text })).max(20),
    bandsNotComputable: Text.nullable(),
    /** Whether scores may be compared: what a new version of the rules did, and whether scores drift. */
    scoring: z.strictObject({
      sentences: z.array(Text).max(10),
      lines: z.array(Line).max(10),
      bands: z.array(z.strictObject({ band: z.string(), before: z.int(), after: z.int() })).max(20),
    }),
    silent: z.array(z.strictObject({ title: Text, because: Text })).max(200),
    limits: z.array(Text).max(40),
    versions: z.array(z.strictObject({ title: Text, version: z.string().min(1).max(120) })).max(30),
    issuedAt: Instant,
    dataAsOf: Instant,
  })
  .meta({ id: 'EvaluationReportData' });
export type EvaluationReportData = z.infer<typeof EvaluationReportData>;

/** What the wording (保险条款) says: its articles as they were made from the terms. */
export const WordingData = z
  .strictObject({ number: z.string().min(1).max(60), version: z.int().min(1), insurer: Named, wording: Wording, issuedAt: Instant, dataAsOf: Instant })
  .meta({ id: 'WordingData' });
export type WordingData = z.infer<typeof WordingData>;

/** What an assessment report (评估报告) says: the frozen report, who signed it, and where its code can be checked. */
export const AssessmentReportDocument = z.strictObject({
  number: z.string().min(1).max(60),
  version: z.int().min(1),
  insurer: Named,
  report: AssessmentReport,
  signer: Signer.nullable(),
  verifyAt: z.string().max(300),
  issuedAt: Instant,
  dataAsOf: Instant,
});
export type AssessmentReportDocument = z.infer<typeof AssessmentReportDocument>;

/** What the file of a subsidy scheme (补贴申报表) says: a row for each grant, and what they add up to. */
export const SubsidyFileData = z
  .strictObject({
    number: z.string().min(1).max(60),
    version: z.int().min(1),
    /** The authority, which gives the document. */
    insurer: Named,
    scheme: Text,
    budgetMinor: z.int().min(0),
    currency: Currency,
    totals: AuthorityTotals,
    grants: z.array(NamedGrant).max(20_000),
    issuedAt: Instant,
    dataAsOf: Instant,
  })
  .meta({ id: 'SubsidyFileData' });
export type SubsidyFileData = z.infer<typeof SubsidyFileData>;

const Period = z.strictObject({ from: Instant, to: Instant });

/** What the notice of a cancellation (合同解除通知书) says: who ends which policy on which ground, from when, and where the premium goes. */
export const CancellationNoticeData = z
  .strictObject({
    number: z.string().min(1).max(60),
    version: z.int().min(1),
    insurer: Named,
    insured: Named,
    period: Period,
    currency: Currency,
    premium: z.strictObject({ exVat: z.int(), vat: z.int(), total: z.int() }),
    cancellation: Cancellation,
    /** The subsidy of the premium and what of it went back to the authority, which the firm has less of the return; null where there was none. */
    subsidy: z.strictObject({ grantedMinor: z.int().min(0), backMinor: z.int().min(0) }).nullable(),
    issuedAt: Instant,
    dataAsOf: Instant,
  })
  .meta({ id: 'CancellationNoticeData' });
export type CancellationNoticeData = z.infer<typeof CancellationNoticeData>;

/** What the certificate of one member under a master policy (保险凭证) says. */
export const MemberCertificateData = z
  .strictObject({
    number: z.string().min(1).max(60),
    version: z.int().min(1),
    insurer: Named,
    member: Named,
    holder: z.string().min(1).max(200),
    master: z.strictObject({ number: z.string().min(1).max(60), name: z.string().max(200), kind: MasterPolicy.shape.kind }),
    period: Period,
    /** The last day with cover, where the certificate or its policy was ended before the period is over; null where it was not. */
    endedOn: Day.nullable(),
    /** Whether it was ended before its first day, and so certifies no cover. */
    neverBegan: z.boolean(),
    currency: Currency,
    limitMinor: z.int().min(1),
    retentionMinor: z.int().min(0),
    aggregateMinor: z.int().min(1),
    /** Coverages of the master policy, with sub-limits no higher than the limit of the certificate. */
    lines: z.array(DocumentCoverage).min(1).max(30),
    issuedAt: Instant,
    dataAsOf: Instant,
  })
  .meta({ id: 'MemberCertificateData' });
export type MemberCertificateData = z.infer<typeof MemberCertificateData>;

/** A document that can be made: its kind, its language and what it says. */
export const DocumentRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('policy-schedule'), language: Language, data: PolicyScheduleData }),
  z.strictObject({ kind: z.literal('quotation'), language: Language, data: QuotationData }),
  z.strictObject({ kind: z.literal('wording'), language: Language, data: WordingData }),
  z.strictObject({ kind: z.literal('subsidy-file'), language: Language, data: SubsidyFileData }),
  z.strictObject({ kind: z.literal('evaluation-report'), language: Language, data: EvaluationReportData }),
  z.strictObject({ kind: z.literal('assessment-report'), language: Language, data: AssessmentReportDocument }),
  z.strictObject({ kind: z.literal('cancellation-notice'), language: Language, data: CancellationNoticeData }),
  z.strictObject({ kind: z.literal('member-certificate'), language: Language, data: MemberCertificateData }),
]);
export type DocumentRequest = z.infer<typeof DocumentRequest>;
/** The documents about a cover. */
export type CoverRequest = Extract<DocumentRequest, { kind: 'policy-schedule' | 'quotation' }>;
