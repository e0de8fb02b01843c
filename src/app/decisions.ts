import { z } from 'zod';
import { CaseEvent, Finding, TrackedFinding, deciderOf, deedsOf, type CaseEventOf, type DecisionEffect } from '../domain/assessment/index.ts';
import { Refusal, instantMillis, type Instant, type Text } from '../domain/basics/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, type AssessmentFile } from './assessment.ts';
import { assessedFindings, findingCases, type AssessedFindings } from './counted-findings.ts';
import { exportOf, severityWords } from './exports.ts';
import { actorMay, operation, type Context } from './operation.ts';

type Case = Stored<z.infer<(typeof findingCases)['schema']>>;
type Deed = CaseEvent['kind'];

const deeds = { awaiting: ['disputed', 'acceptance-requested'], decided: ['dispute-decided', 'acceptance-decided'] } as const satisfies Record<
  string,
  readonly Deed[]
>;
const mostCases = 400;

/** A case that waits for a decision or has had one, with everything that the decision rests on. */
const DecisionCase = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['dispute', 'acceptance']),
    assessment: z.string(),
    assessmentVersion: z.int(),
    /** The organisation whose weakness it is. */
    organisation: z.string(),
    firm: z.string(),
    score: z.number(),
    finding: TrackedFinding,
    /** What the scanners say, as they say it. */
    evidence: z.array(Finding),
    /** The conditions recognised in it, whose rules are public. */
    signals: z.array(z.string()),
    events: z.array(CaseEvent),
    /** Whether the caller may decide now; otherwise why not. */
    decide: z.enum(['allowed', 'own-request', 'asked-of-others', 'not-your-role', 'decided']),
  })
  .meta({ id: 'DecisionCase' });
type DecisionCase = z.infer<typeof DecisionCase>;

export const listDecisions = operation({
  name: 'listDecisions',
  module: 'assessment',
  summary: { zh: '待裁定与已裁定事项', en: 'List disputes and risk acceptances that wait for a decision, by their clock, or that were decided, newest first' },
  who: 'assessment:read',
  input: z.strictObject({ state: z.enum(['awaiting', 'decided']).optional() }),
  output: z.strictObject({ cases: z.array(DecisionCase) }),
  http: { method: 'GET', path: '/decisions', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { state = 'awaiting' }) => {
    const cases = (await Promise.all(deeds[state].map((deed) => casesWith(context, deed)))).flat();
    const shown = await Promise.all([...byAssessmentOf(cases)].map(([assessment, of]) => describe(context, assessment, of)));
    return { cases: shown.flat().sort(state === 'awaiting' ? byClock : newestFirst) };
  },
});

export const exportDecisions = exportOf(listDecisions, {
  rows: ({ cases }) => cases,
  columns: [
    ['text', '类别', 'Kind', ({ kind }, language) => kindWords[kind][language]],
    ['text', '企业', 'Firm', ({ firm }) => firm],
    ['prose', '名称', 'Title', ({ finding }) => finding.title],
    ['text', '资产', 'Asset', ({ finding }) => finding.asset],
    ['text', '严重程度', 'Severity', ({ finding }, language) => severityWords[finding.severity][language]],
    ['text', '提出人', 'Asked by', ({ events }) => askedIn(events).by.name],
    ['instant', '提出时间', 'Asked at', ({ events }) => askedIn(events).at],
    ['instant', '裁定时限', 'Decide by', ({ finding }) => finding.pending?.decideBy],
    ['flag', '同意', 'Agreed', ({ events }) => decisionIn(events)?.agreed],
    ['text', '决定人', 'Decided by', ({ events }) => decisionIn(events)?.by],
    ['prose', '决定理由', 'Reason', ({ events }) => decisionIn(events)?.note],
    ['number', '分数（前）', 'Score before', ({ events }) => decisionIn(events)?.effect?.scoreBefore],
    ['number', '分数（后）', 'Score after', ({ events }) => decisionIn(events)?.effect?.scoreAfter],
    ['integer', '年保费（前，分）', 'Premium before (minor)', ({ events }) => decisionIn(events)?.effect?.premiumBefore],
    ['integer', '年保费（后，分）', 'Premium after (minor)', ({ events }) => decisionIn(events)?.effect?.premiumAfter],
  ],
});

const kindWords: Readonly<Record<DecisionCase['kind'], Text>> = {
  dispute: { zh: '异议', en: 'dispute' },
  acceptance: { zh: '接受风险', en: 'risk acceptance' },
};

const askedIn = (events: readonly CaseEvent[]): CaseEventOf<'disputed'> | CaseEventOf<'acceptance-requested'> =>
  events.findLast((event) => event.kind === 'disputed' || event.kind === 'acceptance-requested')!;

