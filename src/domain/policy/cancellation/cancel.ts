import { Refusal, dayOf, daysBefore, instantMillis, mayMove, requireMove, stableId, type Day, type Instant } from '../../basics/index.ts';
import { returnPremium, type Journal } from '../../ledger/index.ts';
import { policyLifecycle, type Policy } from '../model.ts';
import type { Cancellation, CancellationPlan, ReturnLine } from './model.ts';
import { alreadyCancelled, overtakenIn, overtakes } from './overtake.ts';
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
  /** What members have drawn of the limit of a master policy; minor units. */
  readonly drawnMinor?: number;
  /** When it was proposed, for one that others confirm later: a ground in time then stays in time. */
  readonly proposedAt?: Instant;
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
 * (conflict, which names the cancellation that stands and is not overtaken), `policy-over`, `ground-unknown`, `ground-day-missing`, `loss-before-cover`,
 * `ground-too-late`, `ground-known-before`, `paid-loss-wrong`, `notice-too-short` or `ends-after-period`.
 */
export function planCancellation(policy: Policy, asked: CancellationAsked, side: CancellingSide, terms: CancellationTerms, now: Instant): CancellationPlan {
  requireStands(policy, now);
  const ground = groundsOf(terms, side).find(({ id }) => id === asked.ground);
  if (ground === undefined)
    throw new Refusal('bad-input', 'ground-unknown', `\`${asked.ground}\` is no ground on which the ${side} can end this policy`, { ground: asked.ground });
  const knownOn = requireInTime(policy, ground, asked.knownOn, { now, proposedAt: asked.proposedAt ?? now });
  requireKnownSince(policy, knownOn);
  const paidMinor = paidOfLimit(ground, asked, policy.cover.limitMinor, terms);
  const ends = requireEnd(policy, ground, asked.ends, now);
  if (policy.cancellation !== null && !overtakes(policy.cancellation, { ...ground, side }, ends, now)) throw alreadyCancelled(policy);
  const { borne, whole } = termDays(policy, ends);
  const keptPercent = keptOf(policy, ground, terms, ends);
  const paid = countsAsUsed(ground, paidMinor, policy.cover.limitMinor, terms);
  const lines = divideReturn(policy, { returns: ground.returns, borne, whole, keptPercent, paid });
  const { id, title, basis, returns, bearsEarlierLosses } = ground;
  return {
    ...{ side, ground: id, title, basis, returns, ends, knownOn, paidMinor, bearsEarlierLosses, borneDays: borne, periodDays: whole, keptPercent },
    isPrior: keptPercent !== null && terms.shortRate.provenance === 'J',
    lines,
    returnedMinor: lines.at(-1)!.totalMinor,
    overtakes: overtakenIn(policy),
  };
}

/** That a policy is not over and that no end of it has come yet. */
function requireStands(policy: Policy, now: Instant): void {
  const { state, number, period, cancellation } = policy;
  if (state === 'cancelled' && (cancellation === null || dayOf(now) >= cancellation.ends)) throw alreadyCancelled(policy);
  const mayEnd = state === 'cancelled' || mayMove(policyLifecycle, state, 'cancelled');
  if (!mayEnd || instantMillis(now) >= instantMillis(period.to))
    throw new Refusal('rule', 'policy-over', `policy ${number} ended by time on ${dayOf(period.to)}`, { number, ended: daysBefore(dayOf(period.to), 1) });
}

