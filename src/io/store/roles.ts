import { createHmac } from 'node:crypto';
import pg from 'pg';

/** The two roles that serve. Neither owns anything nor bypasses row-level security; `app_worker` is a member of `app_rw`. */
export type ServingRole = 'app_rw' | 'app_worker';

/**
 * The owner's connection string with a serving role in place of the owner. The role's password is derived from the owner's
 * (HMAC-SHA256), so that every process which may connect as the owner finds the same one and nothing more has to be kept.
 */
export function urlAs(role: ServingRole, ownerUrl: string): string {
  const url = new URL(ownerUrl);
  const password = derivedPassword(role, decodeURIComponent(url.password));
  url.username = role;
  url.password = password;
  return url.toString();
}

const derivedPassword = (role: ServingRole, ownerPassword: string): string =>
  createHmac('sha256', ownerPassword).update(`riskloop ${role}`).digest('base64url');

/** Makes the serving roles where they are missing. Roles belong to the whole server, so several databases on it share them. */
export async function ensureRoles(owner: pg.Client, ownerUrl: string): Promise<void> {
  await owner.query(makeRole('app_rw'));
  await owner.query(makeRole('app_worker'));
  await owner.query('grant app_rw to app_worker');
  for (const role of ['app_rw', 'app_worker'] as const) if (!(await canSignIn(urlAs(role, ownerUrl)))) await setPassword(owner, role, ownerUrl);
}

/** Two starts at once may both find it missing; the second one's error says that it is there. */
const makeRole = (role: ServingRole): string => `do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then
    create role ${role} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null;
end $$`;

async function canSignIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function setPassword(owner: pg.Client, role: ServingRole, ownerUrl: string): Promise<void> {
  const password = decodeURIComponent(new URL(urlAs(role, ownerUrl)).password);
  await owner.query(`alter role ${role} login password ${pg.escapeLiteral(password)}`);
}
