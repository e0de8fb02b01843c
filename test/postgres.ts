import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { openQueue } from '../src/io/jobs/index.ts';
import { asOwner, openDatabase, readMigrations, startPostgres, type DatabaseOptions, type OpenDatabase } from '../src/io/store/index.ts';

/** A database of one's own for one test file. */
export interface TestDatabase {
  readonly database: OpenDatabase;
}

/** Gives the test file a fresh, migrated database, and drops it after the last test. On the server at DATABASE_URL, else on an embedded one. */
export function useDatabase(options: DatabaseOptions = {}): TestDatabase {
  let made: MadeDatabase | null = null;
  beforeAll(async () => {
    made = await makeDatabase(options);
  });
  afterAll(() => made?.drop());
  return {
    get database() {
      if (!made) throw new Error('the database is there from beforeAll on');
      return made.database;
    },
  };
}

/** A database that whoever made it closes or drops. */
export interface MadeDatabase {
  readonly database: OpenDatabase;
  /** Lets go of it and leaves it on the server. */
  close(): Promise<void>;
  drop(): Promise<void>;
}

/** As `useDatabase`, for a bench or a test that decides itself when to drop. */
export const makeDatabase = async (options: DatabaseOptions = {}): Promise<MadeDatabase> => databaseFrom(await migratedTemplate(await serverUrl()), options);

/** A copy of the database of that name, which nobody may be using. */
export async function databaseFrom(template: string, options: DatabaseOptions = {}): Promise<MadeDatabase> {
  const server = await serverUrl();
  const name = `riskloop_test_${randomUUID().replaceAll('-', '')}`;
  await asOwner(server, (owner) => owner.query(`create database ${name} template ${template}`));
  const database = await openDatabase({ url: withDatabase(server, name) }, { connections: 20, ...options });
  return {
    database,
    close: () => database.close(),
    drop: async () => {
      await database.close();
      await asOwner(server, (owner) => owner.query(`drop database ${name} with (force)`));
    },
  };
}

/** The database server of this test run, at its database for administration. */
export async function serverUrl(): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given) return withDatabase(given, 'postgres');
  const home = process.env['RISKLOOP_TEST_HOME'];
  if (!home) throw new Error('the test run did not set up a place for the database: see globalSetup in vitest.config.ts');
  return (await startPostgres(home, { throwAway: true })).url('postgres');
}

/** The same server, at another of its databases. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.toString();
}

/** Migrated once per schema; its name tells which, so that a changed migration makes another one. */
async function migratedTemplate(server: string): Promise<string> {
  const fingerprint = createHash('sha256').update(JSON.stringify(readMigrations())).digest('hex').slice(0, 16);
  const name = `riskloop_template_${fingerprint}`;
  await asOwner(server, async (owner) => {
    await owner.query(`select pg_advisory_lock(hashtextextended('riskloop test template', 0))`);
    const { rowCount } = await owner.query('select from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount === 0) await makeTemplate(server, name);
  });
  return name;
}

/** Marked as a template only when complete: an interrupted one is dropped and made again. */
async function makeTemplate(server: string, name: string): Promise<void> {
  await asOwner(server, async (owner) => {
    await owner.query(`drop database if exists ${name} with (force)`);
    await owner.query(`create database ${name}`);
    const database = await openDatabase({ url: withDatabase(server, name) });
    const queue = await openQueue(database, () => undefined);
    await queue.stop(0);
    await database.close();
    await owner.query(`alter database ${name} is_template true`);
  });
}
