import { lookup as resolve, type LookupAddress } from 'node:dns';
import { get, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../domain/basics/index.ts';
import type { FeedKind } from '../../domain/threats/index.ts';
import { isForbiddenAddress } from '../probes/index.ts';

/** The only addresses that feeds are fetched from. EPSS answers with a redirect to the file of the day on the same host. */
export const feedAddresses: Readonly<Record<FeedKind, string>> = {
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  cwe: 'https://cwe.mitre.org/data/csv/1000.csv.zip',
};

/** What a fetch may cost. */
export interface FetchLimits {
  readonly maxBytes: number;
  readonly maxMillis: number;
}

const usual: FetchLimits = { maxBytes: 64 * 1024 * 1024, maxMillis: 60_000 };

/** Sends one GET; in tests, something that sends nothing beyond this machine. */
export type Get = (url: URL, options: RequestOptions, answered: (response: IncomingMessage) => void) => ReturnType<typeof get>;

/** Fetches a feed from its public address, bounded in size and time. Throws a Refusal `feed-unreachable` or `feed-too-large`; then nothing is used. */
export async function fetchFeed(kind: FeedKind, send: Get = get, limits: FetchLimits = usual): Promise<Uint8Array> {
  const first = new URL(feedAddresses[kind]);
  const deadline = AbortSignal.timeout(limits.maxMillis);
  const answer = await download(first, send, deadline, limits);
  if (answer.redirect === null) return answer.bytes;
  const second = await download(onSameHost(first, answer.redirect), send, deadline, limits);
  if (second.redirect !== null) throw unreachable('it redirects more than once');
  return second.bytes;
}

/** A redirect may name another file of the same host, over the same protocol and port, and nothing else. */
function onSameHost(from: URL, location: string): URL {
  const to = URL.parse(location, from);
  if (to === null || to.origin !== from.origin || to.username !== '' || to.password !== '') throw unreachable('it redirects to another address');
  return to;
}

type Answer = { readonly redirect: string; readonly bytes: null } | { readonly redirect: null; readonly bytes: Uint8Array };

function download(url: URL, send: Get, signal: AbortSignal, { maxBytes }: FetchLimits): Promise<Answer> {
  return new Promise((done, fail) => {
    const options: RequestOptions = { signal, lookup: publicLookup as never, headers: { 'user-agent': 'riskloop', accept: '*/*' } };
    const request = send(url, options, (response) => {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        response.destroy();
        done({ redirect: headers.location, bytes: null });
      } else if (statusCode !== 200) {
        response.destroy();
        fail(unreachable(`it answered ${statusCode}`));
      } else done(gather(response, maxBytes).then((bytes) => ({ redirect: null, bytes })));
    });
    request.on('error', (error) => fail(error instanceof Refusal ? error : unreachable(error.message)));
  });
}

async function gather(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new Refusal('too-large', 'feed-too-large', `the feed is larger than ${maxBytes} bytes`, { limit: maxBytes });
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refusal ? error : unreachable((error as Error).message);
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks);
}

type Told = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves like the system, and refuses names that lead into a private network: what was checked is what is connected to. */
export function publicLookup(name: string, options: { all?: boolean }, told: Told, ask: typeof resolve = resolve): void {
  ask(name, { ...options, all: true }, (error, addresses) => {
    if (error) return told(error, '', 0);
    const forbidden = addresses.find(({ address }) => isForbiddenAddress(address));
    if (forbidden || addresses.length === 0) return told(unreachable(`\`${name}\` does not lead to a public address`), '', 0);
    if (options.all) told(null, addresses);
    else told(null, addresses[0]!.address, addresses[0]!.family);
  });
}

const unreachable = (why: string): Refusal => new Refusal('unavailable', 'feed-unreachable', `the feed cannot be fetched: ${why}`);
