import { Refusal } from '../../basics/index.ts';
import {
  decidesAlone,
  exceeded,
  neededAuthority,
  requireReachable,
  signatureCounts,
  type AuthorityLevel,
  type Decider,
  type NeededAuthority,
} from '../../underwriting/index.ts';
import type { Policy } from '../model.ts';
import type { CancellationPlan, CancellationProposal } from './model.ts';

/** The level of the desk whose authority holds the limit and the premium of a policy, and with it the ending of it. */
export const authorityToEnd = ({ cover, premium }: Policy, levels: readonly AuthorityLevel[]): NeededAuthority =>
  neededAuthority({ limitMinor: cover.limitMinor, premiumMinor: premium.total.minor, schedulePercent: 0, waivers: 0, reasons: [] }, levels);

interface Deciding {
  readonly policy: Policy;
  readonly decider: Decider;
  readonly levels: readonly AuthorityLevel[];
}

/**
 * Whether an insurer's cancellation is carried out (null) or waits for others as a proposal (four eyes). Throws a Refusal `authority-exceeded` that says
 * which level it takes unless it is to be left to them (`escalate`), or `beyond-all-authority`.
 */
export function proposeCancellation(
  plan: CancellationPlan,
  { policy, decider, levels, reason, escalate }: Deciding & { readonly reason: string; readonly escalate: boolean },
): CancellationProposal | null {
  const needed = authorityToEnd(policy, levels);
  const { level: needs } = requireReachable({ against: [], needed });
  if (decidesAlone(needed, decider.roles, levels)) return null;
  if (!escalate) throw exceeded(needed);
  const { by, name, at } = decider;
  return { plan, reason, needs, because: [...needed.because], signatures: [{ by, name, at, counts: signatureCounts(needed, decider.roles, levels) }] };
}

/**
 * The insured's cancellation on a loss that was paid: it waits until the insurer, with the authority that ending the policy takes, confirms the loss.
 * Throws a Refusal `beyond-all-authority`.
 */
export function proposeLoss(plan: CancellationPlan, { policy, decider, levels, reason }: Deciding & { readonly reason: string }): CancellationProposal {
  const needed = authorityToEnd(policy, levels);
  const { level: needs } = requireReachable({ against: [], needed });
  const { by, name, at } = decider;
  return { plan, reason, needs, because: [...needed.because], signatures: [{ by, name, at, counts: false }] };
}

/**
 * A proposal with one more signature, and whether that was the last it takes. Throws a Refusal `second-person-needed` for who signed before, or
 * `authority-exceeded`.
 */
export function signCancellationProposal(
  proposal: CancellationProposal,
  { policy, decider, levels }: Deciding,
): { readonly proposal: CancellationProposal; readonly complete: boolean } {
  const needed = authorityToEnd(policy, levels);
  const { people } = requireReachable({ against: [], needed });
  const { by, name, at, roles } = decider;
  if (proposal.signatures.some((one) => one.by === by)) throw new Refusal('rule', 'second-person-needed', 'who proposed or signed this cannot sign again', {});
  if (!signatureCounts(needed, roles, levels)) throw exceeded(needed);
  const signed = { ...proposal, signatures: [...proposal.signatures, { by, name, at, counts: true }] };
  return { proposal: signed, complete: signed.signatures.filter(({ counts }) => counts).length >= people };
}
