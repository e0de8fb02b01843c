import type { Catalogue, RequestedCover } from '../../catalogue/index.ts';
import { Industry } from '../../parties/index.ts';
import { coverParts, inMajor, interruptionFactor, type RatedPart } from '../risk.ts';
import type { Ratebook } from '../ratebook.ts';
import { perilStart } from './trail.ts';

/**
 * What a cover pays of one event of each of its perils, as amounts of the loss at which payment begins or a coverage stops, major units. Between the retention's amount and its own,
 * coverage m pays its weight of the loss; the limit of the event cuts all at one amount. Nothing here depends on the firm beyond its industry.
 */
export interface CoverShape {
  /** Perils that the cover pays for, as indices into the ratebook's list. */
  readonly perils: Uint8Array;
  /** Where each peril's amounts begin in `amounts`, and one more for the end; the first is where payment begins. */
  readonly amountsFrom: Uint16Array;
  readonly amounts: Float64Array;
  /** What one unit of loss below each amount adds to the payment: less the whole weight where payment begins, the weights of the coverages that stop where they do. */
  readonly weights: Float64Array;
  /** Parts by peril, for the worksheet, and the index of the amount at which each stops. */
  readonly parts: readonly (readonly { readonly part: RatedPart; readonly stop: number }[])[];
  /** Where the shares of the amounts begin in a trail, and how long the trail is. */
  readonly trailShares: number;
  readonly trailLength: number;
}

/** A cover made ready for firms of any industry; major units. */
export interface ShapedCover {
  readonly cover: RequestedCover;
  readonly limit: number;
  readonly lines: number;
  /** By industry, in the order of `Industry.options`; industries with the same interruption share one. */
  readonly shapes: readonly CoverShape[];
}

/** Makes a cover ready. The cover must be one that can be rated (`checkCover`). */
export function shapeCover(cover: RequestedCover, ratebook: Ratebook, catalogue: Catalogue): ShapedCover {
  const byFactor = new Map<number, CoverShape>();
  const shapes = Industry.options.map((industry) => {
    const factor = interruptionFactor({ industry }, ratebook);
    const known = byFactor.get(factor) ?? shapeFor(industry, cover, ratebook, catalogue);
    byFactor.set(factor, known);
    return known;
  });
  return { cover, limit: inMajor(cover, cover.limitMinor), lines: cover.lines.length, shapes };
}

interface ShapedPeril {
  readonly index: number;
  readonly amounts: readonly number[];
  readonly parts: CoverShape['parts'][number];
}

function shapeFor(industry: Industry, cover: RequestedCover, ratebook: Ratebook, catalogue: Catalogue): CoverShape {
  const perils = ratebook.file.perils.flatMap((peril, index) => {
    const parts = cover.lines.flatMap((line, i) =>
      coverParts(peril, { line, subLimit: inMajor(cover, line.subLimitMinor) }, catalogue.coverages.get(line.coverage)!, { industry }, ratebook).map(
        (part) => ({
          part,
          line: i,
        }),
      ),
    );
    return parts.length === 0 ? [] : [shapePeril(index, parts, cover)];
  });
  return layOut(perils);
}

function shapePeril(index: number, parts: readonly { part: RatedPart; line: number }[], cover: RequestedCover): ShapedPeril {
  const weight = parts.reduce((sum, { part }) => sum + part.weight, 0);
  const begins = inMajor(cover, cover.retentionMinor) / weight;
  const most =
    begins +
    lossAtLimit(
      parts.map(({ part }) => part),
      inMajor(cover, cover.limitMinor),
    );
  const stops = parts.map(({ part }) => Math.min(most, begins + part.subLimit / part.weight));
  const amounts = [begins, ...[...new Set(stops)].sort((a, b) => a - b)];
  return { index, amounts, parts: parts.map(({ part }, i) => ({ part, stop: amounts.indexOf(stops[i]!) })) };
}

/** The loss beyond the retention at which the parts together reach the limit; infinite when their sub-limits do not. */
function lossAtLimit(parts: readonly RatedPart[], limit: number): number {
  const byEnd = parts.toSorted((a, b) => a.subLimit / a.weight - b.subLimit / b.weight);
  let [room, weight] = [limit, byEnd.reduce((sum, part) => sum + part.weight, 0)];
  for (const part of byEnd) {
    const loss = room / weight;
    if (loss <= part.subLimit / part.weight) return loss;
    room -= part.subLimit;
    weight -= part.weight;
    if (weight <= 0) break;
  }
  return Number.POSITIVE_INFINITY;
}

function layOut(perils: readonly ShapedPeril[]): CoverShape {
  const amountsFrom = runningFrom(perils.map(({ amounts }) => amounts.length));
  const amounts = Float64Array.from(perils.flatMap((peril) => peril.amounts));
  const trailShares = perilStart(perils.length);
  return {
    perils: Uint8Array.from(perils, ({ index }) => index),
    amountsFrom,
    amounts,
    weights: Float64Array.from(perils.flatMap(weightsOf)),
    parts: perils.map((peril, k) => peril.parts.map(({ part, stop }) => ({ part, stop: stop + amountsFrom[k]! }))),
    trailShares,
    trailLength: trailShares + amounts.length,
  };
}

function weightsOf({ amounts, parts }: ShapedPeril): number[] {
  const weights = amounts.map(() => 0);
  for (const { part, stop } of parts) {
    weights[0]! -= part.weight;
    weights[stop]! += part.weight;
  }
  return weights;
}

function runningFrom(counts: readonly number[]): Uint16Array {
  const from = new Uint16Array(counts.length + 1);
  counts.forEach((count, i) => (from[i + 1] = from[i]! + count));
  return from;
}
