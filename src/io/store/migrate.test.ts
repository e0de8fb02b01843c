import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/postgres.ts';
import { asOwner } from './database.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';

const world = useDatabase();
const known = readMigrations();
const more: Migration = { name: '9001-test', sql: 'create table shared.nine (at integer); insert into shared.nine values (1)' };
const run = (migrations: readonly Migration[]): Promise<string[]> => asOwner(world.database.ownerUrl, (owner) => migrate(owner, migrations));

test('every migration tells its story', () => {
  const untold = known.filter(({ name }) => !existsSync(fileURLToPath(new URL(`migrations/${name}/notes.md`, import.meta.url))));

  expect(untold).toEqual([]);
  expect(new Set(known.map(({ name }) => /^\d{4}-/.exec(name)?.[0])).size).toBe(known.length);
});

test('a migrated database has nothing left to do', async () => {
  expect(await run(known)).toEqual([]);
});

test('two starts at once apply a migration once', async () => {
  const applied = await Promise.all([run([...known, more]), run([...known, more]), run([...known, more])]);

  expect(applied.flat()).toEqual(['9001-test']);
});

test('refuses a migration that was edited after it was applied', async () => {
  await expect(run([...known, { ...more, sql: `${more.sql};` }])).rejects.toMatchObject({ code: 'migration-changed', facts: { migration: '9001-test' } });
});

test('refuses a database that is newer than the program', async () => {
  await expect(run(known)).rejects.toMatchObject({ code: 'migration-unknown', facts: { migration: '9001-test' } });
});

test('a migration that fails leaves nothing behind', async () => {
  const failing: Migration = { name: '9002-fails', sql: 'create table shared.half (at integer); select 1 / 0' };

  await expect(run([...known, more, failing])).rejects.toThrow('migration 9002-fails failed');

  const { rows } = await asOwner(world.database.ownerUrl, (owner) => owner.query(`select to_regclass('shared.half') as half`));
  expect(rows).toEqual([{ half: null }]);
});
