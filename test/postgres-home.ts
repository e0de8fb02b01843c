import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../src/io/store/index.ts';
import { forgetDemoWorld } from './demo-world.ts';

const prefix = 'riskloop-test-';

/** Once per test run: names the folder where the first test that needs a database starts the server, and clears it away at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  await sweep();
  const home = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  // As root the server runs as another account, which must be able to enter.
  chmodSync(home, 0o755);
  process.env['RISKLOOP_TEST_HOME'] = home;
  return async () => {
    const outlives = process.env['DATABASE_URL'];
    if (outlives) await forgetDemoWorld(home, outlives);
    await clear(home);
  };
}

/** Servers of earlier runs that were killed before they could clear up. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(os.tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (Number.isInteger(pid) && !exists(pid)) await clear(path.join(os.tmpdir(), name));
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function clear(home: string): Promise<void> {
  if (existsSync(path.join(home, 'postgres', 'postmaster.pid'))) await (await startPostgres(home, { throwAway: true })).stop();
  rmSync(home, { recursive: true, force: true });
}
