import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createPort, type AddressInfo, type Server } from 'node:net';
import type { NameServer } from '../../src/io/probes/resolve-name.ts';
import type { Identity } from './certificates.ts';

/** Servers on loopback that stand for one asset, with the ports they got. */
export interface RunningSite {
  readonly http: number;
  readonly https: number;
  readonly ports: readonly number[];
  /** Addresses of requests in the order they came, `GET /path` with the protocol before it. */
  readonly visits: string[];
  close(): Promise<void>;
}

const listen = (server: Server, address: string): Promise<number> =>
  new Promise((resolve) => server.listen(0, address, () => resolve((server.address() as AddressInfo).port)));
const close = (server: Server): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));

interface SiteOptions {
  readonly identity: Identity;
  readonly legacyTls: boolean;
  readonly answer: (secure: boolean) => RequestListener;
  readonly banners: readonly string[];
}

async function start({ identity, legacyTls, answer, banners }: SiteOptions): Promise<RunningSite> {
  const visits: string[] = [];
  const noting = (secure: boolean): RequestListener => {
    const listener = answer(secure);
    return (request, response) => {
      visits.push(`${secure ? 'https' : 'http'} ${request.method} ${request.url}`);
      listener(request, response);
    };
  };
  const versions = legacyTls ? { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } : { minVersion: 'TLSv1.2' };
  const plain = createServer(noting(false));
  const secure = createSecureServer({ ...identity, ...(versions as { minVersion: 'TLSv1' }) }, noting(true));
  const others = banners.map((banner) => createPort((socket) => void socket.on('error', () => undefined).end(banner)));
  secure.on('tlsClientError', () => undefined);
  const [http, https, ...ports] = await Promise.all([plain, secure, ...others].map((server) => listen(server, '127.0.0.1')));
  return { http: http!, https: https!, ports, visits, close: async () => void (await Promise.all([plain, secure, ...others].map(close))) };
}

/** A site with everything wrong that the rules know, but for what cannot be at the same time. */
export const startWeakSite = (identity: Identity): Promise<RunningSite> =>
  start({
    identity,
    legacyTls: true,
    banners: ['220 invented FTP 1.2\r\n'],
    answer: () => (request, response) => {
      response.setHeader('server', 'Invented/2.4.1');
      if (request.url === '/') return void response.setHeader('set-cookie', 'session=secret-value; Path=/').end('<h1>weak</h1>');
      if (request.url === '/phpmyadmin/') return void response.end('<title>phpMyAdmin</title>');
      if (request.url === '/manager/html') return void response.writeHead(401, { 'www-authenticate': 'Basic realm="Manager"' }).end();
      if (request.url === '/.git/HEAD') return void response.end('ref: refs/heads/main\n');
      response.writeHead(200).end('a page for everything');
    },
  });

/** A site with nothing to find. */
export const startStrongSite = (identity: Identity): Promise<RunningSite> =>
  start({
    identity,
    legacyTls: false,
    banners: [],
    answer: (secure) => (request, response) => {
      if (!secure) return void response.writeHead(301, { location: `https://strong.example${request.url}` }).end();
      response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
      response.setHeader('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('set-cookie', 'session=secret-value; Path=/; Secure; HttpOnly; SameSite=Lax');
      response.writeHead(request.url === '/' ? 200 : 404).end();
    },
  });

/** What a name server of the test knows: records by kind and name; everything else does not exist. */
export interface Zone {
  readonly a?: Readonly<Record<string, readonly string[]>>;
  readonly aaaa?: Readonly<Record<string, readonly string[]>>;
  readonly txt?: Readonly<Record<string, readonly string[]>>;
  readonly mx?: Readonly<Record<string, readonly string[]>>;
  readonly caa?: Readonly<Record<string, readonly string[]>>;
}

/** A name server that answers from the zone and notes what it was asked. */
export function nameServerOf(zone: Zone): NameServer & { readonly asked: string[] } {
  const asked: string[] = [];
  const look = (kind: keyof Zone, name: string): readonly string[] => {
    asked.push(`${kind} ${name}`);
    const found = zone[kind]?.[name];
    if (found === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    return found;
  };
  const server = {
    asked,
    resolve4: async (name: string) => [...look('a', name)],
    resolve6: async (name: string) => [...look('aaaa', name)],
    resolveTxt: async (name: string) => look('txt', name).map((text) => [text]),
    resolveMx: async (name: string) => look('mx', name).map((exchange) => ({ exchange, priority: 10 })),
    resolveCaa: async (name: string) => look('caa', name).map((issue) => ({ critical: 0, issue })),
  };
  return server as unknown as NameServer & { readonly asked: string[] };
}
