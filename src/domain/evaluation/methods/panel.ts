/** Firms watched over the same periods. `values` lies firm by firm: firm i, period t at `i · periods + t`. */
export interface Panel {
  readonly periods: number;
  readonly values: Float64Array;
  /** First treated period of each firm; `neverTreated` when it was not treated within the panel. */
  readonly starts: Int32Array;
}

/** The start of a firm that is not treated within the panel. */
export const neverTreated = 2 ** 31 - 1;

/** Firms with the same start. */
export interface Cohort {
  readonly start: number;
  readonly firms: number;
}

/** The cohorts of a panel by rising start, the never treated last. */
export function cohortsOf(panel: Panel): readonly Cohort[] {
  const sizes = new Map<number, number>();
  for (const start of panel.starts) sizes.set(start, (sizes.get(start) ?? 0) + 1);
  return [...sizes].map(([start, firms]) => ({ start, firms })).sort((a, b) => a.start - b.start);
}
