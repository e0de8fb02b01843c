import { z } from 'zod';
import {
  type AssessmentInput,
  Answers,
  Assessment,
  Finding,
  GivenAnswers,
  ProfileChoice,
  RepairLabel,
  Scan,
  type ScannerReport,
  type CountedFindings,
  type Reading as TrackedReading,
  Severity,
  WeighedFinding,
  WithdrawnReport,
  assess,
  assetTitle,
  carriedChoice,
  scanOf,
  severeAmong,
  soughtOf,
  unpricedLabel,
  severitiesOf,
  attributeAnswers,
  proofsIn,
  requireApplicable,
  requireAttestable,
  requireReadableAssets,
} from '../domain/assessment/index.ts';
import { Instant, Refusal, dayOf, stableId, withoutUnseen } from '../domain/basics/index.ts';
import { FirmProfile, PrintedName, classCodeForm, requirePastLosses, tidyClassCode } from '../domain/parties/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { assessedFindings } from './counted-findings.ts';
import { exportOf, joined, severityWords } from './exports.ts';
import { type Context, type ReceivedFile, operation } from './operation.ts';
import { type ReadingRefusal, readKeptFile } from './read-file.ts';

/** A scanner report of an assessment: where it is kept and what reading it gave. */
const ReportEntry = z.strictObject({
  id: z.string(),
  name: z.string(),
  hash: z.string(),
  bytes: z.int(),
  state: z.enum(['reading', 'read', 'refused']),
  format: z.string().nullable(),
  records: z.int().nullable(),
  findings: z.int().nullable(),
  bySeverity: z.record(Severity, z.int()).nullable(),
  /** What the scan looked at and when; null until it is read. */
  scan: Scan.nullable(),
  refusal: z.strictObject({ code: z.string(), detail: z.string(), position: z.string().nullable() }).nullable(),
  job: z.string(),
  submittedAt: Instant,
  /** The report entry of the archive that it came in; absent for what was handed in by itself. */
  archive: z.string().optional(),
  /** Who handed it in, by name; absent for reports from before names were kept. */
  submittedBy: z.string().optional(),
});
type ReportEntry = z.infer<typeof ReportEntry>;

const mostWithdrawn = 500;

/** The file of one assessment: the firm's facts and answers, the reports handed in, and what follows from them. */
export const AssessmentFile = z.strictObject({
  firm: FirmProfile,
  answers: Answers,
  reports: z.array(ReportEntry).max(200),
  /** Every withdrawal of a report, oldest first; absent as long as there was none. */
  withdrawn: z.array(WithdrawnReport).max(mostWithdrawn).optional(),
  /** The latest choice of a profile by a person; absent as long as nobody chose. */
  profileChoice: ProfileChoice.optional(),
  result: Assessment,
});
export type AssessmentFile = z.infer<typeof AssessmentFile>;

export const assessments: RecordKind<typeof AssessmentFile> = {
  name: 'assessment',
  table: 'assessments',
  schema: AssessmentFile,
  schemaVersion: 3,
  upgrades: { 1: nameVisibly, 2: nameVisibly },
};

/** Version 1 took names with characters that nobody sees, version 2 still those that count as letters, and any text as class code. A name of nothing else is called so. */
function nameVisibly(body: unknown): unknown {
  const file = body as AssessmentFile;
  const { name, gbt4754 } = file.firm;
  const seen = withoutUnseen(name);
  const code = tidyClassCode(gbt4754 ?? '');
  const firm = {
    ...file.firm,
    name: PrintedName.safeParse(seen).success ? seen : 'Name not visible 名称不可见',
    gbt4754: classCodeForm.test(code) ? code : null,
  };
  return { ...file, firm };
}

export const AssessmentRecord = z
  .strictObject({ id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant, ...AssessmentFile.shape })
  .meta({ id: 'AssessmentRecord' });

const AssessmentSummary = z
  .strictObject({
    id: z.string(),
    version: z.int(),
    firm: z.string(),
    score: z.number(),
    low: z.number(),
    high: z.number(),
    confidence: z.number(),
    grade: z.string(),
    gatePassed: z.boolean(),
    reports: z.int(),
    updatedAt: Instant,
  })
  .meta({ id: 'AssessmentSummary' });

