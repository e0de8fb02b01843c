import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { identityOperations } from '../app/identity.ts';
import type { Operation } from '../app/operation.ts';
import { echoes, origin, useDoor } from '../../test/door.ts';
import { describeApi, entrances } from './index.ts';

const door = useDoor({ limits: { uploadBytes: 1000 } });
const json = { 'content-type': 'application/json' };
const withoutInstance = (body: string): string => body.replace(/urn:uuid:[0-9a-f-]{36}/, '');

/** A body of text fields without any file. */
const fields = (count: number): string =>
  Array.from({ length: count }, (_, at) => `--b\r\ncontent-disposition: form-data; name="x${at}"\r\n\r\n1\r\n`).join('') + '--b--\r\n';

function multipart(name: string, filename: string, content: string): { payload: string; headers: Record<string, string> } {
  const payload = `--b\r\ncontent-disposition: form-data; name="${name}"; filename="${filename}"\r\ncontent-type: text/xml\r\n\r\n${content}\r\n--b--\r\n`;
  return { payload, headers: { 'content-type': 'multipart/form-data; boundary=b' } };
}

describe('a request to an operation', () => {
  test('is put together from address and query, with the types that the schema names', async () => {
    const cookie = await door.enter('owner@example.com');

    const answer = await door.as(cookie, { url: '/api/kinds/late/notes?limit=5&open=true&tags=a&tags=b' });

    expect(answer.json()).toEqual({ kind: 'late', limit: 5, open: true, tags: ['a', 'b'] });
  });

  test('reads one word as a list where the schema wants a list, and leaves a wrong word to the schema', async () => {
    const cookie = await door.enter('owner@example.com');

    expect((await door.as(cookie, { url: '/api/kinds/late/notes?tags=a' })).json()).toEqual({ kind: 'late', tags: ['a'] });
    const wrong = await door.as(cookie, { url: '/api/kinds/late/notes?limit=five&open=perhaps' });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json().errors.map((error: { path: string }) => error.path)).toEqual(['limit', 'open']);
  });

  test('is refused with every wrong field and the request id', async () => {
    const cookie = await door.enter('owner@example.com');

    const answer = await door.as(cookie, {
      method: 'POST',
      url: '/api/notes',
      payload: { text: '', org_id: 'org_second', amount: { currency: 'CNY', minor: 1.5 } },
    });

    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = answer.json();
    expect(problem).toMatchObject({ type: 'urn:riskloop:problem:invalid-input', code: 'invalid-input', status: 400 });
    expect(problem.instance).toMatch(/^urn:uuid:/);
    expect(problem.errors.map((error: { path: string }) => error.path).sort()).toEqual(['', 'amount.minor', 'text']);
  });

  test('must not give a field of the address in the body as well', async () => {
    const cookie = await door.enter('owner@example.com');

    const answer = await door.as(cookie, { method: 'PUT', url: '/api/notes/a', payload: { note: 'b', version: 3, text: '' } });

    expect(answer.json().code).toBe('field-given-twice');
  });

  test.each([
    ['text/plain', 'x', 415],
    ['application/xml', '<a/>', 415],
    ['application/json; charset=gbk', '{}', 415],
    ['application/json', '[]', 400],
    ['application/json', 'null', 400],
    ['application/json', '"x"', 400],
    ['multipart/form-data; boundary=b', '--b--\r\n', 415],
  ])('with content type %s and body %s answers %i', async (type, payload, status) => {
    const cookie = await door.enter('owner@example.com');

    const answer = await door.as(cookie, { method: 'POST', url: '/api/notes', payload, headers: { 'content-type': type } });

    expect(answer.statusCode).toBe(status);
    expect(answer.json().status).toBe(status);
  });

  test('is refused when its body is compressed or over a megabyte', async () => {
    const cookie = await door.enter('owner@example.com');

    expect((await door.as(cookie, { method: 'POST', url: '/api/notes', payload: '{}', headers: { ...json, 'content-encoding': 'gzip' } })).statusCode).toBe(
      415,
    );
    const large = await door.as(cookie, { method: 'POST', url: '/api/notes', payload: `{"text":"${'x'.repeat(1_100_000)}"}`, headers: json });
    expect(large.statusCode).toBe(413);
    expect(large.json().code).toBe('body-too-large');
  });

  test('that fails inside says nothing of the inside', async () => {
    const cookie = await door.enter('owner@example.com');

    const answer = await door.as(cookie, { url: '/api/failure' });

    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toMatch(/select|srv|riskloop\/src|stack/);
    expect(door.logged.join('')).toContain('select secret');
  });

  test('never leaves cookies, keys or passwords in the log', async () => {
    const cookie = await door.enter('owner@example.com');
    await door.as(cookie, { url: '/api/session?note=canary-query', headers: { authorization: 'Bearer rlk_canary' } });

    const log = door.logged.join('');
    expect(log).not.toContain(cookie.split('=')[1]!.slice(0, 20));
    expect(log).not.toMatch(/canary|long enough password/);
  });
});

