import { readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { Refusal } from '../../domain/basics/index.ts';
import { mayDo } from '../../domain/parties/index.ts';
import type { Members, Membership } from '../interfaces.ts';
import { callerOfKey, callerOfSession, tokenOf, type Caller } from './actors.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { briefMemory, type BriefMemory } from './brief-memory.ts';
import { buildAuth, migrateAuth, openAuthPool, type Auth, type AuthSettings } from './auth.ts';
import { acceptInvitation, invite, listInvitations, readInvitation, revokeInvitation, setRoles, type Acceptance, type InvitationShown } from './invitations.ts';
import { listMembers, membershipIn, membershipsOf, organisationsOf, removeMember } from './memberships.ts';
import { changePassword } from './password.ts';
import { confirmSecondFactor, dropSecondFactor, enrolSecondFactor, type Enrolment } from './second-factor.ts';
import { seedIdentity, type SeedOrganisation, type SeedPerson } from './seed.ts';
import { signIn, signInSecondFactor, type SignIn, type SignInRequest } from './sign-in.ts';

/** Everything the doors ask about people. */
export interface Identity {
  readonly members: Members;
  /** Who asks, from the Cookie and Authorization headers; null when nobody does. */
  callerOf(headers: { readonly cookie?: string | undefined; readonly authorization?: string | undefined }): Promise<Caller | null>;
  /** A person as the worker and the command line act for him, in the named organisation or his first. */
  callerNamed(email: string, organisation?: string): Promise<Omit<Caller, 'credential'> | null>;
  signIn(request: SignInRequest): Promise<SignIn>;
  signInSecondFactor(request: { cookie: string; code: string; recovery: boolean; address: string }): Promise<SignIn>;
  /** The invitation behind a link; null when the link is good for nothing any more, for whatever reason. */
  readInvitation(token: string): Promise<InvitationShown | null>;
  acceptInvitation(request: { token: string; name: string; password: string; address: string }): Promise<Acceptance>;
  /** Ends the session of this cookie, or all of the person's. Answers cookies that erase the browser's. */
  signOut(request: { cookie: string; everywhere: boolean }): Promise<readonly string[]>;
  enrolSecondFactor(request: { cookie: string; password: string }): Promise<Enrolment | null>;
  confirmSecondFactor(request: { cookie: string; code: string }): Promise<readonly string[] | null>;
  dropSecondFactor(request: { cookie: string; password: string }): Promise<readonly string[] | null>;
  changePassword(request: { cookie: string; current: string; next: string }): Promise<readonly string[] | null>;
  /** Whether something that happens once in the life of an installation has happened. */
  isNoted(what: string): Promise<boolean>;
  note(what: string): Promise<void>;
  seed(organisations: readonly SeedOrganisation[], people: readonly SeedPerson[]): Promise<void>;
}

/** Opens people and keys on a database whose tables `migrateIdentity` has made. */
export async function openIdentity(settings: AuthSettings): Promise<Identity> {
  const { pool, secret } = settings;
  const auth = buildAuth(settings);
  const cookieName = (await auth.$context).authCookies.sessionToken.name;
  const tokenIn = (header: string | undefined): string | null => {
    const cookie = cookieIn(header, cookieName);
    return cookie === null ? null : tokenOf(cookie, secret);
  };
  const callers = briefMemory<Caller | null>(() => performance.now());
  const forgetAfter = <T>(change: Promise<T>): Promise<T> => change.finally(() => callers.forget());
  return {
    members: membersOf(pool, forgetAfter),
    callerOf: ({ cookie, authorization }) => callerOf(pool, { token: tokenIn(cookie), authorization }, callers),
    callerNamed: (email, organisation) => callerNamed(pool, email, organisation),
    signIn: (request) => signIn({ auth, pool }, request),
    signInSecondFactor: (request) => signInSecondFactor({ auth, pool }, request),
    readInvitation: (token) => readInvitation(pool, token),
    acceptInvitation: (request) => forgetAfter(acceptInvitation({ auth, pool }, request)),
    signOut: ({ cookie, everywhere }) => forgetAfter(signOut({ auth, pool }, { cookie, token: tokenIn(cookie), everywhere })),
    enrolSecondFactor: (request) => enrolSecondFactor(auth, request),
    confirmSecondFactor: (request) => forgetAfter(confirmSecondFactor(auth, request)),
    dropSecondFactor: (request) => forgetAfter(dropSecondFactor(auth, request)),
    changePassword: (request) => forgetAfter(changePassword({ auth, pool }, { ...request, token: tokenIn(request.cookie) })),
    isNoted: async (what) => (await pool.query('select from auth.once where what = $1', [what])).rowCount === 1,
    note: async (what) => void (await pool.query('insert into auth.once (what) values ($1) on conflict do nothing', [what])),
    seed: (organisations, people) => seedIdentity({ auth, pool }, organisations, people),
  };
}

/** Makes or completes the tables of the schema `auth` as the owner. Two at once wait for each other. */
export async function migrateIdentity({ ownerUrl, ...settings }: Omit<AuthSettings, 'pool'> & { readonly ownerUrl: string }): Promise<void> {
  // One connection holds the lock while another one works.
  const pool = openAuthPool(ownerUrl, 2);
  const waiting = await pool.connect();
  try {
    await waiting.query("select pg_advisory_lock(hashtext('riskloop identity'))");
    await makeTables(pool, buildAuth({ ...settings, pool }));
  } finally {
    waiting.release(true);
    await pool.end();
  }
}

async function makeTables(pool: Pool, auth: Auth): Promise<void> {
  await pool.query('create schema if not exists auth');
  await migrateAuth(auth);
  await pool.query(readFileSync(new URL('./tables.sql', import.meta.url), 'utf8'));
}

function membersOf(pool: Pool, forgetAfter: <T>(change: Promise<T>) => Promise<T>): Members {
  return {
    person: (user) => person(pool, user),
    membershipsOf: (user) => membershipsOf(pool, user),
    listMembers: (organisation) => listMembers(pool, organisation),
    removeMember: (organisation, user) => forgetAfter(removeMember(pool, organisation, user)),
    switchOrganisation: (session, user, organisation) => forgetAfter(switchOrganisation(pool, { session, user, organisation })),
    createApiKey: (key) => createApiKey(pool, key),
    listApiKeys: (organisation) => listApiKeys(pool, organisation),
    revokeApiKey: (organisation, id) => forgetAfter(revokeApiKey(pool, organisation, id)),
    invite: (invitation) => invite(pool, invitation),
    listInvitations: (organisation) => listInvitations(pool, organisation),
    revokeInvitation: (organisation, id) => revokeInvitation(pool, organisation, id),
    setRoles: (organisation, user, roles) => forgetAfter(setRoles(pool, organisation, user, roles, (held) => mayDo(held, 'member:manage'))),
    organisationsOf: (kind) => organisationsOf(pool, kind),
  };
}

/** A request that carries a key is judged by the key alone: a bad key never falls back to a cookie. */
async function callerOf(
  pool: Pool,
  { token, authorization }: { token: string | null; authorization: string | undefined },
  callers: BriefMemory<Caller | null>,
): Promise<Caller | null> {
  if (authorization !== undefined) {
    const key = authorization.replace(/^Bearer /i, '');
    return callers.recall(`key ${key}`, () => callerOfKey(pool, key));
  }
  return token === null ? null : callers.recall(`session ${token}`, () => callerOfSession(pool, token));
}

async function callerNamed(pool: Pool, email: string, organisation?: string): Promise<Omit<Caller, 'credential'> | null> {
  const { rows } = await pool.query<{ id: string; name: string }>('select id, name from auth."user" where email = $1', [email.trim().toLowerCase()]);
  if (rows[0] === undefined) return null;
  const memberships = await membershipsOf(pool, rows[0].id);
  const membership = memberships.find((one) => organisation === undefined || one.organisation === organisation);
  if (membership === undefined) return null;
  return {
    user: rows[0].id,
    name: rows[0].name,
    organisation: membership.organisation,
    organisationKind: membership.organisationKind,
    roles: membership.roles,
    via: 'session',
  };
}

async function signOut(
  { auth, pool }: { auth: Auth; pool: Pool },
  { cookie, token, everywhere }: { cookie: string; token: string | null; everywhere: boolean },
): Promise<readonly string[]> {
  if (everywhere && token !== null) await pool.query('delete from auth.session where "userId" = (select "userId" from auth.session where token = $1)', [token]);
  const { headers } = await auth.api.signOut({ headers: new Headers({ cookie }), returnHeaders: true });
  return headers.getSetCookie();
}

async function switchOrganisation(pool: Pool, { session, user, organisation }: { session: string; user: string; organisation: string }): Promise<Membership> {
  const membership = await membershipIn(pool, user, organisation);
  if (membership === null) throw new Refusal('absent', 'not-found', 'no such organisation, or no membership in it');
  await pool.query('update auth.session set "activeOrganizationId" = $1 where id = $2 and "userId" = $3', [organisation, session, user]);
  return membership;
}

async function person(pool: Pool, user: string): Promise<{ id: string; name: string; email: string; secondFactor: boolean }> {
  const { rows } = await pool.query<{ name: string; email: string; second: boolean | null }>(
    'select name, email, "twoFactorEnabled" as second from auth."user" where id = $1',
    [user],
  );
  if (rows[0] === undefined) throw new Refusal('absent', 'not-found', 'no such person');
  return { id: user, name: rows[0].name, email: rows[0].email, secondFactor: rows[0].second === true };
}

/** One cookie's value in a Cookie header. */
function cookieIn(header: string | undefined, name: string): string | null {
  const pair = header?.split(';').find((part) => part.trim().startsWith(`${name}=`));
  if (pair === undefined) return null;
  try {
    return decodeURIComponent(pair.trim().slice(name.length + 1));
  } catch {
    return null;
  }
}
