import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasOpenssl, makeAuthority, type Authority } from '../../../test/sites/certificates.ts';
import { nameServerOf, startStrongSite, startWeakSite, type RunningSite } from '../../../test/sites/sites.ts';
import { readScannerReport, type PostureReport } from '../../domain/assessment/index.ts';
import { Refusal } from '../../domain/basics/index.ts';
import type { ProbeOrder, ProbeResult } from '../interfaces.ts';
import { openProbes, type ProbesForTests } from './index.ts';

let authority: Authority;
let weak: RunningSite;
let strong: RunningSite;
beforeAll(async () => {
  authority = makeAuthority();
  weak = await startWeakSite(authority.signItself('other.example', 10));
  strong = await startStrongSite(authority.sign('strong.example', 90));
}, 60_000);
afterAll(async () => {
  await Promise.all([weak.close(), strong.close()]);
  authority.close();
});

const zone = {
  a: { 'weak.example': ['127.0.0.1'], 'strong.example': ['127.0.0.1'] },
  mx: { 'weak.example': ['mail.weak.example'], 'strong.example': ['mail.strong.example'] },
  txt: {
    'weak.example': ['v=spf1 include:mail.example +all'],
    '_dmarc.weak.example': ['v=DMARC1; p=none'],
    'strong.example': ['some other text', 'v=spf1 mx -all'],
    '_dmarc.strong.example': ['v=DMARC1; p=reject'],
  },
  caa: { 'strong.example': ['authority.example'] },
};

const setting = (site: RunningSite, more: ProbesForTests = {}): ProbesForTests => ({
  allow: ['127.0.0.1'],
  nameServer: nameServerOf(zone),
  ports: { http: site.http, https: site.https, list: site.ports },
  roots: [authority.cert],
  nmap: null,
  ...more,
});

const order = (name: string, more: Partial<ProbeOrder> = {}): ProbeOrder => ({
  asset: { name, kind: 'domain' },
  addresses: ['127.0.0.1'],
  methodClass: 'gentle',
  ratePerSecond: 1000,
  requireMaySend: async () => undefined,
  progress: async () => undefined,
  ...more,
});

const textsOf = ({ reports }: ProbeResult): string[] => reports.map(({ bytes }) => new TextDecoder().decode(bytes));
const reportsOf = (result: ProbeResult): PostureReport[] => textsOf(result).map((text) => JSON.parse(text) as PostureReport);
const resultsOf = (result: ProbeResult): PostureReport['results'] => reportsOf(result).flatMap(({ results }) => results);
const readAll = ({ reports }: ProbeResult) => reports.map(({ bytes }) => readScannerReport([bytes], { now: new Date(Date.now() + 1000).toISOString() }));
const failedOf = (result: ProbeResult): string[] =>
  resultsOf(result)
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ rule, asset }) => `${rule} ${asset.name}`)
    .sort();

describe.skipIf(!hasOpenssl())('a posture check of a weak site (needs openssl)', () => {
  test('finds exactly what is wrong with it', async () => {
    const result = await openProbes(setting(weak)).check(order('weak.example'));

    const https = `https://weak.example:${weak.https}`;
    const http = `http://weak.example:${weak.http}`;
    expect(result.stoppedBy).toBeNull();
    expect(failedOf(result)).toEqual(
      [
        ...[
          'caa-missing',
          'certificate-ends-soon',
          'certificate-untrusted',
          'certificate-wrong-host',
          'dmarc-not-enforced',
          'spf-permissive',
          'tls-legacy-protocol',
        ].map((rule) => `${rule} weak.example`),
        `admin-exposed ${https}/manager/html`,
        `admin-exposed ${https}/phpmyadmin/`,
        `secret-file-exposed ${https}/.git/HEAD`,
        `hsts-missing ${https}/`,
        `cookie-not-secure ${https}/`,
        `plain-http-served ${http}/`,
        ...[http, https].flatMap((site) =>
          ['cookie-not-http-only', 'cookie-same-site-missing', 'csp-missing', 'frame-options-missing', 'content-type-options-missing', 'version-leaked'].map(
            (rule) => `${rule} ${site}/`,
          ),
        ),
      ].sort(),
    );
  }, 30_000);

  test('writes a report that reads as findings of those rules, without the value of a cookie', async () => {
    const result = await openProbes(setting(weak)).check(order('weak.example'));

    const read = readAll(result);
    expect(read.map(({ format }) => format)).toEqual(['riskloop-posture', 'riskloop-posture-gentle']);
    expect(read.flatMap(({ findings }) => findings)).toHaveLength(failedOf(result).length);
    expect(read.every(({ assets }) => assets.includes('weak.example'))).toBe(true);
    expect(textsOf(result).join()).not.toContain('secret-value');
  }, 30_000);

  test('shows the banner of an open port', async () => {
    const [, gentle] = reportsOf(await openProbes(setting(weak)).check(order('weak.example')));

    expect(gentle!.observations.ports).toMatchObject([{ state: 'open', banner: '220 invented FTP 1.2' }]);
  }, 30_000);

  test('does only what a visitor does when the authorisation says passive', async () => {
    weak.visits.length = 0;

    const result = await openProbes(setting(weak)).check(order('weak.example', { methodClass: 'passive' }));

    expect(weak.visits.sort()).toEqual(['http GET /', 'https GET /']);
    expect(reportsOf(result).map(({ part, observations }) => [part, observations.ports, observations.paths])).toEqual([['passive', [], []]]);
    expect(reportsOf(result)[0]!.observations.tls[0]!.versions.TLSv1).toBe('not-checked');
  }, 30_000);
});

