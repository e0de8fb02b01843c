import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { useDatabase } from '../../test/postgres.ts';
import { Note, declare, noon, notes, personOf, runnerOver } from '../../test/runner.ts';
import { Refusal } from '../domain/basics/index.ts';
import type { JobState } from '../io/interfaces.ts';
import { type OpenQueue, openQueue } from '../io/jobs/index.ts';
import type { Runner } from '../app/run.ts';
import { startWorker } from './work.ts';

const asked = z.strictObject({ operation: z.string(), words: z.string() });
const ask = declare('ask', asked, z.string(), ({ jobs }, { operation, words }) => jobs.enqueue(operation, { insurer: 'x', words }, { about: words }));
const askAndRefuse = declare('askAndRefuse', asked, z.string(), async ({ jobs }, { operation, words }) => {
  await jobs.enqueue(operation, { insurer: 'x', words });
  throw new Refusal('rule', 'after-all-not', 'after all not');
});
const look = declare('look', z.strictObject({ job: z.string() }), z.custom<JobState>(), ({ jobs }, { job }) => jobs.get(job), {
  effect: 'read',
  who: 'job:read',
});
const wordsOf = declare(
  'wordsOf',
  z.strictObject({}),
  z.array(z.string()),
  async ({ records }) => (await records.list(notes, { limit: 200 })).items.map(({ body }) => body.words),
  { effect: 'read' },
);
const writeNote = declare('writeNote', Note, z.string(), async ({ records }, input) => (await records.insert(notes, input)).id);
const refuse = declare('refuse', Note, z.string(), () => Promise.reject(new Refusal('unreadable', 'truncated', 'the file ends in the middle')));
const crash = declare('crash', Note, z.string(), () => Promise.reject(new Error('a fault of the program with inner details')));

function jobsOn(database: () => Parameters<typeof runnerOver>[0], options: { working: boolean }) {
  let queue: OpenQueue;
  let runner: Runner;
  beforeAll(async () => {
    queue = await openQueue(database(), () => undefined);
    runner = runnerOver(database(), queue, [ask, askAndRefuse, look, wordsOf, writeNote, refuse, crash]);
    if (options.working) await startWorker({ queue, runner, clock: () => noon, onFault: () => undefined });
  });
  afterAll(() => queue.stop(0));
  return {
    ask: async (organisation: string, operation: string, words: string) =>
      (await runner.run(ask, { actor: personOf(organisation), input: { operation, words } })).output as string,
    askAndRefuse: (organisation: string, operation: string, words: string) =>
      runner.run(askAndRefuse, { actor: personOf(organisation), input: { operation, words } }),
    look: async (organisation: string, job: string) => (await runner.run(look, { actor: personOf(organisation), input: { job } })).output as JobState,
    words: async (organisation: string) => (await runner.run(wordsOf, { actor: personOf(organisation), input: {} })).output as string[],
  };
}

async function until(condition: () => Promise<boolean>, seconds: number): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await condition()); await sleep(50))
    if (Date.now() > deadline) throw new Error(`it did not come about within ${seconds} s`);
}

describe.concurrent('a worker', () => {
  const world = useDatabase();
  const jobs = jobsOn(() => world.database, { working: true });

  test('carries out what was enqueued and shows the end of it', async () => {
    const job = await jobs.ask('org', 'writeNote', 'done by a job');
    await until(async () => (await jobs.look('org', job)).state === 'done', 10);

    expect(await jobs.look('org', job)).toMatchObject({
      operation: 'writeNote',
      about: 'done by a job',
      state: 'done',
      attempts: 1,
      refusal: null,
      finishedAt: noon,
    });
    expect(await jobs.words('org')).toEqual(['done by a job']);
  });

  test('never sees work whose transaction was rolled back', async () => {
    await expect(jobs.askAndRefuse('rolled-back', 'writeNote', 'never')).rejects.toThrow('after all not');
    await sleep(1_500);

    expect(await jobs.words('rolled-back')).toEqual([]);
  });

  test('ends a job that a rule refuses at once, with the reason', async () => {
    const job = await jobs.ask('org', 'refuse', 'bad file');
    await until(async () => (await jobs.look('org', job)).state === 'failed', 10);

    expect(await jobs.look('org', job)).toMatchObject({ attempts: 1, refusal: { code: 'truncated', detail: 'the file ends in the middle' } });
  });

  test('tries a job that crashes again, and in the end shows it as failed without inner details', async () => {
    const job = await jobs.ask('org', 'crash', 'poison');
    await until(async () => (await jobs.look('org', job)).state === 'retrying', 10);
    await until(async () => (await jobs.look('org', job)).state === 'failed', 40);

    const ended = await jobs.look('org', job);
    expect(ended.attempts).toBe(4);
    expect(ended.refusal?.code).toBe('internal-error');
    expect(JSON.stringify(ended)).not.toContain('inner details');
  }, 60_000);

  test('ends a job that nobody knows how to do', async () => {
    const job = await jobs.ask('org', 'noSuchOperation', 'unknown');
    await until(async () => (await jobs.look('org', job)).state === 'failed', 10);

    expect((await jobs.look('org', job)).refusal?.code).toBe('operation-unknown');
  });

  test('shows a job to its own organisation only', async () => {
    const job = await jobs.ask('org', 'writeNote', 'mine');

    await expect(jobs.look('stranger', job)).rejects.toMatchObject({ kind: 'absent', code: 'not-found' });
    await expect(jobs.look('stranger', 'job_00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({ kind: 'absent', code: 'not-found' });
  });
});

describe.concurrent('a worker process that is killed', () => {
  const world = useDatabase();
  const jobs = jobsOn(() => world.database, { working: false });
  const children: ChildProcess[] = [];
  afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

  async function startProcess(pauseMillis: number): Promise<ChildProcess> {
    const script = fileURLToPath(new URL('../../test/worker-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, world.database.ownerUrl, String(pauseMillis)], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await once(child.stdout!, 'data');
    return child;
  }

  test('loses no job and doubles none', async () => {
    const first = await startProcess(60_000);
    const job = await jobs.ask('org', 'writeSlowly', 'once');
    await until(async () => (await jobs.look('org', job)).progress?.done === 1, 10);
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(await jobs.words('org')).toEqual([]);

    await startProcess(0);
    await until(async () => (await jobs.look('org', job)).state === 'done', 20);

    expect(await jobs.words('org')).toEqual(['once']);
    expect((await jobs.look('org', job)).attempts).toBe(2);
  }, 60_000);
});
