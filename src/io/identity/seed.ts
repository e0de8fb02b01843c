import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { signInRules, type MemberRole, type OrganisationKind } from '../../domain/parties/index.ts';
import type { Auth } from './auth.ts';

export interface SeedOrganisation {
  readonly id: string;
  readonly name: string;
  readonly kind: OrganisationKind;
}

export interface SeedPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly memberships: readonly { readonly organisation: string; readonly roles: readonly MemberRole[] }[];
}

/** Enters organisations and people that are not there yet; what is there stays as it is, passwords included. */
export async function seedIdentity(
  { auth, pool }: { auth: Auth; pool: Pool },
  organisations: readonly SeedOrganisation[],
  people: readonly SeedPerson[],
): Promise<void> {
  for (const organisation of organisations) await enterOrganisation(pool, organisation);
  for (const person of people) await enterPerson({ auth, pool }, person);
}

async function enterOrganisation(pool: Pool, { id, name, kind }: SeedOrganisation): Promise<void> {
  await pool.query('insert into auth.organization (id, name, slug, kind, "createdAt") values ($1, $2, $1, $3, now()) on conflict do nothing', [id, name, kind]);
}

async function enterPerson({ auth, pool }: { auth: Auth; pool: Pool }, person: SeedPerson): Promise<void> {
  const { minPasswordLength } = signInRules;
  if (person.password.length < minPasswordLength) throw new Error(`the password of ${person.email} is shorter than ${minPasswordLength} characters`);
  const { rowCount } = await pool.query(
    'insert into auth."user" (id, email, name, "emailVerified", "createdAt", "updatedAt") values ($1, $2, $3, true, now(), now()) on conflict do nothing',
    [person.id, person.email.toLowerCase(), person.name],
  );
  if (rowCount === 1) await keepPassword({ auth, pool }, person);
  for (const membership of person.memberships) await enterMembership(pool, person.id, membership);
}

async function keepPassword({ auth, pool }: { auth: Auth; pool: Pool }, { id, password }: SeedPerson): Promise<void> {
  const { password: hasher } = await auth.$context;
  await pool.query(
    'insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt") values ($1, $2, \'credential\', $2, $3, now(), now())',
    [randomUUID(), id, await hasher.hash(password)],
  );
}

async function enterMembership(pool: Pool, user: string, { organisation, roles }: SeedPerson['memberships'][number]): Promise<void> {
  await pool.query(
    `insert into auth.member (id, "organizationId", "userId", role, "createdAt")
     select $1, $2, $3, $4, now() where not exists (select from auth.member where "organizationId" = $2 and "userId" = $3)`,
    [randomUUID(), organisation, user, roles.join(',')],
  );
}
