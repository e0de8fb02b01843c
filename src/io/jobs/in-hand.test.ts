import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { useDatabase } from '../../../test/postgres.ts';
import { openJobsInHand } from './in-hand.ts';

const world = useDatabase();
const openOne = () => openJobsInHand(world.database.pool, world.database.servingUrl);

test('what a dead worker had in hand is told to another one, once; what a living one has is not', async () => {
  const [dead, living, third] = await Promise.all([openOne(), openOne(), openOne()]);
  const [left, held, finished] = [randomUUID(), randomUUID(), randomUUID()];
  await Promise.all([dead.take(left), living.take(held), dead.take(finished)]);
  await dead.put(finished);

  // The lock is the connection's: ending it is what the death of the process does.
  await dead.end();

  await expect.poll(() => third.abandoned(), { timeout: 5_000 }).toEqual([left]);
  expect(await third.abandoned()).toEqual([]);
  await Promise.all([living.end(), third.end()]);
});

test('a worker does not give up its own while its connection is being made anew', async () => {
  const worker = await openOne();
  const own = randomUUID();
  await worker.take(own);
  await worker.end();

  expect(await worker.abandoned()).not.toContain(own);
});
