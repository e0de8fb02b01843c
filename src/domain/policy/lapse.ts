import { dayOf, instantFromMillis, instantMillis, type Day, type Instant, type Text } from '../basics/index.ts';
import type { Journal } from '../ledger/index.ts';
import { carryOutCancellation } from './cancellation/cancel.ts';
import type { CancellationPlan } from './cancellation/model.ts';
import { overtakenIn, overtakes } from './cancellation/overtake.ts';
import { divideReturn, termDays } from './cancellation/return.ts';
import type { Policy } from './model.ts';

const dayMillis = 86_400_000;

/** The first day without cover when a policy lapses at `at`. A day begun counts as borne: the insurer was on risk when it began. */
function firstDayWithout({ from, to }: Policy['period'], at: Instant): Day {
  const begun = Math.max(0, Math.ceil((instantMillis(at) - instantMillis(from)) / dayMillis));
  return [dayOf(instantFromMillis(instantMillis(from) + begun * dayMillis)), dayOf(to)].sort()[0]!;
}

const ground: Pick<CancellationPlan, 'side' | 'ground' | 'title' | 'basis' | 'returns' | 'bearsEarlierLosses'> = {
  side: 'insurer',
  ground: 'condition-missed',
  title: { zh: '承保条件未在期限前满足', en: 'a condition was not met in time' },
  basis: { zh: '附条件承保的约定', en: 'as the conditional cover was agreed' },
  returns: 'pro-rata',
  bearsEarlierLosses: true,
};

/**
 * Ends a conditional cover at `at` by its own rule, without anybody asking: the premium of the days not borne is returned day by day, what was borne stays
 * earned. `missed` is the condition. A cancellation that is still to come is overtaken, whoever's it was; null where a policy ends no later by the one that
 * stands. `journal` is null when nothing is left to return. Throws a Refusal `move-not-allowed` for a policy that has ended by time.
 */
export function lapsePolicy(policy: Policy, at: Instant, missed: Text): { policy: Policy; journal: Journal | null; returnedMinor: number; ends: Day } | null {
  const ends = firstDayWithout(policy.period, at);
  const { cancellation } = policy;
  // A condition that was missed is nobody's choice of a side: it counts as of the other one.
  const side = cancellation?.side === 'insurer' ? 'insured' : 'insurer';
  if (policy.state === 'cancelled' && (cancellation === null || !overtakes(cancellation, { ...ground, side }, ends, at))) return null;
  const { borne, whole } = termDays(policy, ends);
  const lines = divideReturn(policy, { returns: ground.returns, borne, whole, keptPercent: null, paid: null });
  const returnedMinor = lines.at(-1)!.totalMinor;
  const plan = {
    ...ground,
    ends,
    knownOn: null,
    paidMinor: null,
    borneDays: borne,
    periodDays: whole,
    keptPercent: null,
    isPrior: false,
    lines,
    returnedMinor,
    overtakes: overtakenIn(policy),
  };
  return { ...carryOutCancellation(policy, plan, { at, by: 'system', reason: missed }), returnedMinor, ends };
}
