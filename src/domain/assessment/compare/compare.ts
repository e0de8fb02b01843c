import { dayOf, roundParts, type Instant } from '../../basics/index.ts';
import { lastDayOf } from '../freshness.ts';
import type { Answers, Assessment } from '../model.ts';
import type { AssessmentRules } from '../rules.ts';
import type { TrackedFinding } from '../tracking/index.ts';
import type { Comparison, FindingChange } from './model.ts';

/** One date of an assessment: its kept result, and what it rested on. */
export interface Compared {
  readonly version: number;
  readonly result: Assessment;
  readonly answers: Answers;
  readonly tracked: readonly TrackedFinding[];
  readonly premium: Comparison['before']['premium'];
}

/** The evidence scored again under the rules and feeds now in force. */
export interface Rescored {
  /** The first date's evidence at its own time. */
  readonly before: Assessment;
  /** The first date's evidence at the time of the second. */
  readonly beforeAged: Assessment;
  /** The second date's evidence at its own time. */
  readonly after: Assessment;
}

/**
 * What changed from one date to the other. The change of a score is told apart by scoring the same evidence again: `rules` is what other rules and feeds do
 * to either date, and nothing where both dates were scored under the same; `time` what growing older does to the first date's evidence; `firm` the rest. The
 * three add up to the change exactly. A date scored under the rules now in force differs from its rescoring only by evidence that was lost since: the firm's part.
 */
export function compareAssessments(before: Compared, after: Compared, rescored: Rescored, rules: AssessmentRules, reportsWithdrawn: number): Comparison {
  return {
    before: sideOf(before),
    after: sideOf(after),
    causes: causesOf(({ score }) => score, before.result, after.result, rescored),
    dimensions: dimensionsOf(before.result, after.result, rescored),
    findings: findingChanges(before.tracked, after.tracked),
    answers: answerChanges(before.answers, after.answers, rules),
    expired: expiredBetween(before, after.result.at, rules),
    gate: gateChange(before.result, after.result),
    rules: ruleChanges(before.result, after.result),
    reportsWithdrawn,
  };
}

const sideOf = ({ version, result, premium }: Compared): Comparison['before'] => ({
  ...{ version, premium },
  at: result.at,
  score: result.score,
  low: result.low,
  high: result.high,
  confidence: result.confidence,
  grade: result.grade,
  gatePassed: result.gate.passed,
});

/** What a result depends on that the firm does not bring; all else that it pins is the hash of evidence. */
export const ruleTitles = ['engine', 'controls', 'questionnaire', 'profiles', 'profile', 'parameters', 'outlook'] as const;
export type RuleTitle = (typeof ruleTitles)[number];

const ruleOf = ({ versions, profile }: Assessment, title: RuleTitle): string | null => (title === 'profile' ? profile : (versions[title] ?? null));

const sameRules = (one: Assessment, other: Assessment): boolean => ruleTitles.every((title) => ruleOf(one, title) === ruleOf(other, title));

function causesOf(of: (assessment: Assessment) => number, before: Assessment, after: Assessment, rescored: Rescored): Comparison['causes'] {
  const time = of(rescored.beforeAged) - of(rescored.before);
  const byRules = (kept: Assessment, now: Assessment): number => (sameRules(kept, now) ? 0 : of(now) - of(kept));
  const rules = sameRules(before, after) ? 0 : byRules(before, rescored.before) - byRules(after, rescored.after);
  return { firm: of(after) - of(before) - time - rules, rules, time };
}

function dimensionsOf(before: Assessment, after: Assessment, rescored: Rescored): Comparison['dimensions'] {
  return after.dimensions.map(({ dimension }) => {
    const of = (assessment: Assessment): number => assessment.dimensions.find((one) => one.dimension === dimension)?.score ?? 0;
    return { dimension, before: of(before), after: of(after), ...causesOf(of, before, after, rescored) };
  });
}

