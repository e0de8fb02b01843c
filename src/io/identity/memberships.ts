import type { Pool } from 'pg';
import { Refusal, instantFromMillis } from '../../domain/basics/index.ts';
import { MemberRole, OrganisationKind, mayDo } from '../../domain/parties/index.ts';
import type { Member, Membership } from '../interfaces.ts';

/** Our own view of who belongs where: one query over the library's tables. */

export interface MembershipRow {
  readonly organisation: string;
  readonly organisation_name: string;
  readonly kind: string;
  readonly role: string;
}

/** The library keeps a member's roles as one text with commas. A role we do not know gives no rights. */
export const rolesIn = (text: string): MemberRole[] => text.split(',').flatMap((word) => MemberRole.safeParse(word.trim()).data ?? []);

export const toMembership = (row: MembershipRow): Membership => ({
  organisation: row.organisation,
  organisationName: row.organisation_name,
  organisationKind: OrganisationKind.parse(row.kind),
  roles: rolesIn(row.role),
});

const membershipColumns = 'o.id as organisation, o.name as organisation_name, o.kind, m.role';

export async function membershipsOf(pool: Pool, user: string): Promise<Membership[]> {
  const { rows } = await pool.query<MembershipRow>(
    `select ${membershipColumns} from auth.member m join auth.organization o on o.id = m."organizationId" where m."userId" = $1 order by m."createdAt", o.id`,
    [user],
  );
  return rows.map(toMembership);
}

export async function membershipIn(pool: Pool, user: string, organisation: string): Promise<Membership | null> {
  const all = await membershipsOf(pool, user);
  return all.find((membership) => membership.organisation === organisation) ?? null;
}

export async function listMembers(pool: Pool, organisation: string): Promise<Member[]> {
  const { rows } = await pool.query<{ user: string; name: string; email: string; role: string; second: boolean | null; since: Date }>(
    `select u.id as "user", u.name, u.email, m.role, u."twoFactorEnabled" as second, m."createdAt" as since
     from auth.member m join auth."user" u on u.id = m."userId" where m."organizationId" = $1 order by u.name, u.id`,
    [organisation],
  );
  return rows.map(({ user, name, email, role, second, since }) => ({
    user,
    name,
    email,
    roles: rolesIn(role),
    secondFactor: second === true,
    since: instantFromMillis(since.getTime()),
  }));
}

/** Removes the membership with the sessions that act for it and the keys made under it. */
export async function removeMember(pool: Pool, organisation: string, user: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<{ userId: string; role: string }>('select "userId", role from auth.member where "organizationId" = $1 for update', [
      organisation,
    ]);
    requireRemovable(rows, user);
    await client.query('delete from auth.member where "organizationId" = $1 and "userId" = $2', [organisation, user]);
    await client.query('delete from auth.session where "activeOrganizationId" = $1 and "userId" = $2', [organisation, user]);
    await client.query('update auth.api_key set revoked_at = now() where organisation = $1 and user_id = $2 and revoked_at is null', [organisation, user]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

function requireRemovable(members: readonly { userId: string; role: string }[], user: string): void {
  if (!members.some((member) => member.userId === user)) throw new Refusal('absent', 'not-found', 'no such member');
  const managersLeft = members.filter((member) => member.userId !== user && mayDo(rolesIn(member.role), 'member:manage'));
  if (managersLeft.length === 0) throw new Refusal('rule', 'last-administrator', 'the last member who may manage members cannot be removed');
}

export async function organisationsOf(pool: Pool, kind: OrganisationKind): Promise<{ id: string; name: string }[]> {
  const { rows } = await pool.query<{ id: string; name: string }>('select id, name from auth.organization where kind = $1 order by name, id', [kind]);
  return rows;
}
