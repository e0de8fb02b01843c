import { annualLoss, type AnnualLoss } from '../annual-loss.ts';
import { costOfTail, riskLoad } from '../premium.ts';
import type { PriceRequest, TableSteps } from '../price.ts';
import { rateRisk, type Tariff } from '../risk.ts';
import { prepareTables, readTrail } from './rate.ts';

/** How far the filed tables stand from the model that they were made from, for one price; relative to the model. */
export interface TableError {
  readonly id: string;
  /** Of the expected loss and of the tail value at risk of the policy year. */
  readonly expected: number;
  readonly tail: number;
  /** Of expected loss + risk load, on which all further steps are built in proportion. */
  readonly loaded: number;
}

/** The greatest errors over a list of prices, either way, and the price where the loaded loss is furthest off. */
export interface GreatestErrors {
  readonly prices: number;
  readonly expected: number;
  readonly tail: number;
  readonly loaded: number;
  readonly meanLoaded: number;
  readonly worst: string;
}

/** Prices a request by tables and by the exact distribution of the policy year (fast Fourier transform), with the exact factors of size and severity. */
export function tableError(request: PriceRequest & { readonly id: string }, tariff: Tariff): TableError {
  const rating = prepareTables(request, tariff);
  rating.rate(request.security);
  const { annual, parts, further } = readTrail(request, rating, tariff);
  const exact = modelYear(request, further!, tariff);
  const off = (x: number, of: number): number => (of === 0 ? 0 : x / of - 1);
  return {
    id: request.id,
    expected: off(annual.expected, exact.expected),
    tail: off(annual.tail, exact.tail),
    loaded: off(parts.expectedLoss + parts.riskLoad, exact.expected + riskLoad(exact, costOfTail(tariff.ratebook))),
  };
}

function modelYear({ firm, cover }: PriceRequest, { combined, segment }: TableSteps, tariff: Tariff): AnnualLoss {
  const { perils, grid, limit } = rateRisk(firm, cover, tariff);
  const { file, number } = tariff.ratebook;
  const rates = perils.map(({ frequency: { base, size, exposure, industry } }, i) => base * size * exposure * industry * segment * combined[i]!);
  return annualLoss(
    perils.map(({ onGrid }) => onGrid),
    rates,
    grid,
    { limit, confidence: number(file.riskLoad.confidence) },
  );
}

/** The greatest errors over a list of prices that is not empty. */
export function greatestErrors(requests: readonly (PriceRequest & { readonly id: string })[], tariff: Tariff): GreatestErrors {
  const errors = requests.map((request) => tableError(request, tariff));
  const greatest = (of: (error: TableError) => number): TableError =>
    errors.reduce((worst, error) => (Math.abs(of(error)) > Math.abs(of(worst)) ? error : worst));
  const worst = greatest(({ loaded }) => loaded);
  return {
    prices: errors.length,
    expected: greatest(({ expected }) => expected).expected,
    tail: greatest(({ tail }) => tail).tail,
    loaded: worst.loaded,
    meanLoaded: errors.reduce((sum, { loaded }) => sum + loaded, 0) / errors.length,
    worst: worst.id,
  };
}
