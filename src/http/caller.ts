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
 * sends neither cookie nor Origin is no browser session and passes.
 */
function requireSameOrigin({ headers }: FastifyRequest, baseUrl: string): void {
  const { origin, cookie } = headers;
  if (origin === undefined && (cookie === undefined || headers['sec-fetch-site'] === 'same-origin')) return;
  if (origin !== undefined && isOurs(origin, headers.host, baseUrl)) return;
  throw new Refusal('not-permitted', 'foreign-origin', 'a write with a session must come from the portal itself');
}

function isOurs(origin: string, host: string | undefined, baseUrl: string): boolean {
  if (origin === new URL(baseUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** The actor, or a Refusal when nobody is signed in or the key is not valid. */
export function requireActor(request: FastifyRequest): Actor {
  if (request.actor === null) throw new Refusal('unauthenticated', 'not-signed-in', 'nobody is signed in, or the session or key has ended');
  return request.actor;
}
