import type { Pool } from 'pg';
import type { Auth } from './auth.ts';
import { unlessRefused } from './sign-in.ts';

interface Change {
  readonly cookie: string;
  /** Token of the session that asks. */
  readonly token: string | null;
  readonly current: string;
  readonly next: string;
}

/** Changes the password and ends all sessions of the person but this one, which goes on under a new cookie. null when the present password is wrong. */
export async function changePassword({ auth, pool }: { auth: Auth; pool: Pool }, { cookie, token, current, next }: Change): Promise<readonly string[] | null> {
  const { rows } = await pool.query<{ organisation: string }>('select "activeOrganizationId" as organisation from auth.session where token = $1', [token]);
  const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
  const answer = await unlessRefused(() => auth.api.changePassword({ body, headers: new Headers({ cookie }), returnHeaders: true }));
  if (answer === null) return null;
  await pool.query('update auth.session set "activeOrganizationId" = $1 where token = $2', [rows[0]?.organisation ?? null, answer.response.token]);
  return answer.headers.getSetCookie();
}
