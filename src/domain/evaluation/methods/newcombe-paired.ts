import { usualLevel, type Interval } from '../model.ts';
import type { Changed } from './mcnemar.ts';
import { wilsonInterval } from './wilson.ts';

/** A before/after table of yes and no: yes both times, gained, lost, no both times. */
export interface PairedTable extends Changed {
  readonly both: number;
  readonly neither: number;
}

/** Share after minus share before, its interval, and the correlation that the interval used. */
export interface PairedDifference {
  readonly difference: number;
  readonly correlation: number;
  readonly interval: Interval;
}

/** The correlation of before and after, pulled towards zero by a continuity correction; 0 when a margin is empty. */
function correctedCorrelation({ both, gained, lost, neither }: PairedTable): number {
  const n = both + gained + lost + neither;
  const margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither);
  if (margins === 0) return 0;
  const raw = both * neither - gained * lost;
  const corrected = raw > n / 2 ? raw - n / 2 : Math.min(raw, 0);
  return corrected / Math.sqrt(margins);
}

/** √(a² − 2φab + b²): two distances joined under correlation φ. */
const joined = (a: number, b: number, correlation: number): number => Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));

/**
 * Change of a share in the same units, after minus before, with the hybrid score interval. Holds for independent units; coverage is close to the level from
 * about ten units on and errs to the cautious side when few units change.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 2635–2650, method 10.
 */
export function pairedDifference(table: PairedTable, level = usualLevel): PairedDifference {
  const n = table.both + table.gained + table.lost + table.neither;
  const [after, before] = [table.both + table.gained, table.both + table.lost];
  const [a, b] = [wilsonInterval({ count: after, of: n }, level), wilsonInterval({ count: before, of: n }, level)];
  const correlation = correctedCorrelation(table);
  const difference = (after - before) / n;
  const down = joined(after / n - a.low!, b.high! - before / n, correlation);
  const up = joined(a.high! - after / n, before / n - b.low!, correlation);
  return {
    difference,
    correlation,
    interval: { low: Math.max(-1, difference - down), high: Math.min(1, difference + up), level, method: 'Newcombe paired (method 10)' },
  };
}
