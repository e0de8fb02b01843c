import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../browser.ts';
import { copyDemoWorld } from '../demo-world.ts';
import { demoPassword, startServer } from '../server.ts';

/** The whole system as a user starts it: a server process of its own, on a database of its own, with the demo world and the built portal. */
export interface Portal {
  readonly origin: string;
  readonly password: string;
  stop(): Promise<void>;
}

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

/** Starts the server in a world of its own. */
export async function startPortal(): Promise<Portal> {
  await buildPortal();
  const world = await copyDemoWorld();
  const server = await startServer(world.env);
  const stop = async (): Promise<void> => {
    await server.end('SIGTERM');
    await world.remove();
  };
  return { origin: server.address, password: demoPassword, stop };
}
