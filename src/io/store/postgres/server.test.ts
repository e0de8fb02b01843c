import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PostgresServer, startPostgres } from './server.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'riskloop-server-'));
  chmodSync(home, 0o755);
});
afterEach(async () => {
  if (existsSync(path.join(home, 'postgres', 'postmaster.pid'))) await (await start()).stop();
  rmSync(home, { recursive: true, force: true });
});

const start = (): Promise<PostgresServer> => startPostgres(home, { throwAway: true });
const postmasterPid = (): number => Number(readFileSync(path.join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function query(server: PostgresServer, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

describe('the embedded server', { timeout: 60_000 }, () => {
  test('starts once when two start at the same time', async () => {
    const servers = await Promise.all([start(), start()]);

    expect(servers.map(({ adopted }) => adopted).sort()).toEqual([false, true]);
    expect(servers[0]!.url('x')).toBe(servers[1]!.url('x'));
  });

  test('finds its data again after a stop', async () => {
    const first = await start();
    await query(first, 'create table kept as select 7 as seven');
    await first.stop();

    expect(await query(await start(), 'select seven from kept')).toEqual([{ seven: 7 }]);
  });

  test('recovers by itself after the server was killed', async () => {
    await query(await startPostgres(home), 'create table kept as select 7 as seven');
    process.kill(postmasterPid(), 'SIGKILL');

    const again = await startPostgres(home);

    expect(again.adopted).toBe(false);
    expect(await query(again, 'select seven from kept')).toEqual([{ seven: 7 }]);
  });

  test('is not held up by the lock of a process that is gone', async () => {
    writeFileSync(path.join(home, 'postgres.lock'), '999999999 gone\n');

    expect((await start()).adopted).toBe(false);
  });

  test('is not held up by a pid file whose number belongs to somebody else now', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(path.join(home, 'postgres', 'postmaster.pid'), `${process.pid}\n/nowhere\n0\n1\n`);

    expect((await start()).adopted).toBe(false);
  });

  test('makes no half cluster when the first start was interrupted', async () => {
    const half = path.join(home, 'postgres.new');
    writeFileSync(half, 'what an interrupted initdb left');

    await start();

    expect(existsSync(half)).toBe(false);
  });

  test('keeps the password where only its own account reads it, and lets nobody in without', async () => {
    const server = await start();

    expect(statSync(path.join(home, 'postgres.password')).mode & 0o777).toBe(0o600);
    await expect(query({ ...server, url: (name) => server.url(name).replace(/owner:[^@]+@/, 'owner:wrong@') }, 'select 1')).rejects.toThrow(
      /password authentication failed/,
    );
  });
});
