import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../../test/postgres.ts';
import type { RecordKind, Transaction, View } from '../interfaces.ts';

const world = useDatabase();
const Note = z.strictObject({ insurer: z.string(), words: z.string() });
const notes: RecordKind<typeof Note> = { name: 'policy', table: 'policies', schema: Note, schemaVersion: 1, upgrades: {} };
const now = '2026-07-01T00:00:00Z';
const view = (organisation: string, mode: View['mode'] = 'write'): View => ({ organisation, now, mode, repeatable: false });
const as = <T>(organisation: string, work: (transaction: Transaction) => Promise<T>): Promise<T> => world.database.transact(view(organisation), work);

describe('a record', () => {
  test('keeps every version of itself', async () => {
    const made = await as('org-a', ({ records }) => records.insert(notes, { insurer: 'x', words: 'first' }));
    const saved = await as('org-a', ({ records }) => records.save(notes, made.id, 1, { insurer: 'x', words: 'second' }));
    const [latest, first] = await as('org-a', async ({ records }) => [await records.get(notes, made.id), await records.version(notes, made.id, 1)]);

    expect(saved.version).toBe(2);
    expect(latest).toEqual(saved);
    expect(first).toEqual(made);
  });

  test('is not saved over a change that came in between', async () => {
    const made = await as('org-a', ({ records }) => records.insert(notes, { insurer: 'x', words: 'first' }));
    await as('org-a', ({ records }) => records.save(notes, made.id, 1, { insurer: 'x', words: 'second' }));

    await expect(as('org-a', ({ records }) => records.save(notes, made.id, 1, { insurer: 'x', words: 'third' }))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'changed-meanwhile',
      facts: { expected: 1, version: 2 },
    });
  });

  test('comes back as it was saved, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 50 }).filter((text) => !text.includes('\u0000')),
        async (words) => {
          const made = await as('org-a', ({ records }) => records.insert(notes, { insurer: 'x', words }));
          const read = await as('org-a', ({ records }) => records.get(notes, made.id));
          expect(read.body.words).toBe(words);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is read in the schema of today', async () => {
    const Longer = z.strictObject({ insurer: z.string(), words: z.string(), length: z.int() });
    const upgraded: RecordKind<typeof Longer> = {
      ...notes,
      schema: Longer,
      schemaVersion: 2,
      upgrades: { 1: (body) => ({ ...(body as z.infer<typeof Note>), length: (body as z.infer<typeof Note>).words.length }) },
    };
    const made = await as('org-a', ({ records }) => records.insert(notes, { insurer: 'x', words: 'four' }));

    const read = await as('org-a', ({ records }) => records.get(upgraded, made.id));

    expect(read.body).toEqual({ insurer: 'x', words: 'four', length: 4 });
  });

  test('is not saved with a body outside its schema', async () => {
    await expect(as('org-a', ({ records }) => records.insert(notes, { insurer: 'x' } as z.infer<typeof Note>))).rejects.toThrow();
  });
});

describe('a list', () => {
  test('gives every record once, newest first, page by page', async () => {
    const made = await as('org-list', async ({ records }) => {
      const ids: string[] = [];
      for (let at = 0; at < 25; at += 1) ids.push((await records.insert(notes, { insurer: at % 2 === 0 ? 'even' : 'odd', words: String(at) })).id);
      return ids;
    });

    const seen: string[] = [];
    for (let after: string | null = null, pages = 0; pages < 9; pages += 1) {
      const page = await as('org-list', ({ records }) => records.list(notes, { after, limit: 10 }));
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
      if (after === null) break;
    }

    expect(seen).toEqual(made.toReversed());
  });

  test('is narrowed by a named column', async () => {
    const { items } = await as('org-list', ({ records }) => records.list(notes, { where: { insurer: 'odd' }, limit: 200 }));

    expect(items).toHaveLength(12);
  });

  test('merges what was granted into the same order', async () => {
    const first = await as('org-left', ({ records }) => records.insert(notes, { insurer: 'x', words: '1' }));
    const second = await as('org-right', async ({ records, grants }) => {
      const made = await records.insert(notes, { insurer: 'x', words: '2' });
      for (const relation of ['insurer', 'broker']) await grants.give({ record: made.id, to: 'org-left', relation, from: now, until: null });
      return made;
    });
    const third = await as('org-left', ({ records }) => records.insert(notes, { insurer: 'x', words: '3' }));

    const { items } = await as('org-left', ({ records }) => records.list(notes, {}));

    expect(items.map(({ id }) => id)).toEqual([third.id, second.id, first.id]);
  });

  test('shows a record once to an organisation that granted it to itself', async () => {
    const made = await as('org-self', async ({ records, grants }) => {
      const { id } = await records.insert(notes, { insurer: 'x', words: 'own' });
      await grants.give({ record: id, to: 'org-self', relation: 'insurer', from: now, until: null });
      return id;
    });

    const { items } = await as('org-self', ({ records }) => records.list(notes, {}));

    expect(items.map(({ id }) => id)).toEqual([made]);
  });

  test('refuses a page mark that it never gave', async () => {
    await expect(as('org-list', ({ records }) => records.list(notes, { after: "'; drop table app.policies; --" }))).rejects.toMatchObject({
      kind: 'bad-input',
      code: 'cursor-unknown',
    });
  });
});

describe('a transaction', () => {
  test('that failed inside cannot be committed by going on', async () => {
    const swallowing = as('org-a', async ({ execute }) => {
      await execute('select 1 / 0', []).catch(() => undefined);
      return 'all is well';
    });

    await expect(swallowing).rejects.toThrow(/was rolled back/);
  });

  test('refuses statements that come after its end', async () => {
    let ended = (): void => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    let late: Promise<unknown> = Promise.resolve();

    await as('org-a', ({ execute }) => {
      late = end.then(() => execute('select 1', []));
      return Promise.resolve();
    });
    ended();

    await expect(late).rejects.toThrow(/did not wait/);
  });

  test('is run again when it collides with another one', async () => {
    const [left, right] = await as('org-a', async ({ records }) => [
      await records.insert(notes, { insurer: 'x', words: 'l' }),
      await records.insert(notes, { insurer: 'x', words: 'r' }),
    ]);
    let runs = 0;
    let meet = (): void => undefined;
    const bothHold = new Promise<void>((resolve) => (meet = resolve));
    const lockBoth = (first: string, second: string): Promise<void> =>
      as('org-a', async ({ records }) => {
        await records.lock(notes, first);
        runs += 1;
        if (runs === 2) meet();
        await bothHold;
        await records.lock(notes, second);
      });

    await Promise.all([lockBoth(left.id, right.id), lockBoth(right.id, left.id)]);

    expect(runs).toBeGreaterThan(2);
  });
});
