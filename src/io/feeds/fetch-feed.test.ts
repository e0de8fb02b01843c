import { createServer, get, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { feedAddresses, fetchFeed, publicLookup, type Get } from './fetch-feed.ts';

let server: Server | null = null;
afterEach(() => void server?.close());

/** Answers on this machine in the place of the feed's host; nothing is sent anywhere else. */
async function standIn(answer: RequestListener): Promise<{ send: Get; asked: string[] }> {
  const asked: string[] = [];
  server = createServer(answer);
  await new Promise<void>((ready) => server!.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const send: Get = (url, { signal, headers }, answered) => {
    asked.push(url.href);
    return get({ host: '127.0.0.1', port, path: url.pathname, signal: signal!, headers: headers! }, answered);
  };
  return { send, asked };
}

const limits = { maxBytes: 1000, maxMillis: 2000 };
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fetched',
    (error: { code: string }) => error.code,
  );

describe('fetching a feed', () => {
  it('takes what its address answers, after one redirect on the same host', async () => {
    const { send, asked } = await standIn((request, response) =>
      request.url!.includes('current') ? response.writeHead(302, { location: '/epss_scores-2026-07-01.csv.gz' }).end() : response.end('scores'),
    );

    expect(new TextDecoder().decode(await fetchFeed('epss', send, limits))).toBe('scores');
    expect(asked).toEqual([feedAddresses.epss, 'https://epss.empiricalsecurity.com/epss_scores-2026-07-01.csv.gz']);
  });

  it.each([
    'https://169.254.169.254/latest/meta-data',
    'http://epss.empiricalsecurity.com/plain',
    'https://epss.empiricalsecurity.com:8443/port',
    'https://user:pass@epss.empiricalsecurity.com/who',
    '//evil.example/x',
    'file:///etc/passwd',
  ])('does not follow a redirect to %s', async (location) => {
    const { send, asked } = await standIn((_, response) => response.writeHead(302, { location }).end());

    expect(await codeOf(fetchFeed('epss', send, limits))).toBe('feed-unreachable');
    expect(asked).toHaveLength(1);
  });

  it('gives up beyond its size and its time', async () => {
    const big = await standIn((_, response) => response.end('x'.repeat(2000)));
    expect(await codeOf(fetchFeed('kev', big.send, limits))).toBe('feed-too-large');
    server!.close();
    const slow = await standIn((_, response) => void response.write('x'));
    expect(await codeOf(fetchFeed('kev', slow.send, { ...limits, maxMillis: 100 }))).toBe('feed-unreachable');
    server!.closeAllConnections();
  });

  it('does not take an error page for a feed', async () => {
    const { send } = await standIn((_, response) => response.writeHead(503).end('{}'));

    expect(await codeOf(fetchFeed('kev', send, limits))).toBe('feed-unreachable');
  });

  it.each(['127.0.0.1', '10.0.0.1', '192.168.1.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    'connects to no name that leads to %s',
    (address) => {
      let told: { code?: string } | null = null;
      publicLookup('www.cisa.gov', {}, (error) => (told = error as { code?: string }), ((
        _name: string,
        _options: unknown,
        answer: (error: null, all: unknown[]) => void,
      ) =>
        answer(null, [
          { address: '203.0.114.1', family: 4 },
          { address, family: address.includes(':') ? 6 : 4 },
        ])) as never);

      expect(told).toMatchObject({ code: 'feed-unreachable' });
    },
  );
});
