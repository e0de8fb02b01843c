import { z } from 'zod';
import { Instant, Refusal } from '../domain/basics/index.ts';
import { MemberRole, OrganisationKind, Permission, permissionsOf } from '../domain/parties/index.ts';
import type { ApiKey as StoredKey, Membership as StoredMembership } from '../io/interfaces.ts';
import { exportOf, joined } from './exports.ts';
import { actorMay, operation, type Actor } from './operation.ts';

const Id = z.string().min(1).max(100);

const Membership = z
  .strictObject({ organisation: z.string(), name: z.string(), kind: OrganisationKind, roles: z.array(MemberRole) })
  .meta({ id: 'Membership' });

const Session = z
  .strictObject({
    user: z.strictObject({ id: z.string(), name: z.string(), email: z.string(), secondFactor: z.boolean() }),
    /** The one this session acts for, and the roles held there. */
    organisation: z.strictObject({ id: z.string(), name: z.string(), kind: OrganisationKind }),
    roles: z.array(MemberRole),
    memberships: z.array(Membership),
    /** What may be asked for now: roles here, within the scope of a key. */
    permissions: z.array(Permission),
    via: z.enum(['session', 'key', 'worker', 'system']),
  })
  .meta({ id: 'Session' });

const ApiKey = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    prefix: z.string(),
    permissions: z.array(Permission),
    createdAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'ApiKey' });

const shownMembership = ({ organisation, organisationName: name, organisationKind: kind, roles }: StoredMembership) => ({
  organisation,
  name,
  kind,
  roles: [...roles],
});
const shownKey = ({ permissions, ...key }: StoredKey) => ({ ...key, permissions: [...permissions] });
const permissionsFor = (actor: Actor): Permission[] => permissionsOf(actor.roles).filter((permission) => actorMay(actor, permission));

export const getSession = operation({
  name: 'getSession',
  module: 'session',
  summary: { zh: '当前会话', en: 'Read who is signed in, for which organisation, and what may be done' },
  who: 'session:read',
  input: z.strictObject({}),
  output: Session,
  http: { method: 'GET', path: '/session', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ actor, members }) => {
    const [user, memberships] = await Promise.all([members.person(actor.user), members.membershipsOf(actor.user)]);
    const here = memberships.find((membership) => membership.organisation === actor.organisation);
    if (here === undefined) throw new Refusal('unauthenticated', 'not-signed-in', 'this membership has ended');
    const { organisation: id, name, kind, roles } = shownMembership(here);
    return { user, organisation: { id, name, kind }, roles, memberships: memberships.map(shownMembership), permissions: permissionsFor(actor), via: actor.via };
  },
});

export const switchOrganisation = operation({
  name: 'switchOrganisation',
  module: 'session',
  summary: { zh: '切换机构', en: 'Act for another organisation from now on' },
  who: 'session:read',
  input: z.strictObject({ organisation: Id }),
  output: Membership,
  http: { method: 'POST', path: '/session/organisation', status: 200, body: 'json' },
  effect: 'write',
  run: async ({ actor, members, note }, { organisation }) => {
    if (actor.via !== 'session' || actor.credential === undefined)
      throw new Refusal('not-permitted', 'session-needed', 'only a session can switch; a key belongs to one organisation');
    const membership = await members.switchOrganisation(actor.credential, actor.user, organisation);
    note({ to: organisation });
    return shownMembership(membership);
  },
});

export const listMembers = operation({
  name: 'listMembers',
  module: 'members',
  summary: { zh: '成员列表', en: 'List the members of the organisation' },
  who: 'member:manage',
  input: z.strictObject({}),
  output: z.strictObject({
    items: z.array(
      z
        .strictObject({ user: z.string(), name: z.string(), email: z.string(), roles: z.array(MemberRole), secondFactor: z.boolean(), since: Instant })
        .meta({ id: 'Member' }),
    ),
  }),
  http: { method: 'GET', path: '/members', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ actor, members }) => ({ items: (await members.listMembers(actor.organisation)).map((member) => ({ ...member, roles: [...member.roles] })) }),
});

export const exportMembers = exportOf(listMembers, {
  rows: ({ items }) => items,
  columns: [
    ['text', '姓名', 'Name', ({ name }) => name],
    ['text', '邮箱', 'E-mail', ({ email }) => email],
    ['text', '角色', 'Roles', ({ roles }) => joined(roles)],
    ['flag', '第二因素', 'Second factor', ({ secondFactor }) => secondFactor],
    ['instant', '加入时间', 'Since', ({ since }) => since],
  ],
});

