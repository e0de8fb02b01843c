import { Refusal, allocateMinor, roundMinor, type Day } from '../basics/index.ts';
import type { SubsidyGrant, SubsidyScheme } from './model.ts';

const dayMillis = 86_400_000;

/**
 * What goes back when a subsidised cover ends on `ends` (the first day without cover): nothing once it has lasted the scheme's days; before, all of it or the part of the
 * days not served, rounded up in the authority's favour. Answers the grant with the returned amount. Throws a Refusal `ends-before-it-begins`.
 */
export function clawBack(grant: SubsidyGrant, scheme: Pick<SubsidyScheme, 'keepDays' | 'clawBack'>, ends: Day): SubsidyGrant {
  const served = Math.round((Date.parse(ends) - Date.parse(grant.begins)) / dayMillis);
  if (served < 0) throw new Refusal('bad-input', 'ends-before-it-begins', 'a cover cannot end before it begins', { begins: grant.begins, ends });
  if (served >= scheme.keepDays) return grant;
  const missing = scheme.clawBack === 'all' ? 1 : 1 - served / scheme.keepDays;
  return { ...grant, returnedMinor: Math.max(grant.returnedMinor, roundMinor(grant.subsidyMinor * missing, 'ceil')) };
}

/** What becomes of the premium of a policy that ends early. `undone`: the ground brings all of it back, or none because of dishonesty. */
export interface PremiumReturn {
  readonly returnedMinor: number;
  readonly undone: boolean;
}

/**
 * What goes back to the authority when premium is returned, whatever the scheme says of days: the subsidised share of it, and the whole subsidy when the
 * insurance is undone. INVARIANT (no gain): what is left of the return for the firm is at most what the firm paid itself. Answers the grant with the
 * returned amount, which never falls.
 */
export function returnShare(grant: SubsidyGrant, { returnedMinor, undone }: PremiumReturn): SubsidyGrant {
  const { subsidyMinor, premiumMinor } = grant;
  const share = allocateMinor(returnedMinor, [subsidyMinor, premiumMinor - subsidyMinor])[0]!;
  return { ...grant, returnedMinor: Math.max(grant.returnedMinor, undone ? subsidyMinor : Math.min(share, subsidyMinor)) };
}
