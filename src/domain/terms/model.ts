import { z } from 'zod';

/** What a level may group items by. `item` is each item for itself. */
export const GroupKey = z.enum(['item', 'head', 'location', 'claimant', 'event', 'insured', 'period']);
export type GroupKey = z.infer<typeof GroupKey>;

/** A stretch of a time-based loss: so many hours, inside business hours or not, and what they cost. */
export const LossHours = z.strictObject({ hours: z.number().gt(0), business: z.boolean(), amount: z.number().min(0) });
export type LossHours = z.infer<typeof LossHours>;

/** What a loss is made of. Amounts in minor units where the arithmetic is exact, else in any one unit. */
export const Item = z.strictObject({
  id: z.string().min(1),
  /** The coverage it belongs to. */
  head: z.string().min(1),
  amount: z.number().min(0),
  event: z.string(),
  insured: z.string(),
  period: z.string(),
  location: z.string().nullable(),
  claimant: z.string().nullable(),
  sumInsured: z.number().min(0).nullable(),
  /** Value that the sum insured should have covered; with `sumInsured` it gives the average. */
  valueAtRisk: z.number().min(0).nullable(),
  /** Where the loss lies in time; its amounts sum to the item's. Null for losses that are not time-based. */
  hours: z.array(LossHours).nullable(),
  /** Whether cover answers to it, decided before the terms apply: wholly, in part, or not at all. */
  cover: z.strictObject({ share: z.number().min(0).max(1), clause: z.string() }),
});
export type Item = z.infer<typeof Item>;

const amount = z.number().min(0);
const ratio = z.number().min(0).max(1);
/** The clause of the wording that the step comes from. */
const clause = z.string().min(1);

/** Whether an item counts, decided before, recorded here. */
export const CoverStep = z.strictObject({ step: z.literal('cover'), clause });

/** The first hours of a time-based loss are not paid (`deduct`), or nothing is unless it lasts longer than them (`qualify`). */
export const WaitStep = z.strictObject({
  step: z.literal('wait'),
  clause,
  hours: z.number().min(0),
  manner: z.enum(['deduct', 'qualify']),
  clock: z.enum(['all-hours', 'business-hours']),
});

/** Coinsurance, participation, warranty reduction: the ratio that is paid. `average` pays sum insured / value at risk where the sum insured falls short. */
export const ShareStep = z.strictObject({ step: z.literal('share'), clause, ratio: z.union([ratio, z.literal('average')]) });

/**
 * Deductible or retention: what the insured bears of the group. Of the amounts given, the greatest counts or all together; then not less than `least`,
 * not more than `most`. With `carried` those two bounds hold for everything retained of the group so far, earlier levels included: `most` can then give back
 * what earlier levels retained, as far as their limits leave room.
 */
export const RetainStep = z.strictObject({
  step: z.literal('retain'),
  clause,
  amount: amount.nullable(),
  ratioOfLoss: ratio.nullable(),
  ratioOfSumInsured: ratio.nullable(),
  combine: z.enum(['greatest', 'sum']),
  least: amount.nullable(),
  most: amount.nullable(),
  carried: z.boolean(),
});

/** Nothing up to the threshold, everything beyond it. */
export const FranchiseStep = z.strictObject({ step: z.literal('franchise'), clause, threshold: amount });

/** Limit or sub-limit: the least of the amounts given. */
export const CapStep = z.strictObject({
  step: z.literal('cap'),
  clause,
  amount: amount.nullable(),
  ratioOfLoss: ratio.nullable(),
  ratioOfSumInsured: ratio.nullable(),
});

/** Excess layers side by side; what they pay adds up. `limit` null is unlimited. */
export const LayerStep = z.strictObject({
  step: z.literal('layer'),
  clause,
  layers: z.array(z.strictObject({ attachment: amount, limit: amount.nullable(), share: ratio })).min(1),
});

/** A limit, after a retention of the year, that one payment after another uses up. */
export const AggregateStep = z.strictObject({ step: z.literal('aggregate'), clause, limit: amount.nullable(), retention: amount });

/**
 * A limit that is regained after use, `rates.length` times. The first regained slice costs rates[0] times the layer's premium pro rata to the amount, and so on;
 * the last limit is not regained. Time does not count (100 % as to time).
 */
export const ReinstateStep = z.strictObject({ step: z.literal('reinstate'), clause, limit: amount, rates: z.array(z.number().min(0)) });

/** One step of a level. The list is closed: each has one file in `steps/` and runs the suite of laws. */
export const Step = z.discriminatedUnion('step', [CoverStep, WaitStep, ShareStep, RetainStep, FranchiseStep, CapStep, LayerStep, AggregateStep, ReinstateStep]);
export type Step = z.infer<typeof Step>;
export type StepOf<K extends Step['step']> = Extract<Step, { step: K }>;

/** Items are grouped by all keys of `by`, the steps act on each group's sum, and the result goes back to the items pro rata to what entered. */
export const Level = z.strictObject({
  id: z.string().min(1),
  by: z.array(GroupKey).min(1),
  /** Only items of these heads; the others pass unchanged. Null: all. */
  heads: z.array(z.string()).nullable(),
  steps: z.array(Step).min(1),
});
export type Level = z.infer<typeof Level>;

/** Levels in the order in which they apply. `order` names that order as the policy does. */
export const Contract = z.strictObject({
  order: z.string().min(1),
  levels: z.array(Level).min(1),
});
export type Contract = z.infer<typeof Contract>;

/** What earlier losses left behind: by level, step and group, how much of a retention and of a limit is used. */
export const TermsMemory = z.strictObject({ retained: z.record(z.string(), z.number()), used: z.record(z.string(), z.number()) });
export type TermsMemory = z.infer<typeof TermsMemory>;

/** Before the first loss. */
export const freshMemory: TermsMemory = { retained: {}, used: {} };

/** One line of the settlement table. */
export const TraceLine = z.strictObject({
  level: z.string(),
  /** The group's key, or the item's id at a level by item. */
  group: z.string(),
  step: z.string(),
  clause: z.string(),
  amountIn: z.number(),
  amountOut: z.number(),
  /** Share of the premium that reinstating costs; null for other steps. */
  reinstatementShare: z.number().nullable(),
});
export type TraceLine = z.infer<typeof TraceLine>;

/** What a contract pays of items. `payable` follows the items; the lines re-add from each level to the next. */
export interface Evaluation {
  readonly payable: readonly { readonly item: string; readonly amount: number }[];
  readonly total: number;
  readonly trace: readonly TraceLine[];
  readonly memory: TermsMemory;
}
