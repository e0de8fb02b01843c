/** How far a distribution moved over the same bands. `value` is null when the shares have empty bands and no counts to correct them with. */
export interface PopulationStability {
  readonly value: number | null;
  readonly verdict: 'stable' | 'some-shift' | 'large-shift' | 'not-computable';
}

const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0);

/**
 * Population stability index Σ (actual − expected) ln(actual / expected) over shares of the same bands. Bands 0.1 and 0.25 are the habit of credit scoring, not a test.
 * Source: S. Kullback's symmetric divergence; use and bands: N. Siddiqi, Credit Risk Scorecards (2006).
 */
export function populationStability({ expected, actual }: { readonly expected: readonly number[]; readonly actual: readonly number[] }): PopulationStability {
  if (expected.length !== actual.length || expected.length === 0) throw new Error('populationStability needs the same bands twice');
  const [e, a] = [total(expected), total(actual)];
  if ([...expected, ...actual].some((x) => !(x > 0))) return { value: null, verdict: 'not-computable' };
  const value = expected.reduce((sum, x, i) => sum + (actual[i]! / a - x / e) * Math.log(actual[i]! / a / (x / e)), 0);
  return { value, verdict: value < 0.1 ? 'stable' : value < 0.25 ? 'some-shift' : 'large-shift' };
}

/** Shares of counts with half a unit added to each band, so that an empty band does not make the index infinite. */
export function sharesOfCounts(counts: readonly number[]): readonly number[] {
  const size = total(counts) + counts.length / 2;
  return counts.map((count) => (count + 0.5) / size);
}
