/** The years of one segment: a loss ratio or claim rate and its weight (exposure, premium) each year. */
export interface SegmentYears {
  readonly ratios: readonly number[];
  readonly weights: readonly number[];
}

/** A Bühlmann–Straub estimate. One entry for each segment in the lists. */
export interface Credibility {
  /** The credibility-weighted mean of all segments. */
  readonly collective: number;
  /** Variance between segments (a), never below 0, and within them (s²). */
  readonly between: number;
  readonly within: number;
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly credibility: readonly number[];
  /** Z·own mean + (1 − Z)·collective. */
  readonly premiums: readonly number[];
}

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

/** Credibility premiums of segments with unequal exposure, by the unbiased estimators of Bühlmann and Straub (1970). Needs two segments and two years. */
export function buhlmannStraub(segments: readonly SegmentYears[]): Credibility {
  const weights = segments.map((segment) => sum(segment.weights));
  const means = segments.map((segment, i) => sum(segment.ratios.map((x, t) => x * segment.weights[t]!)) / weights[i]!);
  const within = withinVariance(segments, means);
  const between = Math.max(0, betweenVariance(weights, means, within));
  return { weights, means, within, between, ...blend(weights, means, credibilities(weights, within, between)) };
}

function withinVariance(segments: readonly SegmentYears[], means: readonly number[]): number {
  const squares = segments.map(({ ratios, weights }, i) => sum(ratios.map((x, t) => weights[t]! * (x - means[i]!) ** 2)));
  return sum(squares) / sum(segments.map(({ ratios }) => ratios.length - 1));
}

function betweenVariance(weights: readonly number[], means: readonly number[], within: number): number {
  const whole = sum(weights);
  const mean = sum(means.map((x, i) => x * weights[i]!)) / whole;
  const squares = sum(means.map((x, i) => weights[i]! * (x - mean) ** 2));
  return ((squares - (means.length - 1) * within) * whole) / (whole ** 2 - sum(weights.map((w) => w * w)));
}

const credibilities = (weights: readonly number[], within: number, between: number): number[] =>
  weights.map((w) => (between === 0 ? 0 : (w * between) / (w * between + within)));

/** With no variance between segments nobody's own experience counts, and the collective is the weighted mean. */
function blend(
  weights: readonly number[],
  means: readonly number[],
  credibility: readonly number[],
): Pick<Credibility, 'collective' | 'credibility' | 'premiums'> {
  const counted = sum(credibility) > 0 ? credibility : weights;
  const collective = sum(means.map((x, i) => x * counted[i]!)) / sum(counted);
  return { collective, credibility, premiums: means.map((x, i) => credibility[i]! * x + (1 - credibility[i]!) * collective) };
}
