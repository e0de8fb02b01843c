import { z } from 'zod';
import { Instant, Refusal, Text, hashData, hashText, valueOf } from '../domain/basics/index.ts';
import {
  CohortFilter,
  CohortSummary,
  ControlGroup,
  Design,
  FirmHistory,
  PilotStudy,
  PublicSummary,
  StudyQuery,
  StudyResult,
  buildCohort,
  candidateOf,
  designsFor,
  describeStudy,
  historiesOf,
  requireSoundQuery,
  runStudy,
  silentMetrics,
  splittingMetrics,
  startOf,
  studyFingerprint,
  studyPilot,
  summariseForPublic,
  tableAsCsv,
  type AssessmentVersion,
  type StudyPaper,
} from '../domain/evaluation/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { type AssessmentFile, assessments, scansOf } from './assessment.ts';
import { exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { policies } from './policy.ts';
import { shown, submissions } from './underwriting.ts';

/** The program's own part of a study's versions: raised when the same data would give other numbers. */
const studyEngine = '1';

/** The source that stands for the system's own records. */
const ownRecords = 'records';

/** Histories of firms from before this system, brought along by an insurer. `invented` marks a demonstration. */
const Panel = z.strictObject({ name: Text, source: Text, invented: z.boolean(), histories: z.array(FirmHistory).min(1).max(20_000) });

/** One run of a study, frozen: the query with its day of the data cut, what it found, and the tables that it was computed from. */
const StudyRun = z.strictObject({
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
type StudyRun = z.infer<typeof StudyRun>;

const RunMark = z.strictObject({ run: z.string(), asOf: Instant, ranAt: Instant, dataHash: z.string(), words: Text, insured: z.int(), control: z.int() });

/** A study: the query as it was written down, how often it is to be run again, and its runs, newest first. */
const Study = z.strictObject({
  query: StudyQuery,
  fingerprint: z.string(),
  refresh: z.enum(['none', 'daily']),
  state: z.enum(['saved', 'running', 'done']),
  job: z.string().nullable(),
  runs: z.array(RunMark),
});
type Study = z.infer<typeof Study>;

/** A summary on its way to an authority: one person proposes, another approves. */
const Release = z.strictObject({
  study: z.string(),
  run: z.string(),
  authority: z.string(),
  state: z.enum(['proposed', 'approved']),
  summary: PublicSummary,
  proposedBy: z.string(),
  proposedAt: Instant,
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
});
type Release = z.infer<typeof Release>;

const panels: RecordKind<typeof Panel> = { name: 'panel', table: 'panels', schema: Panel, schemaVersion: 1, upgrades: {} };
const studies: RecordKind<typeof Study> = { name: 'study', table: 'studies', schema: Study, schemaVersion: 1, upgrades: {} };
const runs: RecordKind<typeof StudyRun> = { name: 'study-run', table: 'study_runs', schema: StudyRun, schemaVersion: 1, upgrades: {} };
const releases: RecordKind<typeof Release> = { name: 'release', table: 'study_releases', schema: Release, schemaVersion: 1, upgrades: {} };

const stamp = { id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant };
const StudyRecord = z.strictObject({ ...stamp, ...Study.shape }).meta({ id: 'StudyRecord' });
const StudyRunRecord = z.strictObject({ ...stamp, ...StudyRun.omit({ data: true }).shape }).meta({ id: 'StudyRunRecord' });
const ReleaseRecord = z.strictObject({ ...stamp, ...Release.shape }).meta({ id: 'ReleaseRecord' });

const paperOf = ({ content: { metrics, parameters } }: Context): StudyPaper => ({
  metrics,
  bands: [
    ...(['a', 'b', 'c', 'd'] as const).map((grade) => ({ band: grade.toUpperCase(), from: valueOf(parameters, `grade.${grade}`) })),
    { band: 'E', from: 0 },
  ],
});

/** What decides a study's numbers besides its query and its data. */
const versionsOf = ({ content: { metrics, parameters } }: Context): Record<string, string> => ({
  engine: studyEngine,
  metrics: hashData([...metrics.values()]).slice(0, 16),
  parameters: parameters.version.slice(0, 16),
});

const fullPage = 200;

/** Everything of a kind that this organisation may see. */
async function everything<S extends z.ZodType>({ records }: Pick<Context, 'records'>, kind: RecordKind<S>): Promise<Stored<z.infer<S>>[]> {
  const all: Stored<z.infer<S>>[] = [];
  for (let after: string | null = null; ;) {
    const page: { items: readonly Stored<z.infer<S>>[]; next: string | null } = await records.list(kind, { after, limit: fullPage });
    all.push(...page.items);
    if (page.next === null) return all;
    after = page.next;
  }
}

const versionOf = ({ organisation, body }: Stored<AssessmentFile>): AssessmentVersion => ({
  organisation,
  firm: body.firm,
  result: body.result,
  scans: scansOf(body.reports).map(({ at }) => at),
});

/** The firms of a source as the acting organisation may see them. */
async function loadHistories(context: Context, source: string): Promise<FirmHistory[]> {
  if (source !== ownRecords) return (await context.records.get(panels, source)).body.histories;
  const versions: AssessmentVersion[] = [];
  for (const { id } of await everything(context, assessments)) versions.push(...(await context.records.versions(assessments, id)).map(versionOf));
  const asked = await everything(context, submissions);
  const bound = await everything(context, policies);
  return historiesOf({
    assessments: versions,
    submissions: asked.map(({ organisation, body }) => ({ organisation, firm: body.firm })),
    policies: bound.map(({ body }) => ({ organisation: body.insured, policy: body.policy })),
  });
}

export const savePanel = operation({
  name: 'savePanel',
  module: 'evaluation',
  summary: { zh: '导入企业历史数据', en: 'Import the histories of firms from before this system' },
  who: 'study:write',
  input: Panel,
  output: z.strictObject({ panel: z.string(), firms: z.int() }),
  http: { method: 'POST', path: '/panels', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, panel) => {
    const repeated = panel.histories.find(({ firm }, at) => panel.histories.findIndex((other) => other.firm === firm) !== at);
    if (repeated) throw new Refusal('bad-input', 'firm-repeated', `firm \`${repeated.firm}\` is in the panel twice`, { firm: repeated.firm });
    const stored = await context.records.insert(panels, panel);
    context.note({ panel: stored.id, firms: panel.histories.length });
    return { panel: stored.id, firms: panel.histories.length };
  },
});

const Choice = z.strictObject({ id: z.string(), title: Text });

export const listStudyChoices = operation({
  name: 'listStudyChoices',
  module: 'evaluation',
  summary: { zh: '可选指标与数据来源', en: 'List the metrics, designs and sources of data that a study can have' },
  who: 'study:read',
  input: z.strictObject({}),
  output: z.strictObject({
    metrics: z.array(z.strictObject({ ...Choice.shape, unit: z.string(), forcedByGate: z.boolean(), designs: z.array(Design) })),
    splits: z.array(Choice),
    sources: z.array(z.strictObject({ id: z.string(), name: Text, source: Text.nullable(), invented: z.boolean(), firms: z.int().nullable() })),
    authorities: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    silent: StudyResult.shape.silent,
  }),
  http: { method: 'GET', path: '/study-choices', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const { metrics } = context.content;
    const all = [...metrics.values()].map(({ id, title, unit, forcedByGate }) => ({ id, title, unit, forcedByGate, designs: [...designsFor(id)] }));
    const imported = (await everything(context, panels)).map(({ id, body: { name, source, invented, histories } }) => ({
      id,
      name,
      source,
      invented,
      firms: histories.length,
    }));
    const own = { id: ownRecords, name: { zh: '本系统记录', en: 'Records of this system' }, source: null, invented: false, firms: null };
    return {
      metrics: all.filter(({ designs }) => designs.length > 0),
      splits: splittingMetrics.flatMap((id) => all.filter((metric) => metric.id === id).map(({ title }) => ({ id, title }))),
      sources: [own, ...imported],
      authorities: [...(await context.organisationsOf('authority'))],
      silent: silentMetrics(metrics),
    };
  },
});

export const previewCohort = operation({
  name: 'previewCohort',
  module: 'evaluation',
  summary: { zh: '试选研究对象', en: 'Show whom a study would be about, and how alike the groups are' },
  who: 'study:write',
  input: z.strictObject({ source: z.string().max(100), cohort: CohortFilter, control: ControlGroup, asOf: Instant }),
  output: z.strictObject({
    cohort: CohortSummary,
    choices: z.strictObject({
      industries: z.array(z.string()),
      sizes: z.array(z.string()),
      products: z.array(z.string()),
      firstStart: z.string().nullable(),
      lastStart: z.string().nullable(),
    }),
  }),
  http: { method: 'POST', path: '/cohort-preview', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { source, ...asked }) => {
    const histories = await loadHistories(context, source);
    const { insured, control, unmatched, excluded, balance } = buildCohort(histories, asked);
    const candidates = histories.map(candidateOf);
    const valuesOf = (key: 'industry' | 'size' | 'product'): string[] => [...new Set(candidates.flatMap((one) => one[key] ?? []))].sort();
    const starts = histories.flatMap((history) => startOf(history) ?? []).sort();
    return {
      cohort: { insured: insured.length, control: control.length, unmatched, excluded: [...excluded], balance: [...balance] },
      choices: {
        industries: valuesOf('industry'),
        sizes: valuesOf('size'),
        products: valuesOf('product'),
        firstStart: starts[0] ?? null,
        lastStart: starts.at(-1) ?? null,
      },
    };
  },
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
    requireSoundQuery(query, context.content.metrics);
    if (query.source !== ownRecords) await context.records.get(panels, query.source);
    const fingerprint = studyFingerprint(query);
    const { items } = await context.records.list(studies, { where: { fingerprint }, limit: 1 });
    const stored = items[0] ?? (await context.records.insert(studies, { query, fingerprint, refresh, state: 'saved', job: null, runs: [] }));
    context.note({ study: stored.id, fingerprint });
    return shown(stored);
  },
});

const byStudy = z.strictObject({ study: z.string().max(100) });

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
    if (!(await isLarge(context, stored.body.query))) return { ...(await computeRun(context, stored, stored.body.query.asOf)), job: null };
    const job = await context.jobs.enqueue('computeStudy', { study, asOf: stored.body.query.asOf }, { about: stored.body.query.question });
    await context.records.save(studies, study, stored.version, { ...stored.body, state: 'running', job });
    return { run: null, job, unchanged: false };
  },
});

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
  const query = { ...stored.body.query, asOf };
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
    for (const { id, body } of await everything(context, studies)) {
      if (body.refresh !== 'daily' || body.state === 'running' || !isStale(body, context.now)) continue;
      jobs.push(await context.jobs.enqueue('computeStudy', { study: id, asOf: context.now }, { about: body.query.question }));
    }
    return { jobs };
  },
});

