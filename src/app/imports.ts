import { z } from 'zod';
import {
  addressFinding,
  AssetKind,
  AssetRuling,
  confirmImport as confirmDraft,
  countable,
  CustodyEntry,
  discardImport as discardDraft,
  type EarlierReceipt,
  Finding,
  handled,
  type Hand,
  ImportItem,
  inEncoding,
  listSeenAssets,
  listSeenSoftware,
  ReportEncoding,
  ReportImport,
  requireDraft,
  requireOwnAssets,
  reviewImport as review,
  ReviewStanding,
  scanOf,
  type ScannerReport,
  Severity,
  severitiesOf,
  withRuledAssets,
} from '../domain/assessment/index.ts';
import { Instant, Refusal, stableId } from '../domain/basics/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { type AssessmentFile, assessments, confirmedEntry, enterReports } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import { exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { type ReadFile, readKeptFile, type ReadMember, type ReadReport } from './read-file.ts';

export const imports: RecordKind<typeof ReportImport> = { name: 'import', table: 'imports', schema: ReportImport, schemaVersion: 1, upgrades: {} };

const ImportRecord = z
  .strictObject({ id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant, ...ReportImport.shape })
  .meta({ id: 'ImportRecord' });
type ImportRecord = z.infer<typeof ImportRecord>;

const shown = ({ id, version, organisation, createdAt, updatedAt, body }: Stored<ReportImport>): ImportRecord => ({
  id,
  version,
  organisation,
  createdAt,
  updatedAt,
  ...body,
});

const byId = z.strictObject({ import: z.string().max(100) });
const ofAssessment = z.strictObject({ assessment: z.string().max(100) });
const mostItems = 200;

const handOf = ({ actor, now }: Context): Hand => ({ by: actor.user, name: actor.name, at: now });

/** Changes a draft under lock, so that two who act at once act one after the other. */
async function edit(context: Context, id: string, change: (draft: ReportImport) => ReportImport | Promise<ReportImport>): Promise<Stored<ReportImport>> {
  const stored = await context.records.lock(imports, id);
  requireDraft(stored.body);
  return context.records.save(imports, id, stored.version, await change(stored.body));
}

function requireItem(items: readonly ImportItem[], id: string): ImportItem {
  const found = items.find((one) => one.id === id);
  if (found === undefined) throw new Refusal('absent', 'not-found', 'no such file in this import');
  return found;
}

export const startImport = operation({
  name: 'startImport',
  module: 'import',
  summary: { zh: '新建导入', en: 'Begin an import: files handed in are looked at and count for nothing until it is confirmed' },
  who: 'report:submit',
  input: ofAssessment,
  output: ImportRecord,
  http: { method: 'POST', path: '/assessments/{assessment}/imports', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { assessment }) => {
    await context.records.lock(assessments, assessment);
    const stored = await context.records.insert(imports, { assessment, state: 'draft', items: [], rulings: {}, ended: null });
    context.note({ import: stored.id, assessment });
    return shown(stored);
  },
});

export const listImports = operation({
  name: 'listImports',
  module: 'import',
  summary: { zh: '导入记录', en: 'List the imports of an assessment, newest first' },
  who: 'assessment:read',
  input: ofAssessment,
  output: z.strictObject({ items: z.array(ImportRecord) }),
  http: { method: 'GET', path: '/assessments/{assessment}/imports', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment }) => {
    await context.records.get(assessments, assessment);
    return { items: (await importsOf(context, assessment)).map(shown) };
  },
});

