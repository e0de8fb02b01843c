import { Refusal, dayOf, daysBefore, instantMillis, mayMove, requireMove, stableId, type Day, type Instant } from '../../basics/index.ts';
import { returnPremium, type Journal } from '../../ledger/index.ts';
import { policyLifecycle, type Policy } from '../model.ts';
import type { Cancellation, CancellationPlan } from './model.ts';
import { divideReturn, monthsBegun, termDays } from './return.ts';
import type { CancellationGround, CancellationTerms, CancellingSide } from './terms.ts';

/** What somebody asks for. `ends`: first day without cover, the earliest possible where it is null. */
export interface CancellationAsked {
  readonly ground: string;
  readonly ends: Day | null;
  /** When the ground became known or the loss was paid, for a ground with a limit of days. */
  readonly knownOn: Day | null;
  /** What was paid of the limit, for a ground that stands on a loss; minor units. */
  readonly paidMinor: number | null;
}

const daysAfter = (day: Day, days: number): Day => daysBefore(day, -days);

/** The grounds of one side, as agreed in the policy. */
export const groundsOf = ({ grounds }: CancellationTerms, side: CancellingSide): CancellationGround[] => grounds.filter(({ by }) => by === side);

/** First day without cover that a notice given now can have: the day of the notice is borne, then the days of notice; never before cover begins. */
export function earliestEnd({ period }: Pick<Policy, 'period'>, { noticeDays }: Pick<CancellationGround, 'noticeDays'>, now: Instant): Day {
  return [daysAfter(dayOf(now), 1 + noticeDays), dayOf(period.from)].sort().at(-1)!;
}

/**
 * What ending a policy before its time comes to: from which day, and where the premium goes line by line. Throws a Refusal `already-cancelled`
 * (conflict, which names the cancellation that stands), `policy-over`, `ground-unknown`, `ground-day-missing`, `ground-too-late`, `ground-known-before`, `paid-loss-wrong`,
 * `notice-too-short` or `ends-after-period`.
 */
export function planCancellation(policy: Policy, asked: CancellationAsked, side: CancellingSide, terms: CancellationTerms, now: Instant): CancellationPlan {
  requireStands(policy, now);
  const ground = groundsOf(terms, side).find(({ id }) => id === asked.ground);
  if (ground === undefined)
    throw new Refusal('bad-input', 'ground-unknown', `\`${asked.ground}\` is no ground on which the ${side} can end this policy`, { ground: asked.ground });
  const knownOn = requireInTime(ground, asked.knownOn, dayOf(now));
  requireKnownSince(policy, knownOn);
  const paidMinor = requirePaid(ground, asked.paidMinor, policy.cover.limitMinor);
  const ends = requireEnd(policy, ground, asked.ends, now);
  const { borne, whole } = termDays(policy, ends);
  const keptPercent = keptOf(policy, ground, terms, ends);
  const paid = paidMinor === null ? null : { minor: paidMinor, limitMinor: policy.cover.limitMinor };
  const lines = divideReturn(policy, { returns: ground.returns, borne, whole, keptPercent, paid });
  const { id, title, basis, returns, bearsEarlierLosses } = ground;
  return {
    ...{ side, ground: id, title, basis, returns, ends, knownOn, paidMinor, bearsEarlierLosses, borneDays: borne, periodDays: whole, keptPercent },
    isPrior: keptPercent !== null && terms.shortRate.provenance === 'J',
    lines,
    returnedMinor: lines.at(-1)!.totalMinor,
  };
}

function requireStands({ state, number, period, cancellation }: Policy, now: Instant): void {
  if (state === 'cancelled')
    throw new Refusal('conflict', 'already-cancelled', `policy ${number} has been ended already, by ${cancellation?.by ?? 'a rule'}`, {
      ...{ number, by: cancellation?.by ?? '', ends: cancellation?.ends ?? '' },
      ...{ ground: cancellation?.title.zh ?? '', groundEn: cancellation?.title.en ?? '' },
    });
  if (!mayMove(policyLifecycle, state, 'cancelled') || instantMillis(now) >= instantMillis(period.to))
    throw new Refusal('rule', 'policy-over', `policy ${number} ended by time on ${dayOf(period.to)}`, { number, ended: daysBefore(dayOf(period.to), 1) });
}

