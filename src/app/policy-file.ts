import { z } from 'zod';
import { Policy } from '../domain/policy/index.ts';
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
});
export type PolicyFile = z.infer<typeof PolicyFile>;

export const policies: RecordKind<typeof PolicyFile> = { name: 'policy', table: 'policies', schema: PolicyFile, schemaVersion: 2, upgrades: { 1: namePapers } };

/** Version 1 did not say which text was accepted: its acceptances name none. */
function namePapers(body: unknown): unknown {
  const file = body as PolicyFile;
  return { ...file, policy: { ...file.policy, acceptances: file.policy.acceptances.map((one) => ({ ...one, hash: '' })) } };
}
