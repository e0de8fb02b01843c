import type { FastifyRequest } from 'fastify';
import type { Actor } from '../app/operation.ts';
import { Refusal } from '../domain/basics/index.ts';
import type { Identity } from '../io/identity/index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
}

const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/** Finds out who asks, and refuses a browser's write that another site brought about. */
export async function recogniseCaller(request: FastifyRequest, { identity, baseUrl }: { identity: Identity; baseUrl: string }): Promise<void> {
  const { cookie, authorization } = request.headers;
  request.actor = cookie === undefined && authorization === undefined ? null : await identity.callerOf({ cookie, authorization });
  if (isWrite(request.method) && authorization === undefined) requireSameOrigin(request, baseUrl);
}

/**
 * Cookies travel with requests that other sites cause, so a write with a cookie must say that it comes from our own pages. A client that
 * sends neither cookie nor Origin is no browser session and passes. Neither header is taken at its word on what is ours: a foreign name
 * may point to this machine, and then both name it.
 */
function requireSameOrigin({ headers, socket }: FastifyRequest, baseUrl: string): void {
  const { origin, cookie, host } = headers;
  const ours = { base: new URL(baseUrl), listening: socket.localPort };
  if (origin === undefined && cookie === undefined) return;
  if (origin === undefined && headers['sec-fetch-site'] === 'same-origin') return requireOurHost(host, ours);
  if (origin !== undefined && isOurs(origin, ours)) return;
  throw new Refusal('not-permitted', 'foreign-origin', 'a write with a session must come from the portal itself');
}

/** Where people reach us: the configured address, and the port that listens when the configuration leaves the choice of one (port 0). */
interface Ours {
  readonly base: URL;
  readonly listening: number | undefined;
}

function requireOurHost(host: string | undefined, ours: Ours): void {
  if (host !== undefined && isOurs(`${ours.base.protocol}//${host}`, ours)) return;
  throw new Refusal('bad-input', 'foreign-host', 'the Host header names no address of this portal; the operator sets it by BASE_URL');
}

/** An address of this portal. One that listens on every interface is reached by any of its numbers, which no foreign name can imitate. */
function isOurs(address: string, { base, listening }: Ours): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol, hostname, port } = new URL(address);
  if (origin === base.origin) return true;
  const ourPort = base.port === '0' ? String(listening) : base.port;
  if (protocol !== base.protocol || port !== ourPort) return false;
  return (isLoopback(base.hostname) && isLoopback(hostname)) || (isEveryInterface(base.hostname) && (isLoopback(hostname) || isNumeric(hostname)));
}

const isLoopback = (hostname: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
const isEveryInterface = (hostname: string): boolean => ['0.0.0.0', '[::]'].includes(hostname);
const isNumeric = (hostname: string): boolean => /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/.test(hostname);

/** The actor, or a Refusal when nobody is signed in or the key is not valid. */
export function requireActor(request: FastifyRequest): Actor {
  if (request.actor === null) throw new Refusal('unauthenticated', 'not-signed-in', 'nobody is signed in, or the session or key has ended');
  return request.actor;
}
