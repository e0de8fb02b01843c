import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { z } from 'zod';
import { identityOperations } from '../src/app/identity.ts';
import { operation, type Operation } from '../src/app/operation.ts';
import { understand } from '../src/app/understand.ts';
import { Money } from '../src/domain/basics/index.ts';
import { buildServer, type DoorParts } from '../src/http/index.ts';
import { readJson } from '../src/http/read-json.ts';
import { readConfiguration } from '../src/start/configuration.ts';
import { doorParts } from '../src/start/serve.ts';
import { openWorld } from '../src/start/world.ts';

/*
 * What the HTTP door costs. `bare` is the limit: a Fastify route that parses and answers the same JSON and does nothing else. `door` adds everything
 * of ours up to the runner: who asks (one query), limits, strict reading, the operation's schema. `whole` adds the runner: transaction, journal.
 * `ratio` compares with `bare` of the same method in the same run. Callers and server share this process and its core.
 */

const checkout = fileURLToPath(new URL('..', import.meta.url));
const home = mkdtempSync(path.join(os.tmpdir(), 'riskloop-bench-http-'));
chmodSync(home, 0o755);
const print = (line: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify({ bench: 'http', ...line })}\n`);

const Claim = z.strictObject({
  name: z.string().min(1).max(200),
  at: z.iso.datetime({ offset: true }),
  amount: Money,
  lines: z.array(z.strictObject({ coverage: z.string().max(60), subLimitMinor: z.int().min(0), waitingHours: z.number().nullable() })).max(50),
});
const claim = {
  name: '示例公司的一次报案',
  at: '2026-07-01T00:00:00+08:00',
  amount: { currency: 'CNY', minor: 123456 },
  lines: Array.from({ length: 8 }, (_, i) => ({ coverage: `coverage-${i}`, subLimitMinor: 1_000_000 * i, waitingHours: null })),
};
const benched = [
  operation({
    name: 'benchPost',
    module: 'bench',
    summary: { zh: '测', en: 'bench' },
    who: 'session:read',
    input: Claim,
    output: Claim,
    http: { method: 'POST', path: '/bench', status: 201, body: 'json' },
    effect: 'write',
    run: async (_context, input) => input,
  }),
  operation({
    name: 'benchGet',
    module: 'bench',
    summary: { zh: '测', en: 'bench' },
    who: 'session:read',
    input: z.strictObject({ id: z.string() }),
    output: Claim,
    http: { method: 'GET', path: '/bench/{id}', status: 200, body: 'json' },
    effect: 'read',
    run: async () => claim as z.infer<typeof Claim>,
  }),
] as readonly unknown[] as readonly Operation[];

for (const [name, lines] of [
  ['1 kB', 8],
  ['100 kB', 1200],
] as const) {
  const text = JSON.stringify({ ...claim, lines: Array.from({ length: lines }, () => claim.lines[0]) });
  const bytes = Buffer.from(text);
  const limit = readings(() => JSON.parse(bytes.toString('utf8')));
  const reached = readings(() => readJson(bytes));
  print({ case: `read JSON ${name} with JSON.parse`, perSecond: limit, ratio: 1 });
  print({ case: `read JSON ${name} strictly`, perSecond: reached, ratio: Number((reached / limit).toFixed(3)) });
}

const began = performance.now();
const configuration = readConfiguration({ DATA_DIR: home, LOG_LEVEL: 'silent', REQUESTS_PER_MINUTE: '100000000' }, checkout);
const world = await openWorld(configuration, checkout, () => undefined);
await world.identity.seed(
  [{ id: 'org', name: '示例', kind: 'insured' }],
  [{ id: 'usr', email: 'a@example.com', name: '甲', password: 'a long enough password', memberships: [{ organisation: 'org', roles: ['owner'] }] }],
);

const parts: DoorParts = { ...doorParts(world, checkout), operations: [...identityOperations, ...benched] as Operation[] };
const whole = await buildServer(parts);
const door = await buildServer({
  ...parts,
  runner: { run: async ({ input, name }, call) => ({ output: name === 'benchGet' ? claim : understand(input, call.input), replayed: false }) },
});
const bare = Fastify();
bare.post('/api/bench', async (request, reply) => reply.code(201).send(request.body));
bare.get('/api/bench/:id', async () => claim);
const addresses = { bare: await bare.listen({ port: 0 }), door: await door.listen({ port: 0 }), whole: await whole.listen({ port: 0 }) };

const page = await fetch(`${addresses.whole}/`, { headers: { accept: 'text/html' } });
await page.text();
print({ case: 'first-page', millisFromNothing: Math.round(performance.now() - began), status: page.status });

const key = (await world.identity.members.createApiKey({ organisation: 'org', user: 'usr', name: 'bench', permissions: ['session:read'] })).secret;
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
const payload = JSON.stringify(claim);

for (const method of ['POST', 'GET'] as const) {
  const limit = await rate(addresses.bare, method);
  print({ case: `${method} bare`, ...limit, ratio: 1 });
  for (const name of ['door', 'whole'] as const) {
    const reached = await rate(addresses[name], method);
    print({ case: `${method} ${name}`, ...reached, ratio: Number((reached.perSecond / limit.perSecond).toFixed(3)) });
  }
}

await Promise.all([bare.close(), door.close(), whole.close()]);
await world.close();
rmSync(home, { recursive: true, force: true });

/** Calls a second of something that takes no time waiting. */
function readings(work: () => unknown, millis = 1000): number {
  const during = (length: number): number => {
    let count = 0;
    for (const until = performance.now() + length; performance.now() < until; count++) work();
    return count;
  };
  during(millis / 4);
  return Math.round((during(millis) / millis) * 1000);
}

/** Answers a second and the 99th percentile in milliseconds with 16 callers on kept connections, after a warm-up. */
async function rate(address: string, method: 'GET' | 'POST', callers = 16, millis = 3_000): Promise<{ perSecond: number; p99Millis: number }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: callers });
  const url = method === 'POST' ? `${address}/api/bench` : `${address}/api/bench/x`;
  const work = async (until: number, times: number[]): Promise<void> => {
    while (performance.now() < until) {
      const start = performance.now();
      await once(url, method, agent);
      times.push(performance.now() - start);
    }
  };
  const during = (length: number, times: number[]) => Promise.all(Array.from({ length: callers }, () => work(performance.now() + length, times)));
  await during(millis / 4, []);
  const times: number[] = [];
  const start = performance.now();
  await during(millis, times);
  const perSecond = Math.round((times.length / (performance.now() - start)) * 1000);
  agent.destroy();
  return { perSecond, p99Millis: Number(times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!.toFixed(1)) };
}

function once(url: string, method: 'GET' | 'POST', agent: http.Agent): Promise<void> {
  return new Promise((done, failed) => {
    const request = http.request(
      url,
      { method, agent, headers: method === 'POST' ? { ...headers, 'content-length': Buffer.byteLength(payload) } : { authorization: headers.authorization } },
      (answer) => {
        if (answer.statusCode! >= 300) failed(new Error(`answered ${answer.statusCode}`));
        answer.resume().on('end', done);
      },
    );
    request.on('error', failed).end(method === 'POST' ? payload : undefined);
  });
}
