import { z } from 'zod';
import { Instant, Refusal } from '../domain/basics/index.ts';
import { invitationRules, MemberRole, requireOfferedRoles } from '../domain/parties/index.ts';
import type { Invitation as StoredInvitation } from '../io/interfaces.ts';
import { exportOf } from './exports.ts';
import { operation } from './operation.ts';

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, 'an e-mail address');

const Invitation = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    roles: z.array(MemberRole),
    invitedBy: z.string(),
    createdAt: Instant,
    expiresAt: Instant,
    acceptedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'Invitation' });

const shown = ({ roles, ...invitation }: StoredInvitation): z.infer<typeof Invitation> => ({ ...invitation, roles: [...roles] });
const Roles = z.array(MemberRole).min(1).max(MemberRole.options.length);

export const inviteMember = operation({
  name: 'inviteMember',
  module: 'members',
  summary: { zh: '邀请成员', en: 'Invite somebody to become a member; the token of the link is shown once' },
  who: 'member:manage',
  input: z.strictObject({ email: Email, roles: Roles }),
  output: z.strictObject({ invitation: Invitation, token: z.string() }),
  http: { method: 'POST', path: '/invitations', status: 201, body: 'json' },
  effect: 'write',
  shownOnce: true,
  run: async ({ actor, members, note }, { email, roles }) => {
    requireOfferedRoles(roles, actor.organisationKind);
    const { token, ...invitation } = await members.invite({
      organisation: actor.organisation,
      by: actor.name,
      email,
      roles,
      validDays: invitationRules.validDays,
      replaces: true,
    });
    note({ invitation: invitation.id, roles: roles.join(',') });
    return { invitation: shown(invitation), token };
  },
});

export const listInvitations = operation({
  name: 'listInvitations',
  module: 'members',
  summary: { zh: '邀请列表', en: 'List invitations, newest first' },
  who: 'member:manage',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(Invitation) }),
  http: { method: 'GET', path: '/invitations', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ actor, members }) => ({ items: (await members.listInvitations(actor.organisation)).map(shown) }),
});

export const exportInvitations = exportOf(listInvitations, {
  rows: ({ items }) => items,
  columns: [
    ['text', '邮箱', 'E-mail', ({ email }) => email],
    ['text', '角色', 'Roles', ({ roles }) => roles.join(', ')],
    ['text', '邀请人', 'Invited by', ({ invitedBy }) => invitedBy],
    ['instant', '邀请时间', 'Invited at', ({ createdAt }) => createdAt],
    ['instant', '有效期至', 'Valid until', ({ expiresAt }) => expiresAt],
    ['instant', '接受时间', 'Accepted at', ({ acceptedAt }) => acceptedAt],
    ['instant', '撤回时间', 'Taken back at', ({ revokedAt }) => revokedAt],
  ],
});

export const revokeInvitation = operation({
  name: 'revokeInvitation',
  module: 'members',
  summary: { zh: '撤回邀请', en: 'Take an open invitation back, at once' },
  who: 'member:manage',
  input: z.strictObject({ invitation: z.string().max(100) }),
  output: z.strictObject({ revoked: z.string() }),
  http: { method: 'DELETE', path: '/invitations/{invitation}', status: 200, body: 'json' },
  effect: 'write',
  run: async ({ actor, members, note }, { invitation }) => {
    await members.revokeInvitation(actor.organisation, invitation);
    note({ invitation });
    return { revoked: invitation };
  },
});

export const setMemberRoles = operation({
  name: 'setMemberRoles',
  module: 'members',
  summary: { zh: '调整成员角色', en: 'Give a member other roles, at once' },
  who: 'member:manage',
  input: z.strictObject({ user: z.string().max(100), roles: Roles }),
  output: z.strictObject({ user: z.string(), roles: z.array(MemberRole) }),
  http: { method: 'PUT', path: '/members/{user}/roles', status: 200, body: 'json' },
  effect: 'write',
  run: async ({ actor, members, note }, { user, roles }) => {
    requireOfferedRoles(roles, actor.organisationKind);
    if (user === actor.user) throw new Refusal('rule', 'own-roles', 'nobody changes his own roles; another administrator does');
    await members.setRoles(actor.organisation, user, roles);
    note({ member: user, roles: roles.join(',') });
    return { user, roles };
  },
});

export const invitationOperations = [inviteMember, listInvitations, exportInvitations, revokeInvitation, setMemberRoles];
