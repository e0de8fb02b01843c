import { lognormalLimitedMean, type Lognormal } from '../basics/index.ts';
import type { EventBound } from './severity.ts';

/** What one coverage answers for in one peril's event: `weight` times the event's loss, at most `subLimit` after the retention; major units. */
export interface CoverPart {
  readonly coverage: string;
  readonly weight: number;
  readonly subLimit: number;
}

/**
 * What the cover pays of one event, before the limit, as a function of the ground-up loss x: piecewise linear and increasing,
 * rising by `slope[i]` from `x[i]` to `x[i + 1]`, where it is worth `paid[i]`; `x[0]` is where payment begins.
 */
export interface Payout {
  readonly x: readonly number[];
  readonly slope: readonly number[];
  readonly paid: readonly number[];
  readonly mostPaid: number;
}

/** The ground-up loss at which the bounded loss reaches c; infinite when it never does. */
export const groundUpAt = ({ knee, slope, most }: EventBound, c: number): number =>
  c <= knee ? c : c < most ? knee + (c - knee) / slope : Number.POSITIVE_INFINITY;

const boundedSlope = ({ knee, slope, most }: EventBound, x: number): number => (x < knee ? 1 : x < knee + (most - knee) / slope ? slope : 0);

/**
 * The payout of the order CN-EXCESS-1: the single retention is borne once for the event, pro rata to the coverages' parts, then each part stops at
 * its sub-limit. With parts w_m·C that is Σ_m min(w_m·(C − D/Σw)⁺, S_m): linear between the points below, so that limited expected values price it exactly.
 */
export function payoutOf(parts: readonly CoverPart[], retention: number, bound: EventBound): Payout {
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  const start = weight === 0 ? Number.POSITIVE_INFINITY : retention / weight;
  const ends = parts.map((part) => groundUpAt(bound, start + part.subLimit / part.weight));
  const corners = [groundUpAt(bound, start), ...ends, bound.knee, bound.knee + (bound.most - bound.knee) / bound.slope];
  const x = [...new Set(corners)].filter((at) => at >= corners[0]! && Number.isFinite(at)).sort((a, b) => a - b);
  const slope = x.map((at) => boundedSlope(bound, at) * parts.reduce((sum, part, m) => (at < ends[m]! ? sum + part.weight : sum), 0));
  return withValues(x, slope);
}

function withValues(x: readonly number[], slope: readonly number[]): Payout {
  const paid: number[] = [];
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) {
    paid.push(sum);
    if (i + 1 < x.length) sum += slope[i]! * (x[i + 1]! - x[i]!);
  }
  return { x, slope, paid, mostPaid: sum };
}

/** A function y ↦ E[paid ∧ y] for rising y, each call a few operations: the sums of the corners already passed are kept. */
export function limitedPayout({ x, slope, paid, mostPaid }: Payout, loss: Lognormal): (y: number) => number {
  if (x.length === 0) return () => 0;
  const atCorner = x.map((at) => lognormalLimitedMean(loss, at));
  const below = [0];
  for (let i = 0; i + 1 < x.length; i += 1) below.push(below[i]! + slope[i]! * (atCorner[i + 1]! - atCorner[i]!));
  let i = 0;
  return (y) => {
    if (y >= mostPaid) return below.at(-1)!;
    if (y < paid[i]!) i = 0;
    while (paid[i + 1]! <= y) i += 1;
    return below[i]! + slope[i]! * (lognormalLimitedMean(loss, x[i]! + (y - paid[i]!) / slope[i]!) - atCorner[i]!);
  };
}

/** E[min(w·(C − start)⁺, S)] of each part alone, before the event limit. */
export function partMeans(parts: readonly CoverPart[], retention: number, bound: EventBound, loss: Lognormal): number[] {
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  return parts.map((part) => {
    const alone = payoutOf([part], (retention * part.weight) / weight, bound);
    return limitedPayout(alone, loss)(Number.POSITIVE_INFINITY);
  });
}
