import { z } from 'zod';
import {
  Contradiction,
  Control,
  DisputeGround,
  HistoryLine,
  TrackedFinding,
  TrackedState,
  claimFix,
  decideAcceptance,
  disputeFinding,
  historyOf,
  listContradictions,
  noticesDue,
  requestAcceptance,
  requireDisputeDecider,
  signalRules,
  signals,
  takeBack,
  type Assessment,
  type CaseEvent,
  type CountedFindings,
  type DecisionEffect,
  type Severity,
} from '../domain/assessment/index.ts';
import { Day, Parameter, Refusal, Text, instantFromMillis, instantMillis } from '../domain/basics/index.ts';
import { indicateQuote } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, reassess, reassessNow, scansOf, type AssessmentFile } from './assessment.ts';
import { assessedFindings, findingCases, standings, surroundingsOf, type AssessedFindings } from './counted-findings.ts';
import { exportNotices, listNotices, notices, tellOnce } from './notices.ts';
import { exportOf, joined, severityWords, trackedStateWords } from './exports.ts';
import { operation, type Context, type Desk } from './operation.ts';
import { submissions } from './underwriting.ts';

const byAssessment = z.strictObject({ assessment: z.string().max(100) });

/** Weaknesses by their id, or scanner findings, which stand for all the weaknesses that they report. All of them are treated alike, or none is. */
const chosen = { findings: z.array(z.string().max(100)).min(1).max(500) };
const Outcome = z.strictObject({ findings: z.array(TrackedFinding) });

/** An assessment with its findings over time, at the desk of its owner. */
interface Opened {
  readonly owner: Desk;
  readonly stored: Stored<AssessmentFile>;
  readonly found: AssessedFindings;
}

async function open(context: Context, owner: Desk, stored: Stored<AssessmentFile>): Promise<Opened> {
  return { owner, stored, found: await assessedFindings(context, owner, stored.id, stored.body) };
}

/** The organisation's own assessment, held until the transaction ends. */
const openOwn = async (context: Context, assessment: string): Promise<Opened> => open(context, context, await context.records.lock(assessments, assessment));

/** An assessment that was shown to the organisation, held until the transaction ends, to decide on. */
async function openShown(context: Context, assessment: string): Promise<Opened> {
  const { organisation } = await context.records.get(assessments, assessment);
  const owner = context.deskOf(organisation);
  return open(context, owner, await owner.records.lock(assessments, assessment));
}

/** The weaknesses that are meant. Throws a Refusal `unknown-finding`. */
function choose({ tracked }: AssessedFindings, ids: readonly string[]): TrackedFinding[] {
  const byId = new Map<string, TrackedFinding[]>();
  for (const one of tracked) for (const id of [one.id, ...one.sources.flatMap(({ findings }) => findings)]) byId.set(id, [...(byId.get(id) ?? []), one]);
  const meant = ids.flatMap((id) => byId.get(id) ?? unknown(id));
  return [...new Map(meant.map((one) => [one.id, one])).values()];
}

function unknown(id: string): never {
  throw new Refusal('absent', 'unknown-finding', `the assessment has no finding \`${id}\``, { finding: id });
}

const eventsIn = ({ cases }: AssessedFindings, weakness: string): readonly CaseEvent[] => cases.get(weakness)?.body.events ?? [];

/** Adds one event to each weakness, assesses anew, and says how they stand now. */
async function happen(context: Context, { owner, stored, found }: Opened, added: ReadonlyMap<string, CaseEvent>): Promise<{ findings: TrackedFinding[] }> {
  for (const [weakness, event] of added) await addEvent(owner, stored.id, found, weakness, event);
  const after = standings(found.readings, (weakness) => eventsWith(found, weakness, added), surroundingsOf(context, stored.body));
  const result = reassess(context, stored.body, after);
  await owner.records.save(assessments, stored.id, stored.version, { ...stored.body, result });
  context.note({ assessment: stored.id, findings: added.size, scoreBefore: stored.body.result.score, scoreAfter: result.score });
  return { findings: after.tracked.filter(({ id }) => added.has(id)) };
}

