import { afterAll, beforeAll } from 'vitest';
import { copyDemoWorld, type DemoWorldCopy } from './demo-world.ts';
import { demoPassword, startServer, type Server } from './server.ts';

/** The whole system as its own process, on a database of this test file's own, with the demo world in it. */
export interface System {
  readonly address: string;
  /** The process that serves; changes with `restart`. */
  readonly pid: number;
  /** Ends the process without warning, as a power cut would. */
  kill(): Promise<void>;
  /** Starts again on the same data. */
  restart(): Promise<void>;
  /** Puts the clock of a `movable` system ahead of the real one. */
  aheadBy(millis: number): Promise<void>;
  /** Signs a demo person in. */
  enter(email: string): Promise<Visitor>;
}

/** A signed-in person at the HTTP door. */
export interface Visitor {
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Hands in a file under the name given. */
  send(path: string, name: string, content: Uint8Array): Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** The body when it is JSON, else null. */
  readonly body: Json;
}

/** A JSON answer in a form that tests may look into freely. */
export type Json = ReturnType<typeof JSON.parse>;

/** Starts the system before the first test of the file and ends it after the last; `movable` lets its clock be put ahead. */
export function useSystem({ movable = false } = {}): System {
  let world: DemoWorldCopy | null = null;
  let running: Server | null = null;
  const there = (): Server => running ?? notThere();
  const start = async (): Promise<void> => {
    running = await startServer(world!.env, { movable });
  };
  beforeAll(async () => {
    world = await copyDemoWorld();
    await start();
  }, 240_000);
  afterAll(async () => {
    await running?.end('SIGTERM');
    await world?.remove();
  }, 60_000);
  return {
    get address() {
      return there().address;
    },
    get pid() {
      return there().pid;
    },
    kill: () => there().end('SIGKILL'),
    restart: start,
    aheadBy: (millis) => there().aheadBy(millis),
    enter: (email) => enter(there().address, email),
  };
}

function notThere(): never {
  throw new Error('the system is there from beforeAll on');
}

async function enter(address: string, email: string): Promise<Visitor> {
  const answer = await fetch(`${address}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email, password: demoPassword }),
  });
  if (answer.status !== 200) throw new Error(`${email} cannot sign in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const call = async (path: string, request: RequestInit & { headers: Record<string, string> }): Promise<Reply> =>
    replyOf(await fetch(`${address}/api${path}`, { ...request, headers: { cookie, origin: address, ...request.headers } }));
  return {
    ask: (method, path, body, headers = {}) =>
      call(path, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    send: (path, name, content) => {
      const form = new FormData();
      form.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), name);
      return call(path, { method: 'POST', headers: {}, body: form });
    },
  };
}

async function replyOf(response: Response): Promise<Reply> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const mediaType = response.headers.get('content-type') ?? '';
  return { status: response.status, mediaType, bytes, body: mediaType.includes('json') ? JSON.parse(new TextDecoder().decode(bytes)) : null };
}

/** Asks again every 100 ms until the answer satisfies, for at most `seconds`. */
export async function until<T>(seconds: number, ask: () => Promise<T>, satisfies: (answer: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + seconds * 1000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s; the last answer was ${JSON.stringify(answer)}`);
  }
}

/** The answers with an invented document for each that is called documented: without one they count for nothing. */
export async function documented(visitor: Visitor, assessment: string, given: Json): Promise<Json> {
  const { body: proof } = await visitor.send(`/assessments/${assessment}/evidence`, 'document.txt', new TextEncoder().encode('an invented document'));
  const answers = Object.entries<Json>(given.answers).map(([id, answer]) => [id, answer.kind === 'document' ? { ...answer, proof } : answer]);
  return { ...given, answers: Object.fromEntries(answers) };
}
