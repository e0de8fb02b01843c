import { isIP } from 'node:net';
import { judgePosture, shortPortList, type CheckFacts, type MethodClass, type Observations } from '../../domain/assessment/index.ts';
import { instantFromMillis, Refusal } from '../../domain/basics/index.ts';
import type { ProbeOrder, ProbeResult, Probes, ProofQuestion } from '../interfaces.ts';
import { lookAtDns } from './look-dns.ts';
import { lookAtPorts } from './look-ports.ts';
import { lookAtTls } from './look-tls.ts';
import { lookAtPaths, lookAtSite, visit, type Site } from './look-web.ts';
import { createReach, type Place, type Reach } from './reach.ts';
import { recordsOrNull, resolveAll, systemNameServer, type NameServer } from './resolve-name.ts';
import { findNmap, runNmap } from './run-nmap.ts';

/** What only tests change. No setting of an installation leads here: `src/start` opens the probes without any. */
export interface ProbesForTests {
  /** Forbidden addresses that may be connected to all the same. */
  readonly allow?: readonly string[];
  readonly nameServer?: NameServer;
  readonly ports?: { readonly http: number; readonly https: number; readonly list: readonly number[] };
  /** Certificates that count as public authorities (PEM). */
  readonly roots?: readonly string[];
  readonly nmap?: string | null;
  readonly connectMillis?: number;
}

/** How everything is reached: the usual, with what a test changed. */
interface Setting {
  readonly allow: ReadonlySet<string>;
  readonly nameServer: NameServer;
  readonly ports: { readonly http: number; readonly https: number; readonly list: readonly number[] };
  readonly roots: readonly string[] | null;
  readonly nmap: string | null;
  readonly connectMillis: number;
}

/** Probes of proven and authorised assets, and of the proofs themselves. */
export function openProbes(forTests: ProbesForTests = {}): Probes {
  const setting: Setting = {
    allow: new Set(forTests.allow ?? []),
    nameServer: forTests.nameServer ?? systemNameServer(),
    ports: forTests.ports ?? { http: 80, https: 443, list: shortPortList.map(({ port }) => port) },
    roots: forTests.roots ?? null,
    nmap: forTests.nmap === undefined ? findNmap() : forTests.nmap,
    connectMillis: forTests.connectMillis ?? 4_000,
  };
  return {
    resolve: (name) => resolveAll(name, setting.nameServer, setting.allow),
    lookForProof: (question) => lookForProof(setting, question),
    check: (order) => check(setting, order),
  };
}

const reachOf = (setting: Setting, ratePerSecond: number, requireMaySend: (address: string | null) => Promise<void>): Reach =>
  createReach({ ratePerSecond, requireMaySend, connectMillis: setting.connectMillis, allowForTests: setting.allow });

/** Asks for the TXT record, or for the file at its well-known place. What was found is answered cut, so that its owner sees what is wrong. */
async function lookForProof(setting: Setting, { method, name }: ProofQuestion): Promise<string[]> {
  if (method === 'dns') {
    const found = (await recordsOrNull(setting.nameServer.resolveTxt(`_insure-verify.${name}`))) ?? [];
    return found.slice(0, 10).map((pieces) => pieces.join('').slice(0, 300));
  }
  const reach = reachOf(setting, 2, async () => undefined);
  const [address] = await resolveAll(name, setting.nameServer, setting.allow);
  const place = { host: name, address: address! };
  for (const site of [
    { place, port: setting.ports.https, secure: true },
    { place, port: setting.ports.http, secure: false },
  ]) {
    const answer = await visit(reach, site, '/.well-known/riskloop-verify.txt', setting.roots);
    if (answer?.status === 200) return [bodyText(answer.body).slice(0, 300)];
  }
  return [];
}

/** The body of a small file; a chunked one has its length on a line before it. */
const bodyText = (body: string): string =>
  (/^[0-9a-f]+\r?\n/i.test(body) ? body.replace(/^[0-9a-f]+\r?\n/i, '').replace(/\r?\n0\r?\n[\s\S]*$/, '') : body).trim();

