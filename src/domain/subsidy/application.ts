import { z } from 'zod';
import { Day, Instant, Refusal, instantMillis, requireMove, type Lifecycle } from '../basics/index.ts';
import { clawBack } from './claw-back.ts';
import { netSubsidy } from './budget.ts';
import { SubsidyGrant, SubsidyScheme } from './model.ts';

export const ApplicationState = z.enum(['waiting', 'approved', 'granted', 'refused', 'withdrawn', 'lapsed', 'returned']);
export type ApplicationState = z.infer<typeof ApplicationState>;

/** From asking to having: approved by the officer and bound, whichever comes last, makes it granted; an early end brings all or part of it back. */
export const applicationLifecycle: Lifecycle<ApplicationState> = {
  of: 'subsidy application',
  first: 'waiting',
  moves: {
    waiting: ['approved', 'granted', 'refused', 'withdrawn', 'lapsed'],
    approved: ['granted', 'withdrawn', 'lapsed'],
    granted: ['returned'],
    refused: [],
    withdrawn: [],
    lapsed: [],
    returned: [],
  },
};

const Act = z.strictObject({ at: Instant, by: z.string() });

/** A firm's request for a subsidy of one quote. What it asks for is taken out of the budget from the first moment, so that no later request can have it. */
export const SubsidyApplication = z
  .strictObject({
    scheme: z.string(),
    quote: z.string(),
    /** Organisations: who asks, and who will be paid the premium. */
    applicant: z.string(),
    insurer: z.string(),
    creditCode: z.string(),
    state: ApplicationState,
    /** `policy` in it is the quote until it is bound, the policy number from then on. */
    grant: SubsidyGrant,
    /** Record of the policy; null until bound. */
    policy: z.string().nullable(),
    /** Until when the quote can be bound; not bound by then, the money goes back into the budget. */
    validUntil: Instant,
    asked: Act,
    decided: Act.extend({ reason: z.string().max(500) }).nullable(),
    returned: Act.extend({ ends: Day, reason: z.string().max(500), amountMinor: z.int().min(0) }).nullable(),
  })
  .meta({ id: 'SubsidyApplication' });
export type SubsidyApplication = z.infer<typeof SubsidyApplication>;

/** A scheme that an authority has opened, with the rules frozen at that moment. INVARIANT (never overspent): 0 ≤ reservedMinor ≤ scheme.budgetMinor. */
export const OpenScheme = z
  .strictObject({
    scheme: SubsidyScheme,
    state: z.enum(['open', 'closed']),
    /** What live applications take out of the budget. */
    reservedMinor: z.int().min(0),
    opened: Act,
  })
  .meta({ id: 'OpenScheme' });
export type OpenScheme = z.infer<typeof OpenScheme>;

const live: readonly ApplicationState[] = ['waiting', 'approved', 'granted', 'returned'];

/** What an application takes out of its budget as it stands. */
export const takesMinor = ({ state, grant }: Pick<SubsidyApplication, 'state' | 'grant'>): number => (live.includes(state) ? netSubsidy(grant) : 0);

/** The scheme after its applications take more or less. Throws a Refusal `budget-overspent` rather than spend what is not there. */
export function withReserved(open: OpenScheme, changeMinor: number): OpenScheme {
  const reservedMinor = open.reservedMinor + changeMinor;
  if (reservedMinor > open.scheme.budgetMinor || reservedMinor < 0)
    throw new Refusal('rule', 'budget-overspent', 'the budget of the scheme does not hold this', { budgetMinor: open.scheme.budgetMinor, reservedMinor });
  return { ...open, reservedMinor };
}

function moved(application: SubsidyApplication, state: ApplicationState): SubsidyApplication {
  requireMove(applicationLifecycle, application.state, state);
  return { ...application, state };
}

/** What the authority's officer decides. Approval of what is bound already grants it at once. Throws a Refusal `move-not-allowed`, or `reason-missing` for a refusal without one. */
export function decideApplication(
  application: SubsidyApplication,
  decision: 'approved' | 'refused',
  act: { at: Instant; by: string; reason: string },
): SubsidyApplication {
  if (decision === 'refused' && act.reason.trim() === '') throw new Refusal('bad-input', 'reason-missing', 'say why it is refused', { field: 'reason' });
  const state = decision === 'approved' && application.policy !== null ? 'granted' : decision;
  return { ...moved(application, state), decided: act };
}

/** The quote was bound. What is approved is granted with it; what still waits keeps its place. */
export function bindApplication(application: SubsidyApplication, policy: { record: string; number: string }): SubsidyApplication {
  const bound = { ...application, policy: policy.record, grant: { ...application.grant, policy: policy.number } };
  return application.state === 'approved' ? moved(bound, 'granted') : bound;
}

export const withdrawApplication = (application: SubsidyApplication): SubsidyApplication => {
  if (application.policy !== null)
    throw new Refusal('rule', 'application-bound', 'the policy is bound with this subsidy; only its authority can end it now', {});
  return moved(application, 'withdrawn');
};

/** Whether the quote ran out before it was bound. */
export const hasLapsed = ({ state, policy, validUntil }: SubsidyApplication, now: Instant): boolean =>
  (state === 'waiting' || state === 'approved') && policy === null && instantMillis(now) > instantMillis(validUntil);

export const lapseApplication = (application: SubsidyApplication): SubsidyApplication => moved(application, 'lapsed');

/**
 * The cover ended early on `ends`: what goes back by the rules of the scheme. Throws a Refusal `nothing-to-return` when it lasted long enough, `move-not-allowed`, or
 * `ends-before-it-begins`.
 */
export function returnSubsidy(
  application: SubsidyApplication,
  scheme: Pick<SubsidyScheme, 'keepDays' | 'clawBack'>,
  act: { at: Instant; by: string; ends: Day; reason: string },
): SubsidyApplication {
  const after = moved(application, 'returned');
  const grant = clawBack(application.grant, scheme, act.ends);
  const amountMinor = grant.returnedMinor - application.grant.returnedMinor;
  if (amountMinor <= 0)
    throw new Refusal('rule', 'nothing-to-return', `a cover of ${scheme.keepDays} days keeps its subsidy`, { keepDays: scheme.keepDays, ends: act.ends });
  return { ...after, grant, returned: { ...act, amountMinor } };
}

/**
 * What the early end of a policy on `ends` (the first day without cover) does to the application for it, by rule and without anybody asking: what was
 * granted goes back as far as the scheme says, what is not decided yet lapses. Null when nothing changes: it lasted long enough, or was over already.
 */
export function endWithPolicy(
  application: SubsidyApplication,
  scheme: Pick<SubsidyScheme, 'keepDays' | 'clawBack'>,
  act: { at: Instant; by: string; ends: Day; reason: string },
): SubsidyApplication | null {
  if (application.state === 'waiting' || application.state === 'approved') return lapseApplication(application);
  if (application.state !== 'granted') return null;
  return clawBack(application.grant, scheme, act.ends).returnedMinor > application.grant.returnedMinor ? returnSubsidy(application, scheme, act) : null;
}
