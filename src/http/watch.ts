import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Refusal } from '../domain/basics/index.ts';
import type { DoorParts } from './door.ts';

/** What a supervisor asks: is the process alive, can it serve, how busy is it. */
export function serveWatch(app: FastifyInstance, { readiness, metricsKey }: Pick<DoorParts, 'readiness' | 'metricsKey'>): void {
  const registry = measure(app);
  app.get('/healthz', async () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const parts = await readiness();
    const ready = Object.values(parts).every(Boolean);
    return reply.code(ready ? 200 : 503).send({ ready, parts });
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayMeasure(request, metricsKey)) throw new Refusal('absent', 'not-found', 'not found');
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function measure(app: FastifyInstance): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['operation', 'status'] as const;
  const seconds = new Histogram({
    name: 'riskloop_http_request_seconds',
    help: 'time from request to answer',
    labelNames,
    registers: [registry],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  const failures = new Counter({ name: 'riskloop_http_failures_total', help: 'answers with status 5xx', labelNames, registers: [registry] });
  app.addHook('onResponse', async (request, reply) => {
    const labels = { operation: operationOf(request), status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / 1000);
    if (reply.statusCode >= 500) failures.inc(labels);
  });
  return registry;
}

/** A name from our own list, never something the request wrote. */
export const operationOf = (request: FastifyRequest): string => (request.routeOptions.config as { operation?: string }).operation ?? 'other';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

function mayMeasure({ ip, headers }: FastifyRequest, key: string | null): boolean {
  if (key === null) return loopback.has(ip);
  const given = Buffer.from(headers.authorization?.replace(/^Bearer /i, '') ?? '');
  const wanted = Buffer.from(key);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
