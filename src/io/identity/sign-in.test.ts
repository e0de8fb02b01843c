import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cookiesOf, origin, password, useDoor } from '../../../test/door.ts';

const door = useDoor();

const enter = (email: string, given: string, address = '192.0.2.10') =>
  door.app.inject({ method: 'POST', url: '/api/session', payload: { email, password: given }, remoteAddress: address });

async function journalOf(organisation: string): Promise<{ operation: string; facts: Record<string, unknown> }[]> {
  const view = { organisation, now: new Date().toISOString(), mode: 'read', repeatable: true } as const;
  return (await door.database.transact(view, ({ journal }) => journal.list({ limit: 50 }))) as never;
}

describe('signing in', () => {
  test('sets a cookie that scripts cannot read and other sites cannot send with writes', async () => {
    const answer = await enter('owner@example.com', password);

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/);
    expect((await door.as(cookiesOf(answer), { url: '/api/session' })).json()).toMatchObject({
      user: { email: 'owner@example.com' },
      organisation: { id: 'org_first' },
      roles: ['owner'],
      via: 'session',
    });
  });

  test('answers an unknown account and a wrong password alike', async () => {
    const [unknown, wrong] = [await enter('nobody@example.com', 'some password'), await enter('owner@example.com', 'some password')];

    const plain = (body: string) => body.replace(/urn:uuid:[0-9a-f-]+/, '');
    expect(unknown.statusCode).toBe(401);
    expect(plain(unknown.body)).toBe(plain(wrong.body));
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  test('locks the account from that address after five failures and says for how long', async () => {
    const address = '192.0.2.77';
    for (let attempt = 1; attempt <= 5; attempt++) expect((await enter('auditor@example.com', 'wrong password', address)).statusCode).toBe(401);

    const locked = await enter('auditor@example.com', password, address);

    expect(locked.statusCode).toBe(429);
    expect(locked.json()).toMatchObject({ code: 'account-locked', facts: { minutesLeft: 15 } });
    expect(locked.headers['retry-after']).toBe('900');
    expect((await enter('auditor@example.com', password, '192.0.2.78')).statusCode).toBe(200);
    await door.database.pool.query(`update auth.sign_in_attempt set last_at = last_at - interval '16 minutes' where address = $1`, [address]);
    expect((await enter('auditor@example.com', password, address)).statusCode).toBe(200);
  });

  test('lets no more than five of many attempts at the same moment reach the password', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => enter('other@example.com', 'wrong password', '192.0.2.99')));

    const statuses = answers.map((answer) => answer.statusCode).sort();
    expect(statuses).toEqual([...Array<number>(5).fill(401), ...Array<number>(7).fill(429)]);
  });

  test('stands in the journal of the organisation, failures too, and never holds the password', async () => {
    await enter('both@example.com', 'wrong password canary', '192.0.2.11');
    await enter('both@example.com', password, '192.0.2.11');

    const lines = await journalOf('org_first');

    expect(lines.filter((line) => line.facts['address'] === '192.0.2.11').map((line) => line.facts['outcome'])).toEqual(['signed-in', 'wrong']);
    expect(JSON.stringify(lines)).not.toMatch(/canary|long enough/);
  });

  test('is refused for a cookie with a forged signature, an expired session and after signing out', async () => {
    const cookie = cookiesOf(await enter('owner@example.com', password));
    const ask = (own: string) => door.as(own, { url: '/api/session' }).then((answer) => answer.statusCode);
    expect(await ask(cookie)).toBe(200);
    expect(await ask(cookie.replace(/\.[^.]*$/, '.AAAA'))).toBe(401);
    expect(await ask(cookie.replace(/=[^.]*/, '=someothertoken'))).toBe(401);

    const out = await door.as(cookie, { method: 'DELETE', url: '/api/session' });

    expect(out.statusCode).toBe(204);
    expect(await ask(cookie)).toBe(401);
    const late = cookiesOf(await enter('owner@example.com', password));
    await door.database.pool.query(`update auth.session set "expiresAt" = now() - interval '1 second'`);
    expect(await ask(late)).toBe(401);
    const idle = cookiesOf(await enter('owner@example.com', password));
    await door.database.pool.query(`update auth.session set "updatedAt" = now() - interval '31 minutes'`);
    expect(await ask(idle)).toBe(401);
  });
});

