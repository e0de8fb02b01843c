import { hypergeometricProbabilities } from '../distributions/hypergeometric.ts';
import type { Count } from '../model.ts';

/**
 * Exact two-sided test that two groups share one probability: the sum of all tables with these margins that are at most as likely as the one seen.
 * Never rejects more often than its level. Holds for independent units. Source: R. A. Fisher (1935); two-sided rule of R's `fisher.test`.
 */
export function fisherExactP(a: Count, b: Count): number {
  const marked = a.count + b.count;
  const { first, probabilities } = hypergeometricProbabilities({ marked, unmarked: a.of + b.of - marked, drawn: a.of });
  const limit = probabilities[a.count - first]! * (1 + 1e-7);
  return Math.min(
    1,
    probabilities.reduce((sum, p) => (p <= limit ? sum + p : sum), 0),
  );
}
