import { z } from 'zod';
import { Refusal, majorUnits, minorPerMajor, roundMinor, valueOf, type Day, type ParameterSet } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { between, type Bounds } from './bounds.ts';
import { experienceCredibility, experienceFactor, type LossExperience } from './experience.ts';
import { bookCredibility, marketBlend } from './market.ts';
import type { Worksheet } from './model.ts';

/** One documented reason of the underwriter to depart from the tariff: `percent` −10 takes a tenth off the frequency, 10 adds one. The reason names what it rests on. */
export const ScheduleItem = z.strictObject({
  item: z.string().regex(/^[a-z][a-z0-9-]*$/),
  percent: z.number().min(-100).max(100),
  reason: z.string().trim().min(3).max(500),
});
export type ScheduleItem = z.infer<typeof ScheduleItem>;

/** Filed bounds and weights of experience rating; `lossCap` in major units. */
export interface ExperiencePlan extends Bounds {
  readonly prior: number;
  readonly years: number;
  readonly lossCap: number;
}

/** A firm's own record against what the tariff expected of it over the whole period. */
export interface ExperienceStep {
  /** Limited losses of the period in average claims: Σ min(loss, cap) over the mean limited loss of a claim. */
  readonly claims: number;
  readonly expected: number;
  readonly credibility: number;
  /** (a + N)/(a + E) inside its filed bounds. */
  readonly factor: number;
}

/** No experience: what stands in a price without a day. */
export const noExperience: ExperienceStep = { claims: 0, expected: 0, credibility: 0, factor: 1 };

/**
 * The factor of a firm's own record. `claims` are its limited losses of the period in average claims, `expected` the tariff's claims over the period at average security, so that a
 * repair never lowers what was expected of the past.
 */
export const experienceStep = (record: LossExperience, plan: ExperiencePlan): ExperienceStep => ({
  claims: record.claims,
  expected: record.expected,
  credibility: experienceCredibility(record, plan.prior),
  factor: ownRecordFactor(record.claims, record.expected, plan),
});

/** (a + N)/(a + E) inside its filed bounds. */
export const ownRecordFactor = (claims: number, expected: number, { prior, least, most }: ExperiencePlan): number =>
  between(least, experienceFactor({ claims, expected }, prior), most);

/** Losses of the experience period that ends on `on`, each up to the cap, major units. */
export function limitedLosses({ pastClaims }: Pick<FirmProfile, 'pastClaims'>, on: Day, { years, lossCap }: ExperiencePlan): number {
  if (pastClaims.length === 0) return 0;
  const since = `${Number(on.slice(0, 4)) - years}${on.slice(4)}`;
  return pastClaims.reduce((sum, claim) => (claim.on > since && claim.on <= on ? sum + Math.min(majorUnits(claim.amount), lossCap) : sum), 0);
}

/** 1 + Σ percent/100. Throws a Refusal `schedule-beyond-filing` outside ± `most` (a share) and `schedule-item-twice` for an item given twice. */
export function scheduleFactor(items: readonly ScheduleItem[], most: number): number {
  if (items.length === 0) return 1;
  const twice = items.find(({ item }, i) => items.findIndex((other) => other.item === item) < i);
  if (twice !== undefined) throw new Refusal('bad-input', 'schedule-item-twice', `schedule item \`${twice.item}\` is given twice`, { item: twice.item });
  const percent = items.reduce((total, item) => total + item.percent, 0);
  if (Math.abs(percent) > 100 * most + 1e-9) {
    throw new Refusal('rule', 'schedule-beyond-filing', `schedule rating may move the price by ${100 * most} % in all, not by ${percent} %`, {
      mostPercent: 100 * most,
      askedPercent: percent,
    });
  }
  return 1 + percent / 100;
}

/** The technical premium before VAT of a price, minor units: what is charged differs from it by the market's share and the minimum. Without a market step it is what is charged. */
export function technicalPremium({ currency, lines, premium }: Worksheet): number {
  const technical = lines.find(({ id }) => id === 'market.technical');
  return technical === undefined ? premium.exVat : roundMinor(technical.value * minorPerMajor(currency), 'half-even');
}

/** Technical and market-anchored premium side by side, before VAT, minor units. */
export interface MarketComparison {
  readonly technicalMinor: number;
  readonly anchoredMinor: number;
  readonly blendedMinor: number;
  /** Weight of the technical premium: expected claims of the book over themselves + k. */
  readonly credibility: number;
}

/** The market's rate on line beside the technical premium, and their credibility blend (methods §3). */
export function compareWithMarket({ technicalMinor, limitMinor }: { technicalMinor: number; limitMinor: number }, parameters: ParameterSet): MarketComparison {
  const [anchor, expectedClaims, k] = [
    valueOf(parameters, 'market.rate-on-line'),
    valueOf(parameters, 'market.expected-claims'),
    valueOf(parameters, 'market.k'),
  ];
  const blended = marketBlend({ technical: technicalMinor, limit: limitMinor, anchorRateOnLine: anchor }, { expectedClaims, k });
  return {
    technicalMinor,
    anchoredMinor: Math.round(anchor * limitMinor),
    blendedMinor: Math.round(blended),
    credibility: bookCredibility({ expectedClaims, k }),
  };
}
