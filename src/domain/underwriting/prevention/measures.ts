import { valueOf, type ParameterSet, type Text } from '../../basics/index.ts';
import { prepareBurden } from '../../rating/index.ts';
import { riskOf, type UnderwritingRules } from '../application.ts';
import { noChange, setUp, supposing, type Bench, type Candidate } from '../repairs.ts';
import type { PreventionQuestion } from './advise.ts';
import { mostMeasures as searchable } from './choose.ts';

/** Something that can be bought or done: one repair, or all that the gate asks for taken together. */
export interface Measure {
  readonly id: string;
  readonly title: Text;
  /** Ids of the repairs that it consists of. */
  readonly repairs: readonly string[];
  readonly costMinor: number;
  /** The cost is the prior of the effort and not a price that somebody named. */
  readonly costIsPrior: boolean;
  readonly candidate: Candidate;
}

/** What the gate asks for is one measure: no insurer covers the firm without all of it. */
const gateMeasure = 'required-by-gate';
const gateTitle: Text = { zh: '达到投保门槛必须完成的全部整改', en: 'Everything that the gate requires' };

/**
 * The measures to choose from: all that the gate requires as one, then the repairs that lower premium and retained loss most, up to the number asked for. The rest is named.
 */
export function gatherMeasures(
  question: PreventionQuestion,
  rules: UnderwritingRules & { readonly parameters: ParameterSet },
): { measures: Measure[]; leftOut: string[] } {
  const { application } = question;
  const bench = setUp(application, rules);
  const required = requiredByGate(bench);
  const others = bench.candidates.filter((candidate) => !required.includes(candidate));
  const worth = new Map(worthAlone(question, rules, bench, required, others));
  const ranked = others.filter((candidate) => worth.get(candidate)! > 0).sort((a, b) => worth.get(b)! - worth.get(a)! || (a.id < b.id ? -1 : 1));
  const room = Math.min(question.mostMeasures, searchable) - (required.length > 0 ? 1 : 0);
  const chosen = ranked.slice(0, Math.max(0, room));
  const measures = chosen.map((candidate) => measureOf(candidate.id, candidate.title, [candidate], question, rules));
  const leftOut = others.filter((candidate) => !chosen.includes(candidate)).map(({ id }) => id);
  return { measures: required.length === 0 ? measures : [measureOf(gateMeasure, gateTitle, required, question, rules), ...measures], leftOut };
}

/** Repairs of what blocks the gate, and where the score stays below the pass line, those that raise it most until it passes. */
function requiredByGate({ candidates, standing }: Bench): Candidate[] {
  const { blockers } = standing(noChange).gate;
  const [findings, controls] = [new Set(blockers.map(({ finding }) => finding)), new Set(blockers.map(({ control }) => control))];
  const required = candidates.filter(({ finding, control }) => (finding !== null && findings.has(finding)) || (control !== null && controls.has(control)));
  const scores = new Map(candidates.map((candidate) => [candidate, standing(supposing([...required, candidate])).score]));
  const others = candidates.filter((candidate) => !required.includes(candidate)).sort((a, b) => scores.get(b)! - scores.get(a)! || (a.id < b.id ? -1 : 1));
  while (others.length > 0 && !standing(supposing(required)).gate.passed) required.push(others.shift()!);
  return required;
}

/** What each other repair saves alone in premium and retained loss, once the gate's are done and before; whichever is more, because bounds can hide either. */
function worthAlone(
  question: PreventionQuestion,
  rules: UnderwritingRules,
  bench: Bench,
  required: readonly Candidate[],
  others: readonly Candidate[],
): [Candidate, number][] {
  const burden = prepareBurden(riskOf(question.application), question.application.cover, rules);
  const costAt = (done: readonly Candidate[]): number => {
    const { premium, expectedLoss } = burden(bench.security(supposing(done)));
    return premium!.total / 100 + expectedLoss;
  };
  const [before, after, all] = [costAt([]), costAt(required), costAt([...required, ...others])];
  return others.map((candidate) => {
    const last = costAt([...required, ...others.filter((other) => other !== candidate)]) - all;
    return [candidate, Math.max(before - costAt([candidate]), after - costAt([...required, candidate]), last)];
  });
}

function measureOf(
  id: string,
  title: Text,
  repairs: readonly Candidate[],
  { costs, application }: PreventionQuestion,
  { parameters }: { readonly parameters: ParameterSet },
): Measure {
  const works = distinct(repairs);
  const candidate: Candidate = {
    ...repairs[0]!,
    id,
    title,
    closes: [...new Set(repairs.flatMap(({ closes }) => closes))],
    answers: Object.assign({}, ...repairs.map(({ answers }) => answers)) as Candidate['answers'],
  };
  const minor = application.cover.currency === 'JPY' ? 1 : 100;
  const costMinor = works.reduce((sum, work) => sum + (costs[work.id] ?? minor * valueOf(parameters, priorCost[work.effort])), 0);
  return { id, title, repairs: repairs.map((repair) => repair.id), costMinor, costIsPrior: works.some((work) => costs[work.id] === undefined), candidate };
}

const priorCost = { S: 'prevention.cost.small', M: 'prevention.cost.medium', L: 'prevention.cost.large' } as const;

/** Findings of several tools that one piece of work closes are paid for once. */
const distinct = (repairs: readonly Candidate[]): Candidate[] => {
  const seen = new Set<string>();
  return repairs.filter(({ id, closes }) => {
    const work = closes.length === 0 ? id : closes.join();
    const fresh = !seen.has(work);
    seen.add(work);
    return fresh;
  });
};
