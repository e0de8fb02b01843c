import { z } from 'zod';
import { Day, Instant, Said, Text } from '../../basics/index.ts';
import { Authority, Signature } from '../../underwriting/index.ts';
import { CancellingSide, ReturnRule } from './terms.ts';

/**
 * Where the premium of a policy that ends early goes: days borne, surcharge of the short-rate table, fee before cover, the part of the limit that was
 * paid out, what a dishonest insured forfeits, and what goes back. Minor units.
 */
export const ReturnLine = z.strictObject({
  kind: z.enum(['borne', 'short-rate', 'fee', 'paid-part', 'forfeited', 'returned']),
  exVatMinor: z.int().min(0),
  vatMinor: z.int().min(0),
  totalMinor: z.int().min(0),
});
export type ReturnLine = z.infer<typeof ReturnLine>;

/** A cancellation that another one overtook before its day came; what it returned counts towards what the later one returns. */
export const OvertakenCancellation = z
  .strictObject({
    side: CancellingSide,
    ground: z.string(),
    title: Text,
    ends: Day,
    returnedMinor: z.int().min(0),
    at: Instant,
    by: z.string(),
    reason: Said,
  })
  .meta({ id: 'OvertakenCancellation' });
export type OvertakenCancellation = z.infer<typeof OvertakenCancellation>;

/** What a cancellation comes to, before anybody carries it out. INVARIANT (re-adds): the lines together are the premium, in each column. */
export const CancellationPlan = z
  .strictObject({
    side: CancellingSide,
    ground: z.string(),
    title: Text,
    basis: Text,
    returns: ReturnRule,
    /** First day without cover; the first day of the policy where no cover ever begins. */
    ends: Day,
    /** When the ground became known or the loss was paid, where the ground asks for it. */
    knownOn: Day.nullable(),
    /** What was paid of the limit and counts, for a ground that stands on a loss or for what members drew under a master policy; minor units. */
    paidMinor: z.int().min(1).nullable(),
    bearsEarlierLosses: z.boolean(),
    /** Days of cover borne, and of the whole period. */
    borneDays: z.int().min(0),
    periodDays: z.int().min(1),
    /** Percent of the premium that the short-rate table, or the fee before cover, keeps; null where neither is used. */
    keptPercent: z.number().nullable(),
    /** Whether `keptPercent` is a judgement and not a measured number. */
    isPrior: z.boolean(),
    lines: z.array(ReturnLine).min(1),
    returnedMinor: z.int().min(0),
    /** Cancellations still to come that this one takes the place of, the one that stands last. */
    overtakes: z.array(OvertakenCancellation),
  })
  .meta({ id: 'CancellationPlan' });
export type CancellationPlan = z.infer<typeof CancellationPlan>;

/** A cancellation as it was carried out. `by` is the name of whoever did it, or of all who signed. */
export const Cancellation = z.strictObject({ ...CancellationPlan.shape, at: Instant, by: z.string(), reason: Said }).meta({ id: 'Cancellation' });
export type Cancellation = z.infer<typeof Cancellation>;

/** A cancellation that waits for signatures of the insurer: its own above one’s authority, or the insured’s on a loss that the insurer has to confirm. */
export const CancellationProposal = z
  .strictObject({
    plan: CancellationPlan,
    reason: z.string(),
    needs: Authority,
    because: z.array(Text),
    signatures: z.array(Signature.extend({ counts: z.boolean() })).min(1),
  })
  .meta({ id: 'CancellationProposal' });
export type CancellationProposal = z.infer<typeof CancellationProposal>;
