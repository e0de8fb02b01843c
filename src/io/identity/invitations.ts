import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { Refusal, instantFromMillis, type Instant } from '../../domain/basics/index.ts';
import type { MemberRole } from '../../domain/parties/index.ts';
import type { Invitation, NewInvitation } from '../interfaces.ts';
import type { Auth } from './auth.ts';
import { countAttempt, forgetAttempts } from './lockout.ts';
import { rolesIn } from './memberships.ts';

/** Invitations: 256 random bits in a link. Only the hash is kept; the link is shown once, and is good for one person once. */

interface Row {
  readonly id: string;
  readonly organisation: string;
  readonly email: string;
  readonly roles: string;
  readonly invited_by: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly accepted_at: Date | null;
  readonly revoked_at: Date | null;
}

/** The role of whoever was asked to answer sections only. */
const sectionRole: MemberRole = 'contributor';

const columns = 'id, organisation, email, roles, invited_by, created_at, expires_at, accepted_at, revoked_at';
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const instant = (date: Date | null): Instant | null => (date === null ? null : instantFromMillis(date.getTime()));

const toInvitation = (row: Row): Invitation => ({
  id: row.id,
  email: row.email,
  roles: rolesIn(row.roles),
  invitedBy: row.invited_by,
  createdAt: instantFromMillis(row.created_at.getTime()),
  expiresAt: instantFromMillis(row.expires_at.getTime()),
  acceptedAt: instant(row.accepted_at),
  revokedAt: instant(row.revoked_at),
});

/**
 * Makes an invitation. One that is open for the same address ends, so that only the latest link is good; one that came with sections to answer stays,
 * because each assignment has a link of its own, and `replaces` nothing.
 */
export async function invite(pool: Pool, { organisation, by, email, roles, validDays, replaces }: NewInvitation): Promise<Invitation & { token: string }> {
  const token = randomBytes(32).toString('base64url');
  const address = email.trim().toLowerCase();
  if (replaces)
    await pool.query(
      `update auth.member_invitation set revoked_at = now()
       where organisation = $1 and email = $2 and roles <> $3 and accepted_at is null and revoked_at is null`,
      [organisation, address, sectionRole],
    );
  const { rows } = await pool.query<Row>(
    `insert into auth.member_invitation (id, organisation, email, roles, token_hash, invited_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)) returning ${columns}`,
    [`invitation_${randomUUID()}`, organisation, address, roles.join(','), hashOf(token), by, validDays],
  );
  return { ...toInvitation(rows[0]!), token };
}

export async function listInvitations(pool: Pool, organisation: string): Promise<Invitation[]> {
  const { rows } = await pool.query<Row>(`select ${columns} from auth.member_invitation where organisation = $1 order by created_at desc limit 200`, [
    organisation,
  ]);
  return rows.map(toInvitation);
}

export async function revokeInvitation(pool: Pool, organisation: string, id: string): Promise<void> {
  const { rowCount } = await pool.query(
    'update auth.member_invitation set revoked_at = now() where organisation = $1 and id = $2 and accepted_at is null and revoked_at is null',
    [organisation, id],
  );
  if (rowCount === 0) throw new Refusal('absent', 'not-found', 'no such open invitation');
}

/** What the invited person is shown before deciding. */
export interface InvitationShown {
  readonly organisation: string;
  readonly email: string;
  readonly roles: readonly MemberRole[];
  readonly invitedBy: string;
  readonly expiresAt: Instant;
}

const open = 'i.token_hash = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()';

/**
 * The invitation behind a link; null when it was used, taken back, has ended or never was: all alike. Whether the address has an account is not told: whoever
 * made the link holds it too, and would learn it of any address.
 */
export async function readInvitation(pool: Pool, token: string): Promise<InvitationShown | null> {
  return (await openInvitation(pool, token))?.shown ?? null;
}

async function openInvitation(pool: Pool, token: string): Promise<{ shown: InvitationShown; hasAccount: boolean } | null> {
  const { rows } = await pool.query<Row & { name: string; account: boolean }>(
    `select i.*, o.name, exists (select from auth."user" u where u.email = i.email) as account
     from auth.member_invitation i join auth.organization o on o.id = i.organisation where ${open}`,
    [hashOf(token)],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { email, roles, invitedBy, expiresAt } = toInvitation(row);
  return { shown: { organisation: row.name, email, roles, invitedBy, expiresAt }, hasAccount: row.account };
}

/** How taking up an invitation ended. */
export type Acceptance =
  | { readonly outcome: 'accepted'; readonly email: string }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'locked'; readonly minutesLeft: number };

