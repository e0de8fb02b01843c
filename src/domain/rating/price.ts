import type { Day } from '../basics/index.ts';
import type { RequestedCover } from '../catalogue/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { ScheduleItem } from './adjustment.ts';
import { annualLoss, type AnnualLoss } from './annual-loss.ts';
import { securityFactor, type SecurityFactor } from './frequency.ts';
import type { SecurityBasis, SecurityModifiers, Worksheet } from './model.ts';
import { buildPremium, expenseRates, riskLoad, roundPremium, type Premium, type PremiumParts } from './premium.ts';
import { rateRisk, type RatedRisk, type Tariff } from './risk.ts';
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

/** A price before it is written out. `security` and `rates` follow the risk's perils. */
export interface Price {
  readonly risk: RatedRisk;
  readonly security: readonly SecurityFactor[];
  /** Events a year of each peril, security included. */
  readonly rates: readonly number[];
  readonly annual: AnnualLoss;
  readonly parts: PremiumParts;
  readonly premium: Premium;
}

/**
 * Prices a cover and shows every step (methods §3). Throws a Refusal `ratebook-currency-differs`, `coverage-unknown`, `coverage-twice` or
 * `waiting-period-not-time-based` when the request cannot be rated.
 */
export const priceCover = ({ firm, cover, security, basis }: PriceRequest, tariff: Tariff): Worksheet =>
  writeWorksheet(priceRisk(rateRisk(firm, cover, tariff), security), basis);

/** The premium of `priceCover` without its worksheet. */
export const premiumTotal = ({ firm, cover, security }: PriceRequest, tariff: Tariff): Premium => priceRisk(rateRisk(firm, cover, tariff), security).premium;

/**
 * Makes a firm and a cover ready and returns the premium as a function of security alone, for what-if loops: the same numbers as `premiumTotal`,
 * several times faster from the second call on.
 */
export function preparePremium({ firm, cover }: Pick<PriceRequest, 'firm' | 'cover'>, tariff: Tariff): (security: SecurityModifiers) => Premium {
  const risk = rateRisk(firm, cover, tariff);
  return (security) => priceRisk(risk, security).premium;
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
  const load = riskLoad(rated.annual, ratebook);
  const catastrophe = (expected + load) * ratebook.number(ratebook.file.catastrophe);
  const parts = buildPremium({ expectedLoss: expected, riskLoad: load, catastrophe }, expenseRates(ratebook));
  return { ...rated, parts, premium: roundPremium(parts.charged, ratebook) };
}
