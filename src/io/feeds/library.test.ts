import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { zipOf } from '../../../test/sites/zip.ts';
import { useDatabase } from '../../../test/postgres.ts';
import { personOf, runnerOver } from '../../../test/runner.ts';
import { listNotices } from '../../app/notices.ts';
import { describeWeaknesses, getThreatFeeds, refreshThreatFeeds, releaseEpssModel } from '../../app/threats.ts';
import { Refusal } from '../../domain/basics/index.ts';
import { runDaily } from '../../worker/index.ts';
import type { FeedKind } from '../../domain/threats/index.ts';
import type { ThreatFeeds } from '../interfaces.ts';
import { openQueue, type OpenQueue } from '../jobs/index.ts';
import { openThreatFeeds } from './index.ts';

const store = useDatabase();
const folder = mkdtempSync(join(tmpdir(), 'riskloop-feeds-'));
const noon = '2026-07-01T12:00:00Z';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cves = Array.from({ length: 100 }, (_, i) => `CVE-2024-${1000 + i}`);
const kevOf = (date: string, listed: readonly string[]): string =>
  JSON.stringify({
    catalogVersion: date,
    dateReleased: `${date}T10:00:00Z`,
    count: listed.length,
    vulnerabilities: listed.map((cveID) => ({ cveID, dateAdded: '2026-01-01', knownRansomwareCampaignUse: 'Unknown' })),
  });
const epssOf = (model: string, date: string, score: number): string =>
  `#model_version:${model},score_date:${date}T00:00:00+0000\ncve,epss,percentile\n${cves.map((cve) => `${cve},${score},0.5\n`).join('')}`;
const weaknesses = (name: string): string => `cwe_id,name,abstraction,parents_view1000\n74,Injection,Class,\n89,"${name}",Base,74\n`;
const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);

const open = (fetch: ((kind: FeedKind) => Promise<Uint8Array>) | null = null): Promise<ThreatFeeds> =>
  openThreatFeeds(store.database.pool, { fetch, folders: [folder] }, () => noon);
const outcomes = async (feeds: ThreatFeeds): Promise<string[]> => (await feeds.refresh()).map(({ outcome, code }) => code ?? outcome);

beforeEach(async () => {
  await store.database.pool.query(`update shared.threat_feeds set state = 'superseded'`);
  put('kev.json', kevOf('2026-06-01', cves.slice(0, 20)));
  put('epss.csv.gz', gzipSync(epssOf('v4', '2026-06-01', 0.1)));
  put('cwe.csv', weaknesses('SQL Injection'));
});

describe('threat feeds', () => {
  test('start with what lies in the folder, and know it after a restart', async () => {
    const feeds = await open();
    put('kev.json', 'broken');
    const again = await open();

    expect(feeds.outlook().of(cves[0]!)).toEqual({ knownExploited: true, knownRansomware: false, listedOn: '2026-01-01', epss: 0.1 });
    expect(again.outlook().version).toBe(feeds.outlook().version);
  });

  test.each([
    ['a file cut in the middle', () => put('kev.json', kevOf('2026-06-02', cves).slice(0, 900)), 'malformed-json'],
    ['a file cut at the end of a line', () => put('kev.json', `${kevOf('2026-06-02', cves.slice(0, 10))}`), 'feed-shrunk'],
    ['a count that does not fit', () => put('kev.json', kevOf('2026-06-02', cves).replace('"count":100', '"count":101')), 'feed-count-differs'],
    ['a file of yesterday', () => put('kev.json', kevOf('2026-05-31', cves)), 'feed-older'],
    ['no catalogue at all', () => put('kev.json', '{"html": "maintenance"}'), 'unknown-feed-format'],
    ['an empty file', () => put('kev.json', ''), 'feed-empty'],
  ])('%s changes nothing and is said', async (_, spoil, code) => {
    const feeds = await open();
    const before = feeds.outlook().version;

    spoil();

    expect(await outcomes(feeds)).toEqual([code, 'same', 'same']);
    expect(feeds.outlook().version).toBe(before);
    expect((await feeds.state())[0]).toMatchObject({ kind: 'kev', inForce: { entries: 20 }, lastAttempt: { outcome: 'refused', code } });
  });

  test('a damaged packed file changes nothing', async () => {
    const feeds = await open();
    put('epss.csv.gz', gzipSync(epssOf('v4', '2026-06-02', 0.2)).subarray(0, 200));

    expect(await outcomes(feeds)).toEqual(['same', 'feed-cut-short', 'same']);
  });

  test('name kinds of weakness, which move no price', async () => {
    const feeds = await open();
    const before = feeds.outlook().version;

    put('cwe.csv', weaknesses('SQL Injection, renamed'));

    expect(await outcomes(feeds)).toEqual(['same', 'same', 'taken']);
    expect(feeds.outlook().version).toBe(before);
    const runner = runnerOver(store.database, { within: () => ({}) } as never, [describeWeaknesses] as never, { feeds });
    const { output } = await runner.run(describeWeaknesses, { actor: personOf('org_firm', { roles: ['owner'] }), input: { cwes: '89,4242' } });
    expect(output.weaknesses).toMatchObject([
      { cwe: 89, path: [{ name: 'SQL Injection, renamed' }, { cwe: 74 }] },
      { cwe: 4242, path: [] },
    ]);
  });

  test('come from the network first, and from the folder when there is none', async () => {
    const offline = await open(() => Promise.reject(new Refusal('unavailable', 'feed-unreachable', 'offline')));
    put('kev.json', kevOf('2026-06-03', cves.slice(0, 21)));
    expect(await outcomes(offline)).toEqual(['taken', 'same', 'same']);

    const published = {
      kev: Buffer.from(kevOf('2026-06-04', cves.slice(0, 22))),
      epss: Buffer.from(epssOf('v4', '2026-06-04', 0.2)),
      cwe: zipOf([{ name: '1000.csv', content: weaknesses('SQL Injection, renamed') }]),
    };
    const online = await open((kind) => Promise.resolve(published[kind]));
    expect(await outcomes(online)).toEqual(['taken', 'taken', 'taken']);
    expect((await online.state()).map(({ inForce }) => inForce?.origin.startsWith('https://'))).toEqual([true, true, true]);
    expect(online.weaknesses().get(89)?.name).toBe('SQL Injection, renamed');
  });

  test('hear of what another process took', async () => {
    const [one, other] = [await open(), await open()];
    put('kev.json', kevOf('2026-06-05', cves.slice(0, 23)));

    await one.refresh();
    expect(other.outlook().of(cves[22]!).knownExploited).toBe(false);
    await other.reload();
    expect(other.outlook().of(cves[22]!).knownExploited).toBe(true);
  });
});

