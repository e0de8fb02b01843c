import { z } from 'zod';
import { Currency, Day, Instant, Text } from '../../basics/index.ts';
import { Severity } from '../finding.ts';
import { AnswerValue, Dimension, Grade } from '../model.ts';
import { TrackedState } from '../tracking/index.ts';

/** One of the two dates. `premium` is the yearly premium including VAT of the cover that was named, minor units, by today's tariff. */
const Side = z.strictObject({
  version: z.int(),
  at: Instant,
  score: z.number(),
  low: z.number(),
  high: z.number(),
  confidence: z.number(),
  grade: Grade,
  gatePassed: z.boolean(),
  premium: z.strictObject({ currency: Currency, minor: z.int() }).nullable(),
});

/**
 * Why a number moved, in points; the three add up to the change. `rules`: other rules, profile or threat feeds, with the same evidence at the same time;
 * `time`: the same evidence grew older; `firm`: what the firm did or handed in, and what was found there.
 */
const Causes = z.strictObject({ firm: z.number(), rules: z.number(), time: z.number() });

export const FindingChange = z.strictObject({
  kind: z.enum(['new', 'fixed', 'reopened', 'changed', 'gone']),
  id: z.string(),
  what: z.string(),
  title: z.string(),
  severity: Severity,
  asset: z.string(),
  from: TrackedState.nullable(),
  to: TrackedState.nullable(),
});
export type FindingChange = z.infer<typeof FindingChange>;

/** What changed between two dates of one assessment, and why. */
export const Comparison = z
  .strictObject({
    before: Side,
    after: Side,
    causes: Causes,
    dimensions: z.array(z.strictObject({ dimension: Dimension, before: z.number(), after: z.number(), ...Causes.shape })),
    findings: z.array(FindingChange),
    answers: z.array(z.strictObject({ question: z.string(), title: Text, before: AnswerValue, after: AnswerValue })),
    /** Evidence that counted on the first date and had run out on the second. */
    expired: z.array(z.strictObject({ title: Text, until: Day })),
    /** Blockers of the gate that are gone, and those that came. */
    gate: z.strictObject({ gone: z.array(Text), added: z.array(Text) }),
    /** Rules and feeds whose version differs, by `ruleTitles`; comparisons in reports of earlier versions also name hashes of evidence. */
    rules: z.array(z.strictObject({ title: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
    /** Reports that the first date rested on and that were withdrawn since, with their findings: what they said is lost, and the loss counts as the firm's change. */
    reportsWithdrawn: z.int(),
  })
  .meta({ id: 'Comparison' });
export type Comparison = z.infer<typeof Comparison>;
