import { dayOf, Refusal, roundParts } from '../../basics/index.ts';
import { assess, type AssessmentInput } from '../assess.ts';
import { gateChange } from '../compare/index.ts';
import type { Assessment, DimensionResult, IndicatorResult } from '../model.ts';
import { isInForce, type AssessmentRules } from '../rules.ts';
import type { ProfileComparison, ScorePart } from './model.ts';

/**
 * How the assessment that is in force would be under another profile, and why. With w the dimensions' shares of weight, S their scores and s the score in force,
 * s′ − s = Σ (w′ − w)(S − s) + Σ w′(S′ − S), because the shares add up to 1 both times: weight that moves to where the firm stands above its score lifts it.
 * The first sum is told apart by indicator. Throws a Refusal `unknown-profile`, and those of `assess`.
 */
export function compareProfiles(input: AssessmentInput, rules: AssessmentRules, profile: string): ProfileComparison {
  requireProfile(rules, profile, input);
  const [before, after] = [assess(input, rules), assess({ ...input, profile }, rules)];
  const hundredths = Math.round(100 * after.score) - Math.round(100 * before.score);
  const exact = exactParts(before, after, rules);
  const rounded = roundParts(
    hundredths,
    exact.map((one) => one.exact),
  );
  const parts = exact.map(({ part }, at): ScorePart => ({ ...part, hundredths: rounded[at]! }));
  return {
    before: sideOf(before, rules),
    after: sideOf(after, rules),
    hundredths,
    dimensions: dimensionsOf(before, after, parts),
    parts: parts.filter((part) => part.hundredths !== 0).sort(greatestFirst),
    gate: gateChange(before, after),
  };
}

/** Throws a Refusal `unknown-profile`, which names those in force, unless a profile of this id is among them. */
export function requireProfile({ profiles }: AssessmentRules, id: string, { now }: Pick<AssessmentInput, 'now'>): void {
  const ids = profiles.profiles.filter((one) => isInForce(one, dayOf(now))).map((one) => one.id);
  if (!ids.includes(id)) {
    const inForce = ids.join(', ');
    throw new Refusal('bad-input', 'unknown-profile', `no assessment profile \`${id}\` is in force; in force: ${inForce}`, {
      field: 'profile',
      profile: id,
      inForce,
    });
  }
}

function sideOf({ profile: id, score, low, high, confidence, grade, gate }: Assessment, { profiles }: AssessmentRules): ProfileComparison['before'] {
  const { title, findingsCeiling } = profiles.profiles.find((one) => one.id === id)!;
  return { profile: id, title, score, low, high, confidence, grade, passLine: gate.passLine, findingsCeiling, gatePassed: gate.passed };
}

/** Share of weight of each dimension among those that apply. */
function sharesOf(dimensions: readonly DimensionResult[]): ReadonlyMap<string, number> {
  const sum = dimensions.reduce((total, { weight }) => total + weight, 0);
  return new Map(dimensions.map(({ dimension, weight }) => [dimension, sum === 0 ? 0 : weight / sum]));
}

/** A part before rounding, in hundredths of a point. */
interface ExactPart {
  readonly part: Omit<ScorePart, 'hundredths'>;
  readonly exact: number;
}

function exactParts(before: Assessment, after: Assessment, rules: AssessmentRules): ExactPart[] {
  const [then, now] = [sharesOf(before.dimensions), sharesOf(after.dimensions)];
  const scores = new Map(after.dimensions.map(({ dimension, score }) => [dimension, score]));
  return before.dimensions.flatMap(({ dimension, score }) => {
    const moved = now.get(dimension)! - then.get(dimension)!;
    const whole = { dimension, control: null, title: null, value: null };
    if (dimension !== 'vulnerabilities') return indicatorParts(before, dimension, moved, rules);
    return [
      { part: { ...whole, kind: 'findings' as const, standing: score }, exact: 100 * moved * (score - before.score) },
      { part: { ...whole, kind: 'ceiling' as const, standing: scores.get(dimension)! }, exact: 100 * now.get(dimension)! * (scores.get(dimension)! - score) },
    ];
  });
}

function indicatorParts(before: Assessment, dimension: IndicatorResult['dimension'], moved: number, { controls }: AssessmentRules): ExactPart[] {
  const own = before.indicators.filter((one) => one.dimension === dimension && one.value !== 'not-applicable');
  const sum = own.reduce((total, { weight }) => total + weight, 0);
  return own.map(({ control, value, effective, weight }) => ({
    part: { kind: 'indicator', dimension, control, value, title: controls.controls.get(control)!.title, standing: 100 * effective },
    exact: 100 * moved * (weight / sum) * (100 * effective - before.score),
  }));
}

const greatestFirst = (a: ScorePart, b: ScorePart): number =>
  Math.abs(b.hundredths) - Math.abs(a.hundredths) || `${a.kind} ${a.control}`.localeCompare(`${b.kind} ${b.control}`);

function dimensionsOf(before: Assessment, after: Assessment, parts: readonly ScorePart[]): ProfileComparison['dimensions'] {
  const [then, now] = [sharesOf(before.dimensions), sharesOf(after.dimensions)];
  return before.dimensions.map(({ dimension, score }, at) => ({
    dimension,
    weightBefore: then.get(dimension)!,
    weightAfter: now.get(dimension)!,
    scoreBefore: score,
    scoreAfter: after.dimensions[at]!.score,
    hundredths: parts.filter((part) => part.dimension === dimension).reduce((sum, part) => sum + part.hundredths, 0),
  }));
}
