import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import { recordEntry, identityOperations } from '../src/app/identity.ts';
import { operation, type Operation } from '../src/app/operation.ts';
import { createRunner } from '../src/app/run.ts';
import { Day, Instant, Money, Refusal } from '../src/domain/basics/index.ts';
import { buildServer, defaultLimits, type DoorParts, type Limits } from '../src/http/index.ts';
import { migrateIdentity, openAuthPool, openIdentity, type Identity } from '../src/io/identity/index.ts';
import { asRefusal } from '../src/io/store/index.ts';
import { useDatabase, type TestDatabase } from './postgres.ts';

/** An HTTP door on a real database with a few operations of every shape, for tests of the door itself. */

export const password = 'a long enough password';
export const origin = 'http://127.0.0.1:8787';

const Note = z.strictObject({ text: z.string().min(1).max(2000), amount: Money.optional(), on: Day.optional(), at: Instant.optional() });

/** Operations that answer with what they were given: the door is under test, not they. */
export const echoes: readonly Operation[] = [
  operation({
    name: 'echoNote',
    module: 'echo',
    summary: { zh: '回声', en: 'Echo' },
    who: 'session:read',
    input: Note,
    output: Note,
    http: { method: 'POST', path: '/notes', status: 201, body: 'json' },
    effect: 'write',
    run: async (_context, input) => input,
  }),
  operation({
    name: 'payNote',
    module: 'echo',
    summary: { zh: '付款', en: 'Pay' },
    who: 'session:read',
    input: z.strictObject({ minor: z.int().min(1) }),
    output: z.strictObject({ minor: z.int() }),
    http: { method: 'POST', path: '/payments', status: 201, body: 'json' },
    effect: 'money',
    run: async (_context, input) => input,
  }),
  operation({
    name: 'findNotes',
    module: 'echo',
    summary: { zh: '查找', en: 'Find' },
    who: 'session:read',
    input: z.strictObject({
      kind: z.string().max(20),
      limit: z.int().min(1).max(100).optional(),
      open: z.boolean().optional(),
      tags: z.array(z.string().max(20)).max(5).optional(),
      after: z.string().max(50).nullable().optional(),
    }),
    output: z.record(z.string(), z.unknown()),
    http: { method: 'GET', path: '/kinds/{kind}/notes', status: 200, body: 'json' },
    effect: 'read',
    run: async (_context, input) => input,
  }),
  operation({
    name: 'changeNote',
    module: 'echo',
    summary: { zh: '修改', en: 'Change' },
    who: 'session:read',
    input: z.strictObject({ note: z.string().max(50), version: z.int(), text: z.string() }),
    output: z.strictObject({ version: z.int() }),
    http: { method: 'PUT', path: '/notes/{note}', status: 200, body: 'json' },
    effect: 'write',
    run: async (_context, { version }) => {
      if (version !== 3) throw new Refusal('conflict', 'changed-meanwhile', 'somebody else was first');
      return { version: 4 };
    },
  }),
  operation({
    name: 'getNote',
    module: 'echo',
    summary: { zh: '读取', en: 'Read' },
    who: 'session:read',
    input: z.strictObject({ note: z.string().max(50) }),
    output: z.strictObject({ version: z.int() }),
    http: { method: 'GET', path: '/notes/{note}', status: 200, body: 'json' },
    effect: 'read',
    run: async (_context, { note }) => {
      if (note === 'foreign') throw new Refusal('absent', 'not-yours', `\`${note}\` belongs to somebody else`);
      if (note !== 'mine') throw new Refusal('absent', 'no-such-note', `no note \`${note}\``);
      return { version: 3 };
    },
  }),
  operation({
    name: 'failNote',
    module: 'echo',
    summary: { zh: '失败', en: 'Fail' },
    who: 'session:read',
    input: z.strictObject({}),
    output: z.strictObject({}),
    http: { method: 'GET', path: '/failure', status: 200, body: 'json' },
    effect: 'read',
    run: async () => Promise.reject(new Error('select secret from app.firms at /srv/riskloop/src')),
  }),
  operation({
    name: 'sendFile',
    module: 'echo',
    summary: { zh: '上传', en: 'Send a file' },
    who: 'report:submit',
    input: z.strictObject({ note: z.string().max(50), file: z.strictObject({ hash: z.string(), bytes: z.int(), name: z.string() }) }),
    output: z.strictObject({ bytes: z.int(), name: z.string() }),
    http: { method: 'POST', path: '/notes/{note}/files', status: 202, body: 'file' },
    effect: 'write',
    run: async (_context, { file }) => ({ bytes: file.bytes, name: file.name }),
  }),
  operation({
    name: 'getDocument',
    module: 'echo',
    summary: { zh: '文件', en: 'Get a document' },
    who: 'session:read',
    input: z.strictObject({}),
    output: z.strictObject({ file: z.string(), mediaType: z.string(), name: z.string() }),
    http: { method: 'GET', path: '/document', status: 200, body: 'document' },
    effect: 'read',
    run: async () => ({ file: Buffer.from('<script>').toString('base64'), mediaType: 'text/html', name: '保单 1.html' }),
  }),
] as readonly unknown[] as readonly Operation[];

export interface Door {
  readonly app: FastifyInstance;
  readonly identity: Identity;
  readonly database: TestDatabase['database'];
  readonly kept: string[];
  readonly logged: string[];
  /** A request in the name of a signed-in person, from the portal's own pages. */
  as(cookie: string, request: InjectOptions & { headers?: Record<string, string> }): Promise<LightMyRequestResponse>;
  /** Signs in and answers the cookie. */
  enter(email: string): Promise<string>;
}