describe('the second factor', () => {
  test('is enrolled, asked for at the next sign-in, and recovered by a code that works once', async () => {
    const cookie = cookiesOf(await enter('other@example.com', password));
    const enrolled = await door.as(cookie, { method: 'POST', url: '/api/second-factor', payload: { password } });
    const { uri, recoveryCodes } = enrolled.json() as { uri: string; recoveryCodes: string[] };
    const app = authenticator(new URL(uri).searchParams.get('secret')!);
    expect(cookiesOf(await enter('other@example.com', password))).toContain('session_token');

    const confirmed = await door.as(cookie, { method: 'POST', url: '/api/second-factor/confirmation', payload: { code: app() } });
    expect(confirmed.statusCode).toBe(204);
    expect((await door.as(cookiesOf(confirmed), { url: '/api/session' })).json().user.secondFactor).toBe(true);

    const half = await enter('other@example.com', password);
    expect(half.json()).toEqual({ outcome: 'second-factor-needed' });
    expect((await door.as(cookiesOf(half), { url: '/api/session' })).statusCode).toBe(401);
    const second = (payload: object) => door.as(cookiesOf(half), { method: 'POST', url: '/api/session/second-factor', payload });
    const wrong = await second({ code: '000000' });
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'wrong-code']);
    const usedCode = app();
    const right = await second({ code: usedCode });
    expect(right.json()).toEqual({ outcome: 'signed-in' });
    expect((await door.as(cookiesOf(right), { url: '/api/session' })).statusCode).toBe(200);
    expect((await second({ code: app() })).statusCode).toBe(401);
    const again = await enter('other@example.com', password);
    const seenByAnother = await door.as(cookiesOf(again), { method: 'POST', url: '/api/session/second-factor', payload: { code: usedCode } });
    expect([seenByAnother.statusCode, seenByAnother.headers['set-cookie']]).toEqual([401, undefined]);

    const lost = cookiesOf(await enter('other@example.com', password));
    const recover = (cookies: string) =>
      door.as(cookies, { method: 'POST', url: '/api/session/second-factor', payload: { code: recoveryCodes[0], recovery: true } });
    expect((await recover(lost)).statusCode).toBe(200);
    expect((await recover(cookiesOf(await enter('other@example.com', password)))).statusCode).toBe(401);
  });

  test('is neither begun nor dropped without the password', async () => {
    const cookie = cookiesOf(await enter('owner@example.com', password));

    const begun = await door.as(cookie, { method: 'POST', url: '/api/second-factor', payload: { password: 'not the password' } });

    expect([begun.statusCode, begun.json().code]).toEqual([422, 'wrong-password']);
  });
});

describe('an organisation', () => {
  test('is switched within the session, to one of the person only, and a foreign one is as absent as none', async () => {
    const cookie = cookiesOf(await enter('both@example.com', password));
    const go = (organisation: string) => door.as(cookie, { method: 'POST', url: '/api/session/organisation', payload: { organisation } });
    expect((await door.as(cookie, { url: '/api/session' })).json().memberships).toHaveLength(2);

    const [foreign, absent] = [await go('org_second'), await go('org_none')];
    const plain = (body: string) => body.replace(/urn:uuid:[0-9a-f-]+/, '');
    expect(foreign.statusCode).toBe(404);
    expect(plain(foreign.body)).toBe(plain(absent.body));

    expect((await go('org_insurer')).json()).toMatchObject({ organisation: 'org_insurer', roles: ['underwriter'] });
    const session = (await door.as(cookie, { url: '/api/session' })).json();
    expect(session.organisation.id).toBe('org_insurer');
    expect(session.permissions).toContain('ledger:read');
    expect(session.permissions).not.toContain('member:manage');
  });

  test('that removes a member ends his session and keys at once, but keeps its last administrator', async () => {
    await door.identity.seed(
      [],
      [{ id: 'usr_leaver', email: 'leaver@example.com', name: '戊', password, memberships: [{ organisation: 'org_first', roles: ['owner'] }] }],
    );
    const leaver = cookiesOf(await enter('leaver@example.com', password));
    const { secret } = (await door.as(leaver, { method: 'POST', url: '/api/keys', payload: { name: 'k', permissions: ['session:read'] } })).json() as {
      secret: string;
    };
    const owner = cookiesOf(await enter('owner@example.com', password));
    const byKey = () => door.app.inject({ url: '/api/session', headers: { authorization: `Bearer ${secret}` } });
    expect((await byKey()).statusCode).toBe(200);

    expect((await door.as(owner, { method: 'DELETE', url: '/api/members/usr_leaver' })).statusCode).toBe(200);

    expect((await door.as(leaver, { url: '/api/session' })).statusCode).toBe(401);
    expect((await byKey()).statusCode).toBe(401);
    expect((await door.as(owner, { method: 'DELETE', url: '/api/members/usr_other' })).statusCode).toBe(404);
    await door.database.pool.query(`update auth.member set role = 'security' where "userId" = 'usr_both' and "organizationId" = 'org_first'`);
    expect((await door.as(owner, { method: 'DELETE', url: '/api/members/usr_owner' })).json().code).toBe('last-administrator');
  });
});

