import { prepareAssessment, suppose, type PreparedAssessment } from '../../assessment/index.ts';
import { parameterOf, valueOf, type ParameterSet } from '../../basics/index.ts';
import type { RequestedCover } from '../../catalogue/index.ts';
import { prepareBurden, type Burden } from '../../rating/index.ts';
import { agreeCover } from '../agree-cover.ts';
import { riskOf, type Application, type UnderwritingRules } from '../application.ts';
import { gateForCover } from '../cover-gate.ts';
import { supposing, type Candidate } from '../repairs.ts';
import { breakEvenCost, choosePlan, planOf, type Choice, type Plan } from './choose.ts';
import { paretoFrontier, type FrontierPlan } from './frontier.ts';
import { gatherMeasures, type Measure } from './measures.ts';

/** What a firm wants to know the best plan for. */
export interface PreventionQuestion {
  readonly application: Application;
  /** Covers to choose from besides none; the application's own when empty. */
  readonly covers: readonly RequestedCover[];
  /** Most that measures and premium may cost in a year together, minor units; null: no bound. */
  readonly budgetMinor: number | null;
  /** Yearly cost of a repair by its id, minor units; others get the prior cost of their effort. */
  readonly costs: Readonly<Record<string, number>>;
  /** Measures considered; the rest, worth least alone, is named. At most 20. */
  readonly mostMeasures: number;
}

/** A plan as it is advised; minor units a year, premium including VAT. */
export interface AdvisedPlan {
  readonly measures: readonly string[];
  /** Index into the covers of the advice; null: no insurance. */
  readonly cover: number | null;
  readonly costMinor: number;
  readonly premiumMinor: number;
  readonly retainedMinor: number;
  readonly downtimeHours: number;
  readonly totalMinor: number;
  /** Whether the insurer covers the firm so. */
  readonly permitted: boolean;
}

/** Best plan under one κ, the shrinkage of the controls' odds ratios. */
export interface RangedPlan {
  readonly kappaTimes: number;
  readonly plan: AdvisedPlan | null;
}

export interface MeasureAdvice extends Omit<Measure, 'candidate'> {
  /** Below this yearly cost the measure belongs in the best plan, minor units; null: in no affordable plan or in every permitted one. */
  readonly breakEvenMinor: number | null;
  readonly chosen: boolean;
  /** In the best plan at κ × 0.5 and × 1.5 too. */
  readonly robust: boolean;
}

/** The best plan with what it rests on: judgement priors, so never without its range. */
export interface PreventionAdvice {
  readonly covers: readonly RequestedCover[];
  readonly today: AdvisedPlan;
  readonly best: AdvisedPlan | null;
  readonly ranges: readonly RangedPlan[];
  readonly measures: readonly MeasureAdvice[];
  /** Repairs that were not considered, and repairs that change neither price nor loss. */
  readonly leftOut: readonly string[];
  readonly frontier: readonly FrontierPlan[];
  /** Whether every plan was tried for the frontier, or only those on the way to the best plan. */
  readonly frontierComplete: boolean;
  readonly riskCharge: number;
  /** Costs taken from the prior of their effort. */
  readonly priorCosts: readonly string[];
}

const kappaKey = 'controls.kappa';
const kappaRange = [0.5, 1, 1.5];

/** Up to this many measures the frontier tries every plan. */
const completeMeasures = 7;

/**
 * Chooses measures and cover together at the least yearly cost + premium + risk charge · retained loss, inside the budget and behind the gate, by the binding tariff; with break-even
 * costs, the frontier of cost, retained loss and downtime, and the range that κ × 0.5 … × 1.5 leaves (methods §8). Throws the Refusals of `prepareAssessment` and `priceCover`.
 */
export function advisePrevention(asked: PreventionQuestion, rules: UnderwritingRules & { readonly parameters: ParameterSet }): PreventionAdvice {
  const question = asOffered(asked, rules);
  const gathered = gatherMeasures(question, rules);
  const tables = kappaRange.map((times) => openTable(question, gathered.measures, withKappa(rules, times)));
  const middle = tables[kappaRange.indexOf(1)]!;
  const bests = tables.map(({ choice }) => choosePlan(choice));
  const best = bests[kappaRange.indexOf(1)]!;
  const nothing = gathered.measures.map(() => false);
  const complete = gathered.measures.length <= completeMeasures;
  if (complete) tryEveryPlan(middle.choice);
  return {
    covers: middle.covers,
    today: middle.show(planOf(middle.choice, nothing, 1)),
    best: best === null ? null : middle.show(best),
    ranges: kappaRange.map((kappaTimes, i) => ({ kappaTimes, plan: bests[i] === null ? null : tables[i]!.show(bests[i]!) })),
    measures: gathered.measures.map((measure, i) => adviceOn(measure, i, middle.choice, bests)),
    leftOut: gathered.leftOut,
    frontier: paretoFrontier(middle.tried(), middle.show),
    frontierComplete: complete,
    riskCharge: middle.choice.riskCharge,
    priorCosts: gathered.measures.filter(({ costIsPrior }) => costIsPrior).map(({ id }) => id),
  };
}

