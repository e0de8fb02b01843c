import { Refusal, dayOf, instantFromMillis, instantMillis, requireMove, type Day, type Instant } from '../../basics/index.ts';
import type { AssessmentParameters } from '../parameters.ts';
import { trackedLifecycle } from './lifecycle.ts';
import type { ApprovalSnapshot, Assignee, CaseEvent, CaseEventOf, Decider, DisputeGround, TrackedFinding, TrackedState } from './model.ts';

type Numbers = AssessmentParameters['values'];

/** Who acts, and when. */
export interface Act {
  readonly at: Instant;
  readonly by: Decider;
}

/** What bears on the state of a weakness: everything but who sees to it. */
export const deedsOf = (events: readonly CaseEvent[]): readonly CaseEvent[] => events.filter(({ kind }) => kind !== 'assigned');

/** Names who sees to the repair, or nobody. Throws a Refusal `nothing-to-assign` where nothing is left to repair. */
export function assignRepair(tracked: TrackedFinding, act: Act, assignee: Assignee | null): CaseEvent {
  if (!tracked.counts) throw new Refusal('rule', 'nothing-to-assign', `there is nothing left to repair: it is \`${tracked.state}\``, { state: tracked.state });
  return { kind: 'assigned', ...act, assignee };
}

/** Somebody says that it is repaired. A scan decides whether it is. Throws a Refusal `move-not-allowed` or `decision-pending`. */
export function claimFix(tracked: TrackedFinding, act: Act, note: string): CaseEvent {
  requireIdle(tracked);
  requireMove(trackedLifecycle, tracked.state, 'fix-claimed');
  return { kind: 'fix-claimed', ...act, note };
}

/** The last day until which a risk can be accepted when it is asked for now. */
export const lastAcceptanceDay = (now: Instant, numbers: Numbers): Day =>
  dayOf(instantFromMillis(instantMillis(now) + numbers['acceptance.days-most'] * 86_400_000));

/** Somebody asks to carry the risk for a while. Throws a Refusal `acceptance-needs-expiry`, `acceptance-too-long`, `move-not-allowed` or `decision-pending`. */
export function requestAcceptance(tracked: TrackedFinding, act: Act, asked: { reason: string; until: Day }, numbers: Numbers): CaseEvent {
  requireIdle(tracked);
  requireMove(trackedLifecycle, tracked.state, 'risk-accepted');
  const last = lastAcceptanceDay(act.at, numbers);
  if (asked.until <= dayOf(act.at)) throw new Refusal('rule', 'acceptance-needs-expiry', 'a risk is accepted until a day to come', { until: asked.until });
  if (asked.until > last)
    throw new Refusal('rule', 'acceptance-too-long', `a risk is accepted for at most ${numbers['acceptance.days-most']} days, until ${last}`, {
      until: asked.until,
      last,
    });
  return { kind: 'acceptance-requested', ...act, ...asked };
}

/**
 * A second person of the organisation that asked accepts the risk or refuses to. What it saw is kept whole, and when the risk grows beyond it the acceptance
 * ends. Throws a Refusal `nothing-pending`, `second-person-needed`, `not-asked-to-decide`, or `acceptance-lapsed` when the day that was asked for has passed
 * while it waited.
 */
export function decideAcceptance(
  tracked: TrackedFinding,
  events: readonly CaseEvent[],
  act: Act,
  decision: { granted: boolean; note: string },
): CaseEventOf<'acceptance-decided'> {
  requireSecondPerson(tracked, 'acceptance', act.by);
  const asked = events.findLast((event) => event.kind === 'acceptance-requested')!;
  requireAsked(asked, tracked, act.by);
  if (decision.granted) requireGrantable(tracked, asked.until, act.at);
  const seen = { severity: tracked.severity, knownExploited: tracked.knownExploited };
  return { kind: 'acceptance-decided', ...act, ...decision, seen, snapshot: snapshotOf(tracked, asked) };
}

function requireGrantable(tracked: TrackedFinding, until: Day, at: Instant): void {
  requireMove(trackedLifecycle, tracked.state, 'risk-accepted');
  if (until < dayOf(at)) throw new Refusal('rule', 'acceptance-lapsed', `it was asked for until ${until}, which has passed`, { until });
}

