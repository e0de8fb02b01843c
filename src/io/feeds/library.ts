import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { Refusal, instantFromMillis, type Instant } from '../../domain/basics/index.ts';
import {
  FeedKind,
  buildOutlook,
  judgeEpss,
  judgeKev,
  judgeWeaknesses,
  readEpss,
  readKev,
  readWeaknesses,
  type EpssScores,
  type FeedVerdict,
  type KevCatalogue,
  type ThreatOutlook,
  type WeaknessCatalogue,
} from '../../domain/threats/index.ts';
import type { FeedAttempt, FeedState, FeedVersion, ThreatFeeds } from '../interfaces.ts';
import { feedAddresses } from './fetch-feed.ts';
import { unpacked } from './unpack-feed.ts';

/** Where feeds come from: a fetch from the public addresses, null where there shall be none, then folders, first before second. */
export interface FeedSources {
  readonly fetch: ((kind: FeedKind) => Promise<Uint8Array>) | null;
  readonly folders: readonly string[];
}

const names: Readonly<Record<FeedKind, readonly string[]>> = {
  kev: ['kev.json', 'kev.csv'],
  epss: ['epss.csv', 'epss.csv.gz'],
  cwe: ['cwe.csv', 'cwe.csv.zip'],
};
const kinds: readonly FeedKind[] = FeedKind.options;

interface InForce {
  readonly hash: Readonly<Record<FeedKind, string | null>>;
  readonly kev: KevCatalogue | null;
  readonly epss: EpssScores | null;
  readonly cwe: WeaknessCatalogue | null;
  readonly outlook: ThreatOutlook;
}

/** Opens the feeds kept in the database; an empty database takes what lies in the folders, so that a first start needs no network. */
export async function openThreatFeeds(pool: pg.Pool, sources: FeedSources, now: () => Instant): Promise<ThreatFeeds> {
  let known: InForce = await load(pool, null);
  const reload = async (): Promise<void> => {
    known = await load(pool, known);
  };
  const refresh = async (from: FeedSources): Promise<readonly FeedAttempt[]> => {
    await reload();
    const attempts: FeedAttempt[] = [];
    for (const kind of kinds) attempts.push(await bringUpToDate(pool, kind, from, known, now()));
    await reload();
    return attempts;
  };
  if (known.kev === null && known.epss === null && known.cwe === null) await refresh({ ...sources, fetch: null });
  return {
    outlook: () => known.outlook,
    weaknesses: () => known.cwe ?? new Map(),
    reload,
    refresh: () => refresh(sources),
    state: () => readState(pool),
    release: async (model, by) => {
      await release(pool, model, by);
      await reload();
    },
  };
}

async function load(pool: pg.Pool, before: InForce | null): Promise<InForce> {
  const { rows } = await pool.query<{ kind: FeedKind; hash: string }>(`select kind, hash from shared.threat_feeds where state = 'in-force'`);
  const hashOf = (kind: FeedKind): string | null => rows.find((row) => row.kind === kind)?.hash ?? null;
  const hash = { kev: hashOf('kev'), epss: hashOf('epss'), cwe: hashOf('cwe') };
  if (before !== null && kinds.every((kind) => before.hash[kind] === hash[kind])) return before;
  /** What was read before while it is the same, else read anew. */
  const current = async <T>(kind: FeedKind, known: T | null | undefined, read: (chunks: Iterable<Uint8Array>) => T): Promise<T | null> => {
    if (hash[kind] === null) return null;
    return before?.hash[kind] === hash[kind] ? known! : read([await bodyOf(pool, kind)]);
  };
  const kev = await current('kev', before?.kev, readKev);
  const epss = await current('epss', before?.epss, readEpss);
  const cwe = await current('cwe', before?.cwe, readWeaknesses);
  return { hash, kev, epss, cwe, outlook: buildOutlook({ kev, epss }) };
}

async function bodyOf(pool: pg.Pool, kind: FeedKind): Promise<Uint8Array> {
  const { rows } = await pool.query<{ body: Buffer }>(`select body from shared.threat_feeds where kind = $1 and state = 'in-force'`, [kind]);
  return unpacked(rows[0]!.body);
}

interface Received {
  readonly bytes: Uint8Array;
  readonly origin: string;
}

/** One attempt. Whatever goes wrong with a feed is written down and changes nothing else. */
async function bringUpToDate(pool: pg.Pool, kind: FeedKind, sources: FeedSources, known: InForce, at: Instant): Promise<FeedAttempt> {
  const attempt = await attemptOnce(pool, kind, sources, known, at);
  await pool.query(
    `insert into shared.threat_feed_attempts (kind, at, origin, outcome, code, detail) values ($1, $2, $3, $4, $5, $6)
     on conflict (kind) do update set at = excluded.at, origin = excluded.origin, outcome = excluded.outcome, code = excluded.code, detail = excluded.detail`,
    [kind, at, attempt.origin, attempt.outcome, attempt.code, attempt.detail],
  );
  return attempt;
}

