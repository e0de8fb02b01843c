import { z } from 'zod';
import { Instant } from '../domain/basics/index.ts';
import { operation } from './operation.ts';

const Job = z
  .strictObject({
    id: z.string(),
    operation: z.string(),
    about: z.string().nullable(),
    state: z.enum(['queued', 'running', 'retrying', 'done', 'failed']),
    attempts: z.int(),
    progress: z.strictObject({ done: z.int(), total: z.int(), note: z.string() }).nullable(),
    refusal: z.strictObject({ code: z.string(), detail: z.string() }).nullable(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
  })
  .meta({ id: 'Job' });

export const getJob = operation({
  name: 'getJob',
  module: 'jobs',
  summary: { zh: '任务进度', en: 'Read how far a job is' },
  who: 'job:read',
  input: z.strictObject({ job: z.string().max(100) }),
  output: Job,
  http: { method: 'GET', path: '/jobs/{job}', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ jobs }, { job }) => {
    const { id, operation: name, about, state, attempts, progress, refusal, createdAt, startedAt, finishedAt } = await jobs.get(job);
    return { id, operation: name, about, state, attempts, progress, refusal, createdAt, startedAt, finishedAt };
  },
});

export const jobOperations = [getJob];
