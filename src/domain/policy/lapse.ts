import { allocateMinor, instantMillis, requireMove, stableId, type Instant } from '../basics/index.ts';
import { returnPremium, type Journal } from '../ledger/index.ts';
import { policyLifecycle, type Policy } from './model.ts';

const dayMillis = 86_400_000;
/** Days begun count as borne: the insurer was on risk when they began. */
const daysUntil = (from: Instant, to: Instant): number => Math.max(0, Math.ceil((instantMillis(to) - instantMillis(from)) / dayMillis));

/**
 * Ends a conditional cover at `at`: the premium of the days not borne is returned day by day (Insurance Law Art. 58), what was borne stays earned.
 * `journal` is null when nothing is left to return. Throws a Refusal `move-not-allowed` for a policy that has ended already.
 */
export function lapsePolicy(policy: Policy, at: Instant): { policy: Policy; journal: Journal | null; returnedMinor: number } {
  requireMove(policyLifecycle, policy.state, 'cancelled');
  const { from, to } = policy.period;
  const whole = daysUntil(from, to);
  const borne = Math.min(whole, daysUntil(from, at));
  const share = (minor: number): number => allocateMinor(minor, [borne, whole - borne])[1]!;
  const exVatMinor = share(policy.premium.exVat.minor);
  const vatMinor = share(policy.premium.vat.minor);
  const ended: Policy = { ...policy, version: policy.version + 1, state: 'cancelled' };
  const returnedMinor = exVatMinor + vatMinor;
  if (returnedMinor === 0) return { policy: ended, journal: null, returnedMinor };
  const journal = returnPremium({
    id: stableId('journal', policy.number, ended.version, 'premium-returned'),
    at,
    currency: policy.premium.total.currency,
    exVatMinor,
    vatMinor,
    insured: policy.insured.name,
  });
  return { policy: ended, journal, returnedMinor };
}
