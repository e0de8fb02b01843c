import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding, ScannerReport } from '../../src/domain/assessment/index.ts';
import { stableId } from '../../src/domain/basics/index.ts';
import type { Database, Desk, Transaction, View } from '../../src/io/interfaces.ts';
import { asOwner, transactOver } from '../../src/io/store/index.ts';
import { useDatabase } from '../postgres.ts';
import { notes } from '../runner.ts';

/**
 * Two walls stand between organisations: the store's own conditions, and row-level security. Each is shown to hold alone:
 * the same attempts are made with both, with the store's conditions taken out of its statements, and with row-level security off.
 */
const world = useDatabase();
const now = '2026-07-01T12:00:00Z';
const owner = 'org-owner';
const stranger = 'org-stranger';
const finding: Finding = {
  ...{
    id: stableId('finding', 'one'),
    format: 'nessus',
    tool: 'T',
    checkId: '1',
    title: 'weak',
    cves: ['CVE-2024-0001'],
    cwes: [],
    cvss: null,
    severity: 'high',
    toolSeverity: '3',
  },
  ...{
    asset: { kind: 'host', name: 'h', host: 'h', port: 22, service: null, version: null },
    firstSeen: null,
    lastSeen: null,
    evidence: '',
    remedy: '',
    suppressed: false,
  },
};
const report: ScannerReport = {
  format: 'nessus',
  tool: 'T',
  toolVersion: null,
  scannedFrom: null,
  scannedTo: null,
  records: 1,
  findings: [finding],
  assets: ['h'],
  cvesNamed: ['CVE-2024-0001'],
};
const files = { ...notes, name: 'assessment', table: 'assessments' };

interface Belongings {
  readonly note: string;
  readonly file: string;
}

const view = (organisation: string, mode: View['mode'], at = now): View => ({ organisation, now: at, mode, repeatable: false });

/** One thing of every sort, belonging to the owner. */
async function furnish(database: Database): Promise<Belongings> {
  return database.transact(view(owner, 'write'), async ({ records, findings, ledger, addJournalLines, claimCall, execute }) => {
    const note = await records.insert(notes, { insurer: 'x', words: 'secret of the owner' });
    const file = await records.insert(files, { insurer: 'x', words: 'secret of the owner' });
    await findings.replaceReport(file.id, 'report-1', report);
    await ledger.post({
      id: `journal-${note.id}`,
      cause: note.id,
      at: now,
      currency: 'CNY',
      postings: [
        { account: 'a', party: null, amountMinor: 5 },
        { account: 'b', party: null, amountMinor: -5 },
      ],
    });
    await claimCall({ operation: 'o', key: note.id, inputHash: 'h' });
    await execute(`insert into app.jobs (org_id, id, operation, input, actor, state, created_at) values ($1, $2, 'o', '{}', '{}', 'queued', $3)`, [
      owner,
      `job-${note.id}`,
      now,
    ]);
    await addJournalLines({
      actor: { user: 'u', organisation: owner, via: 'session' },
      operation: 'o',
      input: { words: 'secret' },
      outcome: 'done',
      facts: {},
    });
    return { note: note.id, file: file.id };
  });
}

/** How an attempt ended, in words that can be compared. */
const outcomeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    (result) => String(JSON.stringify(result)),
    (error: Error & { code?: string; kind?: string }) => JSON.stringify([error.name, error.kind, error.code, error.message]),
  );

type Attempt = (desk: Desk & { journal: Transaction['journal'] }, things: Belongings) => Promise<unknown>;

const reads: Readonly<Record<string, Attempt>> = {
  'get a record': ({ records }, { note }) => records.get(notes, note),
  'get an old version': ({ records }, { note }) => records.version(notes, note, 1),
  'list records': async ({ records }) => (await records.list(notes, {})).items,
  'list records by a column': async ({ records }) => (await records.list(notes, { where: { insurer: 'x' } })).items,
  'read findings': ({ findings }, { file }) => findings.all(file),
  'read the ledger': ({ ledger }, { note }) => ledger.of(note),
  'read the journal': ({ journal }) => journal.list({}),
  'verify the journal': ({ journal }) => journal.verify(),
};
const writes: Readonly<Record<string, Attempt>> = {
  'lock a record': ({ records }, { note }) => records.lock(notes, note),
  'save a record': ({ records }, { note }) => records.save(notes, note, 1, { insurer: 'x', words: 'changed' }),
  'remove findings': ({ findings }, { file }) => findings.removeReport(file, 'report-1'),
  'add findings': ({ findings }, { file }) => findings.replaceReport(file, 'report-2', report),
  'grant it to oneself': ({ grants }, { note }) => grants.give({ record: note, to: 'org-third', relation: 'thief', from: now, until: null }),
};

/** Everything the owner has, as the owner sees it. */
const inventory = (database: Database, { note, file }: Belongings): Promise<string> =>
  outcomeOf(
    database.transact(view(owner, 'read'), async ({ records, findings, ledger, journal }) => [
      await records.get(notes, note),
      await findings.all(file),
      await ledger.of(note),
      await journal.list({}),
    ]),
  );