/** People: `owner@` and `auditor@` of the first firm, `both@` of the first firm and the insurer, `other@` of a second firm. */
const organisations = [
  { id: 'org_first', name: '示例一', kind: 'insured' },
  { id: 'org_second', name: '示例二', kind: 'insured' },
  { id: 'org_insurer', name: '示例保险', kind: 'insurer' },
] as const;
const people = [
  { id: 'usr_owner', email: 'owner@example.com', name: '甲', memberships: [{ organisation: 'org_first', roles: ['owner'] }] },
  { id: 'usr_auditor', email: 'auditor@example.com', name: '乙', memberships: [{ organisation: 'org_first', roles: ['auditor'] }] },
  {
    id: 'usr_both',
    email: 'both@example.com',
    name: '丙',
    memberships: [
      { organisation: 'org_first', roles: ['security', 'admin'] },
      { organisation: 'org_insurer', roles: ['underwriter'] },
    ],
  },
  { id: 'usr_other', email: 'other@example.com', name: '丁', memberships: [{ organisation: 'org_second', roles: ['owner'] }] },
] as const;

export function useDoor(options: { operations?: readonly Operation[]; limits?: Partial<Limits> } = {}): Door {
  const store = useDatabase();
  const kept: string[] = [];
  const logged: string[] = [];
  let made: { app: FastifyInstance; identity: Identity; close: () => Promise<void> } | null = null;
  const there = () => made ?? raise();
  beforeAll(async () => {
    made = await openDoor(store, { kept, logged, ...options });
  });
  afterAll(() => made?.close());
  return {
    get app() {
      return there().app;
    },
    get identity() {
      return there().identity;
    },
    get database() {
      return store.database;
    },
    kept,
    logged,
    as: (cookie, request) => there().app.inject({ ...request, headers: { cookie, origin, host: '127.0.0.1:8787', ...request.headers } }),
    enter: (email) => enter(there().app, email),
  };
}

function raise(): never {
  throw new Error('the door is there from beforeAll on');
}

async function openDoor(
  store: TestDatabase,
  {
    kept,
    logged,
    operations = [...identityOperations, ...echoes] as Operation[],
    limits,
  }: { kept: string[]; logged: string[]; operations?: readonly Operation[]; limits?: Partial<Limits> },
) {
  const settings = { secret: 'for tests only: forty-three characters long.', baseUrl: origin };
  await migrateIdentity({ ...settings, ownerUrl: store.database.ownerUrl });
  const pool = openAuthPool(store.database.servingUrl, 5);
  const identity = await openIdentity({ ...settings, pool });
  await identity.seed(
    organisations,
    people.map((person) => ({ ...person, password })),
  );
  const clock = (): string => new Date().toISOString();
  const nothing = null as never;
  const runner = createRunner({
    database: store.database,
    jobs: { within: () => nothing } as never,
    files: nothing,
    reading: nothing,
    documents: nothing,
    spreadsheets: nothing,
    signing: nothing,
    publicAddress: origin,
    probes: nothing,
    feeds: nothing,
    content: nothing,
    members: identity.members,
    clock,
    operations,
  });
  const app = await buildServer(
    partsOf({
      runner,
      identity,
      operations,
      kept,
      logged,
      limits: { ...defaultLimits, signInsPerAddress: 10_000, perOrganisation: 1_000_000, perAddress: 1_000_000, ...limits },
    }),
  );
  return { app, identity, close: async () => void (await app.close(), await pool.end()) };
}

function partsOf({
  runner,
  identity,
  operations,
  kept,
  logged,
  limits,
}: Pick<DoorParts, 'identity' | 'operations' | 'limits'> & { runner: ReturnType<typeof createRunner>; kept: string[]; logged: string[] }): DoorParts {
  return {
    operations,
    runner,
    identity,
    limits,
    files: { keep: (stream, maxBytes) => keepInMemory(kept, stream, maxBytes) },
    verify: async (code) => ({ code, seal: null, signatureHolds: null }),
    witness: async ({ user, what, outcome, address }) => {
      if (user === null) return;
      const [first] = await identity.members.membershipsOf(user);
      if (first === undefined) return;
      await runner.run(recordEntry, { actor: { user, name: '', ...first, via: 'system' }, input: { what, outcome, address } });
    },
    nameOutage: asRefusal,
    readiness: async () => ({ database: true }),
    portalDir: null,
    baseUrl: origin,
    trustedProxies: ['192.0.2.200'],
    version: '0.0.0',
    metricsKey: null,
    log: { level: 'info', stream: { write: (line) => void logged.push(line) } },
  };
}

async function keepInMemory(kept: string[], stream: AsyncIterable<Buffer>, maxBytes: number): Promise<{ hash: string; bytes: number }> {
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Refusal('too-large', 'file-too-large', 'the file is too large', { maxBytes });
  }
  kept.push(String(bytes));
  return { hash: '0'.repeat(64), bytes };
}

/** The cookies of an answer, as a browser would send them back. */
export const cookiesOf = (answer: LightMyRequestResponse): string =>
  answer.cookies
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ');

async function enter(app: FastifyInstance, email: string): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/api/session', payload: { email, password } });
  if (answer.statusCode !== 200) throw new Error(`sign-in failed: ${answer.body}`);
  return cookiesOf(answer);
}
