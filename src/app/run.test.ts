import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../test/postgres.ts';
import { Note, declare, notes, noon, personOf, runnerOver } from '../../test/runner.ts';
import { Refusal } from '../domain/basics/index.ts';
import { type OpenQueue, openQueue } from '../io/jobs/index.ts';
import type { JournalLine } from '../io/interfaces.ts';
import type { Runner } from './run.ts';

const world = useDatabase();
const Made = z.strictObject({ id: z.string(), words: z.string() });

const writeNote = declare('writeNote', Note, Made, async ({ records, note }, input) => {
  const { id, body } = await records.insert(notes, input);
  note({ made: id });
  return { id, words: body.words };
});
const pay = declare('pay', Note, Made, async ({ records }, input) => ({ id: (await records.insert(notes, input)).id, words: input.words }), {
  effect: 'money',
});
const readNotes = declare(
  'readNotes',
  z.strictObject({}),
  z.array(z.string()),
  async ({ records }) => (await records.list(notes, { limit: 200 })).items.map(({ body }) => body.words),
  { effect: 'read' },
);
const refuseAfterWriting = declare('refuseAfterWriting', Note, Made, async ({ records }, input) => {
  await records.insert(notes, input);
  throw new Refusal('rule', 'too-late', 'too late');
});
const answerWrongly = declare('answerWrongly', Note, Made, async ({ records }, input) => ({
  id: (await records.insert(notes, input)).id,
  words: 7 as unknown as string,
}));
const writeWhileReading = declare('writeWhileReading', Note, Made, async ({ records }, input) => ({ id: (await records.insert(notes, input)).id, words: '' }), {
  effect: 'read',
});
const takeOnce = declare('takeOnce', z.strictObject({ note: z.string(), by: z.string() }), z.string(), async ({ records }, { note, by }) => {
  const stored = await records.lock(notes, note);
  if (stored.body.words !== 'free') throw new Refusal('conflict', 'taken', 'taken', { by: stored.body.words });
  await records.save(notes, note, stored.version, { ...stored.body, words: by });
  return by;
});
const writeForBoth = declare('writeForBoth', Note, z.array(z.string()), async ({ records, deskOf }, input) => {
  const [own, theirs] = await Promise.all([records.insert(notes, input), deskOf('other-side').records.insert(notes, input)]);
  const mine = await records.list(notes, {});
  return [own.organisation, theirs.organisation, ...new Set(mine.items.map(({ organisation }) => organisation))];
});
const shownOnce = declare('shownOnce', z.strictObject({}), z.string(), () => Promise.resolve('the secret'), { shownOnce: true });
const operations = [writeNote, pay, readNotes, refuseAfterWriting, answerWrongly, writeWhileReading, takeOnce, writeForBoth, shownOnce];

let queue: OpenQueue;
let runner: Runner;
beforeAll(async () => {
  queue = await openQueue(world.database, () => undefined);
  runner = runnerOver(world.database, queue, operations);
});
afterAll(() => queue.stop(0));

const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => new Error('it was carried out'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Refusal) return error;
  throw error;
};
const journal = (organisation: string): Promise<readonly JournalLine[]> =>
  world.database.transact({ organisation, now: noon, mode: 'read', repeatable: false }, (transaction) => transaction.journal.list({}));
const wordsOf = async (organisation: string): Promise<string[]> =>
  (await runner.run(readNotes, { actor: personOf(organisation), input: {} })).output as string[];

describe('input', () => {
  test('lists every field that is wrong', async () => {
    const refused = await refusal(runner.run(writeNote, { actor: personOf('input'), input: { insurer: 1, more: 2 } }));

    expect(refused.code).toBe('invalid-input');
    expect(refused.faults.map(({ path, code }) => `${path}:${code}`).sort()).toEqual([':unrecognized-keys', 'insurer:invalid-type', 'words:invalid-type']);
  });

  test.each(['a\u0000b', 'half \ud800 pair', '\udc00'])('refuses text that cannot be stored: %j', async (words) => {
    const refused = await refusal(runner.run(writeNote, { actor: personOf('input'), input: { insurer: 'x', words } }));

    expect(refused.code).toBe('invalid-text');
    expect(refused.faults[0]!.path).toBe('words');
  });

  test('keeps whole surrogate pairs and rare characters', async () => {
    const { output } = await runner.run(writeNote, { actor: personOf('input'), input: { insurer: 'x', words: '𠮷野家 👩‍👩‍👧' } });

    expect((output as { words: string }).words).toBe('𠮷野家 👩‍👩‍👧');
  });
});

describe('permission', () => {
  test('refuses a role that does not allow it, and journals the attempt', async () => {
    const refused = await refusal(runner.run(writeNote, { actor: personOf('roles', { roles: ['security'] }), input: { insurer: 'x', words: 'no' } }));

    expect(refused.kind).toBe('not-permitted');
    expect((await journal('roles'))[0]).toMatchObject({ operation: 'writeNote', outcome: 'refused:not-permitted', actor: 'person-of-roles' });
  });
});

