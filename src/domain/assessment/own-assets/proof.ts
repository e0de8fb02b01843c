import { instantFromMillis, instantMillis, stableId, type Instant } from '../../basics/index.ts';
import type { OwnAsset, OwnershipProof, ProofMethod } from './model.ts';

/** How long one proof counts. */
export const proofDays = 30;
/** From so many days before its end, its owner is asked to renew it. */
const expiringDays = 7;
const dayMillis = 86_400_000;

/** The word to be shown: another one for each organisation and asset. `id` is the asset's record, which cannot be guessed. */
export const proofToken = (organisation: string, id: string, name: string): string => `riskloop-verify=${stableId('proof', organisation, id, name).slice(6)}`;

/** Where the word is looked for: the name of a TXT record, or the address of a file that holds it and nothing else. */
export const proofPlace = (method: ProofMethod, name: string): string =>
  method === 'dns' ? `_insure-verify.${name}` : `http://${name.includes(':') ? `[${name}]` : name}/.well-known/riskloop-verify.txt`;

/** A proof shown now. */
export const proofAt = (method: ProofMethod, now: Instant): OwnershipProof => ({
  method,
  provenAt: now,
  until: instantFromMillis(instantMillis(now) + proofDays * dayMillis),
});

export type ProofState = 'unproven' | 'proven' | 'expiring' | 'expired';

/** How an asset's ownership stands now. */
export function proofState({ proof }: Pick<OwnAsset, 'proof'>, now: Instant): ProofState {
  if (proof === null) return 'unproven';
  const left = instantMillis(proof.until) - instantMillis(now);
  if (left <= 0) return 'expired';
  return left <= expiringDays * dayMillis ? 'expiring' : 'proven';
}