const dayMillis = 86_400_000;
const isStale = ({ runs: [latest] }: Study, now: Instant): boolean => latest === undefined || Date.parse(now) - Date.parse(latest.asOf) >= dayMillis;

const page = z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() });

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

const ofRun = byStudy.extend({ run: z.string().max(100).optional() });

/** The run asked for, else the latest; null when there is none yet. */
async function runOf({ records }: Context, { study: id, run }: z.infer<typeof ofRun>): Promise<{ study: Stored<Study>; run: Stored<StudyRun> | null }> {
  const study = await records.get(studies, id);
  const wanted = run ?? study.body.runs[0]?.run;
  const found = wanted === undefined ? null : await records.get(runs, wanted);
  if (found !== null && found.body.study !== id) throw new Refusal('absent', 'not-found', 'no such record');
  return { study, run: found };
}

async function requireRun(context: Context, asked: z.infer<typeof ofRun>): Promise<{ study: Stored<Study>; run: Stored<StudyRun> }> {
  const { study, run } = await runOf(context, asked);
  if (run === null) throw new Refusal('rule', 'study-not-run', 'the study was not run yet', { study: asked.study });
  return { study, run };
}

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

export const getStudyData = operation({
  name: 'getStudyData',
  module: 'evaluation',
  summary: { zh: '研究数据', en: 'The frozen data of one finding as CSV, as the command line reads it' },
  who: 'study:read',
  input: ofRun.extend({ finding: z.coerce.number().int().min(0).max(500).default(0) }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('text/csv'), name: z.string() }),
  http: { method: 'GET', path: '/studies/{study}/data', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { finding, ...asked }) => {
    const { run } = await requireRun(context, asked);
    const csv = run.body.data[finding];
    if (csv === undefined || csv === null) throw new Refusal('absent', 'not-found', 'this finding has no data');
    const found = run.body.result.findings[finding]!;
    const name = [found.metric, found.splitBy?.metric, run.body.query.asOf.slice(0, 10)].filter(Boolean).join('-');
    return { file: Buffer.from(csv).toString('base64'), mediaType: 'text/csv' as const, name: `${name}.csv` };
  },
});