/** The decision on what was asked last; null while there is none. */
function decisionIn(events: readonly CaseEvent[]): { agreed: boolean; by: string; note: string; effect: DecisionEffect | null } | null {
  const last = events.findLast(({ kind }) => kind !== 'assigned' && kind !== 'fix-claimed');
  if (last?.kind === 'dispute-decided') return { agreed: last.upheld, by: last.by.name, note: last.note, effect: last.effect };
  return last?.kind === 'acceptance-decided' ? { agreed: last.granted, by: last.by.name, note: last.note, effect: last.effect ?? null } : null;
}

function byAssessmentOf(cases: readonly Case[]): ReadonlyMap<string, readonly Case[]> {
  const groups = new Map<string, Case[]>();
  for (const one of cases) groups.set(one.body.assessment, [...(groups.get(one.body.assessment) ?? []), one]);
  return groups;
}

/** The cases in sight of the organisation whose last deed is this, newest first. */
async function casesWith({ records }: Context, lastDeed: Deed): Promise<Case[]> {
  const found: Case[] = [];
  for (let after: string | null = null; found.length < mostCases;) {
    const page: { items: readonly Case[]; next: string | null } = await records.list(findingCases, { where: { lastDeed }, after, limit: 200 });
    found.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  return found;
}

/**
 * The cases of one assessment. What is no longer shown to the organisation is left out, but for what it decided itself; and so is a case whose report was
 * withdrawn.
 */
async function describe(context: Context, assessment: string, cases: readonly Case[]): Promise<DecisionCase[]> {
  const stored = await context.records.get(assessments, assessment).catch(absentIsNull);
  if (stored !== null) return describeAll(context, stored, cases);
  return (await Promise.all(cases.map((one) => describeOwnDecision(context, one)))).flat();
}

async function describeAll(context: Context, stored: Stored<AssessmentFile>, cases: readonly Case[]): Promise<DecisionCase[]> {
  const found = await assessedFindings(context, context.deskOf(stored.organisation), stored.id, stored.body);
  const tracked = new Map(found.tracked.map((one) => [one.id, one]));
  return cases.flatMap((one) => {
    const finding = tracked.get(one.body.weakness);
    return finding ? [describeCase(context, one, { stored, found, finding })] : [];
  });
}

/** What the organisation decided, as it lay before it then: once it has decided, it is shown nothing that came later. */
async function describeOwnDecision(context: Context, one: Case): Promise<DecisionCase[]> {
  const last = deedsOf(one.body.events).at(-1);
  if (last?.kind !== 'dispute-decided' || last.by.organisation !== context.actor.organisation) return [];
  const stored = await context.deskOf(one.organisation).records.get(assessments, one.body.assessment);
  const reports = stored.body.reports.filter(({ submittedAt }) => instantMillis(submittedAt) <= instantMillis(last.at));
  const cases = await describeAll({ ...context, now: last.at }, { ...stored, body: { ...stored.body, reports } }, [one]);
  return cases.map((shown) => ({ ...shown, score: last.effect.scoreAfter }));
}

function absentIsNull(error: unknown): null {
  if (error instanceof Refusal && error.kind === 'absent') return null;
  throw error;
}

interface Described {
  readonly stored: Stored<AssessmentFile>;
  readonly found: AssessedFindings;
  readonly finding: TrackedFinding;
}

function describeCase(context: Context, { id, body }: Case, { stored, found, finding }: Described): DecisionCase {
  const ids = new Set(finding.sources.flatMap(({ findings }) => findings));
  const evidence = new Map(found.readings.flatMap(({ findings }) => findings.filter((one) => ids.has(one.id)).map((one) => [one.id, one])));
  const asked = askedIn(body.events);
  return {
    ...{ id, finding, assessment: stored.id, assessmentVersion: stored.version, organisation: stored.organisation },
    kind: asked.kind === 'disputed' ? 'dispute' : 'acceptance',
    firm: stored.body.firm.name,
    score: stored.body.result.score,
    evidence: [...evidence.values()].slice(0, 20),
    signals: [...new Set(stored.body.result.findings.filter((one) => ids.has(one.finding)).flatMap(({ signals }) => signals))],
    events: body.events,
    decide: finding.pending === null ? 'decided' : mayDecide(context, asked),
  };
}

function mayDecide({ actor }: Context, asked: ReturnType<typeof askedIn>): DecisionCase['decide'] {
  if (deciderOf(asked) !== actor.organisation) return 'asked-of-others';
  if (asked.by.user === actor.user) return 'own-request';
  return actorMay(actor, asked.kind === 'disputed' ? 'dispute:decide' : 'acceptance:decide') ? 'allowed' : 'not-your-role';
}

const lastAt = ({ events }: DecisionCase): Instant => events.at(-1)!.at;

/** What is due first; without a deadline what has waited longest. */
const byClock = (a: DecisionCase, b: DecisionCase): number =>
  instantMillis(a.finding.pending?.decideBy ?? lastAt(a)) - instantMillis(b.finding.pending?.decideBy ?? lastAt(b)) || (a.id < b.id ? -1 : 1);

const newestFirst = (a: DecisionCase, b: DecisionCase): number => instantMillis(lastAt(b)) - instantMillis(lastAt(a)) || (a.id < b.id ? -1 : 1);
