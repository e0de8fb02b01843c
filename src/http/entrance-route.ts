import type { FastifyInstance } from 'fastify';
import { Refusal } from '../domain/basics/index.ts';
import { requireActor } from './caller.ts';
import type { DoorParts } from './door.ts';
import type { Entrance, Left, Visit } from './entrance.ts';
import { inputReader } from './input.ts';
import { routePattern } from './operation-route.ts';

/** Serves one of the ways in and out. */
export function serveEntrance(
  app: FastifyInstance,
  entrance: Entrance,
  { identity, witness, verify, limits }: Pick<DoorParts, 'identity' | 'witness' | 'verify' | 'limits'>,
): void {
  const readInput = inputReader(entrance.input);
  app.route({
    method: entrance.method,
    url: routePattern(entrance.path),
    config: {
      operation: entrance.name,
      ...(entrance.public ? { rateLimit: { max: limits.signInsPerAddress, keyGenerator: (request: { ip: string }) => `enter:${request.ip}` } } : {}),
    },
    handler: async (request, reply) => {
      if (!entrance.public && requireActor(request).via !== 'session') throw new Refusal('not-permitted', 'session-needed', 'an API key cannot do this');
      const input = entrance.input.safeParse(readInput({ path: {}, query: request.query as Record<string, string>, body: request.body }));
      if (!input.success) throw invalidInput(input.error.issues);
      const visit: Visit = { identity, witness, verify, cookie: request.headers.cookie ?? '', address: request.ip };
      const left = entrance.public ? await entrance.enter(visit, input.data) : await witnessed(entrance, visit, input.data, requireActor(request).user);
      for (const cookie of left.cookies) reply.header('set-cookie', cookie);
      reply.code(entrance.status);
      return left.output === undefined ? reply.send() : reply.type('application/json; charset=utf-8').send(JSON.stringify(left.output));
    },
  });
}

/** Ways in journal their own attempts, because only they learn who it was; here the person is known before. */
async function witnessed(entrance: Entrance, visit: Visit, input: unknown, user: string): Promise<Left> {
  const said = (outcome: string): Promise<void> => visit.witness({ user, what: entrance.name, outcome, address: visit.address });
  try {
    const left = await entrance.enter(visit, input as never);
    await said('done');
    return left;
  } catch (error) {
    await said(error instanceof Refusal ? error.code : 'failed');
    throw error;
  }
}

function invalidInput(issues: readonly { path: readonly PropertyKey[]; code: string; message: string }[]): Refusal {
  const faults = issues.map(({ path, code, message }) => ({ path: path.join('.'), code: code.replaceAll('_', '-'), message }));
  return new Refusal('bad-input', 'invalid-input', 'the input has wrong fields', { fields: faults.length }, faults);
}
