import { incompleteGamma, normalCdf } from '../../basics/index.ts';

/** P(X ≥ x) of the chi-squared distribution. With one degree of freedom it keeps its relative accuracy far into the tail. */
export function chiSquaredTail(x: number, df: number): number {
  if (x <= 0) return 1;
  if (df === 1) return 2 * normalCdf(-Math.sqrt(x));
  return df % 2 === 0 ? evenTail(x / 2, df / 2) : Math.max(0, 1 - incompleteGamma(df / 2, x / 2));
}

/** Q(m, y) = e^−y Σ_{j<m} y^j / j! for whole m. */
function evenTail(y: number, m: number): number {
  let term = Math.exp(-y);
  let sum = term;
  for (let j = 1; j < m; j += 1) {
    term *= y / j;
    sum += term;
  }
  return Math.min(1, sum);
}
