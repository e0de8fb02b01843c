import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { buildServer } from '../src/http/index.ts';
import { readConfiguration } from '../src/start/configuration.ts';
import { doorParts } from '../src/start/serve.ts';
import { openWorld, type World } from '../src/start/world.ts';
import { startWorker } from '../src/worker/index.ts';
import { cookiesOf, origin, password } from './door.ts';
import { useDatabase } from './postgres.ts';

export const checkout = fileURLToPath(new URL('..', import.meta.url));

/** The whole system as it is started, on a database of its own: every operation, the worker, the real content. */
export interface WholeSystem {
  readonly world: World;
  readonly app: FastifyInstance;
  as(cookie: string, request: InjectOptions & { headers?: Record<string, string> }): Promise<LightMyRequestResponse>;
  enter(email: string): Promise<string>;
}

/** Two firms, an insurer and a broker, each with one person who may do most there. */
const organisations = [
  { id: 'org_one', name: '示例甲', kind: 'insured' },
  { id: 'org_two', name: '示例乙', kind: 'insured' },
  { id: 'org_insurer', name: '示例保险', kind: 'insurer' },
] as const;
const people = [
  { id: 'usr_one', email: 'one@example.com', name: '甲', memberships: [{ organisation: 'org_one', roles: ['owner'] }] },
  { id: 'usr_two', email: 'two@example.com', name: '乙', memberships: [{ organisation: 'org_two', roles: ['owner'] }] },
  { id: 'usr_insurer', email: 'insurer@example.com', name: '丙', memberships: [{ organisation: 'org_insurer', roles: ['underwriting-manager', 'admin'] }] },
] as const;

export function useWholeSystem(): WholeSystem {
  const store = useDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'riskloop-world-'));
  let made: { world: World; app: FastifyInstance } | null = null;
  const there = (): { world: World; app: FastifyInstance } => made ?? absent();
  beforeAll(async () => {
    const configuration = readConfiguration(
      { DATABASE_URL: store.database.ownerUrl, DATA_DIR: dataDir, PORT: '8787', REQUESTS_PER_MINUTE: '100000000', LOG_LEVEL: 'silent' },
      checkout,
    );
    const world = await openWorld(configuration, checkout, () => undefined);
    await world.identity.seed(
      organisations,
      people.map((person) => ({ ...person, password })),
    );
    await startWorker({ queue: world.queue, runner: world.runner, clock: world.clock, onFault: () => undefined });
    const parts = doorParts(world, checkout);
    const app = await buildServer({ ...parts, limits: { ...parts.limits, signInsPerAddress: 100_000, perAddress: 100_000 } });
    made = { world, app };
  });
  afterAll(async () => {
    await made?.app.close();
    await made?.world.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return {
    get world() {
      return there().world;
    },
    get app() {
      return there().app;
    },
    as: (cookie, request) => there().app.inject({ ...request, headers: { cookie, origin, host: '127.0.0.1:8787', ...request.headers } }),
    enter: async (email) => cookiesOf(await there().app.inject({ method: 'POST', url: '/api/session', payload: { email, password } })),
  };
}

function absent(): never {
  throw new Error('the system is there from beforeAll on');
}
