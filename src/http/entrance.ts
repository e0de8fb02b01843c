import { z } from 'zod';
import type { Text } from '../domain/basics/index.ts';
import { Verification } from '../app/assessment-reports.ts';
import { Instant, Refusal } from '../domain/basics/index.ts';
import { MemberRole, signInRules } from '../domain/parties/index.ts';
import type { Identity, SignIn } from '../io/identity/index.ts';

/** The routes through which a person becomes an actor: they run before anybody is known, so that they are no operations. */

/** What an entrance knows of the request. */
export interface Visit {
  readonly identity: Identity;
  /** The Cookie header, empty when there is none. */
  readonly cookie: string;
  /** Network address. */
  readonly address: string;
  /** What is known of a document by the code printed on it. */
  readonly verify: (code: string) => Promise<z.infer<typeof Verification>>;
  /** Writes the attempt into the journals of the organisations of the person, when there is one. */
  readonly witness: (attempt: { user: string | null; what: string; outcome: string; address: string }) => Promise<void>;
}

export interface Left {
  readonly cookies: readonly string[];
  readonly output?: unknown;
}

export interface Entrance<I extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: Text;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly status: 200 | 204;
  readonly input: I;
  readonly output: z.ZodType | null;
  /** Whether it is open to people who are not signed in. */
  readonly public: boolean;
  readonly enter: (visit: Visit, input: z.infer<I>) => Promise<Left>;
}

const entrance = <I extends z.ZodType>(declared: Entrance<I>): Entrance => declared as unknown as Entrance;

const Password = z.string().min(1).max(256);
const Token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const Code = z.string().regex(/^\d{6}$/);
const RecoveryCode = z.string().min(8).max(32);
const Entered = z.strictObject({ outcome: z.enum(['signed-in', 'second-factor-needed']) }).meta({ id: 'Entered' });