export const record = (stored: Stored<AssessmentFile>): z.infer<typeof AssessmentRecord> => ({
  id: stored.id,
  version: stored.version,
  organisation: stored.organisation,
  createdAt: stored.createdAt,
  updatedAt: stored.updatedAt,
  ...stored.body,
});

const summary = ({ id, version, updatedAt, body }: Stored<AssessmentFile>): z.infer<typeof AssessmentSummary> => ({
  id,
  version,
  updatedAt,
  firm: body.firm.name,
  reports: body.reports.length,
  gatePassed: body.result.gate.passed,
  grade: body.result.grade,
  score: body.result.score,
  low: body.result.low,
  high: body.result.high,
  confidence: body.result.confidence,
});

/** What of a file an assessment rests on. */
export type AssessedFile = Pick<AssessmentFile, 'firm' | 'answers' | 'reports' | 'withdrawn' | 'profileChoice'>;

/** What follows from the file as it now is, under the paper and the threat outlook now in force. */
export function reassess(context: Context, file: AssessedFile, counted: CountedFindings): Assessment {
  return assess(applicationAt(context, file, counted), context.content.assessmentBasis);
}

/** What a firm is judged on at the moment of the context: the facts of its file, with the findings that count then. */
export const applicationAt = (
  { content: { outlook }, now }: Pick<Context, 'content' | 'now'>,
  { firm, answers, reports, withdrawn = [], profileChoice }: AssessedFile,
  { findings, accepted, claimed }: CountedFindings,
): AssessmentInput => ({
  ...{ firm, answers, findings, accepted, claimed, outlook, now },
  profile: profileChoice?.profile ?? undefined,
  scans: scansOf(reports),
  withdrawn: withdrawn.filter(({ id }) => !reports.some((report) => report.id === id && report.state === 'read')),
});