export const getStudyReport = operation({
  name: 'getStudyReport',
  module: 'evaluation',
  summary: { zh: '效果评估报告', en: 'The report of a study as PDF' },
  who: 'study:read',
  input: ofRun.extend({ language: z.enum(['zh', 'en']).default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('application/pdf'), name: z.string() }),
  http: { method: 'GET', path: '/studies/{study}/report', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { language, ...asked }) => {
    const { study, run } = await requireRun(context, asked);
    const insurers = await context.organisationsOf('insurer');
    const panel = run.body.query.source === ownRecords ? null : (await context.records.get(panels, run.body.query.source)).body;
    const data = describeStudy(run.body, {
      number: study.id.slice(-12).toUpperCase(),
      version: study.body.runs.length - study.body.runs.findIndex((mark) => mark.run === run.id),
      insurer: insurers.find(({ id }) => id === study.organisation)?.name ?? study.organisation,
      source: panel === null ? { zh: '本系统记录', en: 'Records of this system' } : panel.source,
    });
    const pdf = await context.documents.make({ kind: 'evaluation-report', language, data });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `study-${data.number}-${language}.pdf` };
  },
});

export const getPilot = operation({
  name: 'getPilot',
  module: 'evaluation',
  summary: { zh: '四十九家企业试点', en: 'The published pilot of 49 firms, number by number, with what each can carry' },
  who: 'study:read',
  input: z.strictObject({}),
  output: PilotStudy,
  http: { method: 'GET', path: '/pilot', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { pilot, metrics } }) => {
    if (pilot === null) throw new Refusal('absent', 'not-found', 'the content holds no pilot');
    return studyPilot(pilot, metrics);
  },
});

