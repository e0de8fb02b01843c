import { describe, expect, test } from 'vitest';
import { asOwner } from '../../src/io/store/index.ts';
import { useDatabase } from '../postgres.ts';
import { tenancyRules, tenancyViolations } from './tenancy-rules.ts';

const world = useDatabase();

test('the schema keeps every rule between organisations', async () => {
  expect(await asOwner(world.database.ownerUrl, tenancyViolations)).toEqual([]);
});

/** One seeded violation for each rule, in the rules' order: a check that cannot fail is no check. */
const violations: readonly string[] = [
  'create table app.ownerless (id text primary key)',
  'alter table app.grants no force row level security',
  'drop policy remove on app.findings',
  'drop policy change on app.quotes; create policy change on app.quotes for update using (true)',
  'create unique index on app.quotes (id)',
  'alter table app.findings drop constraint findings_org_id_assessment_fkey; alter table app.assessments add unique (id, org_id); alter table app.findings add foreign key (org_id, assessment) references app.assessments (id, org_id)',
  'create view app.everything as select * from app.quotes',
  'alter role app_worker createdb',
  'grant update on app.postings to app_worker',
];

describe('a seeded violation is found', () => {
  test.each(Object.keys(tenancyRules).map((rule, at) => ({ rule, sql: violations[at]! })))('$rule', async ({ rule, sql }) => {
    const found = await asOwner(world.database.ownerUrl, async (owner) => {
      await owner.query('begin');
      await owner.query(sql);
      const broken = await tenancyViolations(owner);
      await owner.query('rollback');
      return broken;
    });

    expect(found.filter((line) => line.startsWith(rule))).not.toEqual([]);
  });
});
