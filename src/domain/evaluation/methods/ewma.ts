/** What the chart watches for: the mean and standard deviation of a point while nothing drifts; `lambda` weight of the newest point; `limitWidth` in standard deviations. */
export interface EwmaSettings {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly lambda?: number;
  readonly limitWidth?: number;
}

/** One point of the chart. */
export interface EwmaPoint {
  readonly average: number;
  readonly low: number;
  readonly high: number;
  readonly outside: boolean;
}

/**
 * Exponentially weighted moving average chart: signals small lasting shifts of a mean, e.g. of the mean score per month. Holds for independent points with
 * a known mean and deviation; with the usual λ = 0.2 and L = 2.7 a false alarm comes about once in 500 points.
 * Source: S. W. Roberts, Technometrics 1 (1959); limits exact in t: Lucas and Saccucci, Technometrics 32 (1990).
 */
export function ewmaChart(points: readonly number[], { mean, standardDeviation, lambda = 0.2, limitWidth = 2.7 }: EwmaSettings): readonly EwmaPoint[] {
  if (!(lambda > 0 && lambda <= 1 && standardDeviation > 0)) throw new Error('ewmaChart needs 0 < lambda ≤ 1 and a positive standard deviation');
  let average = mean;
  return points.map((point, t) => {
    average = lambda * point + (1 - lambda) * average;
    const half = limitWidth * standardDeviation * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (t + 1))));
    return { average, low: mean - half, high: mean + half, outside: Math.abs(average - mean) > half };
  });
}
