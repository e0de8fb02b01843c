import { z } from 'zod';
import { Contradiction, HistoryLine, TrackedFinding, TrackedState, historyOf, listContradictions, type Severity } from '../domain/assessment/index.ts';
import { exportAssessmentRules, listAssessmentRules } from './assessment-rules.ts';
import { assessments, reassess } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import { exportDecisions, listDecisions } from './decisions.ts';
import { byAssessment, eventsIn, unknown } from './finding-deeds.ts';
import { exportOf, joined, severityWords, trackedStateWords } from './exports.ts';
import { getProof, getRawEvidence } from './finding-evidence.ts';
import { exportNotices, listNotices, markNotices } from './notices.ts';
import { operation } from './operation.ts';
import { reviewFindings } from './review-findings.ts';
import { getScoreHistory } from './score-history.ts';

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
    ['text', '问题或企业信息', 'Question or fact', ({ question, fact }) => fact ?? question],
    ['text', '声明', 'Attested', ({ attested }) => attested.value],
    ['text', '证据类型', 'Evidence', ({ attested }) => attested.kind],
    ['day', '声明日期', 'Attested on', ({ attested }) => attested.on],
    ['prose', '观测结果', 'Observed', ({ observed }) => joined(observed.map(({ title, tool }) => `${title} (${tool})`))],
    ['prose', '扫描发现', 'Scanner findings', ({ observed }) => joined(observed.map(({ finding }) => finding))],
  ],
});

export const findingOperations = [
  listTrackedFindings,
  exportTrackedFindings,
  getFindingHistory,
  listDecisions,
  exportDecisions,
  getRawEvidence,
  getProof,
  getScoreHistory,
  listContradictionsOf,
  exportContradictions,
  listAssessmentRules,
  exportAssessmentRules,
  reviewFindings,
  listNotices,
  exportNotices,
  markNotices,
];