export const exportImports = exportOf(listImports, {
  rows: ({ items }) => items,
  columns: [
    ['instant', '建立时间', 'Begun', ({ createdAt }) => createdAt],
    ['text', '状态', 'State', ({ state }, language) => stateWords[state][language]],
    ['integer', '文件数', 'Files', ({ items }) => items.length],
    ['integer', '拒收文件数', 'Refused', ({ items }) => items.filter(({ state }) => state === 'refused').length],
    ['integer', '发现数', 'Findings', ({ items }) => items.reduce((sum, { report }) => sum + (report?.findings ?? 0), 0)],
    ['text', '处理人', 'Ended by', ({ ended }) => ended?.name],
    ['instant', '处理时间', 'Ended at', ({ ended }) => ended?.at],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

const stateWords = {
  draft: { zh: '草稿', en: 'draft' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  discarded: { zh: '已放弃', en: 'discarded' },
} as const;

/** The newest 200 imports of an assessment; more are hardly looked at. */
async function importsOf({ records }: Context, assessment: string): Promise<readonly Stored<ReportImport>[]> {
  return (await records.list(imports, { where: { assessment }, limit: 200 })).items;
}

export const getImport = operation({
  name: 'getImport',
  module: 'import',
  summary: { zh: '查看导入', en: 'Read an import with its files and the chain of custody of each' },
  who: 'assessment:read',
  input: byId,
  output: ImportRecord,
  http: { method: 'GET', path: '/imports/{import}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { import: id }) => shown(await context.records.get(imports, id)),
});

export const addImportFile = operation({
  name: 'addImportFile',
  module: 'import',
  summary: { zh: '导入：上传文件', en: 'Hand in a file or an archive to an import; it is read by a job' },
  who: 'report:submit',
  input: byId.extend({ file: z.strictObject({ hash: z.string(), bytes: z.int().min(0), name: z.string().max(255) }) }),
  output: z.strictObject({ item: z.string(), job: z.string().nullable(), state: ImportItem.shape.state }),
  http: { method: 'POST', path: '/imports/{import}/files', status: 202, body: 'file' },
  effect: 'write',
  run: async (context, { import: id, file }) => {
    const item = stableId('item', id, file.hash);
    context.note({ import: id, item, file: file.hash });
    const draft = (await context.records.get(imports, id)).body;
    const same = draft.items.find((one) => one.id === item);
    if (same) return lookAgain(context, id, draft, same);
    const earlier = await earlierReceipt(context, draft.assessment, file.hash);
    const job = counts(earlier) ? null : await context.jobs.enqueue('readImportItem', { import: id, item }, { about: file.name });
    const received = handled({ ...newItem(item, file), job, earlier, state: job === null ? 'repeated' : 'reading' }, handOf(context), 'received', file.name);
    const entered = counts(earlier) ? handled(received, handOf(context), 'recognised', earlier.name) : received;
    await edit(context, id, (now) => (now.items.some((one) => one.id === item) ? now : { ...now, items: withRoom([...now.items, entered]) }));
    return { item, job, state: entered.state };
  },
});

/** Handed in again: what was taken for a repeat, the file or files of the archive, is read now where the report that it repeated counts no more. */
async function lookAgain(
  context: Context,
  id: string,
  draft: ReportImport,
  { id: item, job, state }: ImportItem,
): Promise<Pick<ImportItem, 'job' | 'state'> & { item: string }> {
  const standing = standingReceipts((await context.records.get(assessments, draft.assessment)).body);
  const again = draft.items.filter((one) => (one.id === item || one.archive === item) && one.state === 'repeated' && !standing.has(one.hash));
  const jobs = new Map<string, string>();
  for (const one of again) jobs.set(one.id, await context.jobs.enqueue('readImportItem', { import: id, item: one.id }, { about: one.name }));
  const reread = (one: ImportItem): ImportItem => {
    const next = jobs.get(one.id);
    return next === undefined ? one : handled({ ...one, job: next, state: 'reading', earlier: null }, handOf(context), 'received', one.name);
  };
  if (jobs.size > 0) await edit(context, id, (now) => ({ ...now, items: now.items.map(reread) }));
  return { item, job: jobs.get(item) ?? job, state: jobs.has(item) ? 'reading' : state };
}

const newItem = (id: string, { name, hash, bytes }: { name: string; hash: string; bytes: number }): ImportItem => ({
  ...{ id, name, hash, bytes, archive: null, state: 'reading', encoding: null },
  ...{ job: null, report: null, refusal: null, earlier: null, custody: [] },
});

function withRoom(items: ImportItem[]): ImportItem[] {
  if (items.length <= mostItems) return items;
  throw new Refusal('rule', 'import-full', `an import holds at most ${mostItems} files, counting those inside archives; confirm it and begin another`, {
    limit: mostItems,
  });
}

/**
 * Where the same bytes were taken in before: in a report that stands, or else in another import that was not discarded. Only the first makes it a repeat: a
 * draft counts for nothing and may yet be discarded. Where both are confirmed, the report is taken in once.
 */
async function earlierReceipt(context: Context, assessment: string, hash: string): Promise<EarlierReceipt | null> {
  const standing = standingReceipts((await context.records.get(assessments, assessment)).body).get(hash);
  if (standing !== undefined) return standing;
  for (const { id, body } of await importsOf(context, assessment)) {
    const item = body.state === 'draft' ? body.items.find((one) => one.hash === hash && (one.state === 'read' || one.state === 'reading')) : undefined;
    const received = item?.custody[0];
    if (received) return { import: id, name: item.name, at: received.at, by: received.name };
  }
  return null;
}

const counts = (earlier: EarlierReceipt | null): earlier is EarlierReceipt => earlier !== null && earlier.import === null;

/** The receipts of the reports that count, by the hash of the file. */
const standingReceipts = ({ reports }: Pick<AssessmentFile, 'reports'>): ReadonlyMap<string, EarlierReceipt> =>
  new Map(
    reports.flatMap(({ hash, state, name, submittedAt, submittedBy }) =>
      state === 'refused' ? [] : [[hash, { import: null, name, at: submittedAt, by: submittedBy ?? null }]],
    ),
  );

export const readImportItem = operation({
  name: 'readImportItem',
  module: 'import',
  summary: { zh: '读取导入文件', en: 'Read a file of an import; what it gives is set aside and counts for nothing' },
  who: 'report:submit',
  input: byId.extend({ item: z.string().max(100) }),
  output: z.strictObject({ state: z.enum(['read', 'unpacked', 'refused', 'gone']), findings: z.int() }),
  http: null,
  effect: 'write',
  run: async (context, { import: id, item: itemId }) => {
    const { body } = await context.records.get(imports, id);
    const item = body.items.find((one) => one.id === itemId);
    if (item === undefined || body.state !== 'draft') return { state: 'gone' as const, findings: 0 };
    const outcome = await readKeptFile(context, item);
    return settle(context, id, item, outcome);
  },
});

/** Enters what reading gave, unless the draft ended or lost the file meanwhile, or the file was read already or is to be read in another encoding. */
async function settle(
  context: Context,
  id: string,
  item: ImportItem,
  outcome: ReadFile,
): Promise<{ state: 'read' | 'unpacked' | 'refused' | 'gone'; findings: number }> {
  const stored = await context.records.lock(imports, id);
  const awaited = stored.body.items.some(({ id: one, state, encoding }) => one === item.id && state === 'reading' && encoding === item.encoding);
  if (stored.body.state !== 'draft' || !awaited) return { state: 'gone', findings: 0 };
  const entered = outcome.kind === 'archive' ? await unpacked(context, id, stored.body, item, outcome.members) : [await readItem(context, id, item, outcome)];
  const [own] = entered;
  const items = stored.body.items.flatMap((one) => (one.id === item.id ? entered : [one]));
  await context.records.save(imports, id, stored.version, { ...stored.body, items: withRoom(items) });
  context.note({ import: id, item: item.id, state: own!.state });
  return { state: own!.state as 'read', findings: entered.reduce((sum, one) => sum + (one.report?.findings ?? 0), 0) };
}

async function readItem(context: Context, id: string, item: ImportItem, outcome: ReadReport): Promise<ImportItem> {
  if (outcome.kind === 'refused')
    return handled({ ...item, state: 'refused', report: null, refusal: outcome.refusal }, handOf(context), 'refused', outcome.refusal.detail);
  await context.findings.setAside(id, item.id, outcome.read.findings);
  return handled(
    { ...item, state: 'read', refusal: null, report: importedReport(outcome.read, item.custody[0]?.at ?? context.now) },
    handOf(context),
    'read',
    outcome.read.format,
  );
}

const importedReport = (read: ScannerReport, uploadedAt: Instant): NonNullable<ImportItem['report']> => ({
  format: read.format,
  tool: read.tool,
  toolVersion: read.toolVersion,
  records: read.records,
  findings: read.findings.length,
  bySeverity: severitiesOf(read.findings),
  scan: scanOf(read, uploadedAt),
  incomplete: read.incomplete ?? null,
});

/** The archive with an item for each file in it; good ones are read and bad ones refused one by one. */
async function unpacked(context: Context, id: string, draft: ReportImport, archive: ImportItem, members: readonly ReadMember[]): Promise<ImportItem[]> {
  const known = new Set(draft.items.map((item) => item.id));
  const entered: ImportItem[] = [];
  for (const { name, hash, bytes, outcome } of members) {
    const itemId = stableId('item', id, hash);
    if (known.has(itemId)) continue;
    known.add(itemId);
    const item = handled(
      { ...newItem(itemId, { name: `${archive.name} › ${name}`.slice(0, 255), hash, bytes }), archive: archive.id },
      handOf(context),
      'received',
      archive.hash,
    );
    const earlier = await earlierReceipt(context, draft.assessment, hash);
    entered.push(
      counts(earlier)
        ? handled({ ...item, state: 'repeated', earlier }, handOf(context), 'recognised', earlier.name)
        : await readItem(context, id, { ...item, earlier }, outcome),
    );
  }
  return [handled({ ...archive, state: 'unpacked', refusal: null }, handOf(context), 'unpacked', String(members.length)), ...entered];
}

export const removeImportItem = operation({
  name: 'removeImportItem',
  module: 'import',
  summary: { zh: '导入：移除文件', en: 'Take a file out of an import; an archive with everything that was in it' },
  who: 'report:submit',
  input: byId.extend({ item: z.string().max(100) }),
  output: ImportRecord,
  http: { method: 'DELETE', path: '/imports/{import}/items/{item}', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { import: id, item }) => {
    const goes = (one: ImportItem): boolean => one.id === item || one.archive === item;
    const saved = await edit(context, id, (draft) => {
      requireItem(draft.items, item);
      return { ...draft, items: draft.items.filter((one) => !goes(one)) };
    });
    await context.findings.dropAside(id, item);
    for (const { id: member } of (await context.records.version(imports, id, saved.version - 1)).body.items.filter(goes))
      await context.findings.dropAside(id, member);
    context.note({ import: id, item });
    return shown(saved);
  },
});

export const chooseImportEncoding = operation({
  name: 'chooseImportEncoding',
  module: 'import',
  summary: { zh: '导入：选择编码', en: 'Say which encoding a refused file is in, and have it read again' },
  who: 'report:submit',
  input: byId.extend({ item: z.string().max(100), encoding: ReportEncoding }),
  output: ImportRecord,
  http: { method: 'POST', path: '/imports/{import}/items/{item}/encoding', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { import: id, item, encoding }) => {
    const stored = await context.records.lock(imports, id);
    requireDraft(stored.body);
    context.note({ import: id, item, encoding });
    const before = requireItem(stored.body.items, item);
    if (before.state === 'reading' && before.encoding === encoding) return shown(stored);
    const job = await context.jobs.enqueue('readImportItem', { import: id, item }, { about: encoding });
    const items = stored.body.items.map((one) => (one.id === item ? inEncoding(one, encoding, job, handOf(context)) : one));
    return shown(await context.records.save(imports, id, stored.version, { ...stored.body, items }));
  },
});

export const sampleImportItem = operation({
  name: 'sampleImportItem',
  module: 'import',
  summary: { zh: '导入：编码预览', en: 'Show a piece of a file under each encoding that can be chosen' },
  who: 'assessment:read',
  input: byId.extend({ item: z.string().max(100) }),
  output: z.strictObject({ samples: z.array(z.strictObject({ encoding: ReportEncoding, text: z.string() })) }),
  http: { method: 'GET', path: '/imports/{import}/items/{item}/text', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { import: id, item }) => {
    const { body } = await context.records.get(imports, id);
    const sample = await context.reading.sample(context.files.path(requireItem(body.items, item).hash));
    return { samples: ReportEncoding.options.map((encoding) => ({ encoding, text: sample[encoding] })) };
  },
});

const Review = z
  .strictObject({
    /** The standings add up to `total`; `resolved` are weaknesses followed so far that these scans looked for and no longer find. */
    counts: z.strictObject({
      ...{ total: z.int(), resolved: z.int() },
      ...{ fresh: z.int(), known: z.int(), reopened: z.int(), repeated: z.int(), 'out-of-scope': z.int() },
    }),
    bySeverity: z.record(Severity, z.int()),
    /** At most `limit` of them, in the order of the files. */
    findings: z.array(z.strictObject({ item: z.string(), finding: Finding, standing: ReviewStanding, known: z.array(z.string()) })),
    matching: z.int(),
    /** `declared`: the declared assets cover it by its own name, and nothing is to be ruled upon. */
    assets: z.array(
      z.strictObject({
        ...{ name: z.string(), findings: z.int(), coveredBy: z.string().nullable(), declared: z.boolean(), inScope: z.boolean() },
        ruling: AssetRuling.nullable(),
      }),
    ),
    /** Packages, images, files and the like, by kind: they count as the firm's own without being declared. */
    software: z.array(z.strictObject({ kind: AssetKind, assets: z.int(), findings: z.int() })),
    /** The firm's declared assets, to choose from. */
    declared: z.array(z.string()),
  })
  .meta({ id: 'ImportReview' });

export const reviewImport = operation({
  name: 'reviewImport',
  module: 'import',
  summary: { zh: '导入预览', en: 'Show what an import would bring: findings, what is known already, what is out of scope' },
  who: 'assessment:read',
  input: byId.extend({
    item: z.string().max(100).optional(),
    only: ReviewStanding.optional(),
    offset: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(200).optional(),
  }),
  output: Review,
  http: { method: 'GET', path: '/imports/{import}/review', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { import: id, item, only, offset = 0, limit = 50 }) => {
    const { body } = await context.records.get(imports, id);
    const file = await context.records.get(assessments, body.assessment);
    const byItem = await context.findings.aside(id);
    const { assets: declared } = file.body.firm;
    const { readings } = await assessedFindings(context, context, file.id, file.body);
    const drafted = countable(body).map(({ id: item, report }) => ({ item, scan: report.scan, findings: byItem.get(item) ?? [] }));
    const { findings, ...sums } = review(drafted, { declared, rulings: body.rulings, readings });
    const matching = findings.filter((one) => (item === undefined || one.item === item) && (only === undefined || one.standing === only));
    return {
      ...sums,
      matching: matching.length,
      findings: matching.slice(offset, offset + limit).map((one) => ({ ...one, known: [...one.known] })),
      assets: listSeenAssets(
        drafted.flatMap((one) => one.findings),
        drafted.map(({ scan }) => scan),
        declared,
        body.rulings,
      ),
      software: listSeenSoftware(findings.map(({ finding }) => finding)).map((one) => ({ ...one })),
      declared: declared.map(({ name }) => name),
    };
  },
});

export const ruleImportAssets = operation({
  name: 'ruleImportAssets',
  module: 'import',
  summary: { zh: '导入：对应资产', en: 'Say which assets of an import are the firm’s own, and under which name' },
  who: 'report:submit',
  input: byId.extend({ version: z.int().min(1), rulings: ReportImport.shape.rulings }),
  output: ImportRecord,
  http: { method: 'PUT', path: '/imports/{import}/assets', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { import: id, version, rulings }) => {
    const stored = await context.records.lock(imports, id);
    requireDraft(stored.body);
    requireVersion(stored, version);
    requireOwnAssets(rulings, (await context.records.get(assessments, stored.body.assessment)).body.firm.assets);
    context.note({ import: id, rulings: Object.keys(rulings).length });
    return shown(await context.records.save(imports, id, version, { ...stored.body, rulings }));
  },
});

function requireVersion({ id, version }: Stored<ReportImport>, expected: number): void {
  if (version !== expected)
    throw new Refusal('conflict', 'changed-meanwhile', `import \`${id}\` is at version ${version}, not ${expected}; nothing was changed`, {
      record: id,
      expected,
      actual: version,
    });
}

export const confirmImport = operation({
  name: 'confirmImport',
  module: 'import',
  summary: { zh: '确认导入', en: 'Confirm an import: its reports count from now on' },
  who: 'report:submit',
  input: byId.extend({ version: z.int().min(1) }),
  output: z.strictObject({ import: ImportRecord, score: z.number(), reports: z.int(), findings: z.int() }),
  http: { method: 'POST', path: '/imports/{import}/confirmation', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { import: id, version }) => {
    const stored = await context.records.lock(imports, id);
    requireDraft(stored.body);
    requireVersion(stored, version);
    const assessment = await context.records.lock(assessments, stored.body.assessment);
    const confirmed = confirmDraft(stored.body, handOf(context), standingReceipts(assessment.body));
    requireOwnAssets(confirmed.rulings, assessment.body.firm.assets);
    const taken = await takeIn(context, id, confirmed, assessment);
    const saved = await context.records.save(imports, id, version, confirmed);
    await context.findings.dropAside(id);
    context.note({ import: id, reports: taken.reports, findings: taken.findings });
    return { import: shown(saved), ...taken };
  },
});

/** Copies what was set aside into the assessment, under the names that the firm knows its assets by. */
async function takeIn(
  context: Context,
  id: string,
  confirmed: ReportImport,
  assessment: Stored<AssessmentFile>,
): Promise<{ score: number; reports: number; findings: number }> {
  const { rulings } = confirmed;
  const byItem = await context.findings.aside(id);
  const items = countable(confirmed);
  for (const { id: item, hash, report } of items) {
    const findings = (byItem.get(item) ?? []).map((finding) => addressFinding(finding, rulings));
    await context.findings.replaceReport(assessment.id, stableId('report', assessment.id, hash), { ...asReport(report), findings });
  }
  const entries = items.map(({ name, hash, bytes, job, report }) =>
    confirmedEntry({ id: stableId('report', assessment.id, hash), name, hash, bytes, job: job ?? id }, report, context),
  );
  const entered = await enterReports(context, assessment.id, entries, withRuledAssets(assessment.body.firm.assets, rulings));
  return { score: entered.body.result.score, reports: entries.length, findings: items.reduce((sum, { report }) => sum + report.findings, 0) };
}

const asReport = ({ format, tool, toolVersion, records, scan }: NonNullable<ImportItem['report']>): Omit<ScannerReport, 'findings'> => ({
  ...{ format, tool, toolVersion, records },
  ...{ scannedFrom: null, scannedTo: scan.at, assets: scan.assets, cvesNamed: [] },
});

export const discardImport = operation({
  name: 'discardImport',
  module: 'import',
  summary: { zh: '放弃导入', en: 'Discard an import: nothing of it counts; the files stay, by their hashes, as what was handed in' },
  who: 'report:submit',
  input: byId,
  output: ImportRecord,
  http: { method: 'DELETE', path: '/imports/{import}', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { import: id }) => {
    const saved = await edit(context, id, (draft) => discardDraft(draft, handOf(context)));
    await context.findings.dropAside(id);
    context.note({ import: id });
    return shown(saved);
  },
});

const Quarantined = z
  .strictObject({
    import: z.string().nullable(),
    item: z.string(),
    name: z.string(),
    hash: z.string(),
    bytes: z.int(),
    refusal: z.strictObject({ code: z.string(), detail: z.string(), position: z.string().nullable() }),
    at: Instant,
    by: z.string().nullable(),
    custody: z.array(CustodyEntry),
  })
  .meta({ id: 'Quarantined' });

export const listQuarantine = operation({
  name: 'listQuarantine',
  module: 'import',
  summary: { zh: '隔离清单', en: 'List the files that were refused: why, where in the file, by whom and when handed in' },
  who: 'assessment:read',
  input: ofAssessment,
  output: z.strictObject({ items: z.array(Quarantined) }),
  http: { method: 'GET', path: '/assessments/{assessment}/quarantine', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment }) => {
    const { reports } = (await context.records.get(assessments, assessment)).body;
    const direct = reports.flatMap((one) => (one.refusal === null ? [] : [{ ...directlyRefused(one), refusal: one.refusal }]));
    const imported = (await importsOf(context, assessment)).flatMap(({ id, body }) => body.items.flatMap((item) => quarantined(id, item)));
    return { items: [...imported, ...direct].sort((a, b) => (a.at < b.at ? 1 : -1)) };
  },
});

export const exportQuarantine = exportOf(listQuarantine, {
  rows: ({ items }) => items,
  columns: [
    ['text', '文件', 'File', ({ name }) => name],
    ['text', '原因代码', 'Code', ({ refusal }) => refusal.code],
    ['text', '说明', 'Detail', ({ refusal }) => refusal.detail],
    ['text', '位置', 'Position', ({ refusal }) => refusal.position],
    ['text', 'SHA-256', 'SHA-256', ({ hash }) => hash],
    ['integer', '字节数', 'Bytes', ({ bytes }) => bytes],
    ['text', '提交人', 'Handed in by', ({ by }) => by],
    ['instant', '提交时间', 'Handed in at', ({ at }) => at],
  ],
});

const directlyRefused = ({ id, name, hash, bytes, submittedAt, submittedBy }: AssessmentFile['reports'][number]) => ({
  ...{ import: null, item: id, name, hash, bytes, at: submittedAt, by: submittedBy ?? null },
  custody: [],
});

function quarantined(id: string, { id: item, name, hash, bytes, refusal, custody }: ImportItem): z.infer<typeof Quarantined>[] {
  if (refusal === null) return [];
  const { code, detail, position } = refusal;
  const received = custody[0];
  return [{ ...{ import: id, item, name, hash, bytes, custody }, refusal: { code, detail, position }, at: received?.at ?? '', by: received?.name ?? null }];
}

export const importOperations = [
  startImport,
  listImports,
  exportImports,
  getImport,
  addImportFile,
  readImportItem,
  removeImportItem,
  chooseImportEncoding,
  sampleImportItem,
  reviewImport,
  ruleImportAssets,
  confirmImport,
  discardImport,
  listQuarantine,
  exportQuarantine,
];
