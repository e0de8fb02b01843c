import type { Socket } from 'node:net';
import { knownPaths, recognisesPath, type PathSeen, type WebSeen } from '../../domain/assessment/index.ts';
import type { Place, Reach } from './reach.ts';

/** A web server at one port of the target. */
export interface Site {
  readonly place: Place;
  readonly port: number;
  readonly secure: boolean;
}

/** One answer: what a rule may look at. The body is cut and never kept. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
}

const bodyBytes = 64 * 1024;
const answerMillis = 8_000;
const userAgent = 'Riskloop-posture-check/1 (authorised by the owner of this site)';

/** One GET, one connection, one answer: redirects are not followed. null when there is no web server, or none that answers in time. */
export async function visit(reach: Reach, site: Site, path: string, roots: readonly string[] | null): Promise<WebAnswer | null> {
  const { place, port, secure } = site;
  const socket = secure
    ? await reach.openTls(place, port, {
        rejectUnauthorized: false,
        ...(place.host === place.address ? {} : { servername: place.host }),
        ...(roots === null ? {} : { ca: [...roots] }),
      })
    : await reach.open(place, port);
  if (typeof socket === 'string') return null;
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostHeader(site)}\r\nUser-Agent: ${userAgent}\r\nAccept: */*\r\nConnection: close\r\n\r\n`);
  const answer = readAnswer(await receive(socket));
  if (answer !== null) reach.answered(answer.status);
  return answer;
}

function hostHeader({ place: { host }, port, secure }: Site): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (secure ? 443 : 80) ? name : `${name}:${port}`;
}

/** What arrives until the other side ends, the size is reached, or the time is up. */
function receive(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(Buffer.concat(parts).subarray(0, bodyBytes));
    };
    const timer = setTimeout(end, answerMillis);
    socket.on('data', (part: Buffer) => {
      parts.push(part);
      bytes += part.length;
      if (bytes >= bodyBytes) end();
    });
    socket.once('end', end);
    socket.once('error', end);
    socket.once('close', end);
  });
}

/** Reads status line and headers leniently: what a server sends is data to be judged, not a contract. null when it is no HTTP. */
function readAnswer(received: Buffer): WebAnswer | null {
  const text = received.toString('latin1');
  const [head = '', ...rest] = text.split(/\r?\n\r?\n/);
  const [first = '', ...lines] = head.split(/\r?\n/);
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) return null;
  const headers = lines.slice(0, 100).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1
      ? []
      : [
          {
            name: line.slice(0, colon).trim().toLowerCase().slice(0, 100),
            value: line
              .slice(colon + 1)
              .trim()
              .slice(0, 1000),
          },
        ];
  });
  return { status, headers, body: Buffer.from(rest.join('\n\n'), 'latin1').toString('utf8') };
}

/** The address of a path as a person would type it. */
const urlOf = (site: Site, path: string): string => `${site.secure ? 'https' : 'http'}://${hostHeader(site)}${path}`;

/** Cookies are kept without their values. */
const withoutSecret = ({ name, value }: { name: string; value: string }) => ({
  name,
  value: name === 'set-cookie' ? value.replace(/^([^=;]*)=[^;]*/, '$1=…') : value,
});

/** The front page of a site; null when no web server is there. */
export async function lookAtSite(reach: Reach, site: Site, roots: readonly string[] | null): Promise<WebSeen | null> {
  const answer = await visit(reach, site, '/', roots);
  if (answer === null) return null;
  return {
    url: urlOf(site, '/'),
    host: site.place.host,
    port: site.port,
    secure: site.secure,
    status: answer.status,
    headers: answer.headers.map(withoutSecret),
  };
}

/** Visits the short list of paths, one after the other. */
export async function lookAtPaths(reach: Reach, site: Site, roots: readonly string[] | null): Promise<PathSeen[]> {
  const seen: PathSeen[] = [];
  for (const known of knownPaths) {
    const answer = await visit(reach, site, known.path, roots);
    if (answer === null) continue;
    const asksForCredentials = answer.headers.some(({ name }) => name === 'www-authenticate');
    const recognised = recognisesPath(known, { status: answer.status, body: answer.body, asksForCredentials });
    seen.push({ url: urlOf(site, known.path), host: site.place.host, port: site.port, what: `${known.kind}:${known.name}`, status: answer.status, recognised });
  }
  return seen;
}
