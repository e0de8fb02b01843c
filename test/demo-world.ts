import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asOwner } from '../src/io/store/index.ts';
import { databaseFrom, makeDatabase, serverUrl, withDatabase } from './postgres.ts';
import { startServer } from './server.ts';

/** An installation of one's own in which the demo world has been played: where its database and its files are. */
export interface DemoWorldCopy {
  readonly env: Readonly<Record<'DATABASE_URL' | 'APP_DATABASE_URL' | 'DATA_DIR', string>>;
  remove(): Promise<void>;
}

/** A copy of the demo world. The first who asks lets a server play it, once per test run; all others copy its database and its files. */
export async function copyDemoWorld(): Promise<DemoWorldCopy> {
  const { template, files } = await playedOnce();
  const { database, drop } = await databaseFrom(template);
  const dataDir = mkdtempSync(join(tmpdir(), 'riskloop-world-'));
  cpSync(files, dataDir, { recursive: true });
  return {
    env: { DATABASE_URL: database.ownerUrl, APP_DATABASE_URL: database.servingUrl, DATA_DIR: dataDir },
    remove: async () => {
      rmSync(dataDir, { recursive: true, force: true });
      await drop();
    },
  };
}

interface Played {
  readonly template: string;
  readonly files: string;
}

/** Under a lock of the database server: test files run side by side. What an interrupted run left is played again. */
async function playedOnce(): Promise<Played> {
  const home = process.env['RISKLOOP_TEST_HOME']!;
  const played = { template: demoTemplate(home), files: join(home, 'demo-world') };
  const server = await serverUrl();
  await asOwner(server, async (owner) => {
    await owner.query(`select pg_advisory_lock(hashtextextended('riskloop demo world', 0))`);
    if (!existsSync(played.files)) await play(server, played);
  });
  return played;
}

async function play(server: string, { template, files }: Played): Promise<void> {
  const { database, close } = await makeDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'riskloop-world-'));
  const running = await startServer({ DATABASE_URL: database.ownerUrl, APP_DATABASE_URL: database.servingUrl, DATA_DIR: dataDir, DEMO: 'on' });
  await running.filled;
  await running.end('SIGTERM');
  const { pathname } = new URL(database.ownerUrl);
  await close();
  await asOwner(server, (owner) => owner.query(`alter database ${pathname.slice(1)} rename to ${template}`));
  cpSync(dataDir, files, { recursive: true });
  rmSync(dataDir, { recursive: true });
}

/** Its own for each test run: what the demo world holds depends on the code. */
const demoTemplate = (home: string): string => `riskloop_demo_${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;

/** Takes the played world away again, when the database server outlives the test run. */
export const forgetDemoWorld = (home: string, server: string): Promise<unknown> =>
  asOwner(withDatabase(server, 'postgres'), (owner) => owner.query(`drop database if exists ${demoTemplate(home)} with (force)`));