/** As `reassess`; null where the file no longer fits the paper now in force, as answers to an earlier questionnaire do not: then what was concluded before stays. */
export function reassessNow(context: Context, file: AssessmentFile, counted: CountedFindings): Assessment | null {
  try {
    return reassess(context, file, counted);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** What the reports that were read have looked at. */
export const scansOf = (reports: readonly ReportEntry[]): Scan[] => reports.flatMap(({ scan }) => scan ?? []);

async function change(
  context: Context,
  id: string,
  expected: number | null,
  edit: (file: AssessmentFile) => AssessmentFile | Promise<AssessmentFile>,
): Promise<Stored<AssessmentFile>> {
  const stored = await context.records.lock(assessments, id);
  if (expected !== null && stored.version !== expected) throw changedMeanwhile(id, expected, stored.version);
  const edited = await edit(stored.body);
  const result = reassess(context, edited, await assessedFindings(context, context, id, edited));
  const saved = await context.records.save(assessments, id, stored.version, { ...edited, result });
  context.note({ assessment: id, version: saved.version, score: result.score });
  return saved;
}

export const changedMeanwhile = (id: string, expected: number, actual: number) =>
  new Refusal('conflict', 'changed-meanwhile', `assessment \`${id}\` is at version ${actual}, not ${expected}; nothing was changed`, {
    record: id,
    expected,
    actual,
  });

/** The file with the profile that was chosen on an earlier assessment of the firm by this organisation, unless it has a choice of its own. */
async function withCarriedChoice<File extends AssessedFile>(context: Context, file: File): Promise<File> {
  if (file.profileChoice !== undefined) return file;
  const own = (await everyRecord(context, assessments, { profileChosen: 'yes' })).filter(({ organisation }) => organisation === context.actor.organisation);
  const profileChoice = carriedChoice(
    file.firm,
    own.map(({ id, body }) => ({ id, firm: body.firm, profileChoice: body.profileChoice })),
  );
  if (profileChoice === undefined) return file;
  context.note({ profileCarriedFrom: profileChoice.carriedFrom!, profileCarried: profileChoice.profile! });
  return { ...file, profileChoice };
}

const byId = z.strictObject({ assessment: z.string().max(100) });
const Received = z.strictObject({ hash: z.string(), bytes: z.int().min(0), name: z.string().max(255) });

export const startAssessment = operation({
  name: 'startAssessment',
  module: 'assessment',
  summary: { zh: '建立评估', en: 'Start an assessment of a firm' },
  who: 'assessment:write',
  input: z.strictObject({ firm: FirmProfile }),
  output: AssessmentRecord,
  http: { method: 'POST', path: '/assessments', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { firm }) => {
    requirePastLosses(firm, dayOf(context.now));
    requireReadableAssets(firm);
    const answers: Answers = { questionnaire: context.content.assessmentBasis.questionnaire.questionnaire.id, answers: {} };
    const file: AssessedFile = await withCarriedChoice(context, { firm, answers, reports: [] });
    const result = reassess(context, file, { findings: [], accepted: new Set(), claimed: [] });
    const stored = await context.records.insert(assessments, { ...file, result });
    context.note({ assessment: stored.id });
    return record(stored);
  },
});

export const listAssessments = operation({
  name: 'listAssessments',
  module: 'assessment',
  summary: { zh: '评估列表', en: 'List assessments, newest first' },
  who: 'assessment:read',
  input: z.strictObject({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(AssessmentSummary), next: z.string().nullable() }),
  http: { method: 'GET', path: '/assessments', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, page) => {
    const { items, next } = await context.records.list(assessments, page);
    return { items: items.map(summary), next };
  },
});

export const exportAssessments = exportOf(listAssessments, {
  rows: ({ items }) => items,
  columns: [
    ['text', '企业', 'Firm', ({ firm }) => firm],
    ['number', '评分', 'Score', ({ score }) => score],
    ['number', '下限', 'Low', ({ low }) => low],
    ['number', '上限', 'High', ({ high }) => high],
    ['share', '置信度', 'Confidence', ({ confidence }) => confidence],
    ['text', '等级', 'Grade', ({ grade }) => grade],
    ['flag', '达到投保门槛', 'Gate passed', ({ gatePassed }) => gatePassed],
    ['integer', '扫描报告数', 'Reports', ({ reports }) => reports],
    ['instant', '更新时间', 'Updated at', ({ updatedAt }) => updatedAt],
    ['integer', '版本', 'Version', ({ version }) => version],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const getAssessment = operation({
  name: 'getAssessment',
  module: 'assessment',
  summary: { zh: '查看评估', en: 'Read one assessment' },
  who: 'assessment:read',
  input: byId,
  output: AssessmentRecord,
  http: { method: 'GET', path: '/assessments/{assessment}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment }) => record(await context.records.get(assessments, assessment)),
});

export const saveFirm = operation({
  name: 'saveFirm',
  module: 'assessment',
  summary: { zh: '保存企业信息', en: 'Save the facts of the firm' },
  who: 'assessment:write',
  input: byId.extend({ version: z.int().min(1), firm: FirmProfile }),
  output: AssessmentRecord,
  http: { method: 'PUT', path: '/assessments/{assessment}/firm', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, version, firm }) => {
    requirePastLosses(firm, dayOf(context.now));
    requireReadableAssets(firm);
    return record(await change(context, assessment, version, (file) => withCarriedChoice(context, { ...file, firm })));
  },
});

export const saveAnswers = operation({
  name: 'saveAnswers',
  module: 'assessment',
  summary: { zh: '保存问卷回答', en: 'Save the answers to the questionnaire' },
  who: 'assessment:write',
  input: byId.extend({ version: z.int().min(1), answers: GivenAnswers }),
  output: AssessmentRecord,
  http: { method: 'PUT', path: '/assessments/{assessment}/answers', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, version, answers }) => {
    const { actor, now } = context;
    requireAttestable(answers, actor.organisationKind);
    requireApplicable(answers, context.content.assessmentBasis.questionnaire.byId);
    const { body } = await context.records.lock(assessments, assessment);
    await requireKeptProofs(context, body.answers, answers);
    const author = { user: actor.user, name: actor.name, at: now };
    return record(await change(context, assessment, version, (file) => ({ ...file, answers: attributeAnswers(file.answers, answers, author) })));
  },
});

/** Takes answers that were checked and attributed into the assessment. */
export const enterAnswers = (context: Context, assessment: string, answers: Answers): Promise<Stored<AssessmentFile>> =>
  change(context, assessment, null, (file) => ({ ...file, answers }));

/** Throws a Refusal `document-not-kept` when an answer names a document that was not handed in. */
export async function requireKeptProofs(context: Context, before: Answers, after: Answers): Promise<void> {
  const known = proofsIn(before);
  for (const hash of proofsIn(after)) if (!known.has(hash)) await requireReceived(context, hash);
}

/** Throws a Refusal `document-not-kept` when this organisation did not hand in a file of this content: a hash alone, which anybody may know, opens no file. */
export async function requireReceived({ hasReceived }: Context, hash: string): Promise<void> {
  if (!(await hasReceived(hash))) throw new Refusal('rule', 'document-not-kept', `no document \`${hash}\` was handed in; nothing was saved`, { hash });
}

export const keepEvidence = operation({
  name: 'keepEvidence',
  module: 'assessment',
  summary: { zh: '上传证明文件', en: 'Keep a document as proof of an answer; the answer names its hash' },
  who: 'assessment:write',
  input: byId.extend({ file: Received }),
  output: Received,
  http: { method: 'POST', path: '/assessments/{assessment}/evidence', status: 201, body: 'file' },
  effect: 'write',
  run: async (context, { assessment, file }) => {
    await context.records.lock(assessments, assessment);
    context.note({ assessment, file: file.hash, name: file.name });
    return file;
  },
});

export const submitReport = operation({
  name: 'submitReport',
  module: 'assessment',
  summary: { zh: '提交扫描报告', en: 'Hand in a scanner report; it is read by a job' },
  who: 'report:submit',
  input: byId.extend({ file: Received }),
  output: z.strictObject({ report: z.string(), job: z.string(), alreadySubmitted: z.boolean() }),
  http: { method: 'POST', path: '/assessments/{assessment}/reports', status: 202, body: 'file' },
  effect: 'write',
  run: (context, { assessment, file }) => takeReport(context, assessment, file),
});

/** Puts a kept file into the assessment as a report that is yet to be read, and enqueues its reading. The same file again is the same report. */
export async function takeReport(
  context: Context,
  assessment: string,
  file: ReceivedFile,
): Promise<{ report: string; job: string; alreadySubmitted: boolean }> {
  const stored = await context.records.lock(assessments, assessment);
  const report = stableId('report', assessment, file.hash);
  const earlier = stored.body.reports.find((entry) => entry.id === report);
  if (earlier && earlier.state !== 'refused') return { report, job: earlier.job, alreadySubmitted: true };
  if (stored.body.reports.length >= mostReports) throw tooManyReports();
  const job = await context.jobs.enqueue('readReport', { assessment, report }, { about: file.name });
  const entry: ReportEntry = {
    id: report,
    name: file.name,
    hash: file.hash,
    bytes: file.bytes,
    state: 'reading',
    format: null,
    records: null,
    findings: null,
    bySeverity: null,
    scan: null,
    refusal: null,
    job,
    submittedAt: context.now,
    submittedBy: context.actor.name,
  };
  const reports = [...stored.body.reports.filter((other) => other.id !== report), entry];
  await context.records.save(assessments, assessment, stored.version, { ...stored.body, reports });
  context.note({ assessment, report, file: file.hash });
  return { report, job, alreadySubmitted: false };
}

const mostReports = 200;
const tooManyReports = (): Refusal =>
  new Refusal('rule', 'too-many-reports', 'an assessment holds at most 200 reports; withdraw some first', { limit: mostReports });

export const readReport = operation({
  name: 'readReport',
  module: 'assessment',
  summary: { zh: '读取扫描报告', en: 'Read a report that was handed in and assess the firm anew' },
  who: 'report:submit',
  input: byId.extend({ report: z.string() }),
  output: z.strictObject({ state: z.enum(['read', 'refused', 'withdrawn']), findings: z.int() }),
  http: null,
  effect: 'write',
  run: async (context, { assessment, report }) => {
    const entry = (await context.records.get(assessments, assessment)).body.reports.find((one) => one.id === report);
    if (!entry) return { state: 'withdrawn' as const, findings: 0 };
    const { own, members } = await readOrRefuse(context, assessment, entry);
    for (const reading of [own, ...members]) if (reading.read) await context.findings.replaceReport(assessment, reading.entry.id, reading.read);
    await change(context, assessment, null, (file) => ({
      ...file,
      reports: withReadings(
        file.reports,
        own.entry,
        members.map((member) => member.entry),
      ),
    }));
    return { state: own.entry.state, findings: [own, ...members].reduce((sum, reading) => sum + (reading.entry.findings ?? 0), 0) };
  },
});

/** A report as it was read, or refused; `read` is null for what gave no findings of its own. */
interface Reading {
  readonly read: ScannerReport | null;
  readonly entry: ReportEntry & { readonly state: 'read' | 'refused' };
}

/** The entries with what reading gave; members of an archive stand behind it, but for those that had been handed in by themselves. */
function withReadings(reports: readonly ReportEntry[], own: ReportEntry, members: readonly ReportEntry[]): ReportEntry[] {
  const known = new Set(reports.map(({ id }) => id));
  const added = members.filter(({ id }, index) => !known.has(id) && members.findIndex((other) => other.id === id) === index);
  if (reports.length + added.length > mostReports) throw tooManyReports();
  return reports.flatMap((one) => (one.id === own.id ? [own, ...added] : [one]));
}

/** Reads a report, or every member of an archive. An archive with a member that cannot be read is refused as a whole, naming the member. */
async function readOrRefuse(context: Context, assessment: string, entry: ReportEntry): Promise<{ own: Reading; members: Reading[] }> {
  const outcome = await readKeptFile(context, entry);
  if (outcome.kind === 'refused') return { own: refused(entry, outcome.refusal), members: [] };
  if (outcome.kind === 'report') return { own: readingOf(entry, outcome.read), members: [] };
  const members: Reading[] = [];
  for (const { name, hash, bytes, outcome: inside } of outcome.members) {
    if (inside.kind === 'refused') return { own: refused(entry, { ...inside.refusal, detail: `member \`${name}\`: ${inside.refusal.detail}` }), members: [] };
    const memberEntry = { ...entry, id: stableId('report', assessment, hash), name: `${entry.name} › ${name}`.slice(0, 255), hash, bytes, archive: entry.id };
    members.push(readingOf(memberEntry, inside.read));
  }
  return { own: { read: null, entry: { ...entry, state: 'read', format: 'archive', records: members.length, findings: 0 } }, members };
}

const refused = (entry: ReportEntry, { code, detail, position }: ReadingRefusal): Reading => ({
  read: null,
  entry: { ...entry, state: 'refused', findings: null, refusal: { code, detail, position } },
});

function readingOf(entry: ReportEntry, read: ScannerReport): Reading {
  return {
    read,
    entry: {
      ...entry,
      state: 'read',
      format: read.format,
      scan: scanOf(read, entry.submittedAt),
      records: read.records,
      findings: read.findings.length,
      bySeverity: severitiesOf(read.findings),
    },
  };
}

/** The entry of a report that was looked at in an import and is confirmed now. */
export const confirmedEntry = (
  { id, name, hash, bytes, job }: Pick<ReportEntry, 'id' | 'name' | 'hash' | 'bytes' | 'job'>,
  { format, records, findings, bySeverity, scan }: Pick<ReportEntry, 'format' | 'records' | 'findings' | 'bySeverity' | 'scan'>,
  { now, actor }: Context,
): ReportEntry => ({
  ...{ id, name, hash, bytes, job, format, records, findings, bySeverity, scan },
  state: 'read',
  refusal: null,
  submittedAt: now,
  submittedBy: actor.name,
});

/** Takes confirmed reports into an assessment, with the firm's assets as they then are, and assesses it anew. */
export function enterReports(context: Context, id: string, entries: readonly ReportEntry[], assets: FirmProfile['assets']): Promise<Stored<AssessmentFile>> {
  return change(context, id, null, (file) => {
    const added = new Set(entries.map((entry) => entry.id));
    const reports = [...file.reports.filter((one) => !added.has(one.id)), ...entries];
    if (reports.length > mostReports) throw tooManyReports();
    return { ...file, firm: { ...file.firm, assets }, reports };
  });
}

export const withdrawReport = operation({
  name: 'withdrawReport',
  module: 'assessment',
  summary: { zh: '撤回扫描报告', en: 'Withdraw a report together with what it contributed; an archive with all its members' },
  who: 'report:submit',
  input: byId.extend({ report: z.string().max(100) }),
  output: AssessmentRecord,
  http: { method: 'DELETE', path: '/assessments/{assessment}/reports/{report}', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, report }) => {
    const stored = await context.records.lock(assessments, assessment);
    if (!stored.body.reports.some((one) => one.id === report)) throw new Refusal('absent', 'not-found', 'no such record');
    const goes = (one: ReportEntry): boolean => one.id === report || one.archive === report;
    const gone = stored.body.reports.filter(goes);
    const withdrawn = await listWithdrawn(context, stored, gone);
    for (const { id } of gone) await context.findings.removeReport(assessment, id);
    context.note({ report: gone[0]!.name, withdrawn: gone.length, severe: withdrawn.slice(-gone.length).reduce((sum, { severe }) => sum + severe, 0) });
    return record(await change(context, assessment, null, (file) => ({ ...file, withdrawn, reports: file.reports.filter((one) => !goes(one)) })));
  },
});

/** The withdrawn reports with these, which still count in the stored assessment. */
async function listWithdrawn(context: Context, { id, body }: Stored<AssessmentFile>, gone: readonly ReportEntry[]): Promise<WithdrawnReport[]> {
  const byReport = await context.findings.byReport(id);
  const now = gone.map((one) => {
    const severe = severeAmong(byReport.get(one.id) ?? [], body.result, context.content.assessmentBasis.parameters.values);
    return withdrawnEntry(one, severe, context);
  });
  const listed = [...(body.withdrawn ?? []), ...now];
  if (listed.length <= mostWithdrawn) return listed;
  throw new Refusal('rule', 'too-many-withdrawn', `an assessment lists at most ${mostWithdrawn} withdrawn reports; nothing was withdrawn`, {
    limit: mostWithdrawn,
  });
}

const withdrawnEntry = (
  { id, name, hash, format, findings, scan, submittedAt, submittedBy }: ReportEntry,
  severe: readonly Finding[],
  { now, actor }: Context,
): WithdrawnReport => ({
  ...{ id, name, hash, format, findings, submittedAt, submittedBy: submittedBy ?? null },
  ...{ scannedAt: scan?.at ?? null, withdrawnAt: now, withdrawnBy: actor.name },
  ...{ severe: severe.length, sought: soughtOf(severe) },
});

/** A finding together with how it counts. */
const CountedFinding = z
  .strictObject({
    ...Finding.shape,
    ...WeighedFinding.omit({ finding: true }).shape,
    /** Who handed in the reports that say so, by name; nobody for reports from before names were kept. */
    handedInBy: z.array(z.string()),
  })
  .meta({ id: 'CountedFinding' });

interface FindingFilter {
  readonly severity: Severity | undefined;
  readonly label: RepairLabel | undefined;
  readonly text: string | undefined;
}

/** A label is meant only of what counts, as it is only shown there. */
function isMeant(finding: z.infer<typeof CountedFinding>, { severity, label, text = '' }: FindingFilter): boolean {
  const told = [finding.title, finding.asset.name, finding.checkId, ...finding.cves].join('\n').toLowerCase();
  return (
    (severity === undefined || finding.severity === severity) &&
    (label === undefined || (finding.counts && finding.label === label)) &&
    told.includes(text.trim().toLowerCase())
  );
}

/** Who handed in the reports that say each finding, by name. */
function handedInBy(reports: readonly ReportEntry[], readings: readonly TrackedReading[]): Map<string, Set<string>> {
  const names = new Map(reports.map(({ id, submittedBy }) => [id, submittedBy]));
  const authors = new Map<string, Set<string>>();
  for (const { report, findings } of readings) {
    const name = names.get(report);
    if (name !== undefined) for (const { id } of findings) authors.set(id, (authors.get(id) ?? new Set()).add(name));
  }
  return authors;
}

export const listFindings = operation({
  name: 'listFindings',
  module: 'assessment',
  summary: { zh: '发现列表', en: 'List the findings of an assessment with how each counts, worst first' },
  who: 'assessment:read',
  input: byId.extend({
    severity: Severity.optional(),
    /** No repair is priced here, as none of this hangs on a cover; what moves the premium is said of the repairs. */
    label: RepairLabel.exclude(['affects-premium']).optional(),
    /** Found in title, asset, check or CVE, in any case. */
    text: z.string().max(200).optional(),
    offset: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(1000).optional(),
  }),
  output: z.strictObject({ findings: z.array(CountedFinding), total: z.int() }),
  http: { method: 'GET', path: '/assessments/{assessment}/findings', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, severity, label, text, offset = 0, limit = 1000 }) => {
    const { body, organisation } = await context.records.get(assessments, assessment);
    const weighed = new Map(body.result.findings.map((one) => [one.finding, one]));
    const { findings, readings } = await assessedFindings(context, context.deskOf(organisation), assessment, body);
    const authors = handedInBy(body.reports, readings);
    const counted = findings.flatMap((finding) => {
      const { finding: _, ...weight } = weighed.get(finding.id) ?? { finding: finding.id };
      if (!('label' in weight)) return [];
      return [{ ...finding, ...weight, label: unpricedLabel(weight.label === 'must-fix'), handedInBy: [...(authors.get(finding.id) ?? [])] }];
    });
    const meant = counted.filter((one) => isMeant(one, { severity, label, text }));
    return { findings: meant.slice(offset, offset + limit), total: meant.length };
  },
});

export const exportFindings = exportOf(listFindings, {
  rows: ({ findings }) => findings,
  columns: [
    ['text', '严重程度', 'Severity', ({ severity }, language) => severityWords[severity][language]],
    ['prose', '发现', 'Finding', ({ title }) => title],
    ['text', 'CVE', 'CVE', ({ cves }) => joined(cves)],
    ['text', 'CWE', 'CWE', ({ cwes }) => joined(cwes)],
    ['text', '资产', 'Asset', ({ asset }, language) => assetTitle(asset.name)[language]],
    ['integer', '端口', 'Port', ({ asset }) => asset.port],
    ['text', '服务', 'Service', ({ asset }) => asset.service],
    ['text', '组件版本', 'Component version', ({ asset }) => asset.version],
    ['number', 'CVSS 分值', 'CVSS score', ({ cvss }) => cvss?.score],
    ['text', 'CVSS 向量', 'CVSS vector', ({ cvss }) => cvss?.vector],
    ['share', 'EPSS', 'EPSS', ({ epss }) => epss],
    ['flag', '已知被利用', 'Known exploited', ({ knownExploited }) => knownExploited],
    ['flag', '计入评分', 'Counts', ({ counts }) => counts],
    ['flag', '在评估范围', 'In scope', ({ inScope }) => inScope],
    ['text', '暴露面', 'Exposure', ({ exposure }) => exposure],
    ['text', '整改类别', 'Repair label', ({ label }) => label],
    ['number', '对漏洞维度的贡献', 'Contribution', ({ contribution }) => contribution],
    ['text', '工具', 'Tool', ({ tool }) => tool],
    ['text', '提交人', 'Handed in by', ({ handedInBy }) => joined(handedInBy)],
    ['text', '检查项', 'Check', ({ checkId }) => checkId],
    ['instant', '首次发现', 'First seen', ({ firstSeen }) => firstSeen],
    ['instant', '最近发现', 'Last seen', ({ lastSeen }) => lastSeen],
    ['prose', '证据', 'Evidence', ({ evidence }) => evidence],
    ['prose', '工具建议', 'Advice of the tool', ({ remedy }) => remedy],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const assessmentOperations = [
  startAssessment,
  listAssessments,
  exportAssessments,
  getAssessment,
  saveFirm,
  saveAnswers,
  keepEvidence,
  submitReport,
  readReport,
  withdrawReport,
  listFindings,
  exportFindings,
];