/** Looks at everything that the method class allows. A Refusal on the way ends it; what was seen until then is kept, with the reason. */
async function check(setting: Setting, order: ProbeOrder): Promise<ProbeResult> {
  const startedAt = instantFromMillis(Date.now());
  let connections = 0;
  const seen: { -readonly [K in keyof Observations]: Observations[K] } = { dns: null, tls: [], web: [], paths: [], ports: [] };
  const reach = reachOf(setting, order.ratePerSecond, async (address) => {
    await order.requireMaySend(address);
    connections += 1;
  });
  let nmap: Uint8Array | null = null;
  const stoppedBy = await untilRefused(async () => {
    nmap = await lookAtAll(setting, order, reach, seen);
    requireAnswered(reach, seen);
  });
  const facts: CheckFacts = {
    asset: order.asset,
    methodClass: order.methodClass,
    addresses: [...order.addresses],
    startedAt,
    finishedAt: instantFromMillis(Date.now()),
    stoppedBy,
  };
  const written = (part: MethodClass): Uint8Array => new TextEncoder().encode(JSON.stringify(judgePosture(part, facts, seen), null, 1));
  const gentle = order.methodClass === 'gentle' ? [{ name: 'posture-gentle', bytes: written('gentle') }] : [];
  const services = nmap === null ? [] : [{ name: 'nmap', bytes: nmap }];
  return { reports: [{ name: 'posture', bytes: written('passive') }, ...gentle, ...services], stoppedBy, connections };
}

/** Silence is no good news: a check that got no answer must not count as having found nothing. */
function requireAnswered(reach: Reach, { dns }: Pick<Observations, 'dns'>): void {
  if (!reach.reached()) throw new Refusal('rule', 'target-not-reached', 'nothing came back from the target');
  if (dns !== null && [dns.mx, dns.spf, dns.dmarc, dns.caa].includes(null))
    throw new Refusal('rule', 'name-server-silent', 'the resolver did not answer every question');
}

async function untilRefused(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Refusal && error.kind !== 'unavailable') return error.code;
    throw error;
  }
}

async function lookAtAll(
  setting: Setting,
  order: ProbeOrder,
  reach: Reach,
  seen: { -readonly [K in keyof Observations]: Observations[K] },
): Promise<Uint8Array | null> {
  const gentle = order.methodClass === 'gentle';
  const { name } = order.asset;
  if (isIP(name) === 0) seen.dns = await lookAtDns(name, setting.nameServer, () => reach.turn(null));
  await order.progress(1);
  const places = order.addresses.map((address): Place => ({ host: name, address }));
  for (const place of places) {
    const tls = await lookAtTls(reach, place, { port: setting.ports.https, gentle, roots: setting.roots });
    if (tls !== null) seen.tls.push(tls);
  }
  await order.progress(2);
  await lookAtWeb(setting, reach, places[0]!, gentle, seen);
  await order.progress(3);
  if (!gentle) return null;
  for (const place of places) seen.ports.push(...(await lookAtPorts(reach, place, setting.ports.list)));
  await order.progress(4);
  return setting.nmap === null ? null : runNmap(setting.nmap, reach, places[0]!, { ports: setting.ports.list, ratePerSecond: order.ratePerSecond });
}

/** The front pages over HTTP and HTTPS; the paths on whichever answers, HTTPS first. */
async function lookAtWeb(
  setting: Setting,
  reach: Reach,
  place: Place,
  gentle: boolean,
  seen: { -readonly [K in keyof Observations]: Observations[K] },
): Promise<void> {
  const sites: readonly Site[] = [
    { place, port: setting.ports.https, secure: true },
    { place, port: setting.ports.http, secure: false },
  ];
  const answering: Site[] = [];
  for (const site of sites) {
    const page = await lookAtSite(reach, site, setting.roots);
    if (page === null) continue;
    seen.web.push(page);
    answering.push(site);
  }
  if (gentle && answering[0] !== undefined) seen.paths = await lookAtPaths(reach, answering[0], setting.roots);
}
