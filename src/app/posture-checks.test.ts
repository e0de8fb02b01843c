import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '../../test/postgres.ts';
import { personOf, runnerOver } from '../../test/runner.ts';
import type { Instant } from '../domain/basics/index.ts';
import { openFiles } from '../io/files/index.ts';
import type { Jobs, JobQueue, JournalLine, ProbeOrder, Probes } from '../io/interfaces.ts';
import { addAssets, assetOperations, listAssets, proveAsset, revokeScanAuthorisation, setScanSwitch, signScanAuthorisation } from './assets.ts';
import { listPostureChecks, postureCheckOperations, sendPostureCheck, startPostureCheck } from './posture-checks.ts';
import type { Runner } from './run.ts';

const store = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'riskloop-posture-'));
let runner: Runner;
let clock: Instant;
let published: string[];
/** What reached the probes: names resolved, and connections that passed the facts. */
let resolved: string[];
let connected: number;
let during: (order: ProbeOrder) => Promise<void>;

/** Probes that speak to nobody and ask for leave as the real ones do. */
const probes: Probes = {
  resolve: async (name) => {
    resolved.push(name);
    return ['203.0.113.10'];
  },
  lookForProof: async () => published,
  check: async (order) => {
    let stoppedBy: string | null = null;
    const before = connected;
    try {
      for (let i = 0; i < 5; i += 1) {
        if (i === 3) await during(order);
        await order.requireMaySend('203.0.113.10');
        connected += 1;
      }
    } catch (error) {
      stoppedBy = (error as { code: string }).code;
    }
    return { reports: [{ name: 'posture', bytes: new TextEncoder().encode('{}') }], stoppedBy, connections: connected - before };
  },
};

