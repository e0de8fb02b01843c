import { allocateMinor, dayOf, instantFromMillis, instantMillis, requireMove, stableId, type Day, type Instant } from '../basics/index.ts';
import { returnPremium, type Journal } from '../ledger/index.ts';
import { policyLifecycle, type Policy } from './model.ts';

const dayMillis = 86_400_000;
/** Days begun count as borne: the insurer was on risk when they began. */
const daysUntil = (from: Instant, to: Instant): number => Math.max(0, Math.ceil((instantMillis(to) - instantMillis(from)) / dayMillis));

/** The first day without cover when a policy ends at `at`: the day after the last one that had begun. */
function firstDayWithout({ from }: Policy['period'], borneDays: number): Day {
  return dayOf(instantFromMillis(instantMillis(from) + borneDays * dayMillis));
}

/**
 * Ends a conditional cover at `at`: the premium of the days not borne is returned day by day (Insurance Law Art. 58), what was borne stays earned.
 * `journal` is null when nothing is left to return; `ends` is the first day without cover. Throws a Refusal `move-not-allowed` for a policy that has ended already.
 */
export function lapsePolicy(policy: Policy, at: Instant): { policy: Policy; journal: Journal | null; returnedMinor: number; ends: Day } {
  requireMove(policyLifecycle, policy.state, 'cancelled');
  const { from, to } = policy.period;
  const whole = daysUntil(from, to);
  const borne = Math.min(whole, daysUntil(from, at));
  const share = (minor: number): number => allocateMinor(minor, [borne, whole - borne])[1]!;
  const exVatMinor = share(policy.premium.exVat.minor);
  const vatMinor = share(policy.premium.vat.minor);
  const ended: Policy = { ...policy, version: policy.version + 1, state: 'cancelled' };
  const returnedMinor = exVatMinor + vatMinor;
  const ends = firstDayWithout(policy.period, borne);
  if (returnedMinor === 0) return { policy: ended, journal: null, returnedMinor, ends };
  const journal = returnPremium({
    id: stableId('journal', policy.number, ended.version, 'premium-returned'),
    at,
    currency: policy.premium.total.currency,
    exVatMinor,
    vatMinor,
    insured: policy.insured.name,
  });
  return { policy: ended, journal, returnedMinor, ends };
}