test('who asks while the database restarts is told to come back, not that something failed', async () => {
  const cookie = await door.enter('owner@example.com');
  const restarting = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  const asking = vi.spyOn(door.identity, 'callerOf').mockRejectedValueOnce(restarting);

  const answer = await door.as(cookie, { url: '/api/session' });

  asking.mockRestore();
  expect(answer.statusCode).toBe(503);
  expect(answer.json().code).toBe('database-unavailable');
  expect(answer.headers['retry-after']).toBe('5');
});

describe('what does not exist', () => {
  test('is answered exactly as what belongs to others and as an unknown address', async () => {
    const cookie = await door.enter('owner@example.com');

    const answers = await Promise.all(
      ['/api/notes/foreign', '/api/notes/absent', '/api/no/such/address', '/api/notes/%3Cscript%3E'].map((url) => door.as(cookie, { url })),
    );

    const [first, ...rest] = answers.map((answer) => ({ status: answer.statusCode, body: withoutInstance(answer.body), type: answer.headers['content-type'] }));
    expect(first).toMatchObject({ status: 404 });
    for (const other of rest) expect(other).toEqual(first);
    expect(first!.body).not.toMatch(/foreign|absent|script/);
  });

  test('with another method tells which methods there are', async () => {
    const answer = await door.app.inject({ method: 'PATCH', url: '/api/notes/a' });

    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('PUT, GET');
  });

  test('is refused without an echo when the address itself is malformed', async () => {
    const answer = await door.app.inject({ url: '/api/notes/%ff%zz' });

    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain('%ff');
    expect(answer.json().code).toBe('malformed-request');
  });
});

