import { PgBoss, type JobResult, type JobWithMetadata } from 'pg-boss';
import type { Instant } from '../../domain/basics/index.ts';
import type { JobQueue, Jobs, TakenJob, Transaction } from '../interfaces.ts';
import { newId, type OpenDatabase } from '../store/index.ts';
import { addJob, markDone, markFailed, markProgress, markRunning, readJob } from './board.ts';
import { type JobsInHand, openJobsInHand } from './in-hand.ts';
import { installQueue, queues, schema } from './install.ts';

/** What travels through the queue: ids only, never the work's data. */
interface Message {
  readonly organisation: string;
  readonly job: string;
}

/** The queue with its working side. */
export interface OpenQueue extends JobQueue {
  /** Hands jobs to `handle`, several at a time; a job whose handling throws is tried again later. */
  work(handle: (job: TakenJob) => Promise<void>, options: { concurrency: number; clock: () => Instant }): Promise<void>;
  /** Takes no more jobs, waits up to `graceMillis` for those in hand, and lets go of the rest: they are tried again elsewhere. */
  stop(graceMillis: number): Promise<void>;
}

/** At most this many jobs of one organisation run at once, so that a busy one does not hold up the others. */
const perOrganisation = 2;

/** Opens the queue over the database's serving connections. `onFault` hears of what goes wrong behind the scenes. */
export async function openQueue(database: OpenDatabase, onFault: (error: unknown) => void): Promise<OpenQueue> {
  await installQueue(database.ownerUrl);
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.pool.query(text, values as unknown[]) },
    ...{
      schema,
      migrate: false,
      schedule: false,
      reindex: false,
      monitorVacuum: false,
      supervise: true,
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 2,
    },
  });
  boss.on('error', onFault);
  await boss.start();
  const stops: (() => Promise<void>)[] = [];
  return {
    ...boardOver(database, boss),
    work: async (handle, options) => void stops.push(await work(database, boss, handle, { ...options, onFault })),
    stop: async (graceMillis) => {
      await boss.stop({ graceful: graceMillis > 0, timeout: Math.max(graceMillis, 1_000), close: false });
      for (const stop of stops.splice(0)) await stop();
    },
  };
}

function boardOver(database: OpenDatabase, boss: PgBoss): JobQueue {
  const alone = <T>(job: TakenJob, now: Instant, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.transact({ organisation: job.organisation, now, mode: 'write', repeatable: true }, work);
  return {
    within: (transaction, organisation, now, actor) => jobsWithin(boss, transaction, { organisation, now, actor }),
    begin: (job, now) => alone(job, now, (transaction) => markRunning(transaction, job, now)),
    finish: (transaction, job, now, result) => markDone(transaction, job, now, result),
    fail: (job, now, refusal, again) => alone(job, now, (transaction) => markFailed(transaction, job, now, refusal, again)),
    report: (job, now, progress) => alone(job, now, (transaction) => markProgress(transaction, job, progress)),
  };
}

const jobsWithin = (boss: PgBoss, transaction: Transaction, by: { organisation: string; now: Instant; actor: unknown }): Jobs => ({
  enqueue: async (operation, input, options = {}) => {
    const id = newId('job', by.now);
    await addJob(transaction, { ...by, id, operation, about: options.about ?? null, input });
    const message: Message = { organisation: by.organisation, job: id };
    const db = { executeSql: async (text: string, values?: unknown[]) => ({ rows: await transaction.execute<object>(text, values ?? []) }) };
    await boss.send(queues.work, message, { db, group: { id: by.organisation } });
    return id;
  },
  get: (job) => readJob(transaction, by.organisation, job),
});

async function work(
  database: OpenDatabase,
  boss: PgBoss,
  handle: (job: TakenJob) => Promise<void>,
  options: { concurrency: number; clock: () => Instant; onFault: (error: unknown) => void },
): Promise<() => Promise<void>> {
  const inHand = await openJobsInHand(database.pool, database.servingUrl);
  const pace = { pollingIntervalSeconds: 0.5, includeMetadata: true } as const;
  const taking = { ...pace, ...batches, localConcurrency: options.concurrency, groupConcurrency: perOrganisation } as const;
  await boss.work(queues.work, taking, (jobs: JobWithMetadata<Message>[]) => Promise.all(jobs.map((job) => handleOne(inHand, handle, job))));
  const { fail } = boardOver(database, boss);
  await boss.work(queues.lost, { ...pace, batchSize: 1 }, async ([job]: JobWithMetadata<Message>[]) => fail(taken(job!), options.clock(), workerLost, false));
  const stopLooking = lookForAbandoned(boss, inHand, options.onFault);
  return async () => {
    stopLooking();
    await inHand.end();
  };
}

/** Each job of a batch ends by itself, and a batch that was full is followed by the next one at once: else a poll every half second would set the pace. */
const batches = { batchSize: 2, perJobResults: true, burstWhenBatchFull: true } as const;

async function handleOne(inHand: JobsInHand, handle: (job: TakenJob) => Promise<void>, job: JobWithMetadata<Message>): Promise<JobResult> {
  try {
    await inHand.take(job.id);
    await handle(taken(job));
    return { id: job.id, status: 'completed' };
  } catch {
    return { id: job.id, status: 'failed', output: { reason: 'the handling threw; the job itself says why' } };
  } finally {
    await inHand.put(job.id).catch(() => undefined);
  }
}

const workerLost = { code: 'worker-lost', detail: 'the program ended each time while it worked on this' };

/** Looks once a second for deliveries of processes that are gone, and gives them back to the queue. */
function lookForAbandoned(boss: PgBoss, inHand: JobsInHand, onFault: (error: unknown) => void): () => void {
  const look = async (): Promise<void> => {
    const deliveries = await inHand.abandoned();
    if (deliveries.length > 0) await boss.fail(queues.work, deliveries, { reason: 'the worker is gone' });
  };
  const timer = setInterval(() => void look().catch(onFault), 1_000);
  return () => clearInterval(timer);
}

const taken = (job: JobWithMetadata<Message>): TakenJob => ({
  id: job.data.job,
  organisation: job.data.organisation,
  lastAttempt: job.retryCount >= job.retryLimit,
});