export const getOwnHistory = operation({
  name: 'getOwnHistory',
  module: 'evaluation',
  summary: { zh: '本企业历次评估', en: 'The history of the firms that this organisation assessed itself' },
  who: 'study:read',
  input: z.strictObject({}),
  output: z.strictObject({ firms: z.array(z.strictObject({ name: z.string(), history: FirmHistory })) }),
  http: { method: 'GET', path: '/own-history', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const own = (await everything(context, assessments)).filter(({ organisation }) => organisation === context.actor.organisation);
    const bound = (await everything(context, policies)).filter(({ body }) => body.insured === context.actor.organisation);
    const names = [...new Set(own.map(({ body }) => body.firm.name))];
    const firms = [];
    for (const name of names) {
      const versions: AssessmentVersion[] = [];
      for (const { id } of own.filter(({ body }) => body.firm.name === name))
        versions.push(...(await context.records.versions(assessments, id)).map(versionOf));
      const named = versions.map((version) => ({ ...version, firm: { ...version.firm, name } }));
      const covers = bound.filter(({ body }) => body.policy.insured.name === name).map(({ body }) => ({ organisation: body.insured, policy: body.policy }));
      firms.push(...historiesOf({ assessments: named, submissions: [], policies: covers }).map((history) => ({ name, history })));
    }
    return { firms };
  },
});

