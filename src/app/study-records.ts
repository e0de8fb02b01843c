import { z } from 'zod';
import { Instant, Refusal, Text, valueOf } from '../domain/basics/index.ts';
import { FirmHistory, StudyQuery, StudyResult, type StudyPaper } from '../domain/evaluation/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import type { Context } from './operation.ts';

/** Histories of firms from before this system, brought along by an insurer. `invented` marks a demonstration. */
export const Panel = z.strictObject({ name: Text, source: Text, invented: z.boolean(), histories: z.array(FirmHistory).min(1).max(20_000) });

/** One run of a study, frozen: the query with its day of the data cut, what it found, and the tables that it was computed from. */
export const StudyRun = z.strictObject({
  study: z.string(),
  fingerprint: z.string(),
  query: StudyQuery,
  result: StudyResult,
  /** CSV of each finding's data, in the order of the findings. */
  data: z.array(z.string().nullable()),
  dataHash: z.string(),
  parts: z.strictObject({ industry: z.record(z.string(), z.int()), size: z.record(z.string(), z.int()) }),
  ranAt: Instant,
});
export type StudyRun = z.infer<typeof StudyRun>;

const RunMark = z.strictObject({ run: z.string(), asOf: Instant, ranAt: Instant, dataHash: z.string(), words: Text, insured: z.int(), control: z.int() });

/** A study: the query as it was written down, how often it is to be run again, and its runs, newest first. */
export const Study = z.strictObject({
  query: StudyQuery,
  fingerprint: z.string(),
  refresh: z.enum(['none', 'daily']),
  state: z.enum(['saved', 'running', 'done']),
  job: z.string().nullable(),
  runs: z.array(RunMark),
});
export type Study = z.infer<typeof Study>;

export const panels: RecordKind<typeof Panel> = { name: 'panel', table: 'panels', schema: Panel, schemaVersion: 1, upgrades: {} };
export const studies: RecordKind<typeof Study> = { name: 'study', table: 'studies', schema: Study, schemaVersion: 1, upgrades: {} };
export const runs: RecordKind<typeof StudyRun> = { name: 'study-run', table: 'study_runs', schema: StudyRun, schemaVersion: 1, upgrades: {} };

/** What the store knows of every record. */
export const stamp = { id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant };
export const StudyRecord = z.strictObject({ ...stamp, ...Study.shape }).meta({ id: 'StudyRecord' });
export const StudyRunRecord = z.strictObject({ ...stamp, ...StudyRun.omit({ data: true }).shape }).meta({ id: 'StudyRunRecord' });

/** Which study is asked about. */
export const byStudy = z.strictObject({ study: z.string().max(100) });

/** Which run of it; without one, the latest. */
export const ofRun = byStudy.extend({ run: z.string().max(100).optional() });

/** A page of a list. */
export const page = z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() });

/** The run asked for, else the latest; null when there is none yet. */
export async function runOf({ records }: Context, { study: id, run }: z.infer<typeof ofRun>): Promise<{ study: Stored<Study>; run: Stored<StudyRun> | null }> {
  const study = await records.get(studies, id);
  const wanted = run ?? study.body.runs[0]?.run;
  const found = wanted === undefined ? null : await records.get(runs, wanted);
  if (found !== null && found.body.study !== id) throw new Refusal('absent', 'not-found', 'no such record');
  return { study, run: found };
}

export async function requireRun(context: Context, asked: z.infer<typeof ofRun>): Promise<{ study: Stored<Study>; run: Stored<StudyRun> }> {
  const { study, run } = await runOf(context, asked);
  if (run === null) throw new Refusal('rule', 'study-not-run', 'the study was not run yet', { study: asked.study });
  return { study, run };
}

/** The metrics and the bands of scores now in force. */
export const paperOf = ({ content: { metrics, parameters } }: Context): StudyPaper => ({
  metrics,
  bands: [
    ...(['a', 'b', 'c', 'd'] as const).map((grade) => ({ band: grade.toUpperCase(), from: valueOf(parameters, `grade.${grade}`) })),
    { band: 'E', from: 0 },
  ],
});