/** Facts are given as the last day with cover, which is what the screens and documents say. */
function requireEnd(policy: Policy, ground: CancellationGround, asked: Day | null, now: Instant): Day {
  const earliest = earliestEnd(policy, ground, now);
  const ends = asked ?? earliest;
  const over = dayOf(policy.period.to);
  if (ends < earliest)
    throw new Refusal(
      'rule',
      'notice-too-short',
      `with ${ground.noticeDays} days of notice the last day of cover is ${daysBefore(earliest, 1)} at the earliest`,
      {
        ...{ noticeDays: ground.noticeDays, earliest: daysBefore(earliest, 1) },
      },
    );
  if (ends >= over)
    throw new Refusal('rule', 'ends-after-period', `the policy ends by itself on ${daysBefore(over, 1)}, before it could be ended`, {
      ...{ periodEnds: daysBefore(over, 1), earliest: daysBefore(earliest, 1) },
    });
  return ends;
}

function requireInTime({ withinDays }: CancellationGround, knownOn: Day | null, today: Day): Day | null {
  if (withinDays === null) return null;
  if (knownOn === null || knownOn > today)
    throw new Refusal('bad-input', 'ground-day-missing', 'say on which day the ground became known or the loss was paid; it is not in the future', {
      field: 'knownOn',
    });
  const last = daysAfter(knownOn, withinDays);
  if (today > last)
    throw new Refusal('rule', 'ground-too-late', `this ground could be used within ${withinDays} days, until ${last}`, { withinDays, knownOn, last });
  return knownOn;
}

/** Who concluded a contract knowing the ground cannot end it for that ground (Insurance Law Art. 16). */
function requireKnownSince({ boundAt }: Policy, knownOn: Day | null): void {
  if (knownOn === null) return;
  const bound = dayOf(boundAt);
  if (knownOn < bound) throw new Refusal('rule', 'ground-known-before', `known on ${knownOn}, before the policy was bound on ${bound}`, { knownOn, bound });
}

function requirePaid({ afterLoss }: CancellationGround, paidMinor: number | null, limitMinor: number): number | null {
  if (!afterLoss) return null;
  if (paidMinor === null || paidMinor < 1 || paidMinor >= limitMinor)
    throw new Refusal('bad-input', 'paid-loss-wrong', 'say what was paid of the limit: more than nothing and less than the limit', {
      ...{ field: 'paidMinor', limitMinor },
    });
  return paidMinor;
}

function keptOf(policy: Policy, { returns }: CancellationGround, { feePercent, shortRate }: CancellationTerms, ends: Day): number | null {
  if (returns !== 'short-rate') return null;
  const months = monthsBegun(policy, ends);
  return months === 0 ? feePercent : shortRate.keptPercent[months - 1]!;
}

/**
 * Ends a policy as planned: its next version, and the journal that books what goes back (null where nothing does). From now on the policy is
 * `cancelled`; it still insures until the day `cancellation.ends`. Throws a Refusal `move-not-allowed` for a policy that has ended.
 */
export function carryOutCancellation(
  policy: Policy,
  plan: CancellationPlan,
  act: Pick<Cancellation, 'at' | 'by' | 'reason'>,
): { policy: Policy; journal: Journal | null } {
  requireMove(policyLifecycle, policy.state, 'cancelled');
  const cancellation: Cancellation = { ...plan, ...act };
  const ended: Policy = { ...policy, version: policy.version + 1, state: 'cancelled', cancellation };
  const { exVatMinor, vatMinor, totalMinor } = plan.lines.find(({ kind }) => kind === 'returned')!;
  if (totalMinor === 0) return { policy: ended, journal: null };
  const journal = returnPremium({
    id: stableId('journal', policy.number, ended.version, 'premium-returned'),
    at: act.at,
    currency: policy.premium.total.currency,
    exVatMinor,
    vatMinor,
    insured: policy.insured.name,
  });
  return { policy: ended, journal };
}

/** The first day on which a policy does not insure any more: that of its cancellation, else the day after its period. */
export const coverEnds = ({ period, cancellation }: Pick<Policy, 'period' | 'cancellation'>): Day => cancellation?.ends ?? dayOf(period.to);