export const entrances: readonly Entrance[] = [
  entrance({
    name: 'signIn',
    summary: { zh: '登录', en: 'Sign in with e-mail address and password' },
    method: 'POST',
    path: '/session',
    status: 200,
    input: z.strictObject({ email: z.string().min(3).max(254), password: Password }),
    output: Entered,
    public: true,
    enter: async (visit, { email, password }) => settle(visit, 'signIn', await visit.identity.signIn({ email, password, address: visit.address })),
  }),
  entrance({
    name: 'signInSecondFactor',
    summary: { zh: '以第二因素完成登录', en: 'Finish signing in with a one-time code or a recovery code' },
    method: 'POST',
    path: '/session/second-factor',
    status: 200,
    input: z.strictObject({ code: z.string().min(6).max(32), recovery: z.boolean().optional() }),
    output: Entered,
    public: true,
    enter: async (visit, { code, recovery = false }) => {
      if (!(recovery ? RecoveryCode : Code).safeParse(code).success) wrongCode();
      const request = { cookie: visit.cookie, code, recovery, address: visit.address };
      return settle(visit, 'signInSecondFactor', await visit.identity.signInSecondFactor(request));
    },
  }),
  entrance({
    name: 'readInvitation',
    summary: { zh: '查看邀请', en: 'Show the invitation behind a link' },
    method: 'POST',
    path: '/invitations/lookup',
    status: 200,
    input: z.strictObject({ token: Token }),
    output: z
      .strictObject({
        organisation: z.string(),
        email: z.string(),
        roles: z.array(MemberRole),
        invitedBy: z.string(),
        expiresAt: Instant,
      })
      .meta({ id: 'InvitationShown' }),
    public: true,
    enter: async ({ identity }, { token }) => ({ cookies: [], output: (await identity.readInvitation(token)) ?? invitationGone() }),
  }),
  entrance({
    name: 'acceptInvitation',
    summary: { zh: '接受邀请', en: 'Take up an invitation, with a password of one’s own, and sign in' },
    method: 'POST',
    path: '/invitations/acceptance',
    status: 200,
    input: z.strictObject({ token: Token, name: z.string().regex(/\S/).max(100), password: z.string().min(signInRules.minPasswordLength).max(256) }),
    output: Entered,
    public: true,
    enter: async (visit, { token, name, password }) => {
      const taken = await visit.identity.acceptInvitation({ token, name, password, address: visit.address });
      if (taken.outcome === 'locked') throw locked(taken.minutesLeft);
      if (taken.outcome === 'wrong') return wrongPassword();
      if (taken.outcome !== 'accepted') return invitationGone();
      return settle(visit, 'acceptInvitation', await visit.identity.signIn({ email: taken.email, password, address: visit.address }));
    },
  }),
  entrance({
    name: 'signOut',
    summary: { zh: '退出登录', en: 'Sign out, here or everywhere' },
    method: 'DELETE',
    path: '/session',
    status: 204,
    input: z.strictObject({ everywhere: z.boolean().optional() }),
    output: null,
    public: false,
    enter: async ({ identity, cookie }, { everywhere = false }) => ({ cookies: await identity.signOut({ cookie, everywhere }) }),
  }),
  entrance({
    name: 'enrolSecondFactor',
    summary: { zh: '登记第二因素', en: 'Begin a second factor: address for the app and recovery codes, shown once' },
    method: 'POST',
    path: '/second-factor',
    status: 200,
    input: z.strictObject({ password: Password }),
    output: z.strictObject({ uri: z.string(), recoveryCodes: z.array(z.string()) }).meta({ id: 'SecondFactorEnrolment' }),
    public: false,
    enter: async ({ identity, cookie }, { password }) => ({ cookies: [], output: (await identity.enrolSecondFactor({ cookie, password })) ?? wrongPassword() }),
  }),
  entrance({
    name: 'confirmSecondFactor',
    summary: { zh: '确认第二因素', en: 'Confirm the second factor with its first code' },
    method: 'POST',
    path: '/second-factor/confirmation',
    status: 204,
    input: z.strictObject({ code: Code }),
    output: null,
    public: false,
    enter: async ({ identity, cookie }, { code }) => ({ cookies: (await identity.confirmSecondFactor({ cookie, code })) ?? wrongCode() }),
  }),
  entrance({
    name: 'dropSecondFactor',
    summary: { zh: '取消第二因素', en: 'Take the second factor away' },
    method: 'POST',
    path: '/second-factor/removal',
    status: 204,
    input: z.strictObject({ password: Password }),
    output: null,
    public: false,
    enter: async ({ identity, cookie }, { password }) => ({ cookies: (await identity.dropSecondFactor({ cookie, password })) ?? wrongPassword() }),
  }),
  entrance({
    name: 'changePassword',
    summary: { zh: '修改密码', en: 'Change the password; all other sessions end' },
    method: 'POST',
    path: '/password',
    status: 204,
    input: z.strictObject({ current: Password, next: z.string().min(signInRules.minPasswordLength).max(256) }),
    output: null,
    public: false,
    enter: async ({ identity, cookie }, { current, next }) => ({ cookies: (await identity.changePassword({ cookie, current, next })) ?? wrongPassword() }),
  }),
  entrance({
    name: 'verifyReport',
    summary: { zh: '核验评估报告', en: 'Check the code of an assessment report: who signed it, when, and the hashes to compare' },
    method: 'GET',
    path: '/verification',
    status: 200,
    input: z.strictObject({ code: z.string().regex(/^[0-9A-F]{4}(-[0-9A-F]{4}){4}$/) }),
    output: Verification,
    public: true,
    enter: async ({ verify }, { code }) => ({ cookies: [], output: await verify(code) }),
  }),
];

function invitationGone(): never {
  throw new Refusal('rule', 'invitation-gone', 'this invitation was taken up, taken back, or has ended');
}

function wrongPassword(): never {
  throw new Refusal('rule', 'wrong-password', 'the present password is not right');
}

function wrongCode(): never {
  throw new Refusal('unauthenticated', 'wrong-code', 'the code is not right or no longer valid');
}

/** Journals the attempt and turns its end into an answer. An unknown account and a wrong password are answered alike. */
async function settle({ witness, address }: Visit, what: string, end: SignIn): Promise<Left> {
  await witness({ user: end.user, what, outcome: end.outcome, address });
  if (end.outcome === 'signed-in' || end.outcome === 'second-factor-needed') return { cookies: end.cookies, output: { outcome: end.outcome } };
  if (end.outcome === 'locked') throw locked(end.minutesLeft);
  if (end.outcome === 'no-membership') throw new Refusal('not-permitted', 'no-membership', 'this person belongs to no organisation any more');
  if (what === 'signInSecondFactor') return wrongCode();
  throw new Refusal('unauthenticated', 'wrong-credentials', 'the e-mail address or the password is not right', { attemptsBeforeLock: signInRules.maxFailures });
}

const locked = (minutes: number): Refusal =>
  new Refusal('too-many', 'account-locked', `too many failed attempts: locked from this address for \`${minutes}\` more minutes`, {
    minutesLeft: minutes,
    retryAfterSeconds: minutes * 60,
  });
