import type { Day } from '../basics/index.ts';
import type { RequestedCover } from '../catalogue/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { ExperienceStep, ScheduleItem } from './adjustment.ts';
import { annualLoss, type AnnualLoss } from './annual-loss.ts';
import { securityFactor, type SecurityFactor } from './frequency.ts';
import type { SecurityBasis, SecurityModifiers, Worksheet } from './model.ts';
import { buildPremium, costOfTail, expenseRates, riskLoad, roundPremium, type Premium, type PremiumParts } from './premium.ts';
import { rateRisk, type RatedRisk, type ShownRisk, type Tariff } from './risk.ts';
import { premiumOf, prepareTables, readTrail } from './tables/rate.ts';
import { head } from './tables/trail.ts';
import { writeWorksheet } from './worksheet.ts';

/** What a price is asked for: who, which cover, and what assessment says of the firm's security. */
export interface PriceRequest {
  readonly firm: FirmProfile;
  readonly cover: RequestedCover;
  readonly security: SecurityModifiers;
  /** What the modifiers rest on; absent when they are given as they are, and then the worksheet cites nothing for them. */
  readonly basis?: SecurityBasis;
  /** Day of the price, from which the years of experience are counted back; absent: no experience is rated. */
  readonly on?: Day;
  /** The underwriter's documented items inside the filed bounds; absent: none. */
  readonly schedule?: readonly ScheduleItem[];
}

/** The steps that only a tariff of filed tables has. `combined` follows the risk's perils. */
export interface TableSteps {
  readonly experience: ExperienceStep;
  readonly schedule: number;
  readonly segment: number;
  /** Security × experience × schedule inside its filed bounds. */
  readonly combined: readonly number[];
  /** Weight of the technical price against the market's. */
  readonly credibility: number;
  /** Technical and market-anchored premium before VAT, major units. */
  readonly technical: number;
  readonly anchored: number;
}

/** A price as a worksheet shows it. `security` and `rates` follow the risk's perils. */
export interface ShownPrice {
  readonly risk: ShownRisk;
  readonly security: readonly SecurityFactor[];
  /** Events a year of each peril, security included. */
  readonly rates: readonly number[];
  readonly annual: AnnualLoss;
  readonly parts: PremiumParts;
  readonly premium: Premium;
  /** Null in a tariff without tables. */
  readonly further: TableSteps | null;
}

/** A price computed from the model itself. */
export interface Price extends ShownPrice {
  readonly risk: RatedRisk;
}

/** Whether prices are made from filed tables rather than from the model. */
export const hasTables = ({ ratebook }: Tariff): boolean => ratebook.file.tables !== undefined;

/**
 * Prices a cover and shows every step (methods §3). Throws a Refusal `ratebook-currency-differs`, `coverage-unknown`, `coverage-twice` or
 * `waiting-period-not-time-based` when the request cannot be rated, `schedule-beyond-filing` or `schedule-item-twice` for the underwriter's items.
 */
export function priceCover(request: PriceRequest, tariff: Tariff): Worksheet {
  if (!hasTables(tariff)) return writeWorksheet(priceRisk(rateRisk(request.firm, request.cover, tariff), request.security), request.basis);
  const rating = prepareTables(request, tariff);
  rating.rate(request.security);
  return writeWorksheet(readTrail(request, rating, tariff), request.basis);
}

/** The premium of `priceCover` without its worksheet. */
export const premiumTotal = (request: PriceRequest, tariff: Tariff): Premium => preparePremium(request, tariff)(request.security);

/** What is asked for but the security. */
export type RiskRequest = Omit<PriceRequest, 'security' | 'basis'>;

/**
 * Makes a firm and a cover ready and returns the premium as a function of security alone, for what-if loops: the same numbers as `premiumTotal`, much faster from the second
 * call on.
 */
export function preparePremium(request: RiskRequest, tariff: Tariff): (security: SecurityModifiers) => Premium {
  const rated = prepareRating(request, tariff);
  return (security) => rated(security).premium;
}

/** The same with the expected payment of the year, major units. */
export function prepareRating(request: RiskRequest, tariff: Tariff): (security: SecurityModifiers) => { readonly premium: Premium; readonly expected: number } {
  if (!hasTables(tariff)) {
    const risk = rateRisk(request.firm, request.cover, tariff);
    return (security) => {
      const { premium, annual } = priceRisk(risk, security);
      return { premium, expected: annual.expected };
    };
  }
  const rating = prepareTables(request, tariff);
  return (security) => {
    rating.rate(security);
    return { premium: premiumOf(rating), expected: rating.trail[head.expected]! };
  };
}

/** Puts the security state on a rated risk. Lower factors give a stochastically smaller yearly loss, and the mean keeps a positive weight: the premium never rises. */
export function priceRisk(risk: RatedRisk, modifiers: SecurityModifiers): Price {
  const { ratebook } = risk.tariff;
  const security = risk.perils.map(({ tariff }) => securityFactor(tariff.peril, modifiers, ratebook));
  const rates = risk.perils.map(({ frequency }, i) => frequency.base * frequency.size * frequency.exposure * frequency.industry * security[i]!.used);
  const confidence = ratebook.number(ratebook.file.riskLoad.confidence);
  const events = risk.perils.map(({ onGrid }) => onGrid);
  return loadPrice({ risk, security, rates, annual: annualLoss(events, rates, risk.grid, { limit: risk.limit, confidence }) });
}

/** From the yearly loss to the premium. */
export function loadPrice(rated: Pick<Price, 'risk' | 'security' | 'rates' | 'annual'>): Price {
  const { ratebook } = rated.risk.tariff;
  const { expected } = rated.annual;
  const load = riskLoad(rated.annual, costOfTail(ratebook));
  const catastrophe = (expected + load) * ratebook.number(ratebook.file.catastrophe);
  const parts = buildPremium({ expectedLoss: expected, riskLoad: load, catastrophe }, expenseRates(ratebook));
  return { ...rated, parts, premium: roundPremium(parts.charged, ratebook), further: null };
}