describe('money', () => {
  test('needs an Idempotency-Key, and moves once under one key', async () => {
    const cookie = await door.enter('owner@example.com');
    const pay = (headers: Record<string, string>, minor = 100) => door.as(cookie, { method: 'POST', url: '/api/payments', payload: { minor }, headers });

    expect((await pay({})).json().code).toBe('idempotency-key-required');
    expect((await pay({ 'idempotency-key': 'k'.repeat(201) })).json().code).toBe('idempotency-key-invalid');
    const first = await pay({ 'idempotency-key': 'key-for-test-1' });
    const again = await pay({ 'idempotency-key': 'key-for-test-1' });
    const other = await pay({ 'idempotency-key': 'key-for-test-1' }, 200);

    expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
    expect(again.body).toBe(first.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(other.json().code).toBe('idempotency-key-reused');
  });
});

describe('a version', () => {
  test('travels as ETag and comes back as If-Match', async () => {
    const cookie = await door.enter('owner@example.com');
    const change = (header: string) => door.as(cookie, { method: 'PUT', url: '/api/notes/a', payload: { text: 'x' }, headers: { 'if-match': header } });

    expect((await door.as(cookie, { url: '/api/notes/mine' })).headers.etag).toBe('"3"');
    expect((await change('"3"')).headers.etag).toBe('"4"');
    expect((await change('"2"')).statusCode).toBe(412);
    expect((await change('2')).json().code).toBe('if-match-malformed');
  });
});

describe('a file', () => {
  test('is streamed in, its name kept as data only', async () => {
    const cookie = await door.enter('owner@example.com');
    const { payload, headers } = multipart('file', '../../etc/报告.xml', '<a/>');

    const answer = await door.as(cookie, { method: 'POST', url: '/api/notes/a/files', payload, headers });

    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual({ bytes: 4, name: '报告.xml' });
  });

  test('over the limit is refused and not kept', async () => {
    const cookie = await door.enter('owner@example.com');
    const before = door.kept.length;
    const { payload, headers } = multipart('file', 'a', 'x'.repeat(1001));

    const answer = await door.as(cookie, { method: 'POST', url: '/api/notes/a/files', payload, headers });

    expect(answer.statusCode).toBe(413);
    expect(answer.json().code).toBe('file-too-large');
    expect(door.kept.length).toBe(before);
  });

  test('from somebody who may not send one is refused before it is read', async () => {
    const cookie = await door.enter('auditor@example.com');
    const before = door.kept.length;

    const answer = await door.as(cookie, { method: 'POST', url: '/api/notes/a/files', ...multipart('file', 'a', 'x') });

    expect(answer.statusCode).toBe(403);
    expect(door.kept.length).toBe(before);
  });

  test.each([
    [
      'two files',
      { ...multipart('file', 'a', 'x'), payload: multipart('file', 'a', 'x').payload.replace('--b--', '--b') + multipart('file', 'b', 'y').payload.slice(5) },
      400,
    ],
    [
      'a file and a field',
      {
        ...multipart('file', 'a', 'x'),
        payload: multipart('file', 'a', 'x').payload.replace('--b--', '--b') + 'content-disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n',
      },
      400,
    ],
    ['two fields', { ...multipart('file', 'a', 'x'), payload: fields(2) }, 400],
    ['twenty fields', { ...multipart('file', 'a', 'x'), payload: fields(20) }, 400],
    ['another part name', multipart('other', 'a', 'x'), 400],
    ['no multipart at all', { payload: '{}', headers: json }, 415],
    ['no boundary', { payload: 'x', headers: { 'content-type': 'multipart/form-data' } }, 406],
  ])('with %s is refused', async (_what, request, status) => {
    const cookie = await door.enter('owner@example.com');

    const answer = await door.as(cookie, { method: 'POST', url: '/api/notes/a/files', ...request });

    expect(answer.statusCode).toBeLessThan(500);
    expect([400, status]).toContain(answer.statusCode);
  });
});

describe('a document', () => {
  test('is a download that no browser renders in our origin', async () => {
    const cookie = await door.enter('owner@example.com');

    const { headers, body } = await door.as(cookie, { url: '/api/document' });

    expect(headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('保单 1.html')}`);
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(body).toBe('<script>');
  });
});

describe('a page of another site', () => {
  test('cannot write with the session of a person', async () => {
    const cookie = await door.enter('owner@example.com');
    const write = (headers: Record<string, string>) =>
      door.app.inject({ method: 'POST', url: '/api/notes', payload: { text: 'x' }, headers: { host: '127.0.0.1:8787', cookie, ...headers } });

    expect((await write({ origin: 'https://elsewhere.example' })).json().code).toBe('foreign-origin');
    expect((await write({ origin: 'null' })).json().code).toBe('foreign-origin');
    expect((await write({})).json().code).toBe('foreign-origin');
    expect((await write({ origin })).statusCode).toBe(201);
  });

  test('cannot write by a name of its own that it lets point to this machine', async () => {
    const write = (host: string, from: string) =>
      door.app.inject({ method: 'POST', url: '/api/session', payload: { email: 'a', password: 'b' }, headers: { host, origin: from } });

    expect((await write('rebound.example:8787', 'http://rebound.example:8787')).json().code).toBe('foreign-origin');
    expect((await write('localhost:8788', 'http://localhost:8788')).json().code).toBe('foreign-origin');
    for (const ours of ['127.0.0.1:8787', 'localhost:8787', '[::1]:8787']) expect((await write(ours, `http://${ours}`)).json().code).not.toBe('foreign-origin');
  });

  test('cannot ride on a session under a host that is not ours', async () => {
    const cookie = await door.enter('owner@example.com');
    const headers = { host: 'rebound.example:8787', cookie, 'sec-fetch-site': 'same-origin' };

    const answer = await door.app.inject({ method: 'POST', url: '/api/notes', payload: { text: 'x' }, headers });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().code).toBe('foreign-host');
  });

  test('cannot sign anybody in', async () => {
    const answer = await door.app.inject({
      method: 'POST',
      url: '/api/session',
      payload: { email: 'a', password: 'b' },
      headers: { origin: 'https://elsewhere.example' },
    });

    expect(answer.json().code).toBe('foreign-origin');
  });
});