/** The grounds on which a side can end a policy now: all that are agreed while it stands, those that overtake while its end is still to come. */
export function groundsOpen(policy: Policy, side: CancellingSide, terms: CancellationTerms, now: Instant): CancellationGround[] {
  const { state, cancellation, period } = policy;
  if (state === 'expired' || instantMillis(period.to) <= instantMillis(now) || (state === 'cancelled' && cancellation === null)) return [];
  const all = groundsOf(terms, side);
  return cancellation === null ? all : all.filter((ground) => overtakes(cancellation, { ...ground, side }, earliestEnd(policy, ground, now), now));
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

function requireInTime(
  { period }: Policy,
  { withinDays, afterLoss }: CancellationGround,
  knownOn: Day | null,
  { now, proposedAt }: { now: Instant; proposedAt: Instant },
): Day | null {
  if (withinDays === null) return null;
  if (knownOn === null || knownOn > dayOf(now))
    throw new Refusal('bad-input', 'ground-day-missing', 'say on which day the ground became known or the loss was paid; it is not in the future', {
      field: 'knownOn',
    });
  const begins = dayOf(period.from);
  if (afterLoss && knownOn < begins)
    throw new Refusal('bad-input', 'loss-before-cover', `no loss was paid before cover began on ${begins}`, { field: 'knownOn', knownOn, begins });
  const last = daysAfter(knownOn, withinDays);
  if (dayOf(proposedAt) > last)
    throw new Refusal('rule', 'ground-too-late', `this ground could be used within ${withinDays} days, until ${last}`, { withinDays, knownOn, last });
  return knownOn;
}

/** Who concluded a contract knowing the ground cannot end it for that ground (Insurance Law Art. 16). */
function requireKnownSince({ boundAt }: Policy, knownOn: Day | null): void {
  if (knownOn === null) return;
  const bound = dayOf(boundAt);
  if (knownOn < bound) throw new Refusal('rule', 'ground-known-before', `known on ${knownOn}, before the policy was bound on ${bound}`, { knownOn, bound });
}

/**
 * What of the limit counts as paid: for a ground that stands on a loss what is said, never less than members have drawn; for a short-rate return what they
 * have drawn, where that was agreed; for others only a limit that they have used up, because its premium is earned. Null where nothing counts.
 */
function paidOfLimit(
  { afterLoss, returns }: CancellationGround,
  { paidMinor, drawnMinor = 0 }: CancellationAsked,
  limitMinor: number,
  { usedLimit }: CancellationTerms,
): number | null {
  if (drawnMinor >= limitMinor && (returns === 'pro-rata' || returns === 'short-rate')) return limitMinor;
  if (!afterLoss) return returns === 'short-rate' && usedLimit !== undefined && drawnMinor > 0 ? drawnMinor : null;
  const countsMinor = Math.max(paidMinor ?? 0, drawnMinor);
  if (countsMinor < 1 || countsMinor >= limitMinor)
    throw new Refusal('bad-input', 'paid-loss-wrong', 'say what was paid of the limit: more than nothing and less than the limit', {
      ...{ field: 'paidMinor', limitMinor },
    });
  return countsMinor;
}

/** The part of the limit whose premium stays with the insurer: what was paid of it, or all of it where a short-rate return is agreed to end with the first payment. */
function countsAsUsed(
  { returns }: CancellationGround,
  paidMinor: number | null,
  limitMinor: number,
  { usedLimit }: CancellationTerms,
): { minor: number; limitMinor: number } | null {
  if (paidMinor === null) return null;
  return { minor: returns === 'short-rate' && usedLimit?.returns === 'nothing' ? limitMinor : paidMinor, limitMinor };
}

function keptOf(policy: Policy, { returns }: CancellationGround, { feePercent, shortRate }: CancellationTerms, ends: Day): number | null {
  if (returns !== 'short-rate') return null;
  const months = monthsBegun(policy, ends);
  return months === 0 ? feePercent : shortRate.keptPercent[months - 1]!;
}

/**
 * Ends a policy as planned: its next version, and the journal that books what goes back and earns what is kept, or how that differs from what an
 * overtaken cancellation booked (null where it does not). From now on the policy is `cancelled`; it still insures until the day `cancellation.ends`. Throws a Refusal
 * `move-not-allowed` for a policy that has ended.
 */
export function carryOutCancellation(
  policy: Policy,
  plan: CancellationPlan,
  act: Pick<Cancellation, 'at' | 'by' | 'reason'>,
): { policy: Policy; journal: Journal | null } {
  if (plan.overtakes.length === 0) requireMove(policyLifecycle, policy.state, 'cancelled');
  const cancellation: Cancellation = { ...plan, ...act };
  const ended: Policy = { ...policy, version: policy.version + 1, state: 'cancelled', cancellation };
  const [now, before] = [returnedIn(cancellation), returnedIn(policy.cancellation)];
  const [exVatMinor, vatMinor] = [now.exVatMinor - before.exVatMinor, now.vatMinor - before.vatMinor];
  const keptMinor = keptIn(cancellation) - keptIn(policy.cancellation);
  if (exVatMinor === 0 && vatMinor === 0 && keptMinor === 0) return { policy: ended, journal: null };
  const journal = returnPremium({
    id: stableId('journal', policy.number, ended.version, 'premium-returned'),
    at: act.at,
    currency: policy.premium.total.currency,
    exVatMinor,
    vatMinor,
    keptMinor,
    insured: policy.insured.name,
  });
  return { policy: ended, journal };
}

const returnedIn = (cancellation: Cancellation | null): Pick<ReturnLine, 'exVatMinor' | 'vatMinor'> =>
  cancellation?.lines.find(({ kind }) => kind === 'returned') ?? { exVatMinor: 0, vatMinor: 0 };

/** What the insurer keeps of the premium before VAT, minor units; it is earned when the policy ends. */
const keptIn = (cancellation: Cancellation | null): number =>
  (cancellation?.lines ?? []).reduce((sum, { kind, exVatMinor }) => (kind === 'returned' ? sum : sum + exVatMinor), 0);

/**
 * The first day on which a policy does not insure any more: that of its cancellation, else the day after its period. One that lapsed before that day was
 * kept insures none.
 */
export const coverEnds = ({ state, period, cancellation }: Pick<Policy, 'state' | 'period' | 'cancellation'>): Day =>
  cancellation?.ends ?? dayOf(state === 'cancelled' ? period.from : period.to);

/** A policy that was ended before its time is not renewed: new cover is applied for anew. Throws a Refusal `renewal-of-cancelled`. */
export function requireRenewable({ state, number }: Pick<Policy, 'state' | 'number'>): void {
  if (state === 'cancelled') throw new Refusal('rule', 'renewal-of-cancelled', `policy ${number} was cancelled and cannot be renewed`, { number });
}
