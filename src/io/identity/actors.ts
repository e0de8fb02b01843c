import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';
import { OrganisationKind, signInRules } from '../../domain/parties/index.ts';
import type { MemberRole, Permission } from '../../domain/parties/index.ts';
import { hashApiKey, looksLikeApiKey, permissionsIn } from './api-keys.ts';
import { rolesIn } from './memberships.ts';

/** Who stands behind a request. The same shape as the application's Actor, without a dependency on it. */
export interface Caller {
  readonly user: string;
  readonly name: string;
  readonly organisation: string;
  readonly organisationKind: OrganisationKind;
  readonly roles: readonly MemberRole[];
  readonly via: 'session' | 'key';
  readonly credential: string;
  readonly scope?: readonly Permission[];
}

interface CallerRow {
  readonly credential: string;
  readonly user: string;
  readonly name: string;
  readonly organisation: string;
  readonly kind: string;
  readonly role: string;
}

const toCaller = (row: CallerRow, via: Caller['via']): Caller => ({
  user: row.user,
  name: row.name,
  organisation: row.organisation,
  organisationKind: OrganisationKind.parse(row.kind),
  roles: rolesIn(row.role),
  via,
  credential: row.credential,
});

/** The token inside a signed session cookie, or null when the signature is not ours. */
export function tokenOf(cookie: string, secret: string): string | null {
  const dot = cookie.lastIndexOf('.');
  if (dot < 1) return null;
  const token = cookie.slice(0, dot);
  const given = Buffer.from(cookie.slice(dot + 1), 'base64');
  const ours = createHmac('sha256', secret).update(token).digest();
  return given.length === ours.length && timingSafeEqual(given, ours) ? token : null;
}

/** The caller of a session, as its membership stands now, in one query. */
export async function callerOfSession(pool: Pool, token: string): Promise<Caller | null> {
  const { rows } = await pool.query<CallerRow & { stale: boolean }>({
    name: 'caller-of-session',
    text: `select s.id as credential, u.id as "user", u.name, o.id as organisation, o.kind, m.role,
                  s."updatedAt" < now() - interval '1 minute' as stale
           from auth.session s
           join auth."user" u on u.id = s."userId"
           join auth.member m on m."userId" = s."userId" and m."organizationId" = s."activeOrganizationId"
           join auth.organization o on o.id = m."organizationId"
           where s.token = $1 and s."expiresAt" > now() and s."updatedAt" > now() - make_interval(mins => $2)`,
    values: [token, signInRules.idleMinutes],
  });
  const row = rows[0];
  if (row === undefined) return null;
  if (row.stale) await pool.query('update auth.session set "updatedAt" = now() where id = $1', [row.credential]);
  return toCaller(row, 'session');
}

/** The caller of an API key: its maker, as far as he is still a member, limited to the key's scope. */
export async function callerOfKey(pool: Pool, secret: string): Promise<Caller | null> {
  if (!looksLikeApiKey(secret)) return null;
  const { rows } = await pool.query<CallerRow & { permissions: string[]; stale: boolean }>({
    name: 'caller-of-key',
    text: `select k.id as credential, u.id as "user", u.name, o.id as organisation, o.kind, m.role, k.permissions,
                  (k.last_used_at is null or k.last_used_at < now() - interval '1 minute') as stale
           from auth.api_key k
           join auth."user" u on u.id = k.user_id
           join auth.member m on m."userId" = k.user_id and m."organizationId" = k.organisation
           join auth.organization o on o.id = k.organisation
           where k.hash = $1 and k.revoked_at is null`,
    values: [hashApiKey(secret)],
  });
  const row = rows[0];
  if (row === undefined) return null;
  if (row.stale) await pool.query('update auth.api_key set last_used_at = now() where id = $1', [row.credential]);
  return { ...toCaller(row, 'key'), scope: permissionsIn(row.permissions) };
}
