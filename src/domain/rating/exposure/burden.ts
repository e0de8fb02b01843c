import type { RequestedCover } from '../../catalogue/index.ts';
import type { SecurityModifiers } from '../model.ts';
import type { Premium } from '../premium.ts';
import { prepareRating, type RiskRequest } from '../price.ts';
import type { Tariff } from '../risk.ts';
import { ownPerils, ownRates } from './own-perils.ts';

/** What cyber risk costs the firm in a year under one cover; expected values in major units. */
export interface Burden {
  /** The binding premium; null without insurance. */
  readonly premium: Premium | null;
  /** Expected loss from all perils before insurance. */
  readonly expectedLoss: number;
  /** Of it, what the cover is expected to pay. */
  readonly paid: number;
  /** What stays with the firm; never below 0. */
  readonly retained: number;
  /** Expected hours of interrupted business. */
  readonly downtimeHours: number;
}

/**
 * Makes a firm and a cover (null: no insurance) ready and returns the burden as a function of security. The premium is the binding one. Throws the Refusals of `priceCover`.
 */
export function prepareBurden(asked: Omit<RiskRequest, 'cover'>, cover: RequestedCover | null, tariff: Tariff): (security: SecurityModifiers) => Burden {
  const perils = ownPerils(asked.firm, tariff.ratebook);
  const rated = cover === null ? null : prepareRating({ ...asked, cover }, tariff);
  return (security) => {
    const rates = ownRates(perils, security, tariff.ratebook);
    const over = (each: (peril: (typeof perils)[number]) => number): number => perils.reduce((sum, peril, i) => sum + rates[i]! * each(peril), 0);
    const price = rated === null ? null : rated(security);
    const expectedLoss = over(({ meanLoss }) => meanLoss);
    const paid = price?.expected ?? 0;
    return {
      premium: price?.premium ?? null,
      expectedLoss,
      paid,
      retained: Math.max(0, expectedLoss - paid),
      downtimeHours: over(({ meanHours }) => meanHours),
    };
  };
}
