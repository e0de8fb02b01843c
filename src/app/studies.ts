import { z } from 'zod';
import { Instant, Refusal, hashData, hashText } from '../domain/basics/index.ts';
import {
  StudyQuery,
  buildCohort,
  candidateOf,
  requireMetricsOnce,
  requireSoundQuery,
  runStudy,
  studyFingerprint,
  tableAsCsv,
  type FirmHistory,
} from '../domain/evaluation/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord, fullPage } from './every-record.ts';
import { assessments } from './assessment.ts';
import { loadHistories, ownRecords } from './firm-histories.ts';
import { exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { StudyRecord, StudyRunRecord, byStudy, ofRun, page, panels, paperOf, runOf, runs, studies, type Study, type StudyRun } from './study-records.ts';
import { shown } from './underwriting.ts';

/** The program's own part of a study's versions: raised when the same data would give other numbers. */
const studyEngine = '6';

/** What decides a study's numbers besides its query and its data. */
const versionsOf = ({ content: { metrics, parameters } }: Context): Record<string, string> => ({
  engine: studyEngine,
  metrics: hashData([...metrics.values()]).slice(0, 16),
  parameters: parameters.version.slice(0, 16),
});

/** A study as it is asked for; the versions of what decides its numbers are added when it is frozen. */
const AskedStudy = StudyQuery.omit({ versions: true, question: true, metrics: true }).extend({
  question: z.string().trim().min(1).max(200),
  metrics: z.array(z.string().max(60)).min(1).max(20),
  refresh: z.enum(['none', 'daily']),
});

export const saveStudy = operation({
  name: 'saveStudy',
  module: 'evaluation',
  summary: { zh: '登记研究', en: 'Write a study down before looking: question, design, cohort, metrics, seed' },
  who: 'study:write',
  input: AskedStudy,
  output: StudyRecord,
  http: { method: 'POST', path: '/studies', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { refresh, ...asked }) => {
    if (Date.parse(asked.asOf) > Date.parse(context.now))
      throw new Refusal('bad-input', 'data-cut-in-future', 'the data cannot be cut in the future', { field: 'asOf' });
    const query: StudyQuery = { ...asked, versions: versionsOf(context) };
    requireMetricsOnce(query);
    requireSoundQuery(query, context.content.metrics);
    if (query.source !== ownRecords) await context.records.get(panels, query.source);
    const fingerprint = studyFingerprint(query);
    const { items } = await context.records.list(studies, { where: { fingerprint }, limit: 1 });
    const stored = items[0] ?? (await context.records.insert(studies, { query, fingerprint, refresh, state: 'saved', job: null, runs: [] }));
    context.note({ study: stored.id, fingerprint });
    return shown(stored);
  },
});

export const runSavedStudy = operation({
  name: 'runStudy',
  module: 'evaluation',
  summary: { zh: '运行研究', en: 'Run a study; on unchanged data it is the same run. Many firms are computed by a job' },
  who: 'study:write',
  input: byStudy,
  output: z.strictObject({ run: z.string().nullable(), job: z.string().nullable(), unchanged: z.boolean() }),
  http: { method: 'POST', path: '/studies/{study}/runs', status: 202, body: 'json' },
  effect: 'write',
  run: async (context, { study }) => {
    const stored = await context.records.lock(studies, study);
    if (await isUnderWay(context, stored.body)) return { run: null, job: stored.body.job, unchanged: false };
    if (!(await isLarge(context, stored.body.query))) return { ...(await computeRun(context, stored, stored.body.query.asOf)), job: null };
    const job = await context.jobs.enqueue('computeStudy', { study, asOf: stored.body.query.asOf }, { about: stored.body.query.question });
    await context.records.save(studies, study, stored.version, { ...stored.body, state: 'running', job });
    return { run: null, job, unchanged: false };
  },
});

/** A job is computing the study. One that ended in failure is not: the study may be run again. */
async function isUnderWay({ jobs }: Context, { state, job }: Study): Promise<boolean> {
  return state === 'running' && job !== null && !['done', 'failed'].includes((await jobs.get(job)).state);
}

/** More than one page of assessments takes too long for a request. */
async function isLarge({ records }: Context, { source }: StudyQuery): Promise<boolean> {
  return source === ownRecords && (await records.list(assessments, { limit: fullPage })).next !== null;
}

export const computeStudy = operation({
  name: 'computeStudy',
  module: 'evaluation',
  summary: { zh: '计算研究', en: 'Compute a study on the data of a day' },
  who: 'study:write',
  input: byStudy.extend({ asOf: Instant }),
  output: z.strictObject({ run: z.string(), unchanged: z.boolean() }),
  http: null,
  effect: 'write',
  run: async (context, { study, asOf }) => computeRun(context, await context.records.lock(studies, study), asOf),
});

/** Marks of runs that a study keeps at hand; older runs stay in the store. */
const runsKept = 400;

/** Computes and freezes a run. When neither query nor data differ from an earlier run, that run is the answer. */
async function computeRun(context: Context, stored: Stored<Study>, asOf: Instant): Promise<{ run: string; unchanged: boolean }> {
  const query = { ...stored.body.query, asOf, versions: versionsOf(context) };
  const histories = await loadHistories(context, query.source);
  const dataHash = hashText(JSON.stringify(histories.toSorted((a, b) => (a.firm < b.firm ? -1 : 1))));
  const fingerprint = studyFingerprint(query);
  const earlier = (await context.records.list(runs, { where: { study: stored.id, fingerprint }, limit: 1 })).items[0];
  if (earlier?.body.dataHash === dataHash) return settle(context, stored, { run: earlier.id, unchanged: true });
  const { result, tables } = runStudy(query, histories, paperOf(context));
  const data = tables.map((table) => (table === null ? null : tableAsCsv(table)));
  const run: StudyRun = { study: stored.id, fingerprint, query, result, data, dataHash, parts: partsOf(histories, query), ranAt: context.now };
  const { id } = await context.records.insert(runs, run);
  context.note({ study: stored.id, run: id, fingerprint, data: dataHash });
  const mark = { run: id, asOf, ranAt: context.now, dataHash, words: result.words, insured: result.cohort.insured, control: result.cohort.control };
  return settle(context, { ...stored, body: { ...stored.body, runs: [mark, ...stored.body.runs].slice(0, runsKept) } }, { run: id, unchanged: false });
}

async function settle<T>(context: Context, { id, version, body }: Stored<Study>, answer: T): Promise<T> {
  await context.records.save(studies, id, version, { ...body, state: 'done', job: null });
  return answer;
}

/** How many insured firms of the cohort stand in each industry and size. */
function partsOf(histories: readonly FirmHistory[], query: StudyQuery): StudyRun['parts'] {
  const parts: StudyRun['parts'] = { industry: {}, size: {} };
  for (const { industry, size } of buildCohort(histories, query).insured.map(candidateOf)) {
    parts.industry[industry!] = (parts.industry[industry!] ?? 0) + 1;
    parts.size[size!] = (parts.size[size!] ?? 0) + 1;
  }
  return parts;
}

export const refreshStudies = operation({
  name: 'refreshStudies',
  module: 'evaluation',
  summary: { zh: '刷新研究', en: 'Run every study again that is to be kept fresh and has not been run today' },
  who: 'study:write',
  input: z.strictObject({}),
  output: z.strictObject({ jobs: z.array(z.string()) }),
  http: null,
  effect: 'write',
  run: async (context) => {
    const jobs: string[] = [];
    for (const { id } of await everyRecord(context, studies)) {
      const { body, version } = await context.records.lock(studies, id);
      if (body.refresh !== 'daily' || !isStale(body, context.now) || (await isUnderWay(context, body))) continue;
      const job = await context.jobs.enqueue('computeStudy', { study: id, asOf: context.now }, { about: body.query.question });
      await context.records.save(studies, id, version, { ...body, state: 'running', job });
      jobs.push(job);
    }
    return { jobs };
  },
});

const dayMillis = 86_400_000;
const isStale = ({ runs: [latest] }: Study, now: Instant): boolean => latest === undefined || Date.parse(now) - Date.parse(latest.asOf) >= dayMillis;

export const listStudies = operation({
  name: 'listStudies',
  module: 'evaluation',
  summary: { zh: '研究列表', en: 'List studies, newest first' },
  who: 'study:read',
  input: page,
  output: z.strictObject({ items: z.array(StudyRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/studies', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { items, next } = await context.records.list(studies, asked);
    return { items: items.map(shown), next };
  },
});

export const exportStudies = exportOf(listStudies, {
  rows: ({ items }) => items,
  columns: [
    ['prose', '问题', 'Question', ({ query }) => query.question],
    ['text', '设计', 'Design', ({ query }) => query.design],
    ['text', '状态', 'State', ({ state }) => state],
    ['text', '刷新', 'Refresh', ({ refresh }) => refresh],
    ['integer', '运行次数', 'Runs', ({ runs }) => runs.length],
    ['instant', '最近运行', 'Last run as of', ({ runs }) => runs[0]?.asOf],
    ['instant', '建立时间', 'Created at', ({ createdAt }) => createdAt],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

function withoutData({ body, ...rest }: Stored<StudyRun>): z.infer<typeof StudyRunRecord> {
  const { data: _, ...said } = body;
  return shown({ ...rest, body: said });
}

export const getStudy = operation({
  name: 'getStudy',
  module: 'evaluation',
  summary: { zh: '查看研究', en: 'Read one study with its latest run, or the run asked for' },
  who: 'study:read',
  input: ofRun,
  output: z.strictObject({ study: StudyRecord, run: StudyRunRecord.nullable() }),
  http: { method: 'GET', path: '/studies/{study}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { study, run } = await runOf(context, asked);
    return { study: shown(study), run: run === null ? null : withoutData(run) };
  },
});
