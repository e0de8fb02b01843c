import { z } from 'zod';
import { Instant, Text, wordsUpTo } from '../../basics/index.ts';
import { OrganisationKind } from '../../parties/index.ts';
import { AnswerValue, AssessmentProfile, Dimension, Grade } from '../model.ts';

/** That a person chose the profile that an assessment is scored under, instead of the one that fits industry and size. */
export const ProfileChoice = z.strictObject({
  /** Null: back to the one that fits. */
  profile: z.string().nullable(),
  /** The profile in use until then. */
  instead: z.string(),
  reason: wordsUpTo(2000),
  at: Instant,
  by: z.strictObject({ user: z.string(), name: z.string(), organisation: z.string(), kind: OrganisationKind }),
  /** The assessment of the same firm on which it was made, where this one only took it over; absent where it was made on this one. */
  carriedFrom: z.string().optional(),
});
export type ProfileChoice = z.infer<typeof ProfileChoice>;

/** A profile beside a firm: what of it fits, and so why it was taken or not. */
export const ProfileStanding = z.strictObject({
  ...AssessmentProfile.shape,
  inForce: z.boolean(),
  fitsIndustry: z.boolean(),
  fitsSize: z.boolean(),
  /** Taken only when a person chooses it. */
  byHand: z.boolean(),
});
export type ProfileStanding = z.infer<typeof ProfileStanding>;

const Side = z.strictObject({
  profile: z.string(),
  title: Text,
  score: z.number(),
  low: z.number(),
  high: z.number(),
  confidence: z.number(),
  grade: Grade,
  passLine: z.number(),
  findingsCeiling: z.number(),
  gatePassed: z.boolean(),
});

/**
 * A part of the difference of the scores, in whole hundredths of a point. `indicator`: the dimension's weight moved, and this indicator stands above or below
 * the score; `findings`: the same for findings and history; `ceiling`: the same findings count for more or less of the vulnerability dimension.
 */
export const ScorePart = z.strictObject({
  kind: z.enum(['indicator', 'findings', 'ceiling']),
  dimension: Dimension,
  control: z.string().nullable(),
  title: Text.nullable(),
  value: AnswerValue.nullable(),
  /** What counts of it, out of 100. */
  standing: z.number(),
  hundredths: z.int(),
});
export type ScorePart = z.infer<typeof ScorePart>;

/** One assessment under two profiles, everything else alike. */
export const ProfileComparison = z
  .strictObject({
    before: Side,
    after: Side,
    /** The scores' difference when both are rounded to hundredths; the parts, and the dimensions' points, each add up to it. */
    hundredths: z.int(),
    /** Weights as shares of those dimensions that apply. */
    dimensions: z.array(
      z.strictObject({
        dimension: Dimension,
        weightBefore: z.number(),
        weightAfter: z.number(),
        scoreBefore: z.number(),
        scoreAfter: z.number(),
        hundredths: z.int(),
      }),
    ),
    /** The greatest first; those that move nothing are left out. */
    parts: z.array(ScorePart),
    /** Blockers of the gate that go, and those that come. */
    gate: z.strictObject({ gone: z.array(Text), added: z.array(Text) }),
  })
  .meta({ id: 'ProfileComparison' });
export type ProfileComparison = z.infer<typeof ProfileComparison>;