function eventsWith(found: AssessedFindings, weakness: string, added: ReadonlyMap<string, CaseEvent>): readonly CaseEvent[] {
  const event = added.get(weakness);
  return event === undefined ? eventsIn(found, weakness) : [...eventsIn(found, weakness), event];
}

async function addEvent({ records }: Desk, assessment: string, { cases }: AssessedFindings, weakness: string, event: CaseEvent): Promise<void> {
  const known = cases.get(weakness);
  if (known === undefined) await records.insert(findingCases, { assessment, weakness, events: [event] });
  else await records.save(findingCases, known.id, known.version, { ...known.body, events: [...known.body.events, event] });
}

const actOf = ({ actor, now }: Context) => ({ at: now, by: { user: actor.user, name: actor.name, organisation: actor.organisation } });

const numbersOf = ({ content }: Context) => content.assessmentBasis.parameters.values;

/** The same event for each of the weaknesses. */
const forEach = (meant: readonly TrackedFinding[], event: (one: TrackedFinding) => CaseEvent): ReadonlyMap<string, CaseEvent> =>
  new Map(meant.map((one) => [one.id, event(one)]));

export const listTrackedFindings = operation({
  name: 'listTrackedFindings',
  module: 'assessment',
  summary: { zh: '漏洞跟踪列表', en: 'List weaknesses over time with their state, sources and deadlines' },
  who: 'assessment:read',
  input: byAssessment.extend({
    state: TrackedState.optional(),
    offset: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(1000).optional(),
  }),
  output: z.strictObject({ findings: z.array(TrackedFinding), total: z.int(), states: z.record(TrackedState, z.int()) }),
  http: { method: 'GET', path: '/assessments/{assessment}/tracked-findings', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, state, offset = 0, limit = 200 }) => {
    const stored = await context.records.get(assessments, assessment);
    const { tracked } = await assessedFindings(context, context.deskOf(stored.organisation), assessment, stored.body);
    const sorted = tracked.filter((one) => state === undefined || one.state === state).sort(byUrgency);
    const states = Object.fromEntries(TrackedState.options.map((each) => [each, tracked.filter((one) => one.state === each).length])) as Record<
      TrackedState,
      number
    >;
    return { findings: sorted.slice(offset, offset + limit), total: sorted.length, states };
  },
});

