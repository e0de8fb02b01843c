import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../browser.ts';
import { makeDatabase } from '../postgres.ts';

/** The whole system as a user starts it: a server process of its own, on a database of its own, with the demo world and the built portal. */
export interface Portal {
  readonly origin: string;
  readonly password: string;
  stop(): Promise<void>;
}

const password = 'riskloop-demo';

function newest(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
}

/** Builds the portal when its sources are newer than what was built last. */
export async function buildPortal(): Promise<void> {
  const built = join(checkout, 'dist', 'index.html');
  const sources = Math.max(newest(join(checkout, 'web')), statSync(join(checkout, 'vite.config.ts')).mtimeMs);
  if (existsSync(built) && statSync(built).mtimeMs > sources) return;
  // A process of its own, because the test runner's environment would make a development build.
  const vite = join(checkout, 'node_modules', 'vite', 'bin', 'vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: checkout, env: { ...process.env, NODE_ENV: 'production' } });
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/** Starts the server and waits until the demo world is in. Throws with the server's own words when it does not come up. */
export async function startPortal(): Promise<Portal> {
  await buildPortal();
  const { database, drop } = await makeDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'riskloop-story-'));
  const port = await freePort();
  // The test runner has a BASE_URL of its own, which is no address.
  const { BASE_URL: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: database.ownerUrl,
    APP_DATABASE_URL: database.servingUrl,
    DEMO: 'on',
    DEMO_PASSWORD: password,
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  };
  const server = spawn(process.execPath, ['--import', 'tsx', join(checkout, 'src', 'start', 'main.ts')], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await isFilled(server);
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
    await drop();
  };
  return { origin: `http://127.0.0.1:${port}`, password, stop };
}

function isFilled(server: ReturnType<typeof spawn>): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('demo data ready')) resolve();
      if (said.includes('demo data could not be loaded')) reject(new Error(`the demo world did not come in:\n${said.slice(-2000)}`));
    };
    server.stdout!.on('data', hear);
    server.stderr!.on('data', hear);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code} before the demo world was in:\n${said.slice(-2000)}`)));
    setTimeout(() => reject(new Error(`the demo world was not in after three minutes:\n${said.slice(-2000)}`)), 180_000).unref();
  });
}
