import { z } from 'zod';
import { Effort, Gate, Grade, RepairLabel } from '../assessment/index.ts';
import { Currency, Day, Instant, Text, type Lifecycle } from '../basics/index.ts';
import { RequestedCover } from '../catalogue/index.ts';
import { Worksheet } from '../rating/index.ts';

/** Who may decide a referred case, from nearest to furthest. */
export const Authority = z.enum(['underwriter', 'underwriting-manager', 'committee']);
export type Authority = z.infer<typeof Authority>;

/**
 * One underwriting rule of the insurer: when `when` (a CEL condition) is true, the case is referred to `authority` or declined, for `reason`.
 * Data in `content/guidelines`.
 */
export const Guideline = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Text,
  effect: z.enum(['refer', 'decline']),
  when: z.string().min(1).max(1000),
  reason: Text,
  /** Who decides a referral; null for a decline. */
  authority: Authority.nullable(),
  source: z.string().min(1),
  effectiveFrom: Day,
});
export type Guideline = z.infer<typeof Guideline>;

/** Why a quote is not simply a quote. `guideline` is null for the gate's own reasons. */
export const Reason = z.strictObject({ code: z.string(), text: Text, guideline: z.string().nullable(), authority: Authority.nullable() });
export type Reason = z.infer<typeof Reason>;

/** What one repair is worth, all else as it is: never a worse score, never a dearer premium. */
export const RepairEffect = z.strictObject({
  /** The finding's id, or `control:` and the control's id. */
  id: z.string(),
  finding: z.string().nullable(),
  control: z.string().nullable(),
  title: Text,
  advice: Text,
  /** Findings that the same repair closes: the finding itself, its duplicates on the same asset, what contradicts the control. */
  closes: z.array(z.string()),
  effort: Effort,
  scoreDelta: z.number(),
  /** Change of the yearly premium including VAT, in minor units; at most 0. */
  premiumDelta: z.int(),
  /** Whether it opens the gate, takes away at least one blocker, or leaves the gate as it is. */
  gate: z.enum(['unblocks', 'removes-blocker', 'none']),
  label: RepairLabel,
});
export type RepairEffect = z.infer<typeof RepairEffect>;

/** Where a firm stands, or would stand after some repairs. */
export const Standing = z.strictObject({
  score: z.number(),
  low: z.number(),
  high: z.number(),
  grade: Grade,
  gate: Gate,
  premium: z.strictObject({ currency: Currency, exVat: z.int(), vat: z.int(), total: z.int() }),
});
export type Standing = z.infer<typeof Standing>;

/** A requested term that was raised by itself: minor units for a retention, hours for a waiting period of one coverage. */
export const Adjustment = z.strictObject({
  rule: z.string(),
  term: z.enum(['retention', 'waiting']),
  coverage: z.string().nullable(),
  asked: z.number(),
  applied: z.number(),
  text: Text,
});
export type Adjustment = z.infer<typeof Adjustment>;

/** What the insurer says to a firm that asks for a cover. */
export const Quote = z
  .strictObject({
    outcome: z.enum(['quoted', 'referred', 'declined']),
    reasons: z.array(Reason),
    insured: z.strictObject({ name: z.string(), creditCode: z.string().nullable() }),
    gate: Gate,
    score: z.number(),
    low: z.number(),
    high: z.number(),
    confidence: z.number(),
    grade: Grade,
    cover: RequestedCover,
    /** Terms that differ from what was asked for, each with its reason. */
    adjustments: z.array(Adjustment),
    worksheet: Worksheet,
    /** Whether the premium can be bound: true only when quoted; otherwise it is an indication. */
    binding: z.boolean(),
    repairs: z.array(RepairEffect),
    at: Instant,
    validUntil: Instant,
    /** Version of everything used: engine, ratebook, parameters, catalogue, controls, questionnaire, profile, guidelines, outlook. */
    versions: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Quote' });
export type Quote = z.infer<typeof Quote>;

/** Where a quote stands once it is on record. */
export const QuoteState = z.enum(['referred', 'quoted', 'declined', 'bound', 'expired', 'withdrawn']);
export type QuoteState = z.infer<typeof QuoteState>;

/** A referral is decided by a person; a declined firm asks anew after its repairs, or a person waives its gate as dated warranties; a bound quote stays bound. */
export const quoteLifecycle: Lifecycle<QuoteState> = {
  of: 'quote',
  first: 'referred',
  moves: {
    referred: ['quoted', 'declined', 'expired', 'withdrawn'],
    quoted: ['bound', 'expired', 'withdrawn', 'referred'],
    declined: ['quoted'],
    bound: [],
    expired: [],
    withdrawn: [],
  },
};
