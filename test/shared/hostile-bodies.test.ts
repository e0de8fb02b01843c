import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useDoor } from '../door.ts';
import { boundMillis, hostileCorpus } from './hostile-corpus.ts';
import { describeShared } from './shared-data.ts';

/** The corpus is written for `{amount_fen}` and `{name}`; our endpoints call them otherwise, so that each case is also sent under their names. */
const renames: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll('amount_fen', 'minor'),
  (text) => text.replaceAll('"name"', '"text"'),
];

const jsonTargets = [
  ['POST', '/api/payments'],
  ['POST', '/api/notes'],
  ['PUT', '/api/notes/a'],
  ['POST', '/api/session'],
  ['POST', '/api/session/organisation'],
  ['POST', '/api/keys'],
  ['POST', '/api/second-factor'],
] as const;

/** Text that is allowed to come in: what is done with it later is another test's question. */
const acceptable = new Set(['J22', 'J23', 'J24', 'J25']);

describeShared('hostile JSON bodies', () => {
  const door = useDoor();
  const { folder, cases } = hostileCorpus();
  const bodies = cases.filter(({ id }) => id.startsWith('J'));
  let count = 0;

  test.each(bodies)('$id $file: $expect', async ({ id, file }) => {
    const cookie = await door.enter('owner@example.com');
    const bytes = readFileSync(join(folder, file));

    for (const [method, url] of jsonTargets) {
      for (const rename of renames) {
        const payload = rename === renames[0] ? bytes : Buffer.from(rename(bytes.toString('latin1')), 'latin1');
        const key = `hostile-${id}-${(count += 1)}`;
        const began = performance.now();
        const answer = await door.as(cookie, { method, url, payload, headers: { 'content-type': 'application/json', 'idempotency-key': key } });
        expect(performance.now() - began).toBeLessThan(boundMillis);

        const allowed = acceptable.has(id) && url === '/api/notes' && rename === renames[2] ? [201] : [400, 413];
        expect(allowed, `${method} ${url} answered ${answer.statusCode} ${answer.body.slice(0, 200)}`).toContain(answer.statusCode);
        if (answer.statusCode >= 400) expect(answer.json().code).toMatch(/^[a-z0-9-]+$/);
        expect(answer.body).not.toMatch(/node_modules|\.ts:|at \w+ \(|select |insert /i);
      }
    }
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });

  test.each(bodies)('$id under another content type, compressed or not a body at all is refused without a failure', async ({ file }) => {
    const cookie = await door.enter('owner@example.com');
    const payload = readFileSync(join(folder, file));

    for (const headers of [
      { 'content-type': 'text/xml' },
      { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      { 'content-type': 'multipart/form-data; boundary=x' },
    ] as Record<string, string>[]) {
      for (const url of ['/api/notes', '/api/notes/a/files']) {
        const answer = await door.as(cookie, { method: 'POST', url, payload, headers });
        expect([400, 406, 413, 415]).toContain(answer.statusCode);
      }
    }
  });
});

describeShared('hostile dates', () => {
  const door = useDoor();
  const { folder, cases } = hostileCorpus();

  test.each(cases.filter(({ id }) => id.startsWith('D')))('$id $file: $expect', async ({ file, expect: expected }) => {
    const cookie = await door.enter('owner@example.com');
    const given = Object.values(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>)[0];
    const field = typeof given === 'string' && given.length <= 10 ? 'on' : 'at';

    const answer = await door.as(cookie, { method: 'POST', url: '/api/notes', payload: { text: 'x', [field]: given } });

    const allowed = expected.startsWith('accepted') ? [201] : expected.includes(' or ') ? [201, 400] : [400];
    expect(allowed).toContain(answer.statusCode);
  });
});