describe('transaction', () => {
  test('keeps nothing of a refused operation but its journal line', async () => {
    const refused = await refusal(runner.run(refuseAfterWriting, { actor: personOf('refused'), input: { insurer: 'x', words: 'no' } }));

    expect(refused.code).toBe('too-late');
    expect(await wordsOf('refused')).toEqual([]);
    expect((await journal('refused')).map(({ outcome }) => outcome)).toEqual(['refused:too-late']);
  });

  test('keeps nothing when the answer is not what was declared', async () => {
    await expect(runner.run(answerWrongly, { actor: personOf('wrong'), input: { insurer: 'x', words: 'no' } })).rejects.toThrow();

    expect(await wordsOf('wrong')).toEqual([]);
    expect((await journal('wrong')).map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  test('lets a reading operation write nothing', async () => {
    await expect(runner.run(writeWhileReading, { actor: personOf('reader'), input: { insurer: 'x', words: 'no' } })).rejects.toThrow(/read-only/);
  });

  test('writes a journal line with the noted facts', async () => {
    const { output } = await runner.run(writeNote, { actor: personOf('noted'), input: { insurer: 'x', words: 'yes' } });

    expect(await journal('noted')).toMatchObject([
      { sequence: 1, at: noon, operation: 'writeNote', outcome: 'done', facts: { made: (output as { id: string }).id } },
    ]);
  });

  test('acts for another organisation only around its own statements, and journals there too', async () => {
    const { output } = await runner.run(writeForBoth, { actor: personOf('this-side'), input: { insurer: 'x', words: 'both' } });

    expect(output).toEqual(['this-side', 'other-side', 'this-side']);
    expect((await journal('other-side'))[0]).toMatchObject({ operation: 'writeForBoth', actor: 'person-of-this-side', facts: {} });
  });
});

describe('idempotency', () => {
  test('gives the first answer again, without a second effect', async () => {
    const call = { actor: personOf('again'), input: { insurer: 'x', words: 'once' }, key: 'k1' };

    const first = await runner.run(pay, call);
    const second = await runner.run(pay, call);

    expect(first.replayed).toBe(false);
    expect(second).toEqual({ output: first.output, replayed: true });
    expect(await wordsOf('again')).toEqual(['once']);
  });

  test('has one effect when eight ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => runner.run(pay, { actor: personOf('eight'), input: { insurer: 'x', words: 'once' }, key: 'k' })),
    );

    expect(new Set(answers.map(({ output }) => JSON.stringify(output))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await wordsOf('eight')).toEqual(['once']);
  });

  test('refuses the key for other input', async () => {
    await runner.run(pay, { actor: personOf('reuse'), input: { insurer: 'x', words: 'one' }, key: 'k' });
    const refused = await refusal(runner.run(pay, { actor: personOf('reuse'), input: { insurer: 'x', words: 'two' }, key: 'k' }));

    expect(refused.code).toBe('idempotency-key-reused');
  });

  test('takes the same key from two organisations as two calls', async () => {
    const answers = await Promise.all(
      ['one', 'two'].map((organisation) => runner.run(pay, { actor: personOf(organisation), input: { insurer: 'x', words: organisation }, key: 'same' })),
    );

    expect(answers.map(({ replayed }) => replayed)).toEqual([false, false]);
  });

  test('runs again after a refusal under the same key', async () => {
    const call = { actor: personOf('retry'), input: { insurer: 'x', words: 'no' }, key: 'k' };

    await refusal(runner.run(refuseAfterWriting, call));
    const refused = await refusal(runner.run(refuseAfterWriting, call));

    expect(refused.code).toBe('too-late');
  });

  test('requires a key for money', async () => {
    const refused = await refusal(runner.run(pay, { actor: personOf('keyless'), input: { insurer: 'x', words: 'no' } }));

    expect(refused.code).toBe('idempotency-key-required');
  });

  test('keeps no answer that is shown once', async () => {
    await runner.run(shownOnce, { actor: personOf('secret'), input: {}, key: 'k' });

    const { rows } = await world.database.transact({ organisation: 'secret', now: noon, mode: 'read', repeatable: false }, async ({ execute }) => ({
      rows: await execute('select * from app.calls', []),
    }));
    expect(rows).toEqual([]);
  });
});

test('has one winner when eight take one record at once, and tells the others who it was', async () => {
  const { output } = await runner.run(writeNote, { actor: personOf('race'), input: { insurer: 'x', words: 'free' } });
  const note = (output as { id: string }).id;

  const ended = await Promise.allSettled(
    Array.from({ length: 8 }, (_, at) => runner.run(takeOnce, { actor: personOf('race'), input: { note, by: `taker ${at}` }, key: `k${at}` })),
  );

  const winners = ended.filter((one) => one.status === 'fulfilled').map((one) => one.value.output);
  const losers = ended.filter((one) => one.status === 'rejected').map((one) => one.reason as Refusal);
  expect(winners).toHaveLength(1);
  expect(losers.map(({ code, facts }) => [code, facts['by']])).toEqual(Array.from({ length: 7 }, () => ['taken', winners[0]]));
});
