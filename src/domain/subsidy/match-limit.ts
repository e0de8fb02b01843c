import type { SecurityPackage, SubsidyScheme } from './model.ts';

/** One cell row of the package → limit matrix (R118). */
export interface MatchedLimit {
  readonly package: string;
  readonly level: SecurityPackage['level'];
  readonly priceMinor: number;
  /** Highest limit that the scheme subsidises with this package; null: none. */
  readonly limitMinor: number | null;
}

/** Which limit each package is matched with, cheapest package first. */
export const matchLimits = (packages: readonly SecurityPackage[], { limits }: SubsidyScheme): MatchedLimit[] =>
  packages
    .map(({ id, level, priceMinor }) => ({ package: id, level, priceMinor, limitMinor: limits[level] ?? null }))
    .sort((a, b) => a.priceMinor - b.priceMinor || (a.package < b.package ? -1 : 1));