export const removeMember = operation({
  name: 'removeMember',
  module: 'members',
  summary: { zh: '移除成员', en: 'End a membership with its sessions and keys, at once' },
  who: 'member:manage',
  input: z.strictObject({ user: Id }),
  output: z.strictObject({ removed: z.string() }),
  http: { method: 'DELETE', path: '/members/{user}', status: 200, body: 'json' },
  effect: 'write',
  run: async ({ actor, members, note }, { user }) => {
    await members.removeMember(actor.organisation, user);
    note({ member: user });
    return { removed: user };
  },
});

export const createApiKey = operation({
  name: 'createApiKey',
  module: 'keys',
  summary: { zh: '新建 API 密钥', en: 'Make an API key; the key itself is shown once' },
  who: 'key:manage',
  input: z.strictObject({ name: z.string().regex(/\S/).max(100), permissions: z.array(Permission).min(1).max(Permission.options.length) }),
  output: z.strictObject({ ...ApiKey.shape, secret: z.string() }).meta({ id: 'NewApiKey' }),
  http: { method: 'POST', path: '/keys', status: 201, body: 'json' },
  effect: 'write',
  shownOnce: true,
  run: async ({ actor, members, note }, { name, permissions }) => {
    const tooMuch = permissions.find((permission) => !actorMay(actor, permission));
    if (tooMuch !== undefined)
      throw new Refusal('rule', 'scope-exceeds-role', `a key cannot do what its maker may not: \`${tooMuch}\``, { permission: tooMuch });
    const key = await members.createApiKey({ organisation: actor.organisation, user: actor.user, name, permissions: [...new Set(permissions)] });
    note({ key: key.id });
    return { ...shownKey(key), secret: key.secret };
  },
});

export const listApiKeys = operation({
  name: 'listApiKeys',
  module: 'keys',
  summary: { zh: 'API 密钥列表', en: 'List the API keys of the organisation' },
  who: 'key:manage',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(ApiKey) }),
  http: { method: 'GET', path: '/keys', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ actor, members }) => ({ items: (await members.listApiKeys(actor.organisation)).map(shownKey) }),
});

export const exportApiKeys = exportOf(listApiKeys, {
  rows: ({ items }) => items,
  columns: [
    ['text', '名称', 'Name', ({ name }) => name],
    ['text', '前缀', 'Prefix', ({ prefix }) => prefix],
    ['prose', '权限', 'Permissions', ({ permissions }) => joined(permissions)],
    ['instant', '建立时间', 'Created at', ({ createdAt }) => createdAt],
    ['instant', '最近使用', 'Last used at', ({ lastUsedAt }) => lastUsedAt],
    ['instant', '吊销时间', 'Revoked at', ({ revokedAt }) => revokedAt],
  ],
});

export const revokeApiKey = operation({
  name: 'revokeApiKey',
  module: 'keys',
  summary: { zh: '吊销 API 密钥', en: 'End an API key, at once' },
  who: 'key:manage',
  input: z.strictObject({ key: Id }),
  output: ApiKey,
  http: { method: 'DELETE', path: '/keys/{key}', status: 200, body: 'json' },
  effect: 'write',
  run: async ({ actor, members, note }, { key }) => {
    const revoked = await members.revokeApiKey(actor.organisation, key);
    note({ key });
    return shownKey(revoked);
  },
});

/** Carries an attempt to sign in into the journal of the organisation; the entrance asks for it on behalf of the person. */
export const recordEntry = operation({
  name: 'recordEntry',
  module: 'session',
  summary: { zh: '记录登录', en: 'Record an attempt to sign in' },
  who: 'session:read',
  input: z.strictObject({
    what: z.enum([
      'signIn',
      'signInSecondFactor',
      'acceptInvitation',
      'signOut',
      'changePassword',
      'enrolSecondFactor',
      'confirmSecondFactor',
      'dropSecondFactor',
    ]),
    outcome: z.string().max(50),
    address: z.string().max(64),
  }),
  output: z.strictObject({}),
  http: null,
  effect: 'write',
  run: async ({ note }, { what, outcome, address }) => {
    note({ what, outcome, address });
    return {};
  },
});

export const identityOperations = [
  getSession,
  switchOrganisation,
  listMembers,
  exportMembers,
  removeMember,
  createApiKey,
  listApiKeys,
  exportApiKeys,
  revokeApiKey,
  recordEntry,
];
