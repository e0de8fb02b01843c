import { compoundPoisson, discretise, gridLayerMean, gridQuantile, powerOfTwoFrom, type Lognormal } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { ratedRevenue } from './frequency.ts';
import { limitedPayout, type Payout } from './payout.ts';
import type { Ratebook } from './ratebook.ts';

/**
 * The grid on which a firm's yearly loss is computed; major units. Its step depends on the firm alone, never on the cover: on one grid a higher limit, a lower
 * retention or one more coverage gives a stochastically larger loss, so that the premium cannot move the wrong way through discretisation.
 */
export interface LossGrid {
  readonly step: number;
  /** Payments of one event at or above this grid point count as this point; it is at least the limit, or all that one event can cost. */
  readonly last: number;
  readonly points: number;
}

/** Grids beyond this many points would cost seconds and hundreds of megabytes: the step doubles until it fits. */
const mostPoints = 2 ** 18;

/** The step for a firm: the reference step times the root of the revenue ratio. */
export function gridStep(firm: FirmProfile, ratebook: Ratebook): number {
  const { file, number } = ratebook;
  return number(file.grid.step) * Math.sqrt(ratedRevenue(firm, ratebook) / number(file.size.referenceRevenue));
}

export function lossGrid(step: number, most: number): LossGrid {
  const last = Math.max(1, Math.ceil(most / step));
  const points = powerOfTwoFrom(4 * last + 1);
  return points <= mostPoints ? { step, last, points } : lossGrid(2 * step, most);
}

/** Probabilities of what one event pays, on the grid. */
export const eventOnGrid = (payout: Payout, loss: Lognormal, { step, last }: LossGrid): Float64Array =>
  discretise(limitedPayout(payout, loss), step, last + 1).probability;

/** Yearly loss to the cover after the aggregate limit: its mean and its tail value at risk, major units. */
export interface AnnualLoss {
  readonly expected: number;
  readonly tail: number;
}

/**
 * Mean and TVaR of S = (Y₁ + … + Y_N) ∧ limit. Capping each payment at the limit first changes nothing, min(Σ min(Y, L), L) = min(ΣY, L), so one limit serves
 * for each event and for the year. `events[i]` happens `rates[i]` times a year.
 */
export function annualLoss(
  events: readonly Float64Array[],
  rates: readonly number[],
  grid: LossGrid,
  { limit, confidence }: { limit: number; confidence: number },
): AnnualLoss {
  const year = compoundPoisson(mixture(events, rates, grid), grid.step, grid.points);
  const atRisk = Math.min(limit, gridQuantile(year, confidence));
  const expected = gridLayerMean(year, { from: 0, to: limit });
  return { expected, tail: atRisk + gridLayerMean(year, { from: atRisk, to: limit }) / (1 - confidence) };
}

/** Yearly rate of claims at each grid point; claims of nothing are left out. */
function mixture(events: readonly Float64Array[], rates: readonly number[], { last }: LossGrid): Float64Array {
  const sum = new Float64Array(last + 1);
  events.forEach((event, i) => {
    const rate = rates[i]!;
    for (let k = 1; k <= last; k += 1) sum[k]! += rate * event[k]!;
  });
  return sum;
}
