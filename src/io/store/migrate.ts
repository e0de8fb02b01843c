import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type pg from 'pg';
import { Refusal } from '../../domain/basics/index.ts';

/** One step of the schema: a folder `0001-name` with `up.sql` and the story in `notes.md`. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'migrations');

/** The migrations of this version of the program, in order. */
export const readMigrations = (from = folder): Migration[] =>
  readdirSync(from)
    .filter((name) => /^\d{4}-/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(path.join(from, name, 'up.sql'), 'utf8') }));

/**
 * Brings the database to the schema of `migrations`: each missing one in a transaction of its own, one process at a time.
 * Throws a Refusal `migration-changed` when an applied one was edited since, and `migration-unknown` when the database is newer than the program.
 */
export async function migrate(owner: pg.Client, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  await owner.query(`select pg_advisory_lock(hashtextextended('riskloop migrations', 0))`);
  try {
    await owner.query('create schema if not exists shared');
    await owner.query(
      'create table if not exists shared.migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await owner.query<{ name: string; checksum: string }>('select name, checksum from shared.migrations order by name');
    const missing = missingFrom(migrations, rows);
    for (const migration of missing) await apply(owner, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtextextended('riskloop migrations', 0))`);
  }
}

const checksumOf = (migration: Migration): string => createHash('sha256').update(migration.sql).digest('hex');

function missingFrom(migrations: readonly Migration[], applied: readonly { name: string; checksum: string }[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const migration = known.get(name);
    if (!migration)
      throw new Refusal(
        'unavailable',
        'migration-unknown',
        `the database has migration \`${name}\`, which this version of the program does not know: use the newer version. 数据库比程序新，请使用新版本程序。`,
        { migration: name },
      );
    if (checksumOf(migration) !== checksum)
      throw new Refusal(
        'unavailable',
        'migration-changed',
        `migration \`${name}\` was edited after it was applied; add a new one instead. 迁移脚本在执行后被改动过。`,
        { migration: name },
      );
  }
  const done = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(owner: pg.Client, migration: Migration): Promise<void> {
  await owner.query('begin');
  try {
    await owner.query(migration.sql);
    await owner.query('insert into shared.migrations (name, checksum) values ($1, $2)', [migration.name, checksumOf(migration)]);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw new Error(`migration ${migration.name} failed`, { cause: error });
  }
}