describe('a new EPSS model', () => {
  let queue: OpenQueue;
  beforeAll(async () => {
    queue = await openQueue(store.database, () => undefined);
  });
  afterAll(() => queue.stop(0));

  test('is held with each of its days until a person releases it, and the insurers are told once', async () => {
    const feeds = await open();
    let day = '2026-07-01T12:00:00Z';
    const members = { organisationsOf: (kind: string) => Promise.resolve(kind === 'insurer' ? [{ id: 'org_insurer', name: 'x' }] : []) };
    const operations = [getThreatFeeds, releaseEpssModel, refreshThreatFeeds, listNotices];
    const runner = runnerOver(store.database, queue, operations as never, { feeds, members: members as never, clock: () => day });
    const actuary = personOf('org_insurer', { roles: ['actuary'] });
    const round = (done = new Set<string>()) =>
      runDaily(
        {
          operations: operations as never,
          runner,
          clock: () => day,
          organisations: () => Promise.resolve([]),
          before: feeds.reload,
          onFault: (error) => {
            throw error;
          },
        },
        done,
      );

    put('epss.csv.gz', gzipSync(epssOf('v5', '2026-07-01', 0.6)));
    await round();
    expect(feeds.outlook().of(cves[0]!).epss).toBe(0.1);
    put('epss.csv.gz', gzipSync(epssOf('v5', '2026-07-02', 0.7)));
    await round();
    expect((await feeds.state())[1]!.held!.date).toBe('2026-07-01');
    day = '2026-07-02T12:00:00Z';
    await round();
    expect((await feeds.state())[1]).toMatchObject({ inForce: { model: 'v4' }, held: { model: 'v5', date: '2026-07-02' } });
    const told = (await runner.run(listNotices, { actor: { ...actuary, roles: ['underwriting-manager'] }, input: {} })).output.items;
    expect(told.map(({ kind }) => kind)).toEqual(['epss-model-held']);

    await expect(runner.run(releaseEpssModel, { actor: personOf('org_insurer'), input: { model: 'v5' } })).rejects.toMatchObject({ code: 'not-permitted' });
    await expect(runner.run(releaseEpssModel, { actor: actuary, input: { model: 'v6' } })).rejects.toMatchObject({ code: 'another-model-held' });
    const { output } = await runner.run(releaseEpssModel, { actor: actuary, input: { model: 'v5' } });

    expect(output.feeds[1]).toMatchObject({ held: null, inForce: { model: 'v5', releasedBy: actuary.user } });
    expect(feeds.outlook().of(cves[0]!).epss).toBe(0.7);
  });
});