describe.skipIf(!hasOpenssl())('a posture check of a strong site (needs openssl)', () => {
  test('finds nothing, and says what it could not check', async () => {
    const result = await openProbes(setting(strong)).check(order('strong.example'));

    expect(failedOf(result)).toEqual([]);
    expect(
      resultsOf(result)
        .filter(({ outcome }) => outcome === 'not-checked')
        .map(({ rule }) => rule),
    ).toEqual(['dnssec-unsigned']);
    expect(strong.visits.every((visit) => !visit.startsWith('http GET /a'))).toBe(true);
  }, 30_000);

  test('finds a certificate that has ended, once', async () => {
    const site = await startStrongSite(authority.sign('strong.example', -1));

    const result = await openProbes(setting(site)).check(order('strong.example', { methodClass: 'passive' }));
    await site.close();

    expect(failedOf(result)).toEqual(['certificate-expired strong.example']);
  }, 30_000);

  test('says nothing against a domain whose name server does not answer', async () => {
    const silent = nameServerOf({});
    const mute = () => Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEOUT' }));
    const nameServer = { ...silent, resolveTxt: mute, resolveMx: mute, resolveCaa: mute };

    const result = await openProbes(setting(strong, { nameServer })).check(order('strong.example', { methodClass: 'passive' }));

    expect(failedOf(result)).toEqual([]);
    expect(result.stoppedBy).toBe('name-server-silent');
  }, 30_000);
});

describe.skipIf(!hasOpenssl())('where nmap is installed (needs openssl)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'riskloop-nmap-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A stand-in that notes how it was called and does as told. */
  function standIn(does: string): string {
    const file = join(folder, `nmap-${does.length}`);
    writeFileSync(
      file,
      `#!${process.execPath}\nrequire('fs').writeFileSync(${JSON.stringify(`${file}.called`)}, process.argv.slice(2).join(' '));\n${does}\n`,
      { mode: 0o755 },
    );
    return file;
  }

  test('its report is read by its own format, and it was given the checked address and the rate', async () => {
    const xml =
      '<nmaprun scanner="nmap" version="7.95"><host><address addr="127.0.0.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="21"><state state="open"/></port></ports></host></nmaprun>';
    const nmap = standIn(`process.stdout.write(${JSON.stringify(xml)});`);

    const result = await openProbes(setting(weak, { nmap })).check(order('weak.example'));

    expect(readAll(result).map(({ format, findings }) => [format, findings.length > 0])).toContainEqual(['nmap', true]);
    expect(readFileSync(`${nmap}.called`, 'utf8')).toMatch(/-Pn -n --max-rate 1000 .* 127\.0\.0\.1$/);
  }, 30_000);

  test('it is ended when the facts no longer hold', async () => {
    const nmap = standIn('setTimeout(() => undefined, 60000);');
    let running = false;
    const requireMaySend = async (): Promise<void> => {
      if (running) throw new Refusal('rule', 'scanning-stopped', 'stopped');
      running = existsSync(`${nmap}.called`);
    };

    const result = await openProbes(setting(weak, { nmap })).check(order('weak.example', { requireMaySend }));

    expect(result.stoppedBy).toBe('scanning-stopped');
  }, 30_000);
});

describe.skipIf(!hasOpenssl())('a check under way (needs openssl)', () => {
  test('ends at the next connection when the facts no longer hold, and keeps what was seen', async () => {
    let asked = 0;
    const requireMaySend = async (): Promise<void> => {
      if (++asked > 8) throw new Refusal('rule', 'scanning-stopped', 'stopped');
    };

    const result = await openProbes(setting(weak)).check(order('weak.example', { requireMaySend }));

    expect(result).toMatchObject({ stoppedBy: 'scanning-stopped', connections: 8 });
    expect(reportsOf(result).every(({ check }) => check.stoppedBy === 'scanning-stopped')).toBe(true);
  }, 30_000);

  test('keeps to its rate', async () => {
    const began = performance.now();

    const { connections } = await openProbes(setting(strong)).check(order('strong.example', { methodClass: 'passive', ratePerSecond: 10 }));

    expect(performance.now() - began).toBeGreaterThanOrEqual((connections - 1) * 100 - 20);
  }, 30_000);

  test('leaves a server alone that answers with two errors in a row', async () => {
    const { createServer } = await import('node:http');
    let visits = 0;
    const failing = createServer((_, response) => {
      visits += 1;
      response.writeHead(503).end();
    });
    const port = await new Promise<number>((resolve) => failing.listen(0, '127.0.0.1', () => resolve((failing.address() as { port: number }).port)));

    const result = await openProbes(setting(strong, { ports: { http: port, https: 1, list: [] } })).check(order('strong.example'));
    failing.close();

    expect(result.stoppedBy).toBe('target-in-trouble');
    expect(visits).toBe(2);
  }, 30_000);
});