/** The question about the covers as a quote would offer them, so that a premium of the advice is the premium of the quote. */
function asOffered(question: PreventionQuestion, rules: UnderwritingRules): PreventionQuestion {
  const { application, covers } = question;
  const offered = (cover: RequestedCover): RequestedCover => agreeCover({ ...application, cover }, rules).cover;
  return { ...question, application: { ...application, cover: offered(application.cover) }, covers: covers.map(offered) };
}

function withKappa<R extends UnderwritingRules & { readonly parameters: ParameterSet }>(rules: R, times: number): R {
  const { assessmentBasis } = rules;
  const values = { ...assessmentBasis.parameters.values, [kappaKey]: times * parameterOf(rules.parameters, kappaKey).value };
  return { ...rules, assessmentBasis: { ...assessmentBasis, parameters: { ...assessmentBasis.parameters, values } } };
}

function adviceOn(measure: Measure, i: number, choice: Choice, bests: readonly (Plan | null)[]): MeasureAdvice {
  const even = breakEvenCost(choice, i);
  const chosen = bests[kappaRange.indexOf(1)]?.measures[i] ?? false;
  const breakEvenMinor = even === null || !Number.isFinite(even) ? null : Math.floor(even);
  const { candidate: _, ...named } = measure;
  return { ...named, breakEvenMinor, chosen, robust: bests.every((best) => (best?.measures[i] ?? false) === chosen) };
}

interface Table {
  readonly choice: Choice;
  readonly covers: readonly RequestedCover[];
  readonly show: (plan: Plan) => AdvisedPlan;
  /** Every plan that was evaluated, permitted ones only. */
  readonly tried: () => Plan[];
}

/** Evaluated plans are kept: the searches for break-even costs meet the same plans again. */
function openTable(question: PreventionQuestion, measures: readonly Measure[], rules: UnderwritingRules & { readonly parameters: ParameterSet }): Table {
  const { application } = question;
  const covers = question.covers.length === 0 ? [application.cover] : question.covers;
  const prepared = prepareAssessment(application, rules.assessmentBasis);
  const burdens = [null, ...covers].map((cover) => prepareBurden(riskOf(application), cover, rules));
  const works = measures.map(({ candidate }) => candidate);
  const known = new Map<string, Burden & { permitted: boolean }>();
  const at = (members: readonly boolean[], cover: number): Burden & { permitted: boolean } => {
    const key = `${cover} ${members.map(Number).join('')}`;
    const found =
      known.get(key) ??
      evaluatePlan(
        prepared,
        works.filter((_, i) => members[i]),
        covers[cover - 1] ?? null,
        burdens[cover]!,
        rules,
      );
    known.set(key, found);
    return found;
  };
  const choice: Choice = {
    costs: measures.map(({ costMinor }) => costMinor),
    covers: burdens.length,
    budget: question.budgetMinor ?? Number.POSITIVE_INFINITY,
    riskCharge: valueOf(rules.parameters, 'prevention.risk-charge'),
    evaluate: (members, cover) => {
      const { premium, retained, permitted } = at(members, cover);
      return { premium: premium?.total ?? 0, retained: retained * 100, permitted };
    },
  };
  const show = (plan: Plan): AdvisedPlan => shownPlan(plan, measures, at(plan.measures, plan.cover).downtimeHours);
  const tried = (): Plan[] =>
    [...known.keys()].map((key) => planOfKey(choice, key)).filter(({ permitted, cost, premium }) => permitted && cost + premium <= choice.budget);
  return { choice, covers, show, tried };
}

function evaluatePlan(
  prepared: PreparedAssessment,
  done: readonly Candidate[],
  cover: RequestedCover | null,
  burden: ReturnType<typeof prepareBurden>,
  { catalogue }: UnderwritingRules,
): Burden & { permitted: boolean } {
  const { security, gate, indicators } = suppose(prepared, supposing(done));
  return { ...burden(security), permitted: cover === null || gateForCover({ gate, indicators }, cover, catalogue).passed };
}

function planOfKey(choice: Choice, key: string): Plan {
  const [cover, members] = key.split(' ');
  return planOf(
    choice,
    [...members!].map((member) => member === '1'),
    Number(cover),
  );
}

function tryEveryPlan(choice: Choice): void {
  const count = choice.costs.length;
  for (let set = 0; set < 2 ** count; set += 1) {
    const members = choice.costs.map((_, i) => (set & (1 << i)) !== 0);
    for (let cover = 0; cover < choice.covers; cover += 1) choice.evaluate(members, cover);
  }
}

const shownPlan = (plan: Plan, measures: readonly Measure[], downtimeHours: number): AdvisedPlan => ({
  measures: measures.filter((_, i) => plan.measures[i]).map(({ id }) => id),
  cover: plan.cover === 0 ? null : plan.cover - 1,
  costMinor: plan.cost,
  premiumMinor: plan.premium,
  retainedMinor: Math.round(plan.retained),
  downtimeHours,
  totalMinor: Math.round(plan.total),
  permitted: plan.permitted,
});