interface Taking {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly address: string;
}

/** Takes up an invitation once: a new account gets this password, an account that is there must know its own. */
export async function acceptInvitation({ auth, pool }: { auth: Auth; pool: Pool }, taking: Taking): Promise<Acceptance> {
  const found = await openInvitation(pool, taking.token);
  if (found === null) return { outcome: 'gone' };
  const { shown, hasAccount } = found;
  const { password: hasher } = await auth.$context;
  if (hasAccount) {
    const attempt = { account: shown.email, address: taking.address };
    const minutesLeft = await countAttempt(pool, attempt);
    if (minutesLeft !== null) return { outcome: 'locked', minutesLeft };
    const hash = await passwordHash(pool, shown.email);
    if (hash === null || !(await hasher.verify({ hash, password: taking.password }))) return { outcome: 'wrong' };
    await forgetAttempts(pool, attempt);
  }
  const newHash = hasAccount ? null : await hasher.hash(taking.password);
  return (await take(pool, taking, newHash)) ? { outcome: 'accepted', email: shown.email } : { outcome: 'gone' };
}

async function passwordHash(pool: Pool, email: string): Promise<string | null> {
  const { rows } = await pool.query<{ password: string | null }>(
    `select a.password from auth.account a join auth."user" u on u.id = a."userId" where u.email = $1 and a."providerId" = 'credential'`,
    [email],
  );
  return rows[0]?.password ?? null;
}

/** Everything or nothing; of two who take the same link at once only one gets past the update. */
async function take(pool: Pool, { token, name }: Taking, newHash: string | null): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<Row>(`update auth.member_invitation i set accepted_at = now() where ${open} returning ${columns}`, [hashOf(token)]);
    if (rows[0] !== undefined) await enter(client, rows[0], name, newHash);
    await client.query('commit');
    return rows[0] !== undefined;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function enter(client: PoolClient, { organisation, email, roles }: Row, name: string, newHash: string | null): Promise<void> {
  const user = newHash === null ? await userOf(client, email) : await newUser(client, { email, name, hash: newHash });
  const { rows } = await client.query<{ role: string }>('select role from auth.member where "organizationId" = $1 and "userId" = $2 for update', [
    organisation,
    user,
  ]);
  const all = [...new Set([...rolesIn(rows[0]?.role ?? ''), ...rolesIn(roles)])].join(',');
  if (rows[0]) await client.query('update auth.member set role = $3 where "organizationId" = $1 and "userId" = $2', [organisation, user, all]);
  else
    await client.query('insert into auth.member (id, "organizationId", "userId", role, "createdAt") values ($1, $2, $3, $4, now())', [
      randomUUID(),
      organisation,
      user,
      all,
    ]);
}

async function userOf(client: PoolClient, email: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select id from auth."user" where email = $1', [email]);
  return rows[0]!.id;
}

async function newUser(client: PoolClient, { email, name, hash }: { email: string; name: string; hash: string }): Promise<string> {
  const id = randomUUID();
  await client.query('insert into auth."user" (id, email, name, "emailVerified", "createdAt", "updatedAt") values ($1, $2, $3, true, now(), now())', [
    id,
    email,
    name,
  ]);
  await client.query(
    'insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt") values ($1, $2, \'credential\', $2, $3, now(), now())',
    [randomUUID(), id, hash],
  );
  return id;
}

/** Gives a member other roles. Throws a Refusal `last-administrator` when nobody would be left who may manage members. */
export async function setRoles(
  pool: Pool,
  organisation: string,
  user: string,
  roles: readonly MemberRole[],
  mayManage: (roles: readonly MemberRole[]) => boolean,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ userId: string; role: string }>('select "userId", role from auth.member where "organizationId" = $1 for update', [
      organisation,
    ]);
    if (!rows.some((row) => row.userId === user)) throw new Refusal('absent', 'not-found', 'no such member');
    if (!mayManage(roles) && !rows.some((row) => row.userId !== user && mayManage(rolesIn(row.role))))
      throw new Refusal('rule', 'last-administrator', 'the last member who may manage members keeps that role');
    await client.query('update auth.member set role = $3 where "organizationId" = $1 and "userId" = $2', [organisation, user, roles.join(',')]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
