import { z } from 'zod';
import { Day, Instant, Refusal, Said, instantMillis, requireMove, type Lifecycle } from '../basics/index.ts';
import { clawBack, returnShare, type PremiumReturn } from './claw-back.ts';
import { netSubsidy } from './budget.ts';
import { SubsidyGrant, type SubsidyScheme } from './model.ts';

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

export const Act = z.strictObject({ at: Instant, by: z.string() });

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
    /** The latest return; `amountMinor` is what came back in all. */
    returned: Act.extend({ ends: Day, reason: Said, amountMinor: z.int().min(0) }).nullable(),
  })
  .meta({ id: 'SubsidyApplication' });
export type SubsidyApplication = z.infer<typeof SubsidyApplication>;

const live: readonly ApplicationState[] = ['waiting', 'approved', 'granted', 'returned'];

/** What an application takes out of its budget as it stands. */
export const takesMinor = ({ state, grant }: Pick<SubsidyApplication, 'state' | 'grant'>): number => (live.includes(state) ? netSubsidy(grant) : 0);

/** What is asked for: a grant that would be given, for a quote until it can no longer be bound. */
export const askForSubsidy = (
  asked: Pick<SubsidyApplication, 'scheme' | 'quote' | 'applicant' | 'insurer' | 'grant' | 'validUntil' | 'asked'>,
): SubsidyApplication => ({ ...asked, creditCode: asked.grant.creditCode, state: 'waiting', policy: null, decided: null, returned: null });

function moved(application: SubsidyApplication, state: ApplicationState): SubsidyApplication {
  requireMove(applicationLifecycle, application.state, state);
  return { ...application, state };
}

type Decision = 'approved' | 'refused';
type DecidingAct = NonNullable<SubsidyApplication['decided']>;

/** What the authority's officer decides. Approval of what is bound already grants it at once. Throws a Refusal `move-not-allowed`, or `reason-missing` for a refusal without one. */
export function decideApplication(application: SubsidyApplication, decision: Decision, act: DecidingAct): SubsidyApplication {
  if (decision === 'refused' && act.reason.trim() === '') throw new Refusal('bad-input', 'reason-missing', 'say why it is refused', { field: 'reason' });
  const state = decision === 'approved' && application.policy !== null ? 'granted' : decision;
  return { ...moved(application, state), decided: act };
}

/** The same at the time of the act: a decision that comes after the quote ran out finds the application lapsed. Throws what `decideApplication` throws. */
export const decideInTime = (application: SubsidyApplication, decision: Decision, act: DecidingAct): SubsidyApplication =>
  hasLapsed(application, act.at) ? lapseApplication(application) : decideApplication(application, decision, act);

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

/** How a policy ended early: its first day without cover, and what became of its premium. */
export interface EarlyEnd {
  readonly ends: Day;
  readonly reason: Said;
  readonly premium: PremiumReturn;
}

/**
 * What the early end of a policy on `ends` (the first day without cover) does to the application for it, by rule and without anybody asking: of what was
 * granted goes back what the scheme says or, where it is more, the share of the returned premium; also after an officer took a part back. What is not
 * decided yet lapses. Null when nothing changes.
 */
export function endWithPolicy(
  application: SubsidyApplication,
  scheme: Pick<SubsidyScheme, 'keepDays' | 'clawBack'>,
  act: EarlyEnd & { at: Instant; by: string },
): SubsidyApplication | null {
  if (application.state === 'waiting' || application.state === 'approved') return lapseApplication(application);
  if (application.state !== 'granted' && application.state !== 'returned') return null;
  const grant = returnShare(clawBack(application.grant, scheme, act.ends), act.premium);
  if (grant.returnedMinor <= application.grant.returnedMinor) return null;
  const { premium: _, ...returned } = act;
  return { ...application, state: 'returned', grant, returned: { ...returned, amountMinor: grant.returnedMinor } };
}

/** What was granted, whether or not a part has come back since. */
export const grantsOf = (applications: readonly SubsidyApplication[]): SubsidyGrant[] =>
  applications.filter(({ state }) => state === 'granted' || state === 'returned').map(({ grant }) => grant);

/** Applications by state, in the order of their life, with what was asked for; minor units. */
export function countByState(applications: readonly SubsidyApplication[]): { state: ApplicationState; applications: number; amountMinor: number }[] {
  return ApplicationState.options.flatMap((state) => {
    const those = applications.filter((one) => one.state === state);
    return those.length === 0 ? [] : [{ state, applications: those.length, amountMinor: those.reduce((sum, { grant }) => sum + grant.subsidyMinor, 0) }];
  });
}
