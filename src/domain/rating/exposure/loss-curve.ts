import { compoundPoisson, gridMean, gridQuantile, gridTailMean, type GridDistribution } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import { eventOnGrid, gridStep, lossGrid } from '../annual-loss.ts';
import type { SecurityModifiers } from '../model.ts';
import type { Ratebook } from '../ratebook.ts';
import { ownPerils, ownRates, type OwnPeril } from './own-perils.ts';

/** A yearly loss that is exceeded once in `returnYears` years on average; major units. */
export interface ReturnPoint {
  readonly returnYears: number;
  readonly loss: number;
}

/** One confidence level: value at risk and tail value at risk of the yearly loss, major units. */
export interface TailPoint {
  readonly confidence: number;
  readonly valueAtRisk: number;
  readonly tailValueAtRisk: number;
}

/** One peril's part in the firm's yearly loss; major units. */
export interface PerilLoss {
  readonly peril: OwnPeril['tariff']['peril'];
  readonly eventsPerYear: number;
  readonly meanLoss: number;
  readonly expectedLoss: number;
}

/** The firm's yearly loss from all perils before insurance; major units of the ratebook's currency. */
export interface LossCurve {
  readonly averageAnnualLoss: number;
  /** Probability of at least one event in a year, and of any loss in it. */
  readonly anyEvent: number;
  readonly returns: readonly ReturnPoint[];
  readonly tails: readonly TailPoint[];
  readonly perils: readonly PerilLoss[];
}

const returnYears = [2, 5, 10, 20, 50, 100, 200, 500, 1000];
const confidences = [0.9, 0.95, 0.99, 0.995];

/**
 * Own losses reach a year of revenue, far beyond any limit, so that the grid is coarser than the tariff's by this factor; step widths are thousandths of the losses that matter.
 */
const coarser = 4;

/** Loss exceedance of one firm by the fast Fourier transform: compound Poisson over the perils, with the bounded lognormal severities and the security factors of the tariff. */
export function lossCurve(firm: FirmProfile, security: SecurityModifiers, ratebook: Ratebook): LossCurve {
  const perils = ownPerils(firm, ratebook);
  const rates = ownRates(perils, security, ratebook);
  const yearly = yearlyLoss(perils, rates, coarser * gridStep(firm, ratebook));
  return {
    averageAnnualLoss: gridMean(yearly),
    anyEvent: -Math.expm1(-rates.reduce((sum, rate) => sum + rate, 0)),
    returns: returnYears.map((years) => ({ returnYears: years, loss: gridQuantile(yearly, 1 - 1 / years) })),
    tails: confidences.map((confidence) => ({ confidence, valueAtRisk: gridQuantile(yearly, confidence), tailValueAtRisk: gridTailMean(yearly, confidence) })),
    perils: perils
      .map(({ tariff, meanLoss }, i) => ({ peril: tariff.peril, eventsPerYear: rates[i]!, meanLoss, expectedLoss: rates[i]! * meanLoss }))
      .sort((a, b) => b.expectedLoss - a.expectedLoss),
  };
}

function yearlyLoss(perils: readonly OwnPeril[], rates: readonly number[], step: number): GridDistribution {
  const grid = lossGrid(step, Math.max(0, ...perils.map(({ payout }) => payout.mostPaid)));
  const intensity = new Float64Array(grid.last + 1);
  perils.forEach(({ payout, severity }, i) => {
    const event = eventOnGrid(payout, severity.loss, grid);
    for (let k = 1; k <= grid.last; k += 1) intensity[k]! += rates[i]! * event[k]!;
  });
  return compoundPoisson(intensity, grid.step, grid.points);
}