function crossTenantAttempts(databaseOf: () => Database): void {
  let things: Belongings;
  beforeAll(async () => {
    things = await furnish(world.database);
  });
  // The first is well-formed and does not exist; the owner's things must look exactly the same to the stranger.
  const nowhere: Belongings = { note: 'policy_00000000-0000-7000-8000-000000000000', file: 'assessment_00000000-0000-7000-8000-000000000000' };
  const attempt = (work: Attempt, mode: View['mode'], on: Belongings): Promise<string> =>
    outcomeOf(databaseOf().transact(view(stranger, mode), (transaction) => work(transaction, on)));

  test.each(Object.keys(reads))('a stranger who tries to %s sees what it would see if nothing were there', async (name) => {
    const seen = await attempt(reads[name]!, 'read', things);

    expect(seen).toBe(await attempt(reads[name]!, 'read', nowhere));
    expect(seen).not.toContain('secret');
  });

  test.each(Object.keys(writes))('a stranger who tries to %s changes nothing of the owner', async (name) => {
    const before = await inventory(world.database, things);
    const seen = await attempt(writes[name]!, 'write', things);

    expect(await inventory(world.database, things)).toBe(before);
    expect(seen).not.toContain('secret');
    for (const organisation of [stranger, 'org-third']) {
      expect(await outcomeOf(databaseOf().transact(view(organisation, 'read'), ({ records }) => records.get(notes, things.note)))).toBe(
        await attempt(reads['get a record']!, 'read', nowhere),
      );
    }
  });

  test('a grant lets its holder read from its beginning to its end, and nobody else, and never write', async () => {
    const until = '2026-07-02T00:00:00Z';
    await world.database.transact(view(owner, 'write'), async ({ grants }) => {
      for (const record of [things.note, things.file]) await grants.give({ record, to: 'org-friend', relation: 'insurer', from: now, until });
    });
    const canRead = async (organisation: string, at: string): Promise<boolean[]> => {
      const seen = await Promise.all(
        ['get a record', 'get an old version', 'list records', 'read findings'].map((name) =>
          outcomeOf(databaseOf().transact(view(organisation, 'read', at), (transaction) => reads[name]!(transaction, things))),
        ),
      );
      return seen.map((words) => words.includes('secret') || words.includes('CVE-2024-0001'));
    };

    expect(await canRead('org-friend', now)).toEqual([true, true, true, true]);
    expect(await canRead('org-friend', '2026-07-01T11:59:59Z')).toEqual([false, false, false, false]);
    expect(await canRead('org-friend', until)).toEqual([false, false, false, false]);
    expect(await canRead(stranger, now)).toEqual([false, false, false, false]);
    expect(
      await outcomeOf(
        databaseOf().transact(view('org-friend', 'write'), ({ records }) => records.save(notes, things.note, 1, { insurer: 'x', words: 'changed' })),
      ),
    ).toMatch(/not-found|changed-meanwhile/);
  });
}

describe('with both walls', () => crossTenantAttempts(() => world.database));

describe('without the conditions in the statements of the store', () => {
  let statements = 0;
  crossTenantAttempts(() => ({
    transact: transactOver(
      rewriting(world.database.pool, (text) => {
        const open = withoutConditions(text);
        if (open !== text) statements += 1;
        return open;
      }),
    ),
  }));

  test('the conditions were really taken out', () => {
    expect(statements).toBeGreaterThan(20);
  });
});

/** `org_id = $1` becomes true; the parameter stays used, so that the statement stays valid. */
const withoutConditions = (text: string): string => (text.startsWith('insert') ? text : text.replaceAll('org_id = $1', '(org_id is not null or org_id = $1)'));

function rewriting(pool: pg.Pool, rewrite: (text: string) => string): pg.Pool {
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect();
    return new Proxy(client, {
      get: (target, name) => {
        if (name === 'query') return (asked: string | pg.QueryConfig) => target.query(typeof asked === 'string' ? asked : unnamed(asked, rewrite));
        if (name === 'release') return (broken?: boolean) => target.release(broken);
        return Reflect.get(target, name) as unknown;
      },
    });
  };
  return { connect } as pg.Pool;
}

/** Without its name, under which the connection may know the statement as it was. */
const unnamed = ({ text, values }: pg.QueryConfig, rewrite: (text: string) => string): pg.QueryConfig => ({
  text: rewrite(text),
  ...(values ? { values } : {}),
});

describe('statements past the store', () => {
  const asStranger = (text: string, values: readonly unknown[]): Promise<unknown> =>
    world.database.transact(view(stranger, 'write'), ({ execute }) => execute(text, values));

  test('cannot add a row that belongs to somebody else', async () => {
    await expect(asStranger(`insert into app.journals (org_id, id, cause, at, currency) values ($1, 'j', 'c', now(), 'CNY')`, [owner])).rejects.toThrow(
      /row-level security/,
    );
  });

  test('cannot post into a journal of somebody else', async () => {
    const { note } = await furnish(world.database);

    await expect(
      asStranger(`insert into app.postings (org_id, journal, line, account, amount_minor) values ($1, $2, 9, 'a', 0)`, [stranger, `journal-${note}`]),
    ).rejects.toThrow(/foreign key/);
  });

  test('see nothing at all while no organisation is set', async () => {
    for (const table of ['policies', 'policies_history', 'findings', 'postings', 'audit', 'jobs', 'calls', 'grants']) {
      const { rows } = await world.database.pool.query(`select count(*)::integer as count from app.${table}`);
      expect(rows).toEqual([{ count: 0 }]);
    }
  });
});

describe('without row-level security', () => {
  beforeAll(async () => {
    await asOwner(world.database.ownerUrl, async (connection) => {
      const { rows } = await connection.query<{ name: string }>(
        `select oid::regclass::text as name from pg_class where relnamespace = 'app'::regnamespace and relrowsecurity`,
      );
      for (const { name } of rows) await connection.query(`alter table ${name} disable row level security`);
    });
  });

  test('row-level security is really off', async () => {
    const { rows } = await world.database.pool.query('select count(*)::integer as count from app.audit');

    expect(rows).not.toEqual([{ count: 0 }]);
  });

  crossTenantAttempts(() => world.database);
});
