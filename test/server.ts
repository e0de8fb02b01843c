import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The server as a user starts it: a process of its own. */
export interface Server {
  /** Where it answers, as in `http://127.0.0.1:8787`. */
  readonly address: string;
  readonly pid: number;
  /** Resolves when the demo world is in, and rejects with the server's own words when it does not come in. */
  readonly filled: Promise<void>;
  /** Puts its clock ahead of the real one. Throws for a server that was not started `movable`. */
  aheadBy(millis: number): Promise<void>;
  /** Ends the process; with SIGKILL without warning, as a power cut would. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export const demoPassword = 'riskloop-demo';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const seconds = (count: number): number => count * 1000;

/**
 * Starts the server on a free port of this machine and resolves when it answers; `movable` lets its clock be put ahead. Throws with the server's own words
 * when it does not come up.
 */
export async function startServer(env: Readonly<Record<string, string>>, { movable = false } = {}): Promise<Server> {
  // The test runner sets BASE_URL for its own purpose.
  const { BASE_URL: _, ...inherited } = process.env;
  const own = { PORT: String(await freePort()), HOST: '127.0.0.1', LOG_LEVEL: 'warn', DEMO_PASSWORD: demoPassword, REQUESTS_PER_MINUTE: '1000000' };
  const child = spawn(process.execPath, ['--import', 'tsx', ...(movable ? ['--import', './test/moved-clock.ts'] : []), 'src/start/main.ts'], {
    cwd: checkout,
    env: { ...inherited, ...own, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(movable ? (['ipc'] as const) : [])],
  });
  const words = listen(child);
  const filled = words.until('demo data ready', seconds(180)).then(() => undefined);
  // Whoever does not wait for it does not want to hear of it either.
  filled.catch(() => undefined);
  const up = await words.until(/API\s+(http:\/\/\S+)\/api\/docs/, seconds(120));
  return { address: up[1]!, pid: child.pid!, filled, aheadBy: (millis) => aheadBy(child, millis), end: (signal) => end(child, signal) };
}

interface Words {
  /** The match, as soon as the process has said it. */
  until(what: string | RegExp, millis: number): Promise<RegExpExecArray>;
}

function listen(child: ChildProcess): Words {
  let said = '';
  const add = (chunk: Buffer): void => void (said += chunk.toString());
  child.stdout!.on('data', add);
  child.stderr!.on('data', add);
  return {
    until: (what, millis) =>
      new Promise((resolve, reject) => {
        const pattern = new RegExp(what);
        const fail = (why: string): void => reject(new Error(`the server ${why}:\n${said.slice(-2000)}`));
        const look = (): void => {
          const found = pattern.exec(said);
          if (found !== null) resolve(found);
          if (said.includes('demo data could not be loaded')) fail('could not load its demo world');
        };
        child.stdout!.on('data', look);
        child.stderr!.on('data', look);
        child.once('exit', (code) => fail(`ended with ${code}`));
        setTimeout(() => fail(`did not say ${pattern} within ${millis} ms`), millis).unref();
      }),
  };
}

const aheadBy = (child: ChildProcess, millis: number): Promise<void> =>
  new Promise((resolve, reject) => {
    // The loader of TypeScript speaks on the same channel.
    child.on('message', (said) => said === 'moved' && resolve());
    if (child.channel == null) reject(new Error('this server has the real clock'));
    else child.send(millis, (error) => error && reject(error));
  });

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