export const proposeRelease = operation({
  name: 'proposeRelease',
  module: 'evaluation',
  summary: { zh: '提议公开摘要', en: 'Propose an anonymised summary of a study for an authority; small cells are refused or hidden' },
  who: 'study:release',
  input: byStudy.extend({ authority: z.string().max(100) }),
  output: ReleaseRecord,
  http: { method: 'POST', path: '/studies/{study}/releases', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { study, authority }) => {
    const { run } = await requireRun(context, { study });
    const authorities = await context.organisationsOf('authority');
    if (!authorities.some(({ id }) => id === authority)) throw new Refusal('bad-input', 'unknown-authority', 'no such authority', { field: 'authority' });
    const { query, result, parts } = run.body;
    const summary = summariseForPublic(query.question, result, parts);
    const stored = await context.records.insert(releases, {
      study,
      run: run.id,
      authority,
      state: 'proposed',
      summary,
      proposedBy: context.actor.user,
      proposedAt: context.now,
      approvedBy: null,
      approvedAt: null,
    });
    context.note({ release: stored.id, study, run: run.id, authority });
    return shown(stored);
  },
});

const byRelease = z.strictObject({ release: z.string().max(100) });

export const approveRelease = operation({
  name: 'approveRelease',
  module: 'evaluation',
  summary: { zh: '批准公开摘要', en: 'Approve a proposed summary, as somebody else than who proposed it; the authority can read it from then on' },
  who: 'study:release',
  input: byRelease,
  output: ReleaseRecord,
  http: { method: 'POST', path: '/releases/{release}/approval', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { release }) => {
    const { body, version } = await context.records.lock(releases, release);
    if (body.state === 'approved') throw new Refusal('conflict', 'already-approved', 'this summary was approved already', { release });
    if (body.proposedBy === context.actor.user) throw new Refusal('rule', 'second-person-needed', 'who proposed a summary cannot approve it', { release });
    const approved: Release = { ...body, state: 'approved', approvedBy: context.actor.user, approvedAt: context.now };
    const stored = await context.records.save(releases, release, version, approved);
    await context.grants.give({ record: release, to: body.authority, relation: 'authority', from: context.now, until: null });
    context.note({ release, authority: body.authority });
    return shown(stored);
  },
});

export const listReleases = operation({
  name: 'listReleases',
  module: 'evaluation',
  summary: { zh: '公开摘要列表', en: 'List summaries proposed or released, newest first' },
  who: 'study:read',
  input: page,
  output: z.strictObject({ items: z.array(ReleaseRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/releases', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, asked) => {
    const { items, next } = await context.records.list(releases, asked);
    return { items: items.map(shown), next };
  },
});

export const exportReleases = exportOf(listReleases, {
  rows: ({ items }) => items,
  columns: [
    ['text', '研究', 'Study', ({ study }) => study],
    ['text', '主管部门', 'Authority', ({ authority }) => authority],
    ['text', '状态', 'State', ({ state }) => state],
    ['instant', '提出时间', 'Proposed at', ({ proposedAt }) => proposedAt],
    ['instant', '批准时间', 'Approved at', ({ approvedAt }) => approvedAt],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const getRelease = operation({
  name: 'getRelease',
  module: 'evaluation',
  summary: { zh: '查看公开摘要', en: 'Read one summary' },
  who: 'study:read',
  input: byRelease,
  output: ReleaseRecord,
  http: { method: 'GET', path: '/releases/{release}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { release }) => shown(await context.records.get(releases, release)),
});

export const evaluationOperations = [
  savePanel,
  listStudyChoices,
  previewCohort,
  saveStudy,
  runSavedStudy,
  computeStudy,
  refreshStudies,
  listStudies, exportStudies,
  getStudy,
  getStudyData,
  getStudyReport,
  getPilot,
  getOwnHistory,
  proposeRelease,
  approveRelease,
  listReleases, exportReleases,
  getRelease,
];