describe('an API key', () => {
  const make = async (cookie: string, permissions: string[]) =>
    door.as(cookie, { method: 'POST', url: '/api/keys', payload: { name: 'for tests', permissions } });
  const use = (secret: string, request: { method?: 'GET' | 'POST' | 'DELETE'; url: string; payload?: object }) =>
    door.app.inject({ ...request, headers: { authorization: `Bearer ${secret}` } });

  test('does what its scope allows and no more, is kept as a hash, and is refused once revoked', async () => {
    const cookie = cookiesOf(await enter('owner@example.com', password));
    const made = await make(cookie, ['session:read']);
    const { id, secret, prefix } = made.json() as { id: string; secret: string; prefix: string };
    expect(made.statusCode).toBe(201);
    expect(secret.startsWith(prefix)).toBe(true);

    expect((await use(secret, { url: '/api/session' })).json()).toMatchObject({ via: 'key', permissions: ['session:read'] });
    expect((await use(secret, { url: '/api/members' })).statusCode).toBe(403);
    expect((await use(secret, { method: 'POST', url: '/api/second-factor', payload: { password } })).json().code).toBe('session-needed');
    const { rows } = await door.database.pool.query('select * from auth.api_key where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    const listed = (await door.as(cookie, { url: '/api/keys' })).body;
    expect(listed).toContain(id);
    expect(listed).not.toContain(secret);

    expect((await door.as(cookie, { method: 'DELETE', url: `/api/keys/${id}` })).json().revokedAt).not.toBeNull();
    expect((await use(secret, { url: '/api/session' })).statusCode).toBe(401);
  });

  test('needs no Origin, and never falls back to a cookie', async () => {
    const cookie = cookiesOf(await enter('owner@example.com', password));
    const { secret } = (await make(cookie, ['session:read'])).json() as { secret: string };

    expect((await use(secret, { method: 'POST', url: '/api/notes', payload: { text: 'x' } })).statusCode).toBe(201);
    expect((await door.as(cookie, { url: '/api/session', headers: { authorization: 'Bearer rlk_wrong' } })).statusCode).toBe(401);
  });

  test('cannot do what its maker may not, and cannot be made by who may not', async () => {
    const owner = cookiesOf(await enter('owner@example.com', password));
    expect((await make(owner, ['ledger:read'])).json().code).toBe('scope-exceeds-role');

    const auditor = cookiesOf(await enter('auditor@example.com', password, '192.0.2.50'));
    expect((await make(auditor, ['session:read'])).statusCode).toBe(403);
  });

  test('of another organisation is as absent as none', async () => {
    const owner = cookiesOf(await enter('owner@example.com', password));
    const { id } = (await make(owner, ['session:read'])).json() as { id: string };
    await door.identity.seed(
      [{ id: 'org_third', name: '示例三', kind: 'insured' }],
      [{ id: 'usr_third', email: 'third@example.com', name: '己', password, memberships: [{ organisation: 'org_third', roles: ['owner'] }] }],
    );
    const stranger = cookiesOf(await enter('third@example.com', password));

    const [foreign, absent] = await Promise.all([id, 'key_none'].map((key) => door.as(stranger, { method: 'DELETE', url: `/api/keys/${key}` })));

    expect(foreign!.statusCode).toBe(404);
    expect(foreign!.body.replace(/urn:uuid:[0-9a-f-]+/, '')).toBe(absent!.body.replace(/urn:uuid:[0-9a-f-]+/, ''));
  });
});

describe('a password', () => {
  test('is changed with the present one, is at least ten characters long, and ends other sessions', async () => {
    await door.identity.seed(
      [],
      [{ id: 'usr_changer', email: 'changer@example.com', name: '庚', password, memberships: [{ organisation: 'org_second', roles: ['owner'] }] }],
    );
    const [here, elsewhere] = [cookiesOf(await enter('changer@example.com', password)), cookiesOf(await enter('changer@example.com', password))];
    const change = (payload: object) => door.as(here, { method: 'POST', url: '/api/password', payload });

    expect((await change({ current: password, next: 'short' })).statusCode).toBe(400);
    expect((await change({ current: 'not the password', next: 'another long password' })).json().code).toBe('wrong-password');
    expect((await journalOf('org_second')).map(({ facts }) => [facts['what'], facts['outcome']])).toContainEqual(['changePassword', 'wrong-password']);
    const changed = await change({ current: password, next: 'another long password' });

    expect(changed.statusCode).toBe(204);
    expect((await door.as(elsewhere, { url: '/api/session' })).statusCode).toBe(401);
    expect((await door.as(cookiesOf(changed), { url: '/api/session', headers: { origin } })).statusCode).toBe(200);
    expect((await enter('changer@example.com', 'another long password')).statusCode).toBe(200);
  });
});

/** What an authenticator app shows now for a base32 secret (RFC 6238, SHA-1, six digits, half a minute). */
function authenticator(secret: string): () => string {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  return () => {
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
    const digest = createHmac('sha1', key).update(step).digest();
    return String((digest.readUInt32BE(digest.at(-1)! & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
  };
}