async function attemptOnce(pool: pg.Pool, kind: FeedKind, sources: FeedSources, known: InForce, at: Instant): Promise<FeedAttempt> {
  let origin = feedAddresses[kind];
  try {
    const received = await receive(kind, sources);
    if (received === null) return { kind, at, origin: sources.folders.join(' '), outcome: 'absent', code: null, detail: null };
    origin = received.origin;
    const { verdict, facts } = judge(kind, await unpacked(received.bytes), known);
    if (verdict !== 'same') await keep(pool, kind, verdict, received, facts, at);
    return { kind, at, origin, outcome: verdict === 'take' ? 'taken' : verdict === 'hold' ? 'held' : 'same', code: null, detail: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind, at, origin, outcome: 'refused', code: error.code, detail: error.message };
  }
}

/** From the network where it may and can, else from the first folder that has it. */
async function receive(kind: FeedKind, { fetch, folders }: FeedSources): Promise<Received | null> {
  const path = folders.flatMap((folder) => names[kind].map((name) => join(folder, name))).find((candidate) => existsSync(candidate));
  if (fetch !== null) {
    try {
      return { bytes: await fetch(kind), origin: feedAddresses[kind] };
    } catch (error) {
      if (!(error instanceof Refusal) || path === undefined) throw error;
    }
  }
  return path === undefined ? null : { bytes: readFileSync(path), origin: path };
}

interface FeedFacts {
  readonly model: string | null;
  readonly date: string | null;
  readonly entries: number;
}

function judge(kind: FeedKind, bytes: Uint8Array, known: InForce): { verdict: FeedVerdict; facts: FeedFacts } {
  if (kind === 'kev') {
    const kev = readKev([bytes]);
    return { verdict: judgeKev(known.kev, kev), facts: { model: kev.version, date: kev.date, entries: kev.entries.size } };
  }
  if (kind === 'cwe') {
    const cwe = readWeaknesses([bytes]);
    return { verdict: judgeWeaknesses(known.cwe, cwe), facts: { model: null, date: null, entries: cwe.size } };
  }
  const epss = readEpss([bytes]);
  return { verdict: judgeEpss(known.epss, epss), facts: { model: epss.model, date: epss.date, entries: epss.scores.size } };
}

/** What is taken supersedes what was in force and what was held; what is held takes the place of what was held before, because nothing ever used that. */
async function keep(pool: pg.Pool, kind: FeedKind, verdict: 'take' | 'hold', { bytes, origin }: Received, facts: FeedFacts, at: Instant): Promise<void> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  await together(pool, async (client) => {
    await client.query(`update shared.threat_feeds set state = 'superseded' where kind = $1 and state = any ($2)`, [
      kind,
      verdict === 'take' ? ['in-force', 'held'] : ['held'],
    ]);
    await client.query(
      `insert into shared.threat_feeds (kind, state, hash, model, date, entries, origin, received_at, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [kind, verdict === 'take' ? 'in-force' : 'held', hash, facts.model, facts.date, facts.entries, origin, at, Buffer.from(bytes)],
    );
  });
}

async function release(pool: pg.Pool, model: string, by: string): Promise<void> {
  await together(pool, async (client) => {
    const { rows } = await client.query<{ id: string; model: string | null }>(
      `select id, model from shared.threat_feeds where kind = 'epss' and state = 'held' for update`,
    );
    const [held] = rows;
    if (!held) throw new Refusal('rule', 'no-model-held', 'no EPSS model waits to be released');
    if ((held.model ?? 'unstated') !== model)
      throw new Refusal('conflict', 'another-model-held', `the model that waits is \`${held.model ?? 'unstated'}\``, { held: held.model ?? 'unstated' });
    await client.query(`update shared.threat_feeds set state = 'superseded' where kind = 'epss' and state = 'in-force'`);
    await client.query(`update shared.threat_feeds set state = 'in-force', released_by = $2 where id = $1`, [held.id, by]);
  });
}

/** One transaction; two processes that bring feeds up to date at once take turns. */
async function together(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtextextended('riskloop threat feeds', 0))`);
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

interface FeedRow {
  kind: FeedKind;
  state: 'in-force' | 'held';
  model: string | null;
  date: string | null;
  entries: number;
  origin: string;
  hash: string;
  received_at: Date;
  released_by: string | null;
}

async function readState(pool: pg.Pool): Promise<readonly FeedState[]> {
  const versions = await pool.query<FeedRow>(
    `select kind, state, model, date::text as date, entries, origin, hash, received_at, released_by from shared.threat_feeds where state <> 'superseded'`,
  );
  const attempts = await pool.query<{ kind: FeedKind; at: Date; origin: string; outcome: FeedAttempt['outcome']; code: string | null; detail: string | null }>(
    'select kind, at, origin, outcome, code, detail from shared.threat_feed_attempts',
  );
  const version = (kind: FeedKind, state: FeedRow['state']): FeedVersion | null => {
    const row = versions.rows.find((one) => one.kind === kind && one.state === state);
    return row === undefined ? null : shownVersion(row);
  };
  return kinds.map((kind) => {
    const last = attempts.rows.find((one) => one.kind === kind);
    return {
      kind,
      inForce: version(kind, 'in-force'),
      held: version(kind, 'held'),
      lastAttempt: last === undefined ? null : { ...last, at: instantFromMillis(last.at.getTime()) },
    };
  });
}

const shownVersion = ({ model, date, entries, origin, hash, received_at, released_by }: FeedRow): FeedVersion => ({
  ...{ model, date, entries, origin, hash },
  receivedAt: instantFromMillis(received_at.getTime()),
  releasedBy: released_by,
});
