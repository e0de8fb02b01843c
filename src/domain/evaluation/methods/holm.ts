/**
 * p-values corrected for having looked at several indicators: step-down, controls the chance of any false positive in the family at the level.
 * Answers in the order given; never smaller than the uncorrected value. Source: S. Holm, Scand. J. Statist. 6 (1979); as R's `p.adjust`.
 */
export function holmAdjusted(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a]! - ps[b]!);
  const adjusted = new Array<number>(ps.length);
  let highest = 0;
  order.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, ps[index]! * (ps.length - rank)));
    adjusted[index] = highest;
  });
  return adjusted;
}
