import { Refusal, roundMinor } from '../basics/index.ts';

/** Who was at fault for an incident, as the assessor found: parts of 1. */
export interface FaultFinding {
  readonly insured: number;
  readonly provider: number;
  /** Attackers and others who cannot be held to it. */
  readonly others: number;
}

/** The co-responsibility clause between insurer and security provider (N11). Amounts in minor units. */
export interface CoResponsibility {
  readonly clause: string;
  /** Most that the provider answers for in one event. */
  readonly liabilityCapMinor: number;
  /** What the provider bears itself before the insurer stops recovering from it. */
  readonly providerRetentionMinor: number;
  /** Part of what lies beyond the retention that the insurer does not recover, between 0 and 1. */
  readonly waivedShare: number;
}

/** Who bears a loss in the end. INVARIANT (each yuan once): insured + insurer + provider = the loss. */
export interface SharedLoss {
  /** Paid by the insurer to the insured at once, whoever is at fault. */
  readonly paidMinor: number;
  /** What the provider pays to the insured for the part that is not insured, and to the insurer that paid the rest (subrogation). */
  readonly providerToInsuredMinor: number;
  readonly providerToInsurerMinor: number;
  readonly insuredBearsMinor: number;
  readonly insurerBearsMinor: number;
  readonly providerBearsMinor: number;
}

/**
 * Splits a loss after a fault finding. The insurer pays what the terms give (`payableMinor`), never less because a provider was at fault. The provider answers for its part of the
 * fault up to its cap; what its clause lets it keep off goes to the insurer's account. The insured is made whole before the insurer recovers (Insurance Law Art. 60, as quoted in
 * secondary texts). Throws a Refusal `fault-shares-do-not-add-up` or `paid-above-loss`.
 */
export function shareLoss(loss: { readonly lossMinor: number; readonly payableMinor: number }, fault: FaultFinding, clause: CoResponsibility): SharedLoss {
  const { lossMinor, payableMinor } = loss;
  requireSound(loss, fault);
  const answers = Math.min(clause.liabilityCapMinor, roundMinor(fault.provider * lossMinor, 'half-even'));
  const beyond = Math.max(0, answers - clause.providerRetentionMinor);
  const uninsured = lossMinor - payableMinor;
  const providerToInsuredMinor = Math.min(answers, uninsured);
  const waived = Math.min(roundMinor(clause.waivedShare * beyond, 'half-even'), answers - providerToInsuredMinor);
  const providerToInsurerMinor = Math.min(payableMinor, answers - providerToInsuredMinor - waived);
  return {
    paidMinor: payableMinor,
    providerToInsuredMinor,
    providerToInsurerMinor,
    insuredBearsMinor: uninsured - providerToInsuredMinor,
    insurerBearsMinor: payableMinor - providerToInsurerMinor,
    providerBearsMinor: providerToInsuredMinor + providerToInsurerMinor,
  };
}

function requireSound({ lossMinor, payableMinor }: { lossMinor: number; payableMinor: number }, { insured, provider, others }: FaultFinding): void {
  const sound = [insured, provider, others].every((share) => share >= 0) && Math.abs(insured + provider + others - 1) < 1e-9;
  if (!sound)
    throw new Refusal('bad-input', 'fault-shares-do-not-add-up', 'the parts of the fault must be at least 0 and add up to 1', { insured, provider, others });
  if (payableMinor < 0 || payableMinor > lossMinor) {
    throw new Refusal('bad-input', 'paid-above-loss', 'what is payable must lie between 0 and the loss', { lossMinor, payableMinor });
  }
}

/** A level of effort of a provider: what it costs a year, and how likely an incident for which it answers then is. */
export interface Effort {
  readonly costMinor: number;
  readonly probability: number;
}

/**
 * The effort that a provider chooses when it bears `bearsMinor` of an incident: the least cost + probability · bears, the smaller effort on ties. What it bears comes from
 * `shareLoss`, so that clauses can be compared by the effort that they bring about; bearing more never makes a provider less careful.
 */
export const bestEffort = (efforts: readonly Effort[], bearsMinor: number): Effort => {
  const costOf = ({ costMinor, probability }: Effort): number => costMinor + probability * bearsMinor;
  return efforts.toSorted((a, b) => costOf(a) - costOf(b) || a.costMinor - b.costMinor)[0]!;
};
