import { z } from 'zod';
import { Day, Instant, noteUpTo, Provenance, Text } from '../basics/index.ts';
import { Peril } from '../catalogue/index.ts';
import { Exposure, FirmFact, Industry } from '../parties/index.ts';
import { Extent, Incompleteness, Severity } from './finding.ts';

/** The report's six dimensions (R134–R139), in its order. */
export const Dimension = z.enum(['firm', 'vulnerabilities', 'maturity', 'capability', 'operations', 'industry']);
export type Dimension = z.infer<typeof Dimension>;

/** What is known of one question: yes, no, partly (with a coverage between 0 and 1), unknown, not applicable. Missing evidence is `unknown`, never `no`. */
export const AnswerValue = z.enum(['yes', 'no', 'partly', 'unknown', 'not-applicable']);
export type AnswerValue = z.infer<typeof AnswerValue>;

/** Where a piece of evidence comes from; trust falls from `verified` to `self-declared` (methods §2.0). */
export const EvidenceKind = z.enum(['observed', 'verified', 'telemetry', 'document', 'self-declared']);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** One answer to one question of the questionnaire. */
export const Answer = z.strictObject({
  value: AnswerValue,
  /** Share of what the question asks about that is covered; needed with `partly`, ignored otherwise. */
  coverage: z.number().min(0).max(1).nullable(),
  kind: EvidenceKind,
  on: Day,
  /** Last day on which the evidence counts; null uses the validity of the control, which only evidence of kind `verified` may outlast. */
  until: Day.nullable(),
  note: z.string().max(2000),
  /** What is left out, in words, of an answer “partly, except …”. */
  except: z.string().max(500).optional(),
  /** The document that shows it, by the hash of its content; needed for evidence of kind `document`. */
  proof: z
    .strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().max(255), bytes: z.int().min(0) })
    .nullable()
    .optional(),
  /** Who gave the answer as it stands, and when; written by the system, never taken from the sender. */
  by: z.strictObject({ user: z.string(), name: z.string(), at: Instant }).optional(),
});
export type Answer = z.infer<typeof Answer>;

/** The answers of one firm: question id → answer. A question of the questionnaire that has no answer counts as asked and left open, like `unknown`, so that leaving it out never pays. */
export const Answers = z.strictObject({ questionnaire: z.string(), answers: z.record(z.string(), Answer) }).meta({ id: 'Answers' });
export type Answers = z.infer<typeof Answers>;

/** Answers as they are handed in: what is said beside them must be readable. Kept ones are read as they are. */
export const GivenAnswers = Answers.extend({
  answers: z.record(z.string(), Answer.extend({ note: noteUpTo(2000), except: noteUpTo(500).optional() })),
}).meta({ id: 'GivenAnswers' });

/** Facts of the firm profile that answer a control by themselves; each is a small function in `facts.ts`. */
export const FactId = z.enum([
  'security-spend-share',
  'assets-declared',
  'credit-code',
  'size-known',
  'claims-free',
  'repair-pace',
  'industry-risk',
  'regulated-industry',
]);
export type FactId = z.infer<typeof FactId>;

/** How much work a repair is: S hours (a patch or a setting), M days, L a project of weeks. */
export const Effort = z.enum(['S', 'M', 'L']);
export type Effort = z.infer<typeof Effort>;

/** What a repair is to the firm: needed to be let in, worth money, or merely advised. */
export const RepairLabel = z.enum(['must-fix', 'affects-premium', 'advice']);
export type RepairLabel = z.infer<typeof RepairLabel>;

/** One security control: the yes/no question it answers, how much it matters and to which perils. Data in `content/controls`. */
export const Control = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  question: Text,
  title: Text,
  why: Text,
  advice: Text,
  dimension: Dimension,
  weight: z.number().gt(0),
  /** Share of the market that has it (c̄ of methods §2.2). */
  adoption: z.number().min(0).max(1),
  /** Key of the parameter that holds the odds ratio of a loss without it against with it; used in the price. Null when the control counts in the score only. */
  oddsRatio: z.string().nullable(),
  /** How much it matters to each peril: 0, 0.5 or 1; perils not named are 0. */
  relevance: z.partialRecord(Peril, z.number().min(0).max(1)),
  /** Covering a part of it earns nothing in the price, as published for second factors. */
  allOrNothing: z.boolean(),
  /** Days for which a piece of evidence counts, fading to nothing over the second half. */
  validDays: z.int().min(1),
  /** The firm fact that answers it without a question, null when only a question or a scan can. */
  fact: FactId.nullable(),
  /** Signals of findings (see `signals.ts`) any of which shows that the control is missing somewhere. */
  contradictedBy: z.array(z.string()),
  /** Report formats whose scan, when it shows none of those signals, confirms the control for the assets it covered. */
  confirmedBy: z.array(z.string()),
  effort: Effort,
  mappings: z.strictObject({ mlps: z.array(z.string()), iso27001: z.array(z.string()), csf: z.array(z.string()), cis: z.array(z.string()) }),
  source: z.string(),
  provenance: Provenance,
});
export type Control = z.infer<typeof Control>;