const kindOrder: readonly FindingChange['kind'][] = ['new', 'reopened', 'changed', 'gone', 'fixed'];

function findingChanges(before: readonly TrackedFinding[], after: readonly TrackedFinding[]): FindingChange[] {
  const then = new Map(before.map((one) => [one.id, one]));
  const now = new Set(after.map(({ id }) => id));
  const moved = after.flatMap((one) => changeOf(then.get(one.id), one));
  const gone = before.filter(({ id }) => !now.has(id)).map((one) => described('gone', one, one, null));
  return [...moved, ...gone].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (a.id < b.id ? -1 : 1));
}

function changeOf(before: TrackedFinding | undefined, after: TrackedFinding): FindingChange[] {
  if (before === undefined) return [described('new', after, null, after)];
  if (before.state !== 'fixed' && after.state === 'fixed') return [described('fixed', after, before, after)];
  if (before.state === 'fixed' && after.state !== 'fixed') return [described('reopened', after, before, after)];
  return before.state === after.state && before.severity === after.severity ? [] : [described('changed', after, before, after)];
}

const described = (
  kind: FindingChange['kind'],
  { id, what, title, severity, asset }: TrackedFinding,
  from: TrackedFinding | null,
  to: TrackedFinding | null,
): FindingChange => ({
  ...{ kind, id, what, title, severity, asset },
  from: from?.state ?? null,
  to: to?.state ?? null,
});

function answerChanges(before: Answers, after: Answers, { questionnaire, controls }: AssessmentRules): Comparison['answers'] {
  return [...questionnaire.byId.values()].flatMap(({ id, control, asks }) => {
    const [then, now] = [before, after].map(({ answers }) => answers[id]?.value ?? 'unknown');
    const title = control === null ? asks! : controls.controls.get(control)!.title;
    return then === now ? [] : [{ question: id, title, before: then!, after: now! }];
  });
}

function expiredBetween({ answers, result }: Compared, until: Instant, { questionnaire, controls }: AssessmentRules): Comparison['expired'] {
  const [from, to] = [dayOf(result.at), dayOf(until)];
  return Object.entries(answers.answers).flatMap(([id, answer]) => {
    const question = questionnaire.byId.get(id);
    const control = question?.control == null ? undefined : controls.controls.get(question.control);
    if (question === undefined || answer.value === 'unknown') return [];
    const last = control === undefined ? answer.until : lastDayOf({ ...answer, validDays: control.validDays });
    return last !== null && last >= from && last < to ? [{ title: control?.title ?? question.asks!, until: last }] : [];
  });
}

/** Blockers of the gate that are gone, and those that came. */
export function gateChange(before: Assessment, after: Assessment): Comparison['gate'] {
  const keyOf = ({ code, finding, control }: Assessment['gate']['blockers'][number]): string => [code, finding, control].join(' ');
  const [then, now] = [before, after].map(({ gate }) => new Map(gate.blockers.map((one) => [keyOf(one), one.text])));
  return {
    gone: [...then!].filter(([key]) => !now!.has(key)).map(([, text]) => text),
    added: [...now!].filter(([key]) => !then!.has(key)).map(([, text]) => text),
  };
}

function ruleChanges(before: Assessment, after: Assessment): Comparison['rules'] {
  return ruleTitles.map((title) => ({ title, before: ruleOf(before, title), after: ruleOf(after, title) })).filter((one) => one.before !== one.after);
}

/** A change of a score and its causes in whole tenths of a point, as they are printed: the causes add up to the change, and the change is that of the printed scores. */
export function changeInTenths(before: number, after: number, { firm, rules, time }: Comparison['causes']): Comparison['causes'] & { readonly change: number } {
  const change = Math.round(10 * after) - Math.round(10 * before);
  const parts = roundParts(change, [10 * firm, 10 * rules, 10 * time]);
  return { change, firm: parts[0]!, rules: parts[1]!, time: parts[2]! };
}
