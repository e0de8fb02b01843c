import { z } from 'zod';
import { Refusal, Text, valueOf, type Day, type ParameterSet } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { experienceCredibility, experienceFactor } from './experience.ts';
import { marketBlend } from './market.ts';

/** One documented reason to depart from the tariff, as a share of the price: −0.1 takes a tenth off. */
export const ScheduleItem = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  reason: Text,
  /** The document or finding that it rests on. */
  document: z.string().min(1).max(200),
  share: z.number().min(-1).max(1),
});
export type ScheduleItem = z.infer<typeof ScheduleItem>;

/** A firm's own record against what the tariff expected of it. */
export interface ExperienceStep {
  readonly claims: number;
  readonly expected: number;
  readonly credibility: number;
  /** (a + N)/(a + E) inside its filed bounds. */
  readonly factor: number;
}

/** What experience and schedule make of a price; `combined` multiplies each peril's frequency with security inside the filed bounds. */
export interface Adjustment {
  readonly experience: ExperienceStep;
  readonly schedule: number;
  readonly combined: number;
}

const clamp = (x: number, least: number, most: number): number => Math.min(most, Math.max(least, x));

/** Claims of the experience period; `expected` is the tariff's expected number of claims a year for the same firm. */
export function experienceStep(firm: FirmProfile, { expectedPerYear, on }: { expectedPerYear: number; on: Day }, parameters: ParameterSet): ExperienceStep {
  const years = valueOf(parameters, 'experience.years');
  const since = `${Number(on.slice(0, 4)) - years}${on.slice(4)}`;
  const claims = firm.pastClaims.filter((claim) => claim.on > since && claim.on <= on).length;
  const expected = years * expectedPerYear;
  const prior = valueOf(parameters, 'experience.prior');
  const factor = clamp(experienceFactor({ claims, expected }, prior), valueOf(parameters, 'experience.least'), valueOf(parameters, 'experience.most'));
  return { claims, expected, credibility: experienceCredibility({ claims, expected }, prior), factor };
}

/** 1 + Σ shares. Throws a Refusal `schedule-beyond-filing` outside ±25 % and `schedule-item-twice` for an item given twice. */
export function scheduleFactor(items: readonly ScheduleItem[], parameters: ParameterSet): number {
  const twice = items.find(({ id }, i) => items.findIndex((other) => other.id === id) < i);
  if (twice !== undefined) throw new Refusal('bad-input', 'schedule-item-twice', `schedule item \`${twice.id}\` is given twice`, { item: twice.id });
  const most = valueOf(parameters, 'schedule.most');
  const sum = items.reduce((total, { share }) => total + share, 0);
  if (Math.abs(sum) > most + 1e-12) {
    throw new Refusal('rule', 'schedule-beyond-filing', `schedule rating may move the price by ${100 * most} %, not by ${100 * sum} %`, { most, asked: sum });
  }
  return 1 + sum;
}

/** Experience × schedule; `security` is the security factor that they meet, and the product of all three stays inside the filed bounds. */
export function adjust(experience: ExperienceStep, schedule: number, security: number, parameters: ParameterSet): Adjustment {
  const product = clamp(security * experience.factor * schedule, valueOf(parameters, 'adjustment.least'), valueOf(parameters, 'adjustment.most'));
  return { experience, schedule, combined: product / security };
}

/** Technical and market-anchored premium side by side, before VAT, minor units. */
export interface MarketComparison {
  readonly technicalMinor: number;
  readonly anchoredMinor: number;
  readonly blendedMinor: number;
  /** Weight of the technical premium: expected claims of the book over themselves + k. */
  readonly credibility: number;
}

/** The market's rate on line beside the technical premium, and their credibility blend: shown, never charged (methods §3). */
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
    credibility: expectedClaims / (expectedClaims + k),
  };
}