/**
 * When a question is put: a fact of the firm, an answer to another question, or all, any or none of further conditions. Data in `content/questionnaires`.
 * An answer that is not there is neither: what hangs on it stays open, so that leaving a question out never settles another.
 */
export type Condition =
  | { readonly fact: FirmFact }
  | { readonly answer: string; readonly is: readonly AnswerValue[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export const Condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ fact: FirmFact }),
      z.strictObject({ answer: z.string(), is: z.array(AnswerValue).min(1) }),
      z.strictObject({ all: z.array(Condition).min(1) }),
      z.strictObject({ any: z.array(Condition).min(1) }),
      z.strictObject({ not: Condition }),
    ]),
  )
  .meta({ id: 'Condition' });

/** One question: which control it answers, or what it discloses, and to whom it is put. */
export const Question = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  /** The control it answers; null for a disclosure, which the gate and the underwriting guidelines read by the question's id. */
  control: z.string().nullable(),
  /** The wording; null takes the control's own question. */
  asks: Text.nullable(),
  help: Text.nullable(),
  /** Put only where this fact of the profile is true, or this condition holds; null puts it to all. */
  onlyIf: z.union([FirmFact, Condition]).nullable(),
  /** Signals of findings that show what the question is about to be there, so that an answer which rules the question out is contradicted. */
  shownBy: z.array(z.string()).optional(),
  /** Whether “not applicable” is accepted; where it is not, it counts as unknown. */
  mayNotApply: z.boolean(),
});
export type Question = z.infer<typeof Question>;

/** Questions in the order in which they are put, in sections that a colleague can answer alone. Data in `content/questionnaires`. */
export const Questionnaire = z.strictObject({
  id: z.string(),
  title: Text,
  effectiveFrom: Day,
  sections: z.array(z.strictObject({ id: z.string(), title: Text, questions: z.array(Question).min(1) })).min(1),
});
export type Questionnaire = z.infer<typeof Questionnaire>;

/** What a scan looked at, so that silence of a scan can confirm and silence without a scan cannot. */
export const Scan = z.strictObject({
  format: z.string(),
  /** When it ran, or when it was uploaded where the report does not say. */
  at: Instant,
  /** The report gives no date of its own: `at` is its upload. */
  dateAssumed: z.literal(true).optional(),
  /** Assets it looked at, by name. */
  assets: z.array(z.string()),
  /** The scan did not run to its end: what it found counts, what it did not find proves nothing. */
  incomplete: Incompleteness.optional(),
  /** What it looked for; absent for a tool that always runs all its checks on whatever it names. */
  extent: Extent.optional(),
});
export type Scan = z.infer<typeof Scan>;

/** Weights and pass line by industry, size and maturity (R144). Data in `content/profiles`. */
export const AssessmentProfile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Text,
  /** Industries it is for; empty means all. */
  industries: z.array(Industry),
  employees: z.strictObject({ from: z.int(), to: z.int().nullable() }),
  /** The security maturity it is for; absent for all. Such a profile is taken only when a person chooses it. */
  maturity: z.enum(['starting', 'established']).optional(),
  weights: z.record(Dimension, z.number().min(0)),
  passLine: z.number().min(0).max(100),
  /** Which of several fitting profiles is taken: the highest; ties are refused at load. */
  precedence: z.int().min(0),
  /** V_max used for the vulnerability dimension. */
  findingsCeiling: z.number().gt(1),
  effectiveFrom: Day,
});
export type AssessmentProfile = z.infer<typeof AssessmentProfile>;

