import { type Instant, Refusal, instantFromMillis } from '../../domain/basics/index.ts';
import type { JobOrder, JobState, TakenJob, Transaction } from '../interfaces.ts';

/** The rows of `app.jobs`: what the organisation that asked for work sees of it. Every statement says itself whose row it means. */
interface JobRow {
  id: string;
  operation: string;
  about: string | null;
  state: JobState['state'];
  attempts: number;
  progress: JobState['progress'];
  refusal: JobState['refusal'];
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

const ended = `state in ('done', 'failed')`;

export async function addJob(
  transaction: Transaction,
  job: { organisation: string; id: string; operation: string; about: string | null; input: unknown; actor: unknown; now: Instant },
): Promise<void> {
  const values = [job.organisation, job.id, job.operation, job.about, JSON.stringify(job.input), JSON.stringify(job.actor), job.now];
  await transaction.execute(
    `insert into app.jobs (org_id, id, operation, about, input, actor, state, created_at) values ($1, $2, $3, $4, $5, $6, 'queued', $7)`,
    values,
  );
}

/** Throws a Refusal `not-found` alike for a job that does not exist and for another organisation's. */
export async function readJob(transaction: Transaction, organisation: string, id: string): Promise<JobState> {
  const text =
    'select id, operation, about, state, attempts, progress, refusal, created_at, started_at, finished_at from app.jobs where org_id = $1 and id = $2';
  const [row] = await transaction.execute<JobRow>(text, [organisation, id]);
  if (!row) throw new Refusal('absent', 'not-found', 'no such record');
  const { created_at, started_at, finished_at, ...rest } = row;
  return { ...rest, createdAt: instant(created_at), startedAt: started_at && instant(started_at), finishedAt: finished_at && instant(finished_at) };
}

const instant = (date: Date): Instant => instantFromMillis(date.getTime());

/** null when it has ended, so that a repeated delivery does nothing. */
export async function markRunning(transaction: Transaction, job: TakenJob, now: Instant): Promise<JobOrder | null> {
  const text = `update app.jobs set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $3), refusal = null where org_id = $1 and id = $2 and not ${ended} returning operation, input, actor`;
  const [row] = await transaction.execute<JobOrder>(text, [job.organisation, job.id, now]);
  return row ?? null;
}

export async function markDone(transaction: Transaction, job: TakenJob, now: Instant, result: unknown): Promise<void> {
  const text = `update app.jobs set state = 'done', result = $4, refusal = null, finished_at = $3 where org_id = $1 and id = $2 and not ${ended}`;
  await transaction.execute(text, [job.organisation, job.id, now, JSON.stringify(result)]);
}

/** Waiting for its next try, or failed for good. */
export async function markFailed(
  transaction: Transaction,
  job: TakenJob,
  now: Instant,
  refusal: { code: string; detail: string },
  again: boolean,
): Promise<void> {
  const text = `update app.jobs set state = $4, refusal = $5, finished_at = $3 where org_id = $1 and id = $2 and not ${ended}`;
  await transaction.execute(text, [job.organisation, job.id, again ? null : now, again ? 'retrying' : 'failed', JSON.stringify(refusal)]);
}

export async function markProgress(transaction: Transaction, job: TakenJob, progress: { done: number; total: number; note: string }): Promise<void> {
  await transaction.execute(`update app.jobs set progress = $3 where org_id = $1 and id = $2 and not ${ended}`, [
    job.organisation,
    job.id,
    JSON.stringify(progress),
  ]);
}
