import pg from 'pg';
import { Refusal } from '../../domain/basics/index.ts';
import type { Database } from '../interfaces.ts';
import { openPool } from './connections.ts';
import { migrate } from './migrate.ts';
import { isConnectionLoss } from './outage.ts';
import { startPostgres, type PostgresServer, type ServerOptions } from './postgres/index.ts';
import { ensureRoles, urlAs, type ServingRole } from './roles.ts';
import { transactOver } from './transact.ts';

/** Where the database is: a Postgres server by its owner's connection string, or the embedded one in a data folder. */
export type DatabasePlace = { readonly url: string } | ({ readonly dataDir: string } & ServerOptions);

export interface DatabaseOptions {
  readonly role?: ServingRole;
  /** Connection string of an account that is a member of `app_rw`, made by the server's administrator; then no roles are made or signed in as here. */
  readonly servingUrl?: string;
  readonly connections?: number;
}

/** The store, ready to serve. */
export interface OpenDatabase extends Database {
  /** May change the schema: for migrations of other parts, never for serving. */
  readonly ownerUrl: string;
  readonly servingUrl: string;
  /** Connections of the serving role that act for no organisation: they see the `auth` and `shared` schemas. */
  readonly pool: pg.Pool;
  /** Ends the connections; an embedded server is stopped by the last process that uses it. */
  close(): Promise<void>;
}

const databaseName = 'riskloop';

/** Starts or finds the server, makes the roles, brings the schema up to date, and connects as the serving role. */
export async function openDatabase(place: DatabasePlace, options: DatabaseOptions = {}): Promise<OpenDatabase> {
  const server = 'dataDir' in place ? await startPostgres(place.dataDir, place) : null;
  const ownerUrl = 'dataDir' in place ? await ownDatabase(server!) : place.url;
  const servingUrl = options.servingUrl ?? urlAs(options.role ?? 'app_rw', ownerUrl);
  await asOwner(ownerUrl, async (owner) => {
    if (options.servingUrl === undefined) await ensureRoles(owner, ownerUrl);
    await migrate(owner);
  });
  const pool = openPool(servingUrl, { max: options.connections ?? 10, name: options.role ?? 'app_rw' });
  return { ownerUrl, servingUrl, pool, transact: transactOver(pool), close: () => close(pool, server) };
}

/** Runs `work` on one connection of the owner. */
export async function asOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000, application_name: 'owner' });
  owner.on('error', () => undefined);
  try {
    await owner.connect();
  } catch (error) {
    if (isConnectionLoss(error))
      throw new Refusal('unavailable', 'database-unavailable', 'no Postgres answers at the configured address. 配置的地址上没有可用的 Postgres。');
    throw error;
  }
  try {
    return await work(owner);
  } finally {
    await owner.end().catch(() => undefined);
  }
}

async function ownDatabase(server: PostgresServer): Promise<string> {
  await asOwner(server.url('postgres'), async (owner) => {
    const { rowCount } = await owner.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await owner.query(`create database ${databaseName}`).catch(unlessThere);
  });
  return server.url(databaseName);
}

/** Two starts at once: the second one finds that the first has made it. */
function unlessThere(error: Error & { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error;
}

async function close(pool: pg.Pool, server: PostgresServer | null): Promise<void> {
  await pool.end();
  if (server === null) return;
  const others = await asOwner(server.url('postgres'), async (owner) => {
    const { rows } = await owner.query<{ count: string }>(
      `select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return Number(rows[0]!.count);
  }).catch(() => 0);
  if (others === 0) await server.stop();
}
