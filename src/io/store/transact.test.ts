import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { useDatabase } from '../../../test/postgres.ts';
import { notes } from '../../../test/runner.ts';
import type { Transaction, View } from '../interfaces.ts';
import { openPool } from './connections.ts';
import { asOwner } from './database.ts';
import { transactOver } from './transact.ts';

const world = useDatabase();
const view = (more: Partial<View> = {}): View => ({ organisation: 'org', now: '2026-07-01T00:00:00Z', mode: 'write', repeatable: false, ...more });
const add =
  (words: string) =>
  ({ records }: Transaction) =>
    records.insert(notes, { insurer: 'x', words });
const count = async (words: string): Promise<number> => {
  const { items } = await world.database.transact(view({ mode: 'read' }), ({ records }) => records.list(notes, { limit: 200 }));
  return items.filter(({ body }) => body.words === words).length;
};
const cutAll = (): Promise<unknown> =>
  asOwner(world.database.ownerUrl, (owner) =>
    owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app_rw' and datname = current_database() and pid <> pg_backend_pid()`),
  );

/** A pool whose connections break in the named way the first time that they are asked for it. */
function breakingPool(breaks: (client: pg.PoolClient, text: string) => Promise<boolean>): pg.Pool {
  let broken = false;
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await world.database.pool.connect();
    const query = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
      if (!broken && (await breaks(client, text))) {
        broken = true;
        throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });
      }
      return client.query(text, values);
    };
    return new Proxy(client, {
      get: (target, name) =>
        name === 'query' ? query : name === 'release' ? (gone?: boolean) => target.release(gone) : (Reflect.get(target, name) as unknown),
    });
  };
  return { connect } as pg.Pool;
}

describe('a lost connection', () => {
  test('in the middle of a transaction ends neither the process nor the operation', async () => {
    let cut = false;

    await world.database.transact(view(), async (transaction) => {
      await add('cut in the middle')(transaction);
      if (!cut) await cutAll();
      cut = true;
      await sleep(50);
      await transaction.execute('select 1', []);
    });

    expect(await count('cut in the middle')).toBe(1);
  });

  test('while nothing runs goes unnoticed', async () => {
    await cutAll();
    await sleep(50);

    await world.database.transact(view(), add('after idle'));

    expect(await count('after idle')).toBe(1);
  });

  test('before the commit arrives leads to another try when the call carries a key', async () => {
    const transact = transactOver(breakingPool((_, text) => Promise.resolve(text === 'commit')));

    await transact(view({ repeatable: true }), add('repeated'));

    expect(await count('repeated')).toBe(1);
  });

  test('during the commit is told as an unknown outcome when the call carries none', async () => {
    const committed = async (client: pg.PoolClient, text: string): Promise<boolean> => {
      if (text !== 'commit') return false;
      await client.query('commit');
      return true;
    };

    await expect(transactOver(breakingPool(committed))(view(), add('who knows'))).rejects.toMatchObject({ kind: 'unavailable', code: 'outcome-unknown' });

    expect(await count('who knows')).toBe(1);
  });
});

test('a server that is not there is told as such', async () => {
  const nowhere = openPool('postgres://nobody:none@127.0.0.1:1/none', { max: 1, name: 'test' });

  await expect(transactOver(nowhere)(view(), add('nowhere'))).rejects.toMatchObject({ kind: 'unavailable', code: 'database-unavailable' });

  await nowhere.end();
});

test('no connection is kept back by transactions that fail', async () => {
  await Promise.allSettled(Array.from({ length: 60 }, () => world.database.transact(view(), ({ execute }) => execute('select 1 / 0', []))));

  expect(world.database.pool.idleCount).toBe(world.database.pool.totalCount);
});
