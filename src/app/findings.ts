import { z } from 'zod';
import { Contradiction, HistoryLine, TrackedFinding, TrackedState, historyOf, listContradictions, type Severity } from '../domain/assessment/index.ts';
import { listAssessmentRules } from './assessment-rules.ts';
import { assessments, reassess } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import { listDecisions } from './decisions.ts';
import { byAssessment, eventsIn, unknown } from './finding-deeds.ts';
import { getProof, getRawEvidence } from './finding-evidence.ts';
import { listNotices, markNotices } from './notices.ts';
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

export const findingOperations = [
  listTrackedFindings,
  getFindingHistory,
  listDecisions,
  getRawEvidence,
  getProof,
  getScoreHistory,
  listContradictionsOf,
  listAssessmentRules,
  reviewFindings,
  listNotices,
  markNotices,
];
