import { binomialAtMost, binomialProbability } from '../distributions/binomial.ts';
import { chiSquaredTail } from '../distributions/chi-squared.ts';
import { ratio } from './ratio.ts';

/** The units of a before/after table that changed: `gained` from no to yes, `lost` from yes to no. */
export interface Changed {
  readonly gained: number;
  readonly lost: number;
}

/** Exact and approximate two-sided p-values of the same table; `null` where nothing changed and the approximation does not exist. */
export interface McNemar {
  readonly exactP: number;
  readonly midP: number;
  readonly chiSquared: number | null;
  readonly chiSquaredCorrected: number | null;
  readonly chiSquaredP: number | null;
}

/**
 * Did as many units change one way as the other? Exact: the changed units are fair coin throws under “no change”. Never rejects more often than its level;
 * mid-p is less cautious and can exceed it a little. Holds when units are independent of each other; it says nothing about why they changed.
 * Source: Q. McNemar, Psychometrika 12 (1947); exact and mid-p forms in Fagerland, Lydersen and Laake, BMC Med. Res. Meth. 13:91 (2013).
 */
export function mcNemarTest({ gained, lost }: Changed): McNemar {
  const changed = gained + lost;
  const fewer = Math.min(gained, lost);
  const fair = { of: changed, probability: 0.5 };
  const atMost = 2 * binomialAtMost(fewer, fair);
  const chiSquared = ratio((gained - lost) ** 2, changed);
  return {
    exactP: Math.min(1, atMost),
    midP: gained === lost ? 1 : Math.min(1, atMost - binomialProbability(fewer, fair)),
    chiSquared,
    chiSquaredCorrected: ratio(Math.max(0, Math.abs(gained - lost) - 1) ** 2, changed),
    chiSquaredP: chiSquared === null ? null : chiSquaredTail(chiSquared, 1),
  };
}
