import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openQueue } from '../src/io/jobs/index.ts';
import { openDatabase } from '../src/io/store/index.ts';
import { startWorker } from '../src/worker/index.ts';
import { Note, declare, noon, notes, runnerOver } from './runner.ts';

/** A worker as a process of its own, for tests that kill it: `worker-process.ts URL PAUSE`, where the job waits PAUSE milliseconds after it wrote. */
const [url, pause] = process.argv.slice(2);

const writeSlowly = declare('writeSlowly', Note, z.string(), async ({ records, progress }, input) => {
  const { id } = await records.insert(notes, input);
  await progress({ done: 1, total: 2, note: 'written' });
  await sleep(Number(pause));
  return id;
});

const complain = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
const database = await openDatabase({ url: url! }, { role: 'app_worker' });
const queue = await openQueue(database, complain);
await startWorker({ queue, runner: runnerOver(database, queue, [writeSlowly]), clock: () => noon, onFault: complain });
process.stdout.write('ready\n');
