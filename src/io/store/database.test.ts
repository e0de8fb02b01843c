import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { notes } from '../../../test/runner.ts';
import type { View } from '../interfaces.ts';
import { openDatabase, type OpenDatabase } from './database.ts';
import { startPostgres } from './postgres/index.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'riskloop-database-'));
  chmodSync(home, 0o755);
});
afterEach(async () => {
  if (existsSync(pidFile())) await (await startPostgres(home, { throwAway: true })).stop();
  rmSync(home, { recursive: true, force: true });
});

const view = (mode: View['mode']): View => ({ organisation: 'org', now: '2026-07-01T00:00:00Z', mode, repeatable: true });
const add = ({ transact }: OpenDatabase, words: string) => transact(view('write'), ({ records }) => records.insert(notes, { insurer: 'x', words }));
const all = async ({ transact }: OpenDatabase): Promise<string[]> =>
  (await transact(view('read'), ({ records }) => records.list(notes, {}))).items.map(({ body }) => body.words);
const pidFile = (): string => path.join(home, 'postgres', 'postmaster.pid');

describe('a database in a data folder', { timeout: 60_000 }, () => {
  test('an embedded server that is killed comes back by itself, with everything that was saved', async () => {
    const database = await openDatabase({ dataDir: home });
    await add(database, 'before');

    process.kill(Number(readFileSync(pidFile(), 'utf8').split('\n')[0]), 'SIGKILL');
    // A save waits for some three seconds by itself; a busy machine may need longer to start a server.
    await expect
      .poll(
        () =>
          add(database, 'after').then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true);

    expect(await all(database)).toEqual(['after', 'before']);
    await database.close();
  });

  test('the last process that uses the server stops it, and no earlier one', async () => {
    const first = await openDatabase({ dataDir: home, throwAway: true });
    const second = await openDatabase({ dataDir: home, throwAway: true });

    await first.close();
    await add(second, 'still there');
    await second.close();
    await sleep(50);

    expect(existsSync(pidFile())).toBe(false);
  });
});
