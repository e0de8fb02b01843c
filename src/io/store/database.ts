import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { Refusal } from '../../domain/basics/index.ts';
import type { Database } from '../interfaces.ts';
import { openPool } from './connections.ts';
import { migrate } from './migrate.ts';
import { isConnectionLoss } from './outage.ts';
import { attend, startPostgres, type PostgresServer, type ServerOptions } from './postgres/index.ts';
import { ensureRoles, urlAs, type ServingRole } from './roles.ts';
import { transactOver } from './transact.ts';

/** Where the database is: a Postgres server by its owner's connection string, or the embedded one in a data folder. */
export type DatabasePlace = { readonly url: string } | ({ readonly dataDir: string } & ServerOptions);

export interface DatabaseOptions {
  readonly role?: ServingRole;
  /** Connection string of an account that is a member of `app_rw`, made by the server's administrator; then no roles are made or signed in as here. */
  readonly servingUrl?: string;
  readonly connections?: number;
  /** Hears when an embedded server that died cannot be started again; it is tried again until it can. */
  readonly onFault?: (error: unknown) => void;
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
  const embedded = 'dataDir' in place ? await openEmbedded(place, options) : null;
  const ownerUrl = 'dataDir' in place ? embedded!.url : place.url;
  const servingUrl = options.servingUrl ?? urlAs(options.role ?? 'app_rw', ownerUrl);
  await asOwner(ownerUrl, async (owner) => {
    if (options.servingUrl === undefined) await ensureRoles(owner, ownerUrl);
    await migrate(owner);
  });
  const pool = openPool(servingUrl, { max: options.connections ?? 10, name: options.role ?? 'app_rw' });
  const close = async (): Promise<void> => {
    await pool.end();
    await embedded?.leave();
  };
  return { ownerUrl, servingUrl, pool, transact: transactOver(pool), close };
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

interface Embedded {
  readonly url: string;
  /** Stops the server unless another process uses it. */
  leave(): Promise<void>;
}

async function openEmbedded(place: Extract<DatabasePlace, { dataDir: string }>, options: DatabaseOptions): Promise<Embedded> {
  const start = (): Promise<PostgresServer> => startPostgres(place.dataDir, place);
  const server = await start();
  const attendance = await attend(server, () => restart(place.dataDir, start), options.onFault ?? (() => undefined));
  await makeDatabase(server);
  const leave = async (): Promise<void> => {
    await attendance.end();
    if (!(await isUsed(server))) await server.stop();
  };
  return { url: server.url(databaseName), leave };
}

/** A data folder that was removed under a running system must not silently become an empty one. */
async function restart(dataDir: string, start: () => Promise<PostgresServer>): Promise<PostgresServer> {
  if (existsSync(path.join(dataDir, 'postgres', 'PG_VERSION'))) return start();
  throw new Refusal('unavailable', 'data-folder-gone', `the database's folder under \`${dataDir}\` is gone. 数据库文件夹已不存在。`, { folder: dataDir });
}

async function makeDatabase(server: PostgresServer): Promise<void> {
  await asOwner(server.url('postgres'), async (owner) => {
    const { rowCount } = await owner.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await owner.query(`create database ${databaseName}`).catch(unlessThere);
  });
}

/** Two starts at once: the second one finds that the first has made it. */
function unlessThere(error: Error & { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error;
}

/** Every process that uses the server attends it by a connection. A server that does not answer is used by nobody. */
const isUsed = (server: PostgresServer): Promise<boolean> =>
  asOwner(server.url('postgres'), async (owner) => {
    const { rows } = await owner.query<{ used: boolean }>(`select exists (select from pg_stat_activity where application_name = 'attendance') as used`);
    return rows[0]!.used;
  }).catch(() => false);
