import { Refusal } from '../../basics/index.ts';
import { freshMemory } from '../../terms/index.ts';
import type { Policy } from '../model.ts';
import type { MasterPolicy } from './model.ts';

type Asked = Pick<MasterPolicy, 'policy' | 'kind' | 'name' | 'insurer' | 'holder' | 'memberLimitMinor'>;

/**
 * Opens a bound policy to members. Its limit becomes the shared aggregate, its retention each member's; the premium stays the policy's. Throws a
 * Refusal `master-policy-ended`, or `member-limit-exceeds-aggregate`.
 */
export function openMasterPolicy(policy: Policy, asked: Asked): MasterPolicy {
  requireStanding(policy);
  const { limitMinor: aggregateMinor, currency, retentionMinor } = policy.cover;
  if (asked.memberLimitMinor > aggregateMinor)
    throw new Refusal('rule', 'member-limit-exceeds-aggregate', 'the limit of one member cannot be above what all members share', { aggregateMinor });
  return { ...asked, policyNumber: policy.number, period: policy.period, currency, aggregateMinor, retentionMinor, members: 0, draws: [], memory: freshMemory };
}

/** Throws a Refusal `master-policy-ended` for a policy that has expired or was cancelled. */
export function requireStanding({ state, number }: Pick<Policy, 'state' | 'number'>): void {
  if (state === 'expired' || state === 'cancelled')
    throw new Refusal('rule', 'master-policy-ended', `policy ${number} is ${state}: nobody can be insured under it any more`, { number, state });
}
