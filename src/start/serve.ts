import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyCode } from '../app/assessment-reports.ts';
import { recordEntry } from '../app/identity.ts';
import { operations } from '../app/operations.ts';
import { buildServer, defaultLimits, type DoorParts } from '../http/index.ts';
import { startDaily, startWorker } from '../worker/index.ts';
import { asRefusal } from '../io/store/index.ts';
import { OrganisationKind } from '../domain/parties/index.ts';
import { keepStudiesFresh } from './keep-studies-fresh.ts';
import type { World } from './world.ts';

/** A system that answers requests. */
export interface Served {
  readonly address: string;
  /** Takes no more requests, ends those in hand, stops the worker and closes the world. */
  stop(): Promise<void>;
}

/** Opens the HTTP door and the worker on a world. */
export async function serve(world: World, checkout: string): Promise<Served> {
  const { host, port } = world.configuration;
  const app = await buildServer(doorParts(world, checkout));
  const { log } = app;
  await startWorker({ queue: world.queue, runner: world.runner, clock: world.clock, onFault: (err) => log.error({ err }, 'job failed') });
  const stopDaily = startDaily({
    operations,
    runner: world.runner,
    clock: world.clock,
    organisations: () => organisationsOf(world),
    before: world.feeds.reload,
    onFault: (err) => log.error({ err }, 'daily work failed'),
  });
  const address = await app.listen({ host, port });
  const stopRefreshing = keepStudiesFresh(world, (err) => log.error({ err }, 'studies were not refreshed'));
  const stop = async (): Promise<void> => {
    stopRefreshing();
    await app.close();
    await stopDaily();
    await world.close();
  };
  return { address, stop };
}

async function organisationsOf({ identity }: World): Promise<{ id: string; kind: OrganisationKind }[]> {
  const byKind = await Promise.all(
    OrganisationKind.options.map(async (kind) => (await identity.members.organisationsOf(kind)).map(({ id }) => ({ id, kind }))),
  );
  return byKind.flat();
}

/** The HTTP door's parts of a world. */
export function doorParts(world: World, checkout: string): DoorParts {
  const { configuration, runner, identity, files } = world;
  return {
    operations,
    runner,
    identity,
    files,
    witness: witnessOf(world),
    verify: (code) => verifyFor(world, code),
    nameOutage: asRefusal,
    readiness: async () => ({ database: await answers(world) }),
    portalDir: join(checkout, 'dist'),
    baseUrl: configuration.baseUrl,
    trustedProxies: configuration.trustedProxies,
    version: versionOf(checkout),
    limits: { ...defaultLimits, perOrganisation: configuration.requestsPerMinute },
    metricsKey: configuration.metricsKey,
    log: { level: configuration.logLevel },
  };
}

export const versionOf = (checkout: string): string => (JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string }).version;

/** A stranger acts for no organisation: what is looked up belongs to none. */
const verifyFor = ({ database, signing, clock }: World, code: string) =>
  database.transact({ organisation: 'nobody', now: clock(), mode: 'read', repeatable: true }, ({ seals }) => verifyCode({ seals, signing }, code));

/** An attempt to sign in stands in the journal of every organisation of the person; attempts on unknown accounts have none to stand in. */
function witnessOf({ identity, runner }: World): DoorParts['witness'] {
  return async ({ user, what, outcome, address }) => {
    if (user === null) return;
    for (const membership of await identity.members.membershipsOf(user)) {
      const { organisation, organisationKind, roles } = membership;
      await runner.run(recordEntry, { actor: { user, name: user, organisation, organisationKind, roles, via: 'system' }, input: { what, outcome, address } });
    }
  };
}

async function answers({ database }: World): Promise<boolean> {
  try {
    await database.pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}
