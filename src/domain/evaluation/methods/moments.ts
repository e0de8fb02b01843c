/** Number, mean and variance (divisor n − 1; 0 for a single value) of a sample. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** Moments in one pass, stable for large means (Welford 1962). The mean of no values is 0 with n = 0. */
export function momentsOf(values: Iterable<number>): Moments {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    n += 1;
    const step = value - mean;
    mean += step / n;
    squares += step * (value - mean);
  }
  return { n, mean, variance: n > 1 ? squares / (n - 1) : 0 };
}

/** Whether the mean of a skewed sample is not near normal yet: fewer than 25 G₁² values, G₁ the sample skewness. Source: W. G. Cochran, Sampling Techniques (1977), section 2.15. */
export function isTooSkewed(values: readonly number[]): boolean {
  const { n, mean, variance } = momentsOf(values);
  if (n < 3 || !(variance > 0)) return false;
  const deviation = Math.sqrt(variance);
  const skewness = values.reduce((sum, value) => sum + ((value - mean) / deviation) ** 3, 0) / n;
  return Math.abs(skewness) > 1 && n < 25 * skewness ** 2;
}
