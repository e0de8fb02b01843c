import { z } from 'zod';
import { CancellationProposal, CancellationTerms, PinnedWording, Policy } from '../domain/policy/index.ts';
import type { RecordKind } from '../io/interfaces.ts';

/**
 * A policy in force at an insurer, with whom it insures and where it came from. `schedule` is what its document says, kept from the day of binding:
 * a later catalogue must not change what was agreed.
 */
export const PolicyFile = z.strictObject({
  quote: z.string(),
  submission: z.string(),
  insured: z.string(),
  insurer: z.string(),
  policy: Policy,
  schedule: z.record(z.string(), z.unknown()),
  /** The wording as it was bound; null for policies of before wordings were pinned. */
  wording: PinnedWording.nullable(),
  /** How it can be ended before its time, as agreed; null for policies of before this was kept, to which the terms in force apply. */
  cancellationTerms: CancellationTerms.nullable(),
  /** A cancellation that waits for signatures of the insurer; the insured sees only its own. */
  proposedCancellation: CancellationProposal.nullable(),
});
export type PolicyFile = z.infer<typeof PolicyFile>;

/** Version 2 did not keep the wording; what it said then is not known now. */
const nameNoWording = (body: unknown): unknown => ({ ...(body as object), wording: null });

/** Version 3 did not say how a policy can be ended, nor how one that lapsed was. */
function nameNoCancellation(body: unknown): unknown {
  const file = body as PolicyFile;
  return { ...file, policy: { ...file.policy, cancellation: null }, cancellationTerms: null, proposedCancellation: null };
}

/** Version 4 kept no cancellation that was overtaken by another. */
function nameNoOvertaken(body: unknown): unknown {
  const file = body as PolicyFile;
  const { cancellation } = file.policy;
  const proposal = file.proposedCancellation;
  return {
    ...file,
    policy: { ...file.policy, cancellation: cancellation && { ...cancellation, overtakes: [] } },
    proposedCancellation: proposal && { ...proposal, plan: { ...proposal.plan, overtakes: [] } },
  };
}

export const policies: RecordKind<typeof PolicyFile> = {
  name: 'policy',
  table: 'policies',
  schema: PolicyFile,
  schemaVersion: 5,
  upgrades: { 1: namePapers, 2: nameNoWording, 3: nameNoCancellation, 4: nameNoOvertaken },
};

/** Version 1 did not say which text was accepted: its acceptances name none. */
function namePapers(body: unknown): unknown {
  const file = body as PolicyFile;
  return { ...file, policy: { ...file.policy, acceptances: file.policy.acceptances.map((one) => ({ ...one, hash: '' })) } };
}
