import { createHash } from 'node:crypto';
import { APIError } from 'better-auth/api';
import type { Pool } from 'pg';
import type { Auth } from './auth.ts';
import { countAttempt, forgetAttempts } from './lockout.ts';
import { membershipsOf } from './memberships.ts';

/** How an attempt to sign in ended. `user` is known also when the password was wrong, for the journal; it never leaves the server then. */
export type SignIn =
  | { readonly outcome: 'signed-in'; readonly user: string; readonly cookies: readonly string[] }
  | { readonly outcome: 'second-factor-needed'; readonly user: string; readonly cookies: readonly string[] }
  | { readonly outcome: 'wrong'; readonly user: string | null }
  | { readonly outcome: 'locked'; readonly user: string | null; readonly minutesLeft: number }
  | { readonly outcome: 'no-membership'; readonly user: string };

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** Network address of the person. */
  readonly address: string;
}

type World = { readonly auth: Auth; readonly pool: Pool };

/** Checks an e-mail address and a password. After five failures from one address the account is locked there for a quarter of an hour. */
export async function signIn(world: World, { email, password, address }: SignInRequest): Promise<SignIn> {
  const attempt = { account: email.trim().toLowerCase(), address };
  const minutesLeft = await countAttempt(world.pool, attempt);
  const user = await userOf(world.pool, attempt.account);
  if (minutesLeft !== null) return { outcome: 'locked', user, minutesLeft };
  const answer = await unlessRefused(() =>
    world.auth.api.signInEmail({ body: { email: attempt.account, password }, headers: new Headers(), returnHeaders: true }),
  );
  if (answer === null || user === null) return { outcome: 'wrong', user };
  await forgetAttempts(world.pool, attempt);
  const cookies = answer.headers.getSetCookie();
  if ('twoFactorRedirect' in answer.response) return { outcome: 'second-factor-needed', user, cookies };
  return begin(world.pool, { user, token: answer.response.token, cookies });
}

/** Checks a one-time code, or a recovery code, after the password was right. `cookie` is the request's Cookie header. */
export async function signInSecondFactor(
  world: World,
  { cookie, code, recovery, address }: { cookie: string; code: string; recovery: boolean; address: string },
): Promise<SignIn> {
  const attempt = { account: `second factor ${cookie}`, address };
  const minutesLeft = await countAttempt(world.pool, attempt);
  if (minutesLeft !== null) return { outcome: 'locked', user: null, minutesLeft };
  const request = { body: { code }, headers: new Headers({ cookie }), returnHeaders: true } as const;
  const answer = await unlessRefused(() => (recovery ? world.auth.api.verifyBackupCode(request) : world.auth.api.verifyTOTP(request)));
  if (answer === null || !answer.response.token) return { outcome: 'wrong', user: null };
  const { token, user } = answer.response;
  if (!(await useUp(world.pool, { user: user.id, code }))) {
    await world.pool.query('delete from auth.session where token = $1', [token]);
    return { outcome: 'wrong', user: user.id };
  }
  await forgetAttempts(world.pool, attempt);
  return begin(world.pool, { user: user.id, token, cookies: answer.headers.getSetCookie() });
}

/** A one-time code stays right for some half-minutes; whoever saw it typed must not use it in that time. False when it was used before. */
async function useUp(pool: Pool, { user, code }: { user: string; code: string }): Promise<boolean> {
  await pool.query("delete from auth.once where what like 'code %' and at < now() - interval '10 minutes'");
  const hash = createHash('sha256').update(`${user} ${code}`).digest('hex');
  const { rowCount } = await pool.query('insert into auth.once (what) values ($1) on conflict do nothing', [`code ${hash}`]);
  return rowCount === 1;
}

/** A session acts for one organisation at a time; it begins with the oldest membership. */
async function begin(pool: Pool, { user, token, cookies }: { user: string; token: string; cookies: readonly string[] }): Promise<SignIn> {
  const [first] = await membershipsOf(pool, user);
  if (first === undefined) {
    await pool.query('delete from auth.session where token = $1', [token]);
    return { outcome: 'no-membership', user };
  }
  await pool.query('update auth.session set "activeOrganizationId" = $1 where token = $2', [first.organisation, token]);
  return { outcome: 'signed-in', user, cookies };
}

async function userOf(pool: Pool, email: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>('select id from auth."user" where email = $1', [email]);
  return rows[0]?.id ?? null;
}

/** null when the library says no to the person; anything else that goes wrong is thrown on. */
export async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) return null;
    throw error;
  }
}
