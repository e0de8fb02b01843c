import { z } from 'zod';
import { Day, Instant, Text } from '../basics/index.ts';
import { Peril } from '../catalogue/index.ts';
import { Severity } from './finding.ts';

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
  /** Last day on which the evidence counts; null uses the question's own validity. */
  until: Day.nullable(),
  note: z.string().max(2000),
});
export type Answer = z.infer<typeof Answer>;

/** The answers of one firm: question id → answer. A question that is absent was never asked; `unknown` was asked and left open. */
export const Answers = z.strictObject({ questionnaire: z.string(), answers: z.record(z.string(), Answer) }).meta({ id: 'Answers' });
export type Answers = z.infer<typeof Answers>;

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
  /** Parameter key of the odds ratio used in the price; null when the control counts in the score only. */
  oddsRatio: z.number().min(1).nullable(),
  relevance: z.partialRecord(Peril, z.number().min(0).max(1)),
  validDays: z.int().min(1),
  effort: z.enum(['S', 'M', 'L']),
  mappings: z.strictObject({ mlps: z.array(z.string()), iso27001: z.array(z.string()), csf: z.array(z.string()), cis: z.array(z.string()) }),
  source: z.string(),
  provenance: z.enum(['V', 'M', 'D', 'J']),
});
export type Control = z.infer<typeof Control>;

/** Weights and pass line by industry, size and maturity (R144). Data in `content/profiles`. */
export const AssessmentProfile = z.strictObject({
  id: z.string(),
  title: Text,
  industries: z.array(z.string()),
  employees: z.strictObject({ from: z.int(), to: z.int().nullable() }),
  weights: z.record(Dimension, z.number().min(0)),
  passLine: z.number().min(0).max(100),
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
  weight: z.number(),
  evidence: z.array(z.strictObject({ kind: EvidenceKind, reference: z.string(), on: Day.nullable() })),
  contradicted: z.boolean(),
});
export type IndicatorResult = z.infer<typeof IndicatorResult>;

export const DimensionResult = z.strictObject({ dimension: Dimension, score: z.number(), low: z.number(), high: z.number(), weight: z.number(), confidence: z.number() });
export type DimensionResult = z.infer<typeof DimensionResult>;

export const Grade = z.enum(['A', 'B', 'C', 'D', 'E']);
export type Grade = z.infer<typeof Grade>;

/** One thing that keeps the firm out, or that must be decided by a person. `finding` and `control` say what to repair. */
export const Blocker = z.strictObject({ code: z.string(), text: Text, finding: z.string().nullable(), control: z.string().nullable(), severity: Severity.nullable() });
export type Blocker = z.infer<typeof Blocker>;

/** The access gate (R82): pass line reached, every severe and high vulnerability fixed, nothing known-exploited open. */
export const Gate = z.strictObject({ passed: z.boolean(), passLine: z.number(), blockers: z.array(Blocker) });
export type Gate = z.infer<typeof Gate>;

/** A finding as it counts: exploitation facts, exposure, whether it is in scope, and its part q_i in the noisy-or (methods §2.3). */
export const WeighedFinding = z.strictObject({
  finding: z.string(),
  inScope: z.boolean(),
  counts: z.boolean(),
  exposure: z.enum(['internet', 'partner', 'internal', 'isolated']),
  knownExploited: z.boolean(),
  knownRansomware: z.boolean(),
  epss: z.number().nullable(),
  /** A condition with a published relative risk (exposed remote desktop, end-of-life software, …), null when none. */
  condition: z.string().nullable(),
  contribution: z.number(),
  label: z.enum(['must-fix', 'affects-premium', 'advice']),
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
