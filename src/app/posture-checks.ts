import { Readable } from 'node:stream';
import { z } from 'zod';
import { MethodClass, type OwnAsset, type ScanAuthorisation, Severity, postureRules, requireMaySend } from '../domain/assessment/index.ts';
import { Instant, Refusal, Text } from '../domain/basics/index.ts';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import { assets, authorisations, scanSwitch } from './assets.ts';
import { assessments, takeReport } from './assessment.ts';
import { exportOf, joined, severityWords } from './exports.ts';
import { type Context, operation } from './operation.ts';

/** A report in the store: the SHA-256 of its content, and its size. */
const KeptReport = z.strictObject({ name: z.string(), hash: z.string(), bytes: z.int() });

/** One check of one asset. `stopped`: it is not complete and goes into no assessment, `refused`: nothing was sent; both say why. */
const PostureCheck = z.strictObject({
  asset: z.string(),
  name: z.string(),
  authorisation: z.string(),
  methodClass: MethodClass,
  /** The assessment that its reports go to; null when nobody asked for that. */
  assessment: z.string().nullable(),
  state: z.enum(['queued', 'done', 'stopped', 'refused']),
  reason: z.string().nullable(),
  addresses: z.array(z.string()),
  /** Connections that were made, questions to the resolver included. */
  connections: z.int(),
  /** Its own reports, and that of nmap where it is installed. */
  reports: z.array(KeptReport).max(5),
  job: z.string(),
  askedBy: z.string(),
  endedAt: Instant.nullable(),
});
type PostureCheck = z.infer<typeof PostureCheck>;

const checks: RecordKind<typeof PostureCheck> = { name: 'posture-check', table: 'posture_checks', schema: PostureCheck, schemaVersion: 1, upgrades: {} };
const CheckRecord = z.strictObject({ id: z.string(), createdAt: Instant, ...PostureCheck.shape }).meta({ id: 'PostureCheck' });
const shown = ({ id, createdAt, body }: Stored<PostureCheck>): z.infer<typeof CheckRecord> => ({ id, createdAt, ...body });

const reportBytes = 8 * 1024 * 1024;

/** What must be true to send, as it stands at this moment: read anew each time. */
async function factsNow(
  context: Context,
  asset: string,
  authorisation: string,
): Promise<{ asset: OwnAsset; authorisation: ScanAuthorisation; stopped: boolean; now: Instant }> {
  const { stopped } = await scanSwitch(context);
  const now = context.clock();
  return {
    asset: (await context.records.get(assets, asset)).body,
    authorisation: (await context.records.get(authorisations, authorisation)).body,
    stopped,
    now,
  };
}

export const startPostureCheck = operation({
  name: 'startPostureCheck',
  module: 'assets',
  summary: { zh: '发起资产体检', en: 'Start a posture check of a proven and authorised asset' },
  who: 'scan:start',
  input: z.strictObject({ asset: z.string().max(100), methodClass: MethodClass, assessment: z.string().max(100).nullable() }),
  output: z.strictObject({ check: z.string(), job: z.string() }),
  http: { method: 'POST', path: '/assets/{asset}/checks', status: 202, body: 'json' },
  effect: 'write',
  run: async (context, { asset, methodClass, assessment }) => {
    const { body } = await context.records.lock(assets, asset);
    if (assessment !== null) await context.records.lock(assessments, assessment);
    const authorisation = await chooseAuthorisation(context, asset, methodClass);
    const blank = { state: 'queued' as const, reason: null, addresses: [], connections: 0, reports: [], job: '', endedAt: null };
    const check = await context.records.insert(checks, {
      ...blank,
      asset,
      name: body.name,
      authorisation,
      methodClass,
      assessment,
      askedBy: context.actor.name,
    });
    const job = await context.jobs.enqueue('sendPostureCheck', { check: check.id }, { about: body.name });
    await context.records.save(checks, check.id, check.version, { ...check.body, job });
    context.note({ check: check.id, asset, authorisation });
    return { check: check.id, job };
  },
});

/** The newest authorisation under which it may be sent now; when there is none, the reason of the newest one. */
async function chooseAuthorisation(context: Context, asset: string, methodClass: MethodClass): Promise<string> {
  const { items } = await context.records.list(authorisations, { where: { state: 'signed' }, limit: 200 });
  let reason: Refusal | null = null;
  for (const { id } of items) {
    try {
      requireMaySend({ ...(await factsNow(context, asset, id)), methodClass, addresses: [] });
      return id;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reason ??= error;
    }
  }
  throw reason ?? new Refusal('rule', 'scan-not-authorised', 'nobody has signed an authorisation for this asset', { methodClass });
}

export const sendPostureCheck = operation({
  name: 'sendPostureCheck',
  module: 'assets',
  summary: { zh: '执行资产体检', en: 'Carry out a posture check, asking every fact again before each connection' },
  who: 'scan:start',
  input: z.strictObject({ check: z.string().max(100) }),
  output: z.strictObject({ state: z.string(), reason: z.string().nullable() }),
  http: null,
  effect: 'write',
  run: async (context, { check }) => {
    const stored = await context.records.lock(checks, check);
    if (stored.body.state !== 'queued') return { state: stored.body.state, reason: stored.body.reason };
    const ended = await carryOut(context, check, stored.body);
    const saved = await context.records.save(checks, check, stored.version, { ...stored.body, ...ended, endedAt: context.clock() });
    if (saved.body.assessment !== null && saved.body.state === 'done') await context.jobs.enqueue('handInPostureReport', { check }, { about: saved.body.name });
    const { state, reason, connections } = saved.body;
    context.note({ check, state, connections, ...(reason === null ? {} : { reason }) });
    return { state, reason };
  },
});