/** How one indicator was scored, down to what it rests on. */
export const IndicatorResult = z.strictObject({
  control: z.string(),
  dimension: Dimension,
  value: AnswerValue,
  /** v_i, in [0, 1]; null when unknown or not applicable. */
  coverage: z.number().nullable(),
  /** c_i = trust × freshness, in [0, 1]. */
  confidence: z.number(),
  /** e_i, what counts. */
  effective: z.number(),
  /** The same with every unknown part at 0 and at 1. */
  low: z.number(),
  high: z.number(),
  /** Its weight within the dimension; 0 in the vulnerability dimension, which is scored from `VulnerabilityFigures`. */
  weight: z.number(),
  /** `dateAssumed`: the day is that of an upload, because the report gives none. */
  evidence: z.array(z.strictObject({ kind: EvidenceKind, reference: z.string(), on: Day.nullable(), dateAssumed: z.literal(true).optional() })),
  /** What was declared and what was observed differ; until it is resolved nothing is counted in favour. */
  contradicted: z.boolean(),
  /** Findings that show the control missing. */
  contradictedBy: z.array(z.string()),
  /** The question whose answer says that the control does not apply, against what was observed; absent otherwise. */
  deniedBy: z.string().optional(),
  /** The fact of the profile that says so, where no answer does. */
  deniedByFact: FirmFact.optional(),
});
export type IndicatorResult = z.infer<typeof IndicatorResult>;

export const DimensionResult = z.strictObject({
  dimension: Dimension,
  score: z.number(),
  low: z.number(),
  high: z.number(),
  weight: z.number(),
  confidence: z.number(),
});
export type DimensionResult = z.infer<typeof DimensionResult>;

/**
 * What the vulnerability dimension is scored from, and nothing else: score = 100 (1 − share) history (seen + (1 − seen) unseen), methods §2.0. Its indicators say
 * what was found and have no weight.
 */
export const VulnerabilityFigures = z.strictObject({
  /** q in [0, 1]: the open findings together, at the ceiling of the profile. */
  share: z.number(),
  /** h in [0, 1]: what past claims and slow repair leave. */
  history: z.number(),
  /** The share of the declared assets that scans have seen, by how fresh they are. */
  seen: z.number(),
  /** What the part that no scan has seen counts at. */
  unseen: z.number(),
});
export type VulnerabilityFigures = z.infer<typeof VulnerabilityFigures>;

export const Grade = z.enum(['A', 'B', 'C', 'D', 'E']);
export type Grade = z.infer<typeof Grade>;

/** One thing that keeps the firm out, or that must be decided by a person. `finding` and `control` say what to repair. */
export const Blocker = z.strictObject({
  code: z.string(),
  text: Text,
  finding: z.string().nullable(),
  control: z.string().nullable(),
  severity: Severity.nullable(),
});
export type Blocker = z.infer<typeof Blocker>;

/** The access gate (R82): pass line reached, every severe and high vulnerability fixed, nothing known-exploited open. */
export const Gate = z.strictObject({ passed: z.boolean(), passLine: z.number(), blockers: z.array(Blocker) });
export type Gate = z.infer<typeof Gate>;

/** A finding as it counts: exploitation facts, exposure, whether it is in scope, and its part q_i in the noisy-or (methods §2.3). */
export const WeighedFinding = z.strictObject({
  finding: z.string(),
  inScope: z.boolean(),
  counts: z.boolean(),
  exposure: Exposure,
  knownExploited: z.boolean(),
  knownRansomware: z.boolean(),
  epss: z.number().nullable(),
  /** The recognised condition with the greatest relative risk (exposed remote desktop, end-of-life software, …), null when none. */
  condition: z.string().nullable(),
  /** Everything recognised in it, sorted; the controls that these contradict name them. */
  signals: z.array(z.string()),
  /** q_i of the noisy-or at the profile's ceiling, as if it were the only one. */
  contribution: z.number(),
  /** `affects-premium` is said only where the repair was priced for a cover. */
  label: RepairLabel,
  /** On an asset that is not declared, and would alone shut the gate if it were; absent otherwise. */
  blocksIfDeclared: z.literal(true).optional(),
});
export type WeighedFinding = z.infer<typeof WeighedFinding>;

/** A firm's assessment at one instant. Pure function of its inputs; `versions` pins every one of them. */
export const Assessment = z
  .strictObject({
    at: Instant,
    score: z.number(),
    low: z.number(),
    high: z.number(),
    /** Σ w c / Σ w; below 0.4 the band is shown instead of the number. */
    confidence: z.number(),
    grade: Grade,
    dimensions: z.array(DimensionResult),
    /** Absent in assessments from before it was kept. */
    vulnerability: VulnerabilityFigures.optional(),
    indicators: z.array(IndicatorResult),
    gate: Gate,
    findings: z.array(WeighedFinding),
    counts: z.record(Severity, z.int()),
    /** M_c per peril before the combined clamp, V_p per peril: the very inputs of the price. */
    security: z.strictObject({ controls: z.record(Peril, z.number()), findings: z.record(Peril, z.number()) }),
    profile: z.string(),
    versions: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Assessment' });
export type Assessment = z.infer<typeof Assessment>;
