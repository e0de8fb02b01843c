import { expect, test } from 'vitest';
import { password, useDoor } from '../../test/door.ts';

const door = useDoor({ limits: { perOrganisation: 5, perAddress: 3, signInsPerAddress: 4 } });

test('an organisation over its limit is told when to come back, and others are not held up', async () => {
  const [mine, other] = [await door.enter('owner@example.com'), await door.enter('other@example.com')];
  const ask = (cookie: string) => door.as(cookie, { url: '/api/session' });

  const answers = [];
  for (let count = 0; count < 6; count++) answers.push(await ask(mine));

  expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers[0]!.headers['ratelimit-limit']).toBe('5');
  expect(answers[0]!.headers['ratelimit-remaining']).toBe('4');
  const refused = answers[5]!;
  expect(refused.json()).toMatchObject({ code: 'too-many-requests', status: 429, facts: { limit: 5 } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask(other)).statusCode).toBe(200);
});

test('an address that nobody signed in from has a lower limit', async () => {
  const ask = () => door.app.inject({ url: '/api/session', remoteAddress: '192.0.2.1' }).then((answer) => answer.statusCode);

  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([401, 401, 401, 429]);
});

test('an address is believed from a known proxy only', async () => {
  const ask = (remoteAddress: string, client: string) =>
    door.app.inject({ url: '/api/session', remoteAddress, headers: { 'x-forwarded-for': client } }).then((answer) => answer.statusCode);

  for (let count = 0; count < 3; count++) await ask('192.0.2.200', '198.51.100.1');
  expect(await ask('192.0.2.200', '198.51.100.1')).toBe(429);
  expect(await ask('192.0.2.200', '198.51.100.2')).toBe(401);
  for (let count = 0; count < 3; count++) await ask('192.0.2.3', `198.51.100.${count}`);
  expect(await ask('192.0.2.3', '198.51.100.9')).toBe(429);
});

test('one address cannot try passwords of many accounts', async () => {
  const statuses = [];
  for (let count = 0; count < 6; count++) {
    statuses.push(
      (await door.app.inject({ method: 'POST', url: '/api/session', payload: { email: `person${count}@example.com`, password }, remoteAddress: '192.0.2.2' }))
        .statusCode,
    );
  }

  expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
});