type Ended = Partial<PostureCheck> & Pick<PostureCheck, 'state'>;

/** Everything is asked before the name is resolved, again with its addresses, and again before each connection. The journal knows of it before the first packet. */
async function carryOut(context: Context, check: string, { asset, authorisation, methodClass }: PostureCheck): Promise<Ended> {
  const requireAll = async (addresses: readonly string[]): Promise<ScanAuthorisation> => {
    const facts = await factsNow(context, asset, authorisation);
    requireMaySend({ ...facts, methodClass, addresses });
    return facts.authorisation;
  };
  try {
    await requireAll([]);
    const { name, kind } = (await context.records.get(assets, asset)).body;
    await context.announce({ check, asset, name, authorisation, methodClass });
    const addresses = await context.probes.resolve(name);
    const { ratePerSecond } = await requireAll(addresses);
    const result = await context.probes.check({
      ...{ asset: { name, kind }, addresses, methodClass, ratePerSecond },
      requireMaySend: async (address) => void (await requireAll(address === null ? [] : [address])),
      progress: (done) => context.progress({ done, total: methodClass === 'gentle' ? 4 : 3, note: name }),
    });
    const reports = [];
    for (const { name: part, bytes } of result.reports) reports.push({ name: part, ...(await keepReport(context, bytes)) });
    return { state: result.stoppedBy === null ? 'done' : 'stopped', reason: result.stoppedBy, addresses, connections: result.connections, reports };
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'rule') return { state: 'refused', reason: error.code };
    throw error;
  }
}

const keepReport = (context: Context, bytes: Uint8Array) => context.files.keep(Readable.from([Buffer.from(bytes)]), reportBytes);

export const handInPostureReport = operation({
  name: 'handInPostureReport',
  module: 'assets',
  summary: { zh: '将体检报告计入评估', en: 'Hand the reports of a posture check in to its assessment' },
  who: 'report:submit',
  input: z.strictObject({ check: z.string().max(100) }),
  output: z.strictObject({ reports: z.array(z.string()) }),
  http: null,
  effect: 'write',
  run: async (context, { check }) => {
    const { body } = await context.records.get(checks, check);
    const { assessment, name: asset } = body;
    const reports: string[] = [];
    for (const { name, ...file } of assessment === null ? [] : body.reports)
      reports.push((await takeReport(context, assessment!, { ...file, name: `${name}-${asset}`.slice(0, 255) })).report);
    return { reports };
  },
});

export const listPostureChecks = operation({
  name: 'listPostureChecks',
  module: 'assets',
  summary: { zh: '体检记录', en: 'List posture checks, newest first' },
  who: 'asset:read',
  input: z.strictObject({
    asset: z.string().max(100).optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).optional(),
  }),
  output: z.strictObject({ items: z.array(CheckRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/posture-checks', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { asset, ...page }) => {
    const { items, next } = await context.records.list(checks, { ...page, ...(asset === undefined ? {} : { where: { asset } }) });
    return { items: items.map(shown), next };
  },
});

export const exportPostureChecks = exportOf(listPostureChecks, {
  rows: ({ items }) => items,
  columns: [
    ['text', '资产', 'Asset', ({ name }) => name],
    ['text', '方法级别', 'Method class', ({ methodClass }) => methodClass],
    ['text', '状态', 'State', ({ state }) => state],
    ['text', '原因', 'Reason', ({ reason }) => reason],
    ['text', '地址', 'Addresses', ({ addresses }) => joined(addresses)],
    ['integer', '连接数', 'Connections', ({ connections }) => connections],
    ['text', '发起人', 'Asked by', ({ askedBy }) => askedBy],
    ['instant', '发起时间', 'Created at', ({ createdAt }) => createdAt],
    ['instant', '结束时间', 'Ended at', ({ endedAt }) => endedAt],
    ['text', '报告哈希', 'Hashes of reports', ({ reports }) => joined(reports.map(({ hash }) => hash))],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

const Rule = z
  .strictObject({
    id: z.string(),
    area: z.enum(['dns', 'tls', 'web', 'ports']),
    method: MethodClass,
    severity: Severity,
    title: Text,
    rule: Text,
    remedy: Text,
    cwes: z.array(z.int()),
  })
  .meta({ id: 'PostureRule' });

export const listPostureRules = operation({
  name: 'listPostureRules',
  module: 'assets',
  summary: { zh: '体检规则', en: 'Read the rule of every check: what is looked at and when it fails' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ rules: z.array(Rule) }),
  http: { method: 'GET', path: '/posture-rules', status: 200, body: 'json' },
  effect: 'read',
  run: async () => ({
    rules: postureRules.map(({ id, area, method, severity, title, rule, remedy, cwes }) => ({
      id,
      area,
      method,
      severity,
      title,
      rule,
      remedy,
      cwes: [...cwes],
    })),
  }),
});

export const exportPostureRules = exportOf(listPostureRules, {
  rows: ({ rules }) => rules,
  columns: [
    ['text', '检查项', 'Check', ({ title }, language) => title[language]],
    ['text', '类别', 'Area', ({ area }) => area],
    ['text', '方法级别', 'Method class', ({ method }) => method],
    ['text', '严重程度', 'Severity', ({ severity }, language) => severityWords[severity][language]],
    ['prose', '规则', 'Rule', ({ rule }, language) => rule[language]],
    ['prose', '整改建议', 'Remedy', ({ remedy }, language) => remedy[language]],
    ['text', 'CWE', 'CWE', ({ cwes }) => joined(cwes)],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const postureCheckOperations = [
  startPostureCheck,
  sendPostureCheck,
  handInPostureReport,
  listPostureChecks,
  exportPostureChecks,
  listPostureRules,
  exportPostureRules,
];
