import { Dimension, type AssessmentProfile, type DimensionResult, type Grade, type IndicatorResult, type VulnerabilityFigures } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';

type Numbers = AssessmentParameters['values'];

/** A number out of 100 with the band that it would move in if everything unknown came out at worst or at best. */
export interface Score {
  readonly score: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly dimensions: readonly DimensionResult[];
}

/** Score = 100 Σ W S / Σ W over the dimensions that have something to go by (methods §2.0). */
export function scoreFirm(indicators: readonly IndicatorResult[], figures: VulnerabilityFigures, profile: AssessmentProfile): Score {
  const dimensions = Dimension.options.flatMap((dimension) => scoreDimension(dimension, indicators, figures, profile));
  const average = (pick: (result: DimensionResult) => number): number =>
    weightedMean(dimensions.map((result) => ({ weight: result.weight, value: pick(result) })));
  return {
    score: 100 * average(({ score }) => score),
    low: 100 * average(({ low }) => low),
    high: 100 * average(({ high }) => high),
    confidence: average(({ confidence }) => confidence),
    dimensions: dimensions.map((result) => ({ ...result, score: 100 * result.score, low: 100 * result.low, high: 100 * result.high })),
  };
}

/** A ≥ 85, B ≥ 70, C ≥ 60, D ≥ 40, else E, by the bounds in the parameters. */
export function gradeOf(score: number, numbers: Numbers): Grade {
  const bounds = [
    ['A', numbers['grade.a']],
    ['B', numbers['grade.b']],
    ['C', numbers['grade.c']],
    ['D', numbers['grade.d']],
  ] as const;
  return bounds.find(([, least]) => score >= least)?.[0] ?? 'E';
}

function scoreDimension(
  dimension: Dimension,
  indicators: readonly IndicatorResult[],
  figures: VulnerabilityFigures,
  profile: AssessmentProfile,
): DimensionResult[] {
  const weight = profile.weights[dimension];
  if (dimension === 'vulnerabilities') return [{ dimension, weight, ...scoreVulnerabilities(figures) }];
  const own = indicators.filter((indicator) => indicator.dimension === dimension && indicator.value !== 'not-applicable');
  if (own.length === 0) return [];
  const mean = (pick: (indicator: IndicatorResult) => number): number =>
    weightedMean(own.map((indicator) => ({ weight: indicator.weight, value: pick(indicator) })));
  return [{ dimension, weight, score: mean((i) => i.effective), low: mean((i) => i.low), high: mean((i) => i.high), confidence: mean((i) => i.confidence) }];
}

/** S = (1 − q) h where the scans have seen everything; what they have not seen counts at a prior, so that not scanning never pays (methods §2.0). */
function scoreVulnerabilities({ share, history, seen, unseen }: VulnerabilityFigures): Omit<DimensionResult, 'dimension' | 'weight'> {
  const whole = (1 - share) * history;
  return { score: whole * (seen + (1 - seen) * unseen), low: whole * seen, high: whole, confidence: seen };
}

function weightedMean(parts: readonly { weight: number; value: number }[]): number {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0 ? 0 : parts.reduce((sum, { weight, value }) => sum + weight * value, 0) / weights;
}
