import { studentCritical, studentTwoSidedP } from '../distributions/student.ts';
import { chiSquaredTail } from '../distributions/chi-squared.ts';
import { usualLevel, type Interval } from '../model.ts';
import { solveLinear } from './linear-system.ts';

/** One coefficient of the fitted line with its interval and t test. */
export interface Coefficient {
  readonly value: number;
  readonly interval: Interval;
  readonly p: number;
}

/** What happened at the interruption: a jump, and a change of slope per period. `autocorrelation` is that of neighbouring residuals, with its test. */
export interface InterruptedSeries {
  readonly level: Coefficient;
  readonly slope: Coefficient;
  readonly slopeBefore: Coefficient;
  readonly autocorrelation: number;
  readonly autocorrelationP: number;
}

/**
 * Segmented regression of one series: level and slope before the interruption, jump and change of slope after it. Null with fewer than three periods on a side
 * or no scatter. Intervals hold only when residuals are not autocorrelated (see `autocorrelationP`) and nothing else changed at that moment.
 * Source: Wagner, Soumerai, Zhang and Ross-Degnan, J. Clin. Pharm. Ther. 27 (2002); residual test: Ljung and Box, Biometrika 65 (1978).
 */
export function interruptedSeries(
  { values, interruption }: { readonly values: readonly number[]; readonly interruption: number },
  confidence = usualLevel,
): InterruptedSeries | null {
  if (interruption < 3 || values.length - interruption < 3) return null;
  const design = values.map((_, t) => [1, t - interruption, t >= interruption ? 1 : 0, Math.max(0, t - interruption)]);
  const fit = leastSquares(design, values);
  if (fit === null || !(fit.residualVariance > 0)) return null;
  const df = values.length - 4;
  const critical = studentCritical(confidence, df);
  const coefficient = (k: number): Coefficient => {
    const [value, se] = [fit.coefficients[k]!, Math.sqrt(fit.residualVariance * fit.unscaledVariance[k]!)];
    return {
      value,
      interval: { low: value - critical * se, high: value + critical * se, level: confidence, method: 'segmented regression, t' },
      p: studentTwoSidedP(value / se, df),
    };
  };
  const autocorrelation = lagOne(fit.residuals);
  const ljungBox = (values.length * (values.length + 2) * autocorrelation ** 2) / (values.length - 1);
  return { level: coefficient(2), slope: coefficient(3), slopeBefore: coefficient(1), autocorrelation, autocorrelationP: chiSquaredTail(ljungBox, 1) };
}

interface Fit {
  readonly coefficients: readonly number[];
  readonly unscaledVariance: readonly number[];
  readonly residuals: readonly number[];
  readonly residualVariance: number;
}

/** Ordinary least squares by the normal equations; null when the columns are dependent. */
function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): Fit | null {
  const size = rows[0]!.length;
  const products = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)));
  const right = Array.from({ length: size }, (_, i) => rows.reduce((sum, row, t) => sum + row[i]! * values[t]!, 0));
  const coefficients = solveLinear(products, right);
  if (coefficients === null) return null;
  const residuals = values.map((value, t) => value - rows[t]!.reduce((sum, x, i) => sum + x * coefficients[i]!, 0));
  const unscaledVariance = products.map(
    (_, k) =>
      solveLinear(
        products,
        products.map((__, i) => (i === k ? 1 : 0)),
      )![k]!,
  );
  return { coefficients, unscaledVariance, residuals, residualVariance: realVariance(residuals, values, values.length - size) };
}

/** Residual variance, taken as zero when the residuals are only rounding. */
function realVariance(residuals: readonly number[], values: readonly number[], df: number): number {
  const squares = residuals.reduce((sum, e) => sum + e * e, 0);
  const size = values.reduce((sum, v) => sum + v * v, 0);
  return squares < 1e-22 * size ? 0 : squares / df;
}

function lagOne(residuals: readonly number[]): number {
  let [products, squares] = [0, 0];
  residuals.forEach((e, t) => {
    squares += e * e;
    if (t > 0) products += e * residuals[t - 1]!;
  });
  return products / squares;
}
