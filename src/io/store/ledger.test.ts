import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/postgres.ts';
import type { Transaction } from '../interfaces.ts';
import { asOwner } from './database.ts';

const world = useDatabase();
const at = '2026-07-01T00:00:00Z';
const as = <T>(organisation: string, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
  world.database.transact({ organisation, now: at, mode: 'write', repeatable: false }, work);
const journal = (id: string, ...amounts: number[]) => ({
  id,
  cause: `cause of ${id}`,
  at,
  currency: 'CNY',
  postings: amounts.map((amountMinor, line) => ({ account: `account ${line}`, party: line === 0 ? 'party' : null, amountMinor })),
});

test('gives back what was posted, in order', async () => {
  await as('org', ({ ledger }) => ledger.post(journal('one', 10_600, -10_000, -600)));

  const lines = await as('org', ({ ledger }) => ledger.of('cause of one'));

  expect(lines).toEqual([
    { journal: 'one', account: 'account 0', party: 'party', amountMinor: 10_600, currency: 'CNY', at },
    { journal: 'one', account: 'account 1', party: null, amountMinor: -10_000, currency: 'CNY', at },
    { journal: 'one', account: 'account 2', party: null, amountMinor: -600, currency: 'CNY', at },
  ]);
});

test('keeps a journal exactly when it sums to zero', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 5 }), fc.boolean(), async (amounts, balance) => {
      const id = `random ${(count += 1)}`;
      const all = balance ? [...amounts, -amounts.reduce((a, b) => a + b, 0)] : amounts;
      const sum = all.reduce((a, b) => a + b, 0);
      const kept = await as('org', ({ ledger }) => ledger.post(journal(id, ...all))).then(
        () => true,
        () => false,
      );
      expect(kept).toBe(sum === 0);
      expect(await as('org', ({ ledger }) => ledger.of(`cause of ${id}`))).toHaveLength(kept ? all.length : 0);
    }),
    { numRuns: 60 },
  );
});

test('refuses an unbalanced journal that is posted while acting for somebody else', async () => {
  await expect(as('org', ({ deskOf }) => deskOf('org-other').ledger.post(journal('foreign', 1)))).rejects.toThrow(/out of balance/);
});

test('lets nobody add to a journal so that it no longer balances, nor change it', async () => {
  await as('org', ({ ledger }) => ledger.post(journal('kept', 5, -5)));

  await asOwner(world.database.ownerUrl, async (owner) => {
    await expect(owner.query(`insert into app.postings (org_id, journal, line, account, amount_minor) values ('org', 'kept', 9, 'a', 1)`)).rejects.toThrow(
      /out of balance/,
    );
    await expect(owner.query(`update app.postings set amount_minor = 0 where journal = 'kept'`)).rejects.toThrow(/never changed/);
    await expect(owner.query(`delete from app.postings where journal = 'kept'`)).rejects.toThrow(/never changed/);
  });
});
