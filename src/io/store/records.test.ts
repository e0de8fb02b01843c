import { expect, test } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../../test/postgres.ts';
import type { RecordKind, View } from '../interfaces.ts';

const world = useDatabase();
const Note = z.strictObject({ insurer: z.string(), words: z.string() });
const notes: RecordKind<typeof Note> = { name: 'policy', table: 'policies', schema: Note, schemaVersion: 1, upgrades: {} };
const now = '2026-07-01T00:00:00Z';
const write = (organisation: string): View => ({ organisation, now, mode: 'write', repeatable: false });
const read = (organisation: string, at = now): View => ({ organisation, now: at, mode: 'read', repeatable: false });

test('keeps a record and every version of it', async () => {
  const { database } = world;

  const made = await database.transact(write('org-a'), ({ records }) => records.insert(notes, { insurer: 'x', words: 'first' }));
  const saved = await database.transact(write('org-a'), ({ records }) => records.save(notes, made.id, 1, { insurer: 'x', words: 'second' }));
  const [latest, first] = await database.transact(read('org-a'), async ({ records }) => [await records.get(notes, made.id), await records.version(notes, made.id, 1)]);

  expect(saved.version).toBe(2);
  expect(latest.body.words).toBe('second');
  expect(first.body.words).toBe('first');
  expect(made.createdAt).toBe(now);
});
