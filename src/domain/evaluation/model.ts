import { z } from 'zod';
import { Text } from '../basics/index.ts';

/** A confidence interval. `null` at an end means that the data set no bound on that side (a rate ratio with an empty cell, a median not yet reached). */
export const Interval = z.strictObject({ low: z.number().nullable(), high: z.number().nullable(), level: z.number().gt(0).lt(1), method: z.string().min(1) });
export type Interval = z.infer<typeof Interval>;

/** So many of so many. */
export const Count = z.strictObject({ count: z.int().min(0), of: z.int().min(0) });
export type Count = z.infer<typeof Count>;

/**
 * One estimated number. `value` is null when it cannot be computed (the caveats say why); `interval` is null when no interval is possible.
 * `counts` gives numerator and denominator where the number is a share.
 */
export const Estimate = z.strictObject({ name: z.string().min(1), value: z.number().nullable(), interval: Interval.nullable(), counts: Count.optional() });
export type Estimate = z.infer<typeof Estimate>;

/** One test of significance, two-sided. `statistic` is null where the method has none (an exact test on counts). */
export const SignificanceTest = z.strictObject({
  name: z.string().min(1),
  statistic: z.number().nullable(),
  p: z.number().min(0).max(1),
  method: z.string().min(1),
});
export type SignificanceTest = z.infer<typeof SignificanceTest>;

/** A row that was not used, where it stands, and why. */
export const DroppedRow = z.strictObject({ line: z.int().min(1), unit: z.string(), code: z.string().min(1), reason: Text });
export type DroppedRow = z.infer<typeof DroppedRow>;

/** Something the reader must know before believing a number. */
export const Caveat = z.strictObject({ code: z.string().min(1), text: Text });
export type Caveat = z.infer<typeof Caveat>;

/** One step of a survival curve: `time` in the unit of the data; `censored` counts those whose watching ended since the step before. */
export const SurvivalStep = z.strictObject({
  group: z.string(),
  time: z.number(),
  atRisk: z.int(),
  events: z.int(),
  censored: z.int(),
  survival: z.number().min(0).max(1),
  low: z.number().min(0).max(1).nullable(),
  high: z.number().min(0).max(1).nullable(),
});
export type SurvivalStep = z.infer<typeof SurvivalStep>;

export const Design = z.enum(['paired', 'groups', 'did', 'survival', 'staggered', 'interrupted']);
export type Design = z.infer<typeof Design>;

/** What a study found: numbers with intervals, tests, rows left out, the sentence that the design allows, and its limits. */
export const StudyReport = z.strictObject({
  design: Design,
  n: z.int().min(0),
  estimates: z.array(Estimate),
  tests: z.array(SignificanceTest),
  dropped: z.array(DroppedRow),
  words: Text,
  caveats: z.array(Caveat),
  table: z.array(SurvivalStep).optional(),
});
export type StudyReport = z.infer<typeof StudyReport>;

/** The confidence level of everything that is not told otherwise. */
export const usualLevel = 0.95;