/** The case as it lies before the approver now. */
export function snapshotOf(tracked: TrackedFinding, asked: CaseEventOf<'acceptance-requested'>): ApprovalSnapshot {
  const { what, asset, title, severity, knownExploited, listedOn, firstSeen, lastSeen, sources, clock } = tracked;
  return {
    ...{ what, asset, title, severity, knownExploited, listedOn, firstSeen, lastSeen },
    tools: [...new Set(sources.map(({ tool }) => tool))],
    dueAt: clock?.dueAt ?? null,
    overdue: clock?.overdue ?? false,
    ...{ requestedBy: asked.by, requestedAt: asked.at, reason: asked.reason, until: asked.until },
  };
}

/** Where a dispute leads when it is upheld. */
export const disputedState: Readonly<Record<DisputeGround, TrackedState>> = { 'not-mine': 'out-of-scope', 'not-exploitable': 'false-positive', fixed: 'fixed' };

/** Somebody disputes it with proof; `decider` is the organisation that answers within the hours of the parameter. Throws a Refusal `move-not-allowed` or `decision-pending`. */
export function disputeFinding(
  tracked: TrackedFinding,
  act: Act,
  dispute: { ground: DisputeGround; proof: string; file: string | null; decider: string },
  numbers: Numbers,
): CaseEventOf<'disputed'> {
  requireIdle(tracked);
  requireMove(trackedLifecycle, tracked.state, disputedState[dispute.ground]);
  const decideBy = instantFromMillis(instantMillis(act.at) + numbers['dispute.decision-hours'] * 3_600_000);
  return { kind: 'disputed', ...act, ...dispute, decideBy };
}

/** A second person of the organisation that was asked upholds the dispute or rejects it. Throws a Refusal `nothing-pending`, `second-person-needed` or `not-asked-to-decide`. */
export function requireDisputeDecider(tracked: TrackedFinding, events: readonly CaseEvent[], by: Decider): void {
  requireSecondPerson(tracked, 'dispute', by);
  requireAsked(
    events.findLast((event) => event.kind === 'disputed')!,
    tracked,
    by,
  );
}

type Asked = CaseEventOf<'disputed'> | CaseEventOf<'acceptance-requested'>;

/** The organisation that decides on what was asked: the one that a dispute was put to; for an acceptance the one that asks, as the risk is its own to carry. */
export const deciderOf = (asked: Asked): string => (asked.kind === 'disputed' ? asked.decider : asked.by.organisation);

function requireAsked(asked: Asked, { id }: TrackedFinding, by: Decider): void {
  if (deciderOf(asked) !== by.organisation) throw new Refusal('rule', 'not-asked-to-decide', 'it was put to another organisation', { weakness: id });
}

/** The organisation that a dispute of the weakness waits for; null where none is open. */
export function openDisputeDecider(events: readonly CaseEvent[]): string | null {
  const last = deedsOf(events).at(-1);
  return last?.kind === 'disputed' ? last.decider : null;
}

/** Takes back what was decided or asked: the weakness stands again as the scans say. Throws a Refusal `nothing-to-take-back`. */
export function takeBack(events: readonly CaseEvent[], act: Act, note: string): CaseEvent {
  if (!isRevocable(deedsOf(events))) throw new Refusal('rule', 'nothing-to-take-back', 'nothing was asked or decided that could be taken back');
  return { kind: 'taken-back', ...act, note };
}

/** Whether the last deed is one that can be taken back. */
export function isRevocable(deeds: readonly CaseEvent[]): boolean {
  const last = deeds.at(-1);
  return last !== undefined && last.kind !== 'taken-back';
}

function requireIdle({ id, pending }: TrackedFinding): void {
  if (pending === null) return;
  throw new Refusal('conflict', 'decision-pending', `a decision on \`${id}\` is awaited since ${pending.at}`, { weakness: id, pending: pending.kind });
}

/** INVARIANT (four-eyes): nobody decides on what it asked for itself, whatever its roles and in whichever organisation it acts. */
function requireSecondPerson({ id, pending }: TrackedFinding, kind: 'acceptance' | 'dispute', by: Decider): void {
  if (pending?.kind !== kind) throw new Refusal('rule', 'nothing-pending', `no ${kind} is awaited for \`${id}\``, { weakness: id });
  if (pending.by.user === by.user)
    throw new Refusal('rule', 'second-person-needed', 'a second person must decide: you asked for this yourself', { weakness: id });
}
