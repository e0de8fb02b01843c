import { dayOf, type Instant } from '../../basics/index.ts';
import type { Policy } from '../model.ts';
import { earliestEnd, planCancellation, type CancellationAsked } from './cancel.ts';
import type { CancellationPlan, CancellationProposal } from './model.ts';
import type { CancellationTerms } from './terms.ts';

/** Whether a cancellation on this ground rests on a loss that was paid, so that the insured's waits until the insurer confirms it. */
export const restsOnLoss = ({ grounds }: CancellationTerms, { ground }: Pick<CancellationPlan, 'ground'>): boolean =>
  grounds.some(({ id, afterLoss }) => id === ground && afterLoss);

/** What is asked for when a proposal is signed: as it was proposed; one of the insured that waited past its day ends as early as it can. */
export function askedBySigning({ plan, signatures }: CancellationProposal, policy: Policy, now: Instant): CancellationAsked {
  const { ground, ends, knownOn, paidMinor, side } = plan;
  const isLate = side === 'insured' && ends < earliestEnd(policy, { noticeDays: 0 }, now);
  return { ground, ends: isLate ? null : ends, knownOn, paidMinor, proposedAt: signatures[0]!.at };
}

/**
 * A proposal as it would be carried out at `now`: the insured's on a loss follows the days that pass until it is confirmed, as long as the policy has days left.
 * `drawnMinor` is what members have drawn of the limit, minor units. Throws the Refusals of `planCancellation`.
 */
export function proposalAt(
  proposal: CancellationProposal,
  policy: Policy,
  { terms, drawnMinor, now }: { readonly terms: CancellationTerms; readonly drawnMinor: number; readonly now: Instant },
): CancellationProposal {
  const isOver = earliestEnd(policy, { noticeDays: 0 }, now) >= dayOf(policy.period.to);
  if (proposal.plan.side === 'insurer' || isOver) return proposal;
  return { ...proposal, plan: planCancellation(policy, { ...askedBySigning(proposal, policy, now), drawnMinor }, 'insured', terms, now) };
}

/** What becomes of the premium, minor units including VAT; `undone`: its ground brings all of it back, or none because of dishonesty. */
export const premiumReturn = ({ returnedMinor, returns }: CancellationPlan): { readonly returnedMinor: number; readonly undone: boolean } => ({
  returnedMinor,
  undone: returns === 'whole' || returns === 'nothing',
});