export const exportTrackedFindings = exportOf(listTrackedFindings, {
  rows: ({ findings }) => findings,
  columns: [
    ['text', '状态', 'State', ({ state }, language) => trackedStateWords[state][language]],
    ['text', '严重程度', 'Severity', ({ severity }, language) => severityWords[severity][language]],
    ['text', '漏洞', 'Weakness', ({ what }) => what],
    ['prose', '名称', 'Title', ({ title }) => title],
    ['text', '资产', 'Asset', ({ asset }) => asset],
    ['flag', '计入评分', 'Counts', ({ counts }) => counts],
    ['flag', '已知被利用', 'Known exploited', ({ knownExploited }) => knownExploited],
    ['instant', '首次发现', 'First seen', ({ firstSeen }) => firstSeen],
    ['instant', '最近发现', 'Last seen', ({ lastSeen }) => lastSeen],
    ['instant', '验证修复', 'Resolved at', ({ resolvedAt }) => resolvedAt],
    ['integer', '重新打开次数', 'Reopened', ({ reopened }) => reopened],
    ['instant', '整改期限', 'Due at', ({ clock }) => clock?.dueAt],
    ['flag', '逾期', 'Overdue', ({ clock }) => clock?.overdue],
    ['day', '风险接受至', 'Accepted until', ({ acceptedUntil }) => acceptedUntil],
    ['text', '待决', 'Pending', ({ pending }) => pending?.kind],
    ['text', '提出人', 'Asked by', ({ pending }) => pending?.by.name],
    ['instant', '裁定期限', 'Decide by', ({ pending }) => pending?.decideBy],
    ['text', '工具', 'Tools', ({ sources }) => joined([...new Set(sources.map(({ tool }) => tool))])],
    ['prose', '扫描发现', 'Scanner findings', ({ sources }) => joined(sources.flatMap(({ findings }) => findings))],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

const severityRank: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

/** What counts first, then what is exploited, the grave, the soon due. */
const byUrgency = (a: TrackedFinding, b: TrackedFinding): number =>
  Number(b.counts) - Number(a.counts) ||
  Number(b.knownExploited) - Number(a.knownExploited) ||
  severityRank[a.severity] - severityRank[b.severity] ||
  (a.clock?.dueAt ?? '9').localeCompare(b.clock?.dueAt ?? '9') ||
  (a.id < b.id ? -1 : 1);

export const getFindingHistory = operation({
  name: 'getFindingHistory',
  module: 'assessment',
  summary: { zh: '漏洞历史', en: 'Everything that is known of one weakness, oldest first' },
  who: 'assessment:read',
  input: byAssessment.extend({ weakness: z.string().max(100) }),
  output: z.strictObject({ finding: TrackedFinding, history: z.array(HistoryLine) }),
  http: { method: 'GET', path: '/assessments/{assessment}/tracked-findings/{weakness}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, weakness }) => {
    const stored = await context.records.get(assessments, assessment);
    const found = await assessedFindings(context, context.deskOf(stored.organisation), assessment, stored.body);
    const at = found.tracks.findIndex(({ id }) => id === weakness);
    if (at < 0) unknown(weakness);
    return { finding: found.tracked[at]!, history: historyOf(found.tracks[at]!, eventsIn(found, weakness)) };
  },
});

export const claimFixes = operation({
  name: 'claimFixes',
  module: 'assessment',
  summary: { zh: '声明已修复', en: 'Say that findings are fixed; the next scan of them decides' },
  who: 'finding:write',
  input: byAssessment.extend({ ...chosen, note: z.string().max(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/fix-claims', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, findings, note }) => {
    const opened = await openOwn(context, assessment);
    return happen(
      context,
      opened,
      forEach(choose(opened.found, findings), (one) => claimFix(one, actOf(context), note)),
    );
  },
});

export const requestAcceptances = operation({
  name: 'requestAcceptances',
  module: 'assessment',
  summary: { zh: '申请接受风险', en: 'Ask to accept the risk of findings until a day; a second person decides' },
  who: 'finding:write',
  input: byAssessment.extend({ ...chosen, reason: z.string().min(1).max(4000), until: Day }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/acceptance-requests', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, findings, reason, until }) => {
    const opened = await openOwn(context, assessment);
    const asked = (one: TrackedFinding) => requestAcceptance(one, actOf(context), { reason, until }, numbersOf(context));
    return happen(context, opened, forEach(choose(opened.found, findings), asked));
  },
});

export const decideAcceptances = operation({
  name: 'decideAcceptances',
  module: 'assessment',
  summary: { zh: '审批风险接受', en: 'Grant or refuse requests to accept the risk of findings' },
  who: 'acceptance:decide',
  input: byAssessment.extend({ ...chosen, granted: z.boolean(), note: z.string().max(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/acceptance-decisions', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, findings, granted, note }) => {
    const opened = await openShown(context, assessment);
    return happen(
      context,
      opened,
      forEach(choose(opened.found, findings), (one) => decideAcceptance(one, actOf(context), { granted, note })),
    );
  },
});

const grantDays = 90;

export const disputeFindings = operation({
  name: 'disputeFindings',
  module: 'assessment',
  summary: { zh: '提出异议', en: 'Dispute findings with proof; the organisation that is asked decides within 48 hours' },
  who: 'finding:write',
  input: byAssessment.extend({
    ...chosen,
    ground: DisputeGround,
    proof: z.string().min(1).max(4000),
    file: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    decider: z.string().max(100).nullable(),
  }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/disputes', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, findings, ground, proof, file, decider: asked }) => {
    const opened = await openOwn(context, assessment);
    const decider = await chooseDecider(context, asked);
    const disputed = (one: TrackedFinding) => disputeFinding(one, actOf(context), { ground, proof, file, decider }, numbersOf(context));
    const outcome = await happen(context, opened, forEach(choose(opened.found, findings), disputed));
    const until = instantFromMillis(instantMillis(context.now) + grantDays * 86_400_000);
    if (decider !== context.actor.organisation) await context.grants.give({ record: assessment, to: decider, relation: 'dispute', from: context.now, until });
    return outcome;
  },
});

/** Assessors before insurers: whoever prices the firm is not the first to judge its findings. */
async function chooseDecider(context: Context, asked: string | null): Promise<string> {
  const able = [...(await context.organisationsOf('assessor')), ...(await context.organisationsOf('insurer'))];
  const decider = asked === null ? able[0] : able.find(({ id }) => id === asked);
  if (!decider) throw new Refusal('bad-input', 'unknown-decider', 'no such assessor or insurer decides disputes here', { field: 'decider' });
  return decider.id;
}

const ReceivedFile = z.strictObject({ hash: z.string(), bytes: z.int().min(0), name: z.string().max(255) });

export const keepProof = operation({
  name: 'keepProof',
  module: 'assessment',
  summary: { zh: '上传异议证据', en: 'Hand in a file as proof of a dispute; its hash is named in the dispute' },
  who: 'finding:write',
  input: byAssessment.extend({ file: ReceivedFile }),
  output: z.strictObject({ file: z.string(), bytes: z.int() }),
  http: { method: 'POST', path: '/assessments/{assessment}/proofs', status: 201, body: 'file' },
  effect: 'write',
  run: async (context, { assessment, file }) => {
    await context.records.lock(assessments, assessment);
    context.note({ assessment, file: file.hash, name: file.name });
    return { file: file.hash, bytes: file.bytes };
  },
});

export const decideDisputes = operation({
  name: 'decideDisputes',
  module: 'assessment',
  summary: { zh: '裁定异议', en: 'Uphold or reject disputes; what it does to score and price is logged' },
  who: 'dispute:decide',
  input: byAssessment.extend({ ...chosen, upheld: z.boolean(), note: z.string().min(1).max(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/dispute-decisions', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, findings, upheld, note }) => {
    const opened = await openShown(context, assessment);
    const meant = choose(opened.found, findings);
    for (const one of meant) requireDisputeDecider(one, eventsIn(opened.found, one.id), actOf(context).by);
    const decided = (effect: DecisionEffect): CaseEvent => ({ kind: 'dispute-decided', ...actOf(context), upheld, note, effect });
    const effect = await effectOf(
      context,
      opened,
      forEach(meant, () => decided(noEffect)),
    );
    context.note(Object.fromEntries(Object.entries(effect).filter((entry): entry is [string, number] => entry[1] !== null)));
    return happen(
      context,
      opened,
      forEach(meant, () => decided(effect)),
    );
  },
});

const noEffect: DecisionEffect = { scoreBefore: 0, scoreAfter: 0, premiumBefore: null, premiumAfter: null };

/** Score, and premium of the cover that was asked for last, with and without what is about to happen. */
async function effectOf(context: Context, { owner, stored, found }: Opened, added: ReadonlyMap<string, CaseEvent>): Promise<DecisionEffect> {
  const after = standings(found.readings, (weakness) => eventsWith(found, weakness, added), surroundingsOf(context, stored.body));
  const [latest] = (await owner.records.list(submissions, { where: { assessment: stored.id }, limit: 1 })).items;
  const premium = (counted: CountedFindings): number | null => (latest === undefined ? null : premiumOf(context, stored.body, latest.body.cover, counted));
  return {
    scoreBefore: reassess(context, stored.body, found).score,
    scoreAfter: reassess(context, stored.body, after).score,
    premiumBefore: premium(found),
    premiumAfter: premium(after),
  };
}

function premiumOf(
  { content, now }: Context,
  { firm, answers, reports }: AssessmentFile,
  cover: Parameters<typeof indicateQuote>[0]['cover'],
  { findings, accepted }: CountedFindings,
): number {
  const application = { firm, answers, cover, findings, accepted, scans: scansOf(reports), outlook: content.outlook, now };
  return indicateQuote(application, content).worksheet.premium.total;
}

export const takeBackDecisions = operation({
  name: 'takeBackDecisions',
  module: 'assessment',
  summary: { zh: '撤回处置', en: 'Take back what was asked or decided on findings: they stand again as the scans say' },
  who: 'finding:write',
  input: byAssessment.extend({ ...chosen, note: z.string().max(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/take-backs', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, findings, note }) => {
    const opened = await openOwn(context, assessment);
    return happen(
      context,
      opened,
      forEach(choose(opened.found, findings), (one) => takeBack(eventsIn(opened.found, one.id), actOf(context), note)),
    );
  },
});

export const listContradictionsOf = operation({
  name: 'listContradictions',
  module: 'assessment',
  summary: { zh: '声明与观测的矛盾', en: 'List what the firm attested and what was observed against it' },
  who: 'assessment:read',
  input: byAssessment,
  output: z.strictObject({ contradictions: z.array(Contradiction) }),
  http: { method: 'GET', path: '/assessments/{assessment}/contradictions', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment }) => {
    const { body, organisation } = await context.records.get(assessments, assessment);
    const found = await assessedFindings(context, context.deskOf(organisation), assessment, body);
    return { contradictions: listContradictions(reassess(context, body, found), body.answers, found.findings, context.content.assessmentBasis) };
  },
});

export const exportContradictions = exportOf(listContradictionsOf, {
  rows: ({ contradictions }) => contradictions,
  columns: [
    ['text', '控制措施', 'Control', ({ title }, language) => title[language]],
    ['text', '问题', 'Question', ({ question }) => question],
    ['text', '声明', 'Attested', ({ answer }) => answer.value],
    ['text', '证据类型', 'Evidence', ({ answer }) => answer.kind],
    ['day', '声明日期', 'Attested on', ({ answer }) => answer.on],
    ['prose', '观测结果', 'Observed', ({ observed }) => joined(observed.map(({ title, tool }) => `${title} (${tool})`))],
    ['prose', '扫描发现', 'Scanner findings', ({ observed }) => joined(observed.map(({ finding }) => finding))],
  ],
});

const SignalRule = z.strictObject({
  id: z.string(),
  title: Text,
  rule: Text,
  blocks: z.enum(['never', 'always', 'without-second-factor']),
  relativeRisk: Parameter.nullable(),
});
const ControlRule = Control.pick({
  id: true,
  title: true,
  question: true,
  why: true,
  advice: true,
  weight: true,
  contradictedBy: true,
  source: true,
  provenance: true,
});

export const listAssessmentRules = operation({
  name: 'listAssessmentRules',
  module: 'assessment',
  summary: { zh: '评估规则公开', en: 'The text of every check, condition and deadline that findings are judged by' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ signals: z.array(SignalRule), controls: z.array(ControlRule), parameters: z.array(Parameter) }),
  http: { method: 'GET', path: '/assessment-rules', status: 200, body: 'json' },
  effect: 'read',
  run: ({ content }) => {
    const { controls, parameters } = content.assessmentBasis;
    const parameter = (key: string): Parameter | null => parameters.list.find((one) => one.key === key) ?? null;
    return Promise.resolve({
      signals: signals.map(({ id, title, blocks, relativeRisk }) => ({
        id,
        title,
        blocks,
        rule: signalRules[id]!,
        relativeRisk: relativeRisk === null ? null : parameter(relativeRisk),
      })),
      controls: [...controls.controls.values()].map(({ id, title, question, why, advice, weight, contradictedBy, source, provenance }) => ({
        id,
        title,
        question,
        why,
        advice,
        weight,
        contradictedBy,
        source,
        provenance,
      })),
      parameters: [...parameters.list],
    });
  },
});

export const exportAssessmentRules = exportOf(listAssessmentRules, {
  rows: ({ parameters }) => parameters,
  columns: [
    ['text', '参数', 'Key', ({ key }) => key],
    ['prose', '含义', 'Title', ({ title }, language) => title[language]],
    ['number', '数值', 'Value', ({ value }) => value],
    ['text', '单位', 'Unit', ({ unit }) => unit],
    ['prose', '来源', 'Source', ({ source }) => source],
    ['text', '出处标记', 'Provenance', ({ provenance }) => provenance],
  ],
});

export const reviewFindings = operation({
  name: 'reviewFindings',
  module: 'assessment',
  summary: { zh: '每日复核漏洞状态', en: 'Look at every finding of the organisation anew: ended acceptances, passed deadlines, new threats' },
  who: 'system:run',
  input: z.strictObject({}),
  output: z.strictObject({ assessments: z.int(), changed: z.int(), notices: z.int() }),
  http: null,
  schedule: 'daily-for-each-organisation',
  effect: 'write',
  run: async (context) => {
    const done = { assessments: 0, changed: 0, notices: 0 };
    for (let after: string | null = null; ;) {
      const page: { items: readonly Stored<AssessmentFile>[]; next: string | null } = await context.records.list(assessments, { after, limit: 50 });
      for (const { id, organisation } of page.items) {
        if (organisation !== context.actor.organisation) continue;
        const one = await reviewOne(context, id);
        done.assessments += 1;
        done.changed += one.changed;
        done.notices += one.notices;
      }
      if (page.next === null) break;
      after = page.next;
    }
    context.note(done);
    return done;
  },
});

async function reviewOne(context: Context, id: string): Promise<{ changed: number; notices: number }> {
  const { stored, found } = await openOwn(context, id);
  const told = new Set(await subjectsTold(context, id));
  let news = 0;
  for (const notice of noticesDue(id, found.tracked, told)) {
    if (await tellOnce(context, notice)) news += 1;
    const decider = notice.kind === 'dispute-overdue' ? deciderOf(found, notice.weakness!) : null;
    if (decider !== null && decider !== context.actor.organisation) await tellOnce(context.deskOf(decider), notice);
  }
  const result = reassessNow(context, stored.body, found);
  if (result === null || !differs(stored.body.result, result)) return { changed: 0, notices: news };
  await context.records.save(assessments, id, stored.version, { ...stored.body, result });
  return { changed: 1, notices: news };
}

const deciderOf = (found: AssessedFindings, weakness: string): string | null =>
  eventsIn(found, weakness).findLast((event) => event.kind === 'disputed')?.decider ?? null;

async function subjectsTold({ records }: Context, assessment: string): Promise<string[]> {
  const subjects: string[] = [];
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof records.list<(typeof notices)['schema']>>> = await records.list(notices, {
      where: { assessment },
      after,
      limit: 200,
    });
    subjects.push(...page.items.map(({ body }) => body.subject));
    if (page.next === null) return subjects;
    after = page.next;
  }
}

/** Time alone moves every number a little each day; a new version is worth keeping when something that somebody acts on has moved. */
function differs(before: Assessment, after: Assessment): boolean {
  const gist = ({ grade, gate, findings }: Assessment): string =>
    JSON.stringify([
      grade,
      gate.blockers.map(({ code, finding }) => [code, finding]),
      findings.map(({ finding, counts, knownExploited, epss }) => [finding, counts, knownExploited, epss]),
    ]);
  return Math.abs(before.score - after.score) >= 0.5 || gist(before) !== gist(after);
}

export const findingOperations = [
  listTrackedFindings,
  exportTrackedFindings,
  getFindingHistory,
  claimFixes,
  requestAcceptances,
  decideAcceptances,
  disputeFindings,
  keepProof,
  decideDisputes,
  takeBackDecisions,
  listContradictionsOf,
  exportContradictions,
  listAssessmentRules,
  exportAssessmentRules,
  reviewFindings,
  listNotices,
  exportNotices,
];
