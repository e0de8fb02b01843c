import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Refusal } from '../../../domain/basics/index.ts';
import { databaseAccount, databaseCanReach, type Account } from './account.ts';
import { findBinaries, type Binaries } from './binaries.ts';
import { withLock } from './lock.ts';
import { runningPostmaster } from './postmaster.ts';

/** A running embedded Postgres. */
export interface PostgresServer {
  /** Owner's connection string of a database on this server. */
  url(database: string): string;
  /** It was already running: left by a crash, or in use by another process. */
  readonly adopted: boolean;
  /** Stops it: connections are cut, everything committed is kept. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Extra `name=value` settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Tests give up safety against power loss for speed. */
  readonly throwAway?: boolean;
}

interface Cluster {
  readonly folder: string;
  readonly log: string;
  readonly portFile: string;
  readonly password: string;
  readonly account: Account;
  readonly binaries: Binaries;
  readonly options: ServerOptions;
}

const startMillis = 60_000;
const patienceMillis = 10_000;

/**
 * Starts the embedded Postgres of the data folder, or adopts the one that runs there. Creates the cluster on first use.
 * As root the server runs as another account, which must be able to reach `dataDir`; else a Refusal `data-folder-unreachable`.
 */
export async function startPostgres(dataDir: string, options: ServerOptions = {}): Promise<PostgresServer> {
  const home = path.resolve(dataDir);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  requireReachable(home);
  return withLock(path.join(home, 'postgres.lock'), startMillis, async () => {
    const cluster = describeCluster(home, options);
    if (!existsSync(cluster.folder)) await createCluster(cluster);
    return runCluster(cluster);
  });
}

function requireReachable(home: string): void {
  if (databaseCanReach(home)) return;
  throw new Refusal(
    'unavailable',
    'data-folder-unreachable',
    `the database runs as another account, which cannot enter \`${home}\`: choose another DATA_DIR, such as /var/lib/riskloop. 数据库以其他账户运行，无法进入该数据目录，请另选 DATA_DIR。`,
    { folder: home },
  );
}

function describeCluster(home: string, options: ServerOptions): Cluster {
  const folder = path.join(home, 'postgres');
  const account = databaseAccount(folder);
  return {
    folder,
    log: path.join(home, 'postgres.log'),
    portFile: path.join(home, 'postgres.port'),
    password: ownerPassword(home),
    account,
    binaries: findBinaries(account, home),
    options,
  };
}

/** Drawn once, before the cluster exists, and kept where only this process's account reads it. */
function ownerPassword(home: string): string {
  const file = path.join(home, 'postgres.password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Made beside its place and moved there when complete: an interrupted first start leaves nothing half-made. */
async function createCluster(cluster: Cluster): Promise<void> {
  const half = `${cluster.folder}.new`;
  const passwordFile = `${half}.password`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  giveTo(cluster.account, half, passwordFile);
  try {
    await promisify(execFile)(cluster.binaries.initdb, initArguments(half, passwordFile, cluster.options), {
      ...cluster.account,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, cluster.folder);
}

function initArguments(folder: string, passwordFile: string, options: ServerOptions): string[] {
  const how = [
    '-U',
    'owner',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  return ['-D', folder, ...how, ...(options.throwAway ? ['--no-sync'] : [])];
}

function giveTo(account: Account, ...files: readonly string[]): void {
  if (account.uid === undefined) return;
  for (const file of files) chownSync(file, account.uid, account.gid);
}

async function runCluster(cluster: Cluster): Promise<PostgresServer> {
  const found = await adopt(cluster);
  const port = found ?? (await launch(cluster));
  return { url: (database) => connectionString(cluster, port, database), adopted: found !== null, stop: () => stop(cluster) };
}

const connectionString = (cluster: Cluster, port: number, database: string): string => `postgres://owner:${cluster.password}@127.0.0.1:${port}/${database}`;

/** The port of a server that already runs on this cluster; one that is still recovering is waited for. */
async function adopt(cluster: Cluster): Promise<number | null> {
  const deadline = Date.now() + startMillis;
  for (let running = runningPostmaster(cluster.folder); running !== null; running = runningPostmaster(cluster.folder)) {
    if (running.port > 0 && (await answers(cluster, running.port))) return running.port;
    if (Date.now() > deadline) throw didNotStart(cluster);
    await sleep(50);
  }
  return null;
}

/** After a crash the dead server's children may hold its memory a moment longer, and a new one gives up at once: then it is started again. */
async function launch(cluster: Cluster): Promise<number> {
  for (const deadline = Date.now() + patienceMillis; ; await sleep(200)) {
    const port = await launchOnce(cluster);
    if (port !== null) return port;
    if (Date.now() > deadline) throw didNotStart(cluster);
  }
}

/** The port, or null when the server ended instead of answering. Detached, so that a crash of the application is not a crash of the database. */
async function launchOnce(cluster: Cluster): Promise<number | null> {
  const port = await choosePort(cluster.portFile);
  const log = openSync(cluster.log, 'a', 0o600);
  const child = spawn(cluster.binaries.postgres, serverArguments(cluster, port), { ...cluster.account, cwd: '/', stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  chmodSync(cluster.log, 0o600);
  child.unref();
  let ended = false;
  child.on('exit', () => (ended = true)).on('error', () => (ended = true));
  for (const deadline = Date.now() + startMillis; !ended && Date.now() < deadline; await sleep(15)) if (await answers(cluster, port)) return port;
  return null;
}

function serverArguments(cluster: Cluster, port: number): string[] {
  const unsafe = cluster.options.throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {};
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '128MB',
    timezone: 'UTC',
    max_connections: '100',
    ...unsafe,
    ...cluster.options.settings,
  };
  return ['-D', cluster.folder, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The same port as the last time where it is still free, so that connections made before a crash find the server again. */
async function choosePort(file: string): Promise<number> {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = (await canListen(last)) ?? (await canListen(0));
  if (port === null) throw new Error('no port of 127.0.0.1 can be listened on');
  writeFileSync(file, String(port));
  return port;
}

/** The port when it is free; for 0 any free one. */
const canListen = (wanted: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = net.createServer().on('error', () => resolve(null));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: connectionString(cluster, port, 'postgres'), connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const didNotStart = (cluster: Cluster): Refusal =>
  new Refusal(
    'unavailable',
    'database-did-not-start',
    `the embedded Postgres did not start; its log is \`${cluster.log}\`. 内置数据库未能启动，请查看其日志。`,
    { log: cluster.log },
  );

/** SIGINT is Postgres's fast shutdown: it cuts connections and writes a checkpoint. */
async function stop(cluster: Cluster): Promise<void> {
  const running = runningPostmaster(cluster.folder);
  if (running === null) return;
  process.kill(running.pid, 'SIGINT');
  for (const deadline = Date.now() + startMillis; runningPostmaster(cluster.folder) !== null && Date.now() < deadline;) await sleep(10);
}
