import { describe, expect, test } from 'vitest';
import { cookiesOf, password, useDoor } from '../../../test/door.ts';

const door = useDoor();

const invite = (email: string, roles: string[] = ['security'], replaces = true) =>
  door.identity.members.invite({ organisation: 'org_first', by: 'Wang Ceshi', email, roles: roles as never, validDays: 7, replaces });
const post = (url: string, payload: object) => door.app.inject({ method: 'POST', url, payload, remoteAddress: '192.0.2.50' });
const accept = (token: string, given = 'a password of one’s own', name = 'Li Ceshi') => post('/api/invitations/acceptance', { token, name, password: given });

describe('an invitation', () => {
  test('is shown to whoever has the link, and makes a new person a member once', async () => {
    const { token, id } = await invite('New@example.com');

    expect((await post('/api/invitations/lookup', { token })).json()).toMatchObject({
      email: 'new@example.com',
      roles: ['security'],
      invitedBy: 'Wang Ceshi',
    });
    const entered = await accept(token);

    expect(entered.statusCode).toBe(200);
    expect((await door.as(cookiesOf(entered), { url: '/api/session' })).json()).toMatchObject({
      user: { email: 'new@example.com', name: 'Li Ceshi' },
      organisation: { id: 'org_first' },
      roles: ['security'],
    });
    expect((await accept(token)).json().code).toBe('invitation-gone');
    expect((await door.identity.members.listInvitations('org_first')).find((one) => one.id === id)!.acceptedAt).not.toBeNull();
  });

  test('asks somebody who has an account for his own password', async () => {
    const { token } = await invite('other@example.com', ['auditor']);

    expect((await accept(token, 'somebody else’s guess')).json().code).toBe('wrong-password');
    expect((await accept(token, password)).statusCode).toBe(200);
    const [user] = (await door.identity.members.listMembers('org_first')).filter(({ email }) => email === 'other@example.com');
    expect(user!.roles).toEqual(['auditor']);
  });

  test('is good for nothing once it is taken back, has ended, or a later one was sent', async () => {
    const [back, late, older] = [await invite('back@example.com'), await invite('late@example.com'), await invite('twice@example.com')];
    await door.identity.members.revokeInvitation('org_first', back.id);
    await door.database.pool.query(`update auth.member_invitation set expires_at = now() - interval '1 minute' where id = $1`, [late.id]);
    await invite('twice@example.com');

    for (const { token } of [back, late, older, { token: 'x'.repeat(43) }]) {
      expect((await post('/api/invitations/lookup', { token })).json().code).toBe('invitation-gone');
      expect((await accept(token)).json().code).toBe('invitation-gone');
    }
    await expect(door.identity.members.revokeInvitation('org_second', late.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('says the same of an address with an account and of one without', async () => {
    const [known, unknown] = [await invite('other@example.com', ['auditor']), await invite('nobody-yet@example.com', ['auditor'])];
    const shown = async (token: string) => (await post('/api/invitations/lookup', { token })).json();
    const [a, b] = [await shown(known.token), await shown(unknown.token)];

    expect(Object.keys(a).sort()).toEqual(Object.keys(b).sort());
    expect({ ...a, email: '', expiresAt: '' }).toEqual({ ...b, email: '', expiresAt: '' });
  });

  test('to a second section leaves the link of the first good, and so does one to become a member', async () => {
    const sections = () => invite('two-sections@example.com', ['contributor'], false);
    const [first, second] = [await sections(), await sections()];
    await invite('two-sections@example.com');

    expect((await post('/api/invitations/lookup', { token: second.token })).statusCode).toBe(200);
    expect((await accept(first.token)).statusCode).toBe(200);
    expect((await accept(second.token)).statusCode).toBe(200);
  });

  test('lets one of two in who take the same link at once', async () => {
    const { token } = await invite('race@example.com');

    const answers = await Promise.all([accept(token), accept(token)]);

    expect(answers.map(({ statusCode }) => statusCode === 200).sort()).toEqual([false, true]);
  });

  test('is kept as a hash only', async () => {
    const { token } = await invite('hash@example.com');
    const { rows } = await door.database.pool.query<{ all: string }>('select string_agg(i::text, $1) as all from auth.member_invitation i', [' ']);
    expect(rows[0]!.all).not.toContain(token);
  });
});

describe('the roles of a member', () => {
  test('can be changed by its own organisation, and somebody stays who manages members', async () => {
    const { token } = await invite('roles@example.com');
    await accept(token);
    const all = await door.identity.members.listMembers('org_first');
    const one = all.find(({ email }) => email === 'roles@example.com')!;

    await door.identity.members.setRoles('org_first', one.user, ['auditor']);

    expect((await door.identity.members.listMembers('org_first')).find(({ user }) => user === one.user)!.roles).toEqual(['auditor']);
    await expect(door.identity.members.setRoles('org_second', one.user, ['owner'])).rejects.toMatchObject({ code: 'not-found' });
    const managers = (await door.identity.members.listMembers('org_first')).filter(({ roles }) => roles.includes('owner') || roles.includes('admin'));
    const demoted = managers.map(({ user }) => door.identity.members.setRoles('org_first', user, ['auditor']));
    const ended = await Promise.allSettled(demoted);
    expect(ended.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'last-administrator' } }]);
  });
});