describe('the description', () => {
  const document = describeApi({ operations: [...identityOperations, ...echoes] as Operation[], entrances, version: '0.0.0' }) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };

  test('names exactly the routes that are served', async () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const served = routesOf(door.app.printRoutes({ commonPrefix: false })).filter((route) => route.includes(' /api/') && !/\/api\/(docs|openapi)/.test(route));

    expect(served.sort()).toEqual(described.sort());
  });

  test('is served, with its reader, and asks nothing of other servers', async () => {
    expect((await door.app.inject({ url: '/api/openapi.json' })).json().openapi).toBe('3.1.0');
    const page = await door.app.inject({ url: '/api/docs/' });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="https?:/);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  });

  test('has no dangling reference', () => {
    const text = JSON.stringify(document);
    const schemas = (document as unknown as { components: { schemas: object } }).components.schemas;
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) expect(schemas).toHaveProperty(name!);
    expect(text).not.toContain('#/$defs/');
  });
});

describe('any body at all', () => {
  const bodies = fc.oneof(
    fc.json().map((text) => ({ text, type: 'application/json' })),
    fc.record({ text: fc.anything().map((value) => safeJson({ text: value, amount: value })), type: fc.constant('application/json') }),
    fc.record({
      text: fc.string({ unit: 'binary' }),
      type: fc.constantFrom('application/json', 'text/plain', 'multipart/form-data; boundary=b', 'application/x-www-form-urlencoded', ''),
    }),
  );

  test('is answered without a failure of ours', async () => {
    const cookie = await door.enter('owner@example.com');
    const targets = [
      ['POST', '/api/notes'],
      ['POST', '/api/payments'],
      ['PUT', '/api/notes/a'],
      ['POST', '/api/notes/a/files'],
      ['POST', '/api/session'],
      ['POST', '/api/keys'],
      ['DELETE', '/api/keys/x'],
    ] as const;

    await fc.assert(
      fc.asyncProperty(bodies, fc.constantFrom(...targets), async ({ text, type }, [method, url]) => {
        const answer = await door.as(cookie, {
          method,
          url,
          payload: Buffer.from(text),
          headers: { ...(type === '' ? {} : { 'content-type': type }), 'idempotency-key': `key-${Math.abs(text.length)}-${method}-x` },
        });
        expect(answer.statusCode).toBeLessThan(500);
        if (answer.statusCode >= 400) expect(answer.json().code).toMatch(/^[a-z0-9-]+$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('health', () => {
  test('is told without signing in, numbers only to this machine', async () => {
    expect((await door.app.inject({ url: '/healthz' })).json()).toEqual({ alive: true });
    expect((await door.app.inject({ url: '/readyz' })).json()).toEqual({ ready: true, parts: { database: true } });
    expect((await door.app.inject({ url: '/metrics' })).body).toContain('riskloop_http_request_seconds');
    expect((await door.app.inject({ url: '/metrics', remoteAddress: '192.0.2.1' })).statusCode).toBe(404);
  });
});

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return '{';
  }
}

/** `METHOD path` of every route in the router's own drawing of its tree. */
function routesOf(drawing: string): string[] {
  const at: string[] = [];
  return drawing.split('\n').flatMap((line) => {
    const match = /^([│ ]*)[├└]── (\S*)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (match === null) return [];
    const depth = match[1]!.length / 4;
    at.length = depth;
    at[depth] = match[2]!;
    return (match[3]?.split(', ') ?? []).map((method) => `${method} ${at.join('')}`);
  });
}
