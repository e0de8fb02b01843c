import { z } from 'zod';
import { Day, Instant, Refusal, Said, instantMillis, requireMove, saidIn, type Lifecycle, type Text } from '../basics/index.ts';
import { clawBack, returnShare, type PremiumReturn } from './claw-back.ts';
import { netSubsidy } from './budget.ts';
import type { SubsidyDecision } from './decide.ts';
import { SubsidyGrant, type SubsidyScheme } from './model.ts';

export const ApplicationState = z.enum(['waiting', 'approved', 'granted', 'refused', 'withdrawn', 'lapsed', 'returned']);
export type ApplicationState = z.infer<typeof ApplicationState>;

/**
 * From asking to having: approved by the officer and bound, whichever comes last, makes it granted; an early end brings all or part of it back. It lapses with its offer,
 * however that ends.
 */
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
    /** When and why it lapsed; null unless it did, and for what lapsed before reasons were kept. */
    lapsed: z.strictObject({ at: Instant, reason: Said }).nullable(),
  })
  .meta({ id: 'SubsidyApplication' });
export type SubsidyApplication = z.infer<typeof SubsidyApplication>;

const live: readonly ApplicationState[] = ['waiting', 'approved', 'granted', 'returned'];

/** What an application takes out of its budget as it stands. */
export const takesMinor = ({ state, grant }: Pick<SubsidyApplication, 'state' | 'grant'>): number => (live.includes(state) ? netSubsidy(grant) : 0);

/** What is asked for: a grant that would be given, for a quote until it can no longer be bound. */
export const askForSubsidy = (
  asked: Pick<SubsidyApplication, 'scheme' | 'quote' | 'applicant' | 'insurer' | 'grant' | 'validUntil' | 'asked'>,
): SubsidyApplication => ({ ...asked, creditCode: asked.grant.creditCode, state: 'waiting', policy: null, decided: null, returned: null, lapsed: null });

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
  hasLapsed(application, act.at) ? lapseApplication(application, { at: act.at, reason: lapseReasons.expired }) : decideApplication(application, decision, act);

/**
 * What an application that is not bound asks for once it is decided again, under another premium or another first day: what the scheme gives now, but no more than
 * before, which is what an officer looks at and what the budget keeps. It lapses where the scheme gives nothing any more.
 */
export function regrantApplication(application: SubsidyApplication, { grant, reasons }: SubsidyDecision, at: Instant): SubsidyApplication {
  if (grant === null) return lapseApplication(application, { at, reason: joinReasons(reasons.map(({ text }) => text)) });
  return { ...application, grant: { ...grant, subsidyMinor: Math.min(grant.subsidyMinor, application.grant.subsidyMinor) } };
}

const joinReasons = (texts: readonly Text[]): Text => ({ zh: texts.map(({ zh }) => zh).join('；'), en: texts.map(({ en }) => en).join('; ') });

/**
 * That nobody is bound to pay more than was shown: what an application comes to as its quote is bound (null: there is none) is the amount that was shown, minor units. Throws
 * a Refusal `subsidy-changed` (conflict) with why.
 */
export function requireShown(shownMinor: number, after: SubsidyApplication | null): void {
  const nowMinor = after === null ? 0 : takesMinor(after);
  if (nowMinor === shownMinor) return;
  const because = after?.lapsed?.reason ?? { zh: '补贴申请已结束或已改变', en: 'the application has ended or changed' };
  throw new Refusal('conflict', 'subsidy-changed', `the subsidy is ${nowMinor} and not ${shownMinor}: ${saidIn(because, 'en')}`, {
    ...{ shown: shownMinor, now: nowMinor, because: saidIn(because, 'zh'), becauseEn: saidIn(because, 'en') },
  });
}

/** The policy that a quote became, as far as its subsidy goes. */
export interface BoundPolicy {
  readonly record: string;
  readonly number: string;
  /** First day of cover. */
  readonly begins: Day;
  /** Premium including VAT, minor units. */
  readonly premiumMinor: number;
}

/**
 * The quote was bound. What is approved is granted with it; what still waits keeps its place. INVARIANT: the grant is of the premium that is bound, and no
 * more than that; throws an Error otherwise.
 */
export function bindApplication(application: SubsidyApplication, { record, number, begins, premiumMinor }: BoundPolicy): SubsidyApplication {
  const { grant } = application;
  if (grant.premiumMinor !== premiumMinor || grant.subsidyMinor > premiumMinor)
    throw new Error(`a subsidy of ${grant.subsidyMinor} on ${grant.premiumMinor} does not go with a premium of ${premiumMinor}`);
  const bound = { ...application, policy: record, grant: { ...grant, policy: number, begins } };
  return application.state === 'approved' ? moved(bound, 'granted') : bound;
}

/** The offer was prolonged, and with it the time in which the application waits to be bound. */
export const prolongApplication = (application: SubsidyApplication, validUntil: Instant): SubsidyApplication => ({ ...application, validUntil });

export const withdrawApplication = (application: SubsidyApplication): SubsidyApplication => {
  if (application.policy !== null)
    throw new Refusal('rule', 'application-bound', 'the policy is bound with this subsidy; only its authority can end it now', {});
  return moved(application, 'withdrawn');
};

/** Whether it hopes for a policy still: neither bound nor ended. */
export const awaitsPolicy = ({ state, policy }: Pick<SubsidyApplication, 'state' | 'policy'>): boolean =>
  (state === 'waiting' || state === 'approved') && policy === null;

/** Whether the quote ran out before it was bound. */
export const hasLapsed = (application: Pick<SubsidyApplication, 'state' | 'policy' | 'validUntil'>, now: Instant): boolean =>
  awaitsPolicy(application) && instantMillis(now) > instantMillis(application.validUntil);

/** The ways in which an offer ends without a policy, as the firm reads them. */
export const lapseReasons = {
  expired: { zh: '报价有效期已过', en: 'the quote ran out before it was bound' },
  withdrawn: { zh: '报价已撤回', en: 'the quote was withdrawn' },
  replaced: { zh: '报价已由新的报价取代', en: 'a newer quote took the place of this one' },
  'other-bound': { zh: '同一投保申请的另一份报价已承保', en: 'another quote of the same submission was bound' },
  'submission-ended': { zh: '投保申请已撤回或结束', en: 'the submission was withdrawn or closed' },
} as const satisfies Record<string, Text>;
export type LapseCause = keyof typeof lapseReasons;

/** Ends an application that came to nothing; its money is free again. Throws a Refusal `move-not-allowed` once it is granted or has ended. */
export const lapseApplication = (application: SubsidyApplication, lapsed: NonNullable<SubsidyApplication['lapsed']>): SubsidyApplication => ({
  ...moved(application, 'lapsed'),
  lapsed,
});

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
  if (application.state === 'waiting' || application.state === 'approved') return lapseApplication(application, { at: act.at, reason: act.reason });
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
