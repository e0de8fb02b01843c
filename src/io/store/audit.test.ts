import { beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '../../../test/postgres.ts';
import { canonicalJson } from '../../domain/basics/index.ts';
import type { JournalEvent, Transaction, View } from '../interfaces.ts';
import { asOwner } from './database.ts';

const world = useDatabase();
const now = '2026-07-01T00:00:00Z';
const view = (organisation: string): View => ({ organisation, now, mode: 'write', repeatable: false });
const as = <T>(organisation: string, work: (transaction: Transaction) => Promise<T>): Promise<T> => world.database.transact(view(organisation), work);
const event = (words: string): JournalEvent => ({
  actor: { user: 'u', organisation: 'o', via: 'session' },
  operation: 'op',
  input: { words },
  outcome: 'done',
  facts: { words },
});
const verify = (organisation: string) => as(organisation, ({ journal }) => journal.verify());

let organisation = '';
let count = 0;
beforeEach(async () => {
  organisation = `org-${(count += 1)}`;
  for (let at = 1; at <= 10; at += 1) await as(organisation, ({ addJournalLines }) => addJournalLines(event(`line ${at}`)));
});

test('a chain that nobody touched is whole', async () => {
  expect(await verify(organisation)).toMatchObject({ lines: 10, broken: null });
});

test('lines are listed newest first, page by page', async () => {
  const [page, next] = await as(organisation, async ({ journal }) => [await journal.list({ limit: 3 }), await journal.list({ before: 8, limit: 2 })]);

  expect(page.map(({ sequence, facts }) => [sequence, facts['words']])).toEqual([
    [10, 'line 10'],
    [9, 'line 9'],
    [8, 'line 8'],
  ]);
  expect(next.map(({ sequence }) => sequence)).toEqual([7, 6]);
});

test('writers at the same time take turns', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, at) => as(organisation, ({ addJournalLines }) => addJournalLines(event(`together ${at}`)))));

  expect(await verify(organisation)).toMatchObject({ lines: 22, broken: null });
});

test('every entry is canonical JSON', async () => {
  const { rows } = await asOwner(world.database.ownerUrl, (owner) =>
    owner.query<{ entry: string }>('select entry from app.audit where org_id = $1', [organisation]),
  );

  for (const { entry } of rows) expect(canonicalJson(JSON.parse(entry))).toBe(entry);
});

/** What somebody could do who has the database to himself. The triggers are off, as a superuser can have them. */
const tampering: Readonly<Record<string, { readonly sql: string; readonly broken: number }>> = {
  'an edited entry': { sql: `update app.audit set entry = replace(entry, 'line 4', 'line X') where sequence = 4 and org_id = $1`, broken: 4 },
  'an edited entry with its own hash set right': {
    sql: `update app.audit a set entry = replace(a.entry, 'line 4', 'line X'), hash = encode(sha256(decode(p.hash, 'hex') || convert_to(replace(a.entry, 'line 4', 'line X'), 'UTF8')), 'hex') from app.audit p
      where a.sequence = 4 and a.org_id = $1 and p.org_id = $1 and p.sequence = 3`,
    broken: 5,
  },
  'a removed line': { sql: 'delete from app.audit where sequence = 6 and org_id = $1', broken: 6 },
  'a removed beginning': { sql: 'delete from app.audit where sequence <= 2 and org_id = $1', broken: 1 },
  'two swapped lines': {
    sql: `update app.audit a set entry = b.entry, hash = b.hash from app.audit b where a.org_id = $1 and b.org_id = $1 and (a.sequence, b.sequence) in ((3, 7), (7, 3))`,
    broken: 3,
  },
  'an added line': {
    sql: `insert into app.audit (org_id, sequence, entry, hash) select org_id, 11, entry, hash from app.audit where org_id = $1 and sequence = 10`,
    broken: 11,
  },
};

describe('tampering is found', () => {
  test.each(Object.entries(tampering))('%s', async (_, { sql, broken }) => {
    await asOwner(world.database.ownerUrl, async (owner) => {
      await owner.query('set session_replication_role = replica');
      const { rowCount } = await owner.query(sql, [organisation]);
      expect(rowCount).toBeGreaterThan(0);
    });

    expect((await verify(organisation)).broken).toBe(broken);
  });
});

test('even the owner cannot change a line while the triggers are on', async () => {
  await asOwner(world.database.ownerUrl, async (owner) => {
    await expect(owner.query(`update app.audit set entry = '' where org_id = $1`, [organisation])).rejects.toThrow(/never changed/);
    await expect(owner.query('delete from app.audit where org_id = $1', [organisation])).rejects.toThrow(/never changed/);
    await expect(owner.query('truncate app.audit cascade')).rejects.toThrow(/never changed/);
  });
});

test('what was asked can be removed without breaking the chain', async () => {
  await asOwner(world.database.ownerUrl, (owner) => owner.query('delete from app.audit_inputs where org_id = $1 and sequence = 5', [organisation]));

  expect((await verify(organisation)).broken).toBeNull();
  const { rows } = await asOwner(world.database.ownerUrl, (owner) =>
    owner.query<{ entry: string }>('select entry from app.audit where org_id = $1', [organisation]),
  );
  expect(rows.every(({ entry }) => !entry.includes('"input"'))).toBe(true);
});
