import type { Runner } from '../app/run.ts';
import type { Instant } from '../domain/basics/index.ts';
import type { OpenQueue } from '../io/jobs/index.ts';

/** The worker door: takes jobs from the queue and runs the operations that they name, on the same path as every other door. */
export async function startWorker(parts: {
  queue: OpenQueue;
  runner: Runner;
  clock: () => Instant;
  concurrency?: number;
  onFault: (error: unknown) => void;
}): Promise<void> {
  const { queue, runner, clock, onFault } = parts;
  const handle = (job: Parameters<Runner['runJob']>[0]): Promise<void> =>
    runner.runJob(job).catch((error: unknown) => {
      onFault(error);
      throw error;
    });
  await queue.work(handle, { concurrency: parts.concurrency ?? 2, clock });
}