beforeAll(async () => {
  let made = 0;
  const jobs = {
    within: (): Jobs => ({ enqueue: async () => `job-${++made}`, get: () => Promise.reject(new Error('not asked for here')) }),
  } as unknown as JobQueue;
  const files = await openFiles(folder);
  runner = runnerOver(store.database, jobs, [...assetOperations, ...postureCheckOperations], { probes, files, clock: () => clock });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** 23:00 in Beijing. */
const night = '2026-07-01T15:00:00Z';
beforeEach(() => {
  clock = night;
  published = [];
  resolved = [];
  connected = 0;
  during = async () => undefined;
});

let organisations = 0;
const newOrganisation = (): string => `org-${++organisations}`;
const terms = (name: string, more = {}) => ({
  ...{ names: [name], networks: [], window: { from: '22:00', until: '06:00' }, methodClass: 'gentle' as const, ratePerSecond: 5 },
  ...{ contact: 'Wang Ceshi, 010-00000000', signer: 'Wang Ceshi, head of security', from: '2026-06-01T00:00:00Z', until: '2026-12-01T00:00:00Z', ...more },
});

async function provenAsset(organisation: string, name: string): Promise<string> {
  const actor = personOf(organisation);
  const { output } = await runner.run(addAssets, { actor, input: { names: [name] } });
  published = [output.assets[0]!.token];
  await runner.run(proveAsset, { actor, input: { asset: output.assets[0]!.id, method: 'dns' } });
  return output.assets[0]!.id;
}

async function ready(name: string, more = {}): Promise<{ organisation: string; asset: string; authorisation: string }> {
  const organisation = newOrganisation();
  const asset = await provenAsset(organisation, name);
  const { output } = await runner.run(signScanAuthorisation, { actor: personOf(organisation), input: { terms: terms(name, more) } });
  return { organisation, asset, authorisation: output.id };
}

const start = async (organisation: string, asset: string, methodClass = 'gentle'): Promise<string> =>
  (await runner.run(startPostureCheck, { actor: personOf(organisation), input: { asset, methodClass, assessment: null } })).output.check;
const send = async (organisation: string, check: string) => (await runner.run(sendPostureCheck, { actor: personOf(organisation), input: { check } })).output;
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'carried out',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
const journal = (organisation: string): Promise<readonly JournalLine[]> =>
  store.database.transact({ organisation, now: night, mode: 'read', repeatable: false }, (transaction) => transaction.journal.list({}));

describe('a posture check', () => {
  test('is sent when all facts hold, and stands in the journal before its first packet', async () => {
    const { organisation, asset } = await ready('one.example');
    let linesBefore: readonly JournalLine[] = [];
    during = async () => void (linesBefore = await journal(organisation));

    const check = await start(organisation, asset);
    const ended = await send(organisation, check);

    expect(ended).toEqual({ state: 'done', reason: null });
    expect(connected).toBe(5);
    expect(linesBefore[0]).toMatchObject({ operation: 'sendPostureCheck', outcome: 'begun', facts: { check, name: 'one.example' } });
    expect((await journal(organisation))[0]).toMatchObject({ operation: 'sendPostureCheck', outcome: 'done', facts: { state: 'done', connections: 5 } });
  });

  test('is not sent twice when its job is delivered twice', async () => {
    const { organisation, asset } = await ready('twice.example');
    const check = await start(organisation, asset);
    await send(organisation, check);

    await send(organisation, check);

    expect(connected).toBe(5);
  });

  test.each([
    [
      'the switch is thrown',
      'scanning-stopped',
      async ({ organisation }: { organisation: string }) =>
        void (await runner.run(setScanSwitch, { actor: personOf(organisation), input: { stopped: true, reason: 'a test' } })),
    ],
    [
      'the authorisation is revoked',
      'scan-not-authorised',
      async ({ organisation, authorisation }: { organisation: string; authorisation: string }) =>
        void (await runner.run(revokeScanAuthorisation, { actor: personOf(organisation), input: { authorisation } })),
    ],
    ['the window closes', 'outside-scan-window', async () => void (clock = '2026-07-01T22:00:00Z')],
    ['the proof grows old', 'ownership-not-proven', async () => void (clock = '2026-07-31T15:00:01Z')],
    ['the authorisation ends', 'scan-not-authorised', async () => void (clock = '2026-07-05T15:00:00Z')],
  ])('sends nothing when %s before it is sent, and stops when that happens on the way', async (_, code, happens) => {
    const until = code === 'scan-not-authorised' ? { until: '2026-07-05T00:00:00Z' } : {};
    const before = await ready(`before-${organisations}.example`, until);
    const check = await start(before.organisation, before.asset);
    await happens(before);

    expect(await send(before.organisation, check)).toEqual({ state: 'refused', reason: code });
    expect([resolved, connected]).toEqual([[], 0]);
    clock = night;

    const onTheWay = await ready(`way-${organisations}.example`, until);
    const second = await start(onTheWay.organisation, onTheWay.asset);
    during = () => happens(onTheWay);

    expect(await send(onTheWay.organisation, second)).toEqual({ state: 'stopped', reason: code });
    expect(connected).toBe(3);
  });

  test('is refused when the name leads outside the authorised networks', async () => {
    const { organisation, asset } = await ready('elsewhere.example', { networks: ['198.51.100.0/24'] });

    expect(await send(organisation, await start(organisation, asset))).toEqual({ state: 'refused', reason: 'target-out-of-scope' });
    expect(connected).toBe(0);
  });

  test('cannot be started without proof, without authorisation, beyond its method class, or outside its window', async () => {
    const organisation = newOrganisation();
    const { output } = await runner.run(addAssets, { actor: personOf(organisation), input: { names: ['unproven.example'] } });
    expect(await codeOf(start(organisation, output.assets[0]!.id))).toBe('scan-not-authorised');
    await runner.run(signScanAuthorisation, { actor: personOf(organisation), input: { terms: terms('unproven.example') } });
    expect(await codeOf(start(organisation, output.assets[0]!.id))).toBe('ownership-not-proven');

    const passive = await ready('passive.example', { methodClass: 'passive' });
    expect(await codeOf(start(passive.organisation, passive.asset, 'gentle'))).toBe('scan-not-authorised');
    clock = '2026-07-01T04:00:00Z';
    expect(await codeOf(start(passive.organisation, passive.asset, 'passive'))).toBe('outside-scan-window');
  });
});

describe('between organisations', () => {
  test('an asset that another one has proven answers as if the proof were not there, until that proof has ended', async () => {
    await provenAsset(newOrganisation(), 'shared.example');
    const other = newOrganisation();
    const { output } = await runner.run(addAssets, { actor: personOf(other), input: { names: ['shared.example'] } });
    const { id, token } = output.assets[0]!;
    const prove = async () => (await runner.run(proveAsset, { actor: personOf(other), input: { asset: id, method: 'dns' } })).output;

    published = [token];
    const held = await prove();
    clock = '2026-07-01T15:01:00Z';
    published = [];
    const absent = await prove();
    expect({ ...held, asset: { ...held.asset, version: 0, lookedAt: '' } }).toEqual({ ...absent, asset: { ...absent.asset, version: 0, lookedAt: '' } });
    expect(held.outcome).toBe('not-found');

    clock = '2026-08-01T15:00:00Z';
    published = [token];
    expect((await prove()).outcome).toBe('proven');
  });

  test('assets, checks and authorisations of another one are absent', async () => {
    const { organisation, asset, authorisation } = await ready('mine.example');
    const check = await start(organisation, asset);
    const stranger = newOrganisation();
    const actor = personOf(stranger);

    expect(await codeOf(start(stranger, asset))).toBe('not-found');
    expect(await codeOf(send(stranger, check))).toBe('not-found');
    expect(await codeOf(runner.run(proveAsset, { actor, input: { asset, method: 'dns' } }))).toBe('not-found');
    expect(await codeOf(runner.run(revokeScanAuthorisation, { actor, input: { authorisation } }))).toBe('not-found');
    expect(await codeOf(runner.run(signScanAuthorisation, { actor, input: { terms: terms('mine.example') } }))).toBe('target-out-of-scope');
    expect((await runner.run(listAssets, { actor, input: {} })).output.items).toEqual([]);
    expect((await runner.run(listPostureChecks, { actor, input: {} })).output.items).toEqual([]);
  });

  test('the token of one is no proof for the other', async () => {
    const one = (await runner.run(addAssets, { actor: personOf(newOrganisation()), input: { names: ['token.example'] } })).output.assets[0]!;
    const other = newOrganisation();
    const { id } = (await runner.run(addAssets, { actor: personOf(other), input: { names: ['token.example'] } })).output.assets[0]!;
    published = [one.token];

    expect((await runner.run(proveAsset, { actor: personOf(other), input: { asset: id, method: 'dns' } })).output).toMatchObject({
      outcome: 'not-found',
      asset: { lookedSeen: [one.token] },
    });
  });
});
