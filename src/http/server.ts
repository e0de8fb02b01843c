import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { HttpDoor, Operation } from '../app/operation.ts';
import { Refusal } from '../domain/basics/index.ts';
import { recogniseCaller } from './caller.ts';
import type { DoorParts } from './door.ts';
import { serveEntrance } from './entrance-route.ts';
import { entrances } from './entrance.ts';
import { headersTimeoutMs, requestTimeoutMs } from './limits.ts';
import { describeApi } from './openapi.ts';
import { routePattern, serveOperation } from './operation-route.ts';
import { sendPage, servePortal } from './portal.ts';
import { methodNotAllowed, notFound, preconditionFailed, problemOf, type Problem } from './problem.ts';
import { readJson } from './read-json.ts';
import { operationOf, serveWatch } from './watch.ts';

/** Builds the HTTP door: every operation as a route, the ways in, the API's own description, the portal. Listening is the caller's. */
export async function buildServer(parts: DoorParts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: logging(parts.log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
    bodyLimit: parts.limits.bodyBytes,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs,
    http: { headersTimeout: headersTimeoutMs },
    routerOptions: { maxParamLength: 128 },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void sendProblem(request, reply, problemOf(error, request.id)),
    clientErrorHandler: refuseRawRequest,
  });
  app.decorateRequest('actor', null);
  readJsonOnly(app);
  app.addHook('onRequest', async (request) => {
    refuseEncodedBody(request);
    await recogniseCaller(request, parts);
  });
  app.addHook('onResponse', async (request, reply) => logAnswer(request, reply));
  app.setErrorHandler((error, request, reply) => answerError(parts, error, request, reply));
  await register(app, parts);
  serveWatch(app, parts);
  for (const entrance of entrances) serveEntrance(app, entrance, parts);
  for (const operation of parts.operations) if (isServed(operation)) serveOperation(app, operation, parts);
  const isPage = await servePortal(app, parts.portalDir);
  const otherMethods = methodsByAddress(parts.operations.filter(isServed));
  app.setNotFoundHandler((request, reply) => (isPage(request) ? sendPage(reply) : answerUnknown(request, reply, otherMethods(request.url))));
  return app;
}

const isServed = (operation: Operation): operation is Operation & { http: HttpDoor } => operation.http !== null;

/** Sessions, keys and passwords never reach the log; neither do bodies and query strings. */
function logging({ level, stream }: DoorParts['log']) {
  return {
    level,
    ...(stream === undefined ? {} : { stream }),
    redact: {
      paths: ['req.headers', 'headers', 'cookie', 'authorization', 'password', 'secret', '*.password', '*.secret', '*.cookie', '*.authorization'],
      censor: '***',
    },
    base: null,
  };
}

function readJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const charset = /charset="?([^";]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
    if (charset !== undefined && charset.trim().toLowerCase() !== 'utf-8') throw Object.assign(new Error('charset'), { statusCode: 415 });
    return body.length === 0 ? undefined : readJson(body);
  });
}

/** Compressed bodies are refused: their true size is not known before they are unpacked. */
function refuseEncodedBody({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw Object.assign(new Error('content encoding'), { statusCode: 415 });
}

async function register(app: FastifyInstance, { limits, baseUrl, operations, version }: DoorParts): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: baseUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(rateLimit, {
    hook: 'preParsing',
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: ({ actor, ip }) => (actor === null ? `address:${ip}` : `organisation:${actor.organisation}`),
    max: (request) => (request.actor === null ? limits.perAddress : limits.perOrganisation),
    errorResponseBuilder: (_request, { max, ttl }) => tooMany(max, ttl),
  });
  await app.register(multipart);
  const document = describeApi({ operations, entrances, version });
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { validatorUrl: null, deepLinking: true } });
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(document));
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !request.url.startsWith('/api/docs')) reply.header('cache-control', 'no-store');
  });
}

/** Everything comes from this server. Styles may stand inline because the component library writes them at run time; scripts may not. */
const contentSecurity = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'", 'blob:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

const tooMany = (max: number, ttlMs: number): Refusal =>
  new Refusal('too-many', 'too-many-requests', `more than \`${max}\` requests in a minute`, { limit: max, retryAfterSeconds: Math.ceil(ttlMs / 1000) });

function answerError({ nameOutage }: DoorParts, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // Who asks is looked up outside any transaction, so what the database does to that question arrives here unnamed.
  const problem = problemOf(nameOutage(error), request.id);
  if (problem.status >= 500) request.log.error({ requestId: request.id, err: error }, 'request failed');
  const conflictOfVersion = problem.code === 'changed-meanwhile' && request.headers['if-match'] !== undefined;
  return sendProblem(request, reply, conflictOfVersion ? preconditionFailed(problem) : problem);
}

function sendProblem(_request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const retryAfter = problem.facts['retryAfterSeconds'] ?? (problem.status === 503 ? 5 : null);
  if (retryAfter !== null) reply.header('retry-after', String(retryAfter));
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="riskloop"');
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
}

function answerUnknown(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]): FastifyReply {
  if (methods.length === 0) return sendProblem(request, reply, notFound(request.id));
  return sendProblem(request, reply.header('allow', methods.join(', ')), methodNotAllowed(request.id));
}

/** Which methods an address serves, for one that came with another. */
function methodsByAddress(operations: readonly (Operation & { http: HttpDoor })[]): (url: string) => string[] {
  const served = [...entrances, ...operations.map(({ http }) => http)].map(({ path, method }) => ({
    method,
    pattern: new RegExp(`^${routePattern(path).replace(/:\w+/g, '[^/]+')}$`),
  }));
  return (url) => {
    const path = url.split('?')[0]!;
    return [...new Set(served.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
  };
}

/** A request that is no HTTP at all never becomes a request of ours; it is answered on the socket. */
function refuseRawRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const body = JSON.stringify(problemOf(Object.assign(new Error('raw'), { statusCode: status }), randomUUID()));
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/problem+json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { actor } = request;
  request.log.info(
    {
      requestId: request.id,
      operation: operationOf(request),
      method: request.method,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      user: actor?.user,
      organisation: actor?.organisation,
    },
    'answered',
  );
}
