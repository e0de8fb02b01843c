import { limitedPayout, payoutOf } from '../payout.ts';
import { priceRisk } from '../price.ts';
import type { SecurityModifiers } from '../model.ts';
import { inMajor, type RatedPeril, type RatedRisk } from '../risk.ts';

/** Who bears the expected yearly loss, major units (R10). INVARIANT: none is below 0. */
export interface Payers {
  /** What the cover is expected to pay. */
  readonly insurer: number;
  /** Stays with the firm as its retention. */
  readonly retention: number;
  /** Stays with the firm because a sub-limit, the limit of an event or that of the year is used up. */
  readonly aboveLimits: number;
  /** Stays with the firm because no chosen coverage answers for it, or because it falls in a waiting period. */
  readonly notCovered: number;
}

/**
 * Divides the expected yearly loss of a firm over those who bear it, in the order of the terms: cover and waiting period, retention, limits. All
 * four by the model that the loss curve comes from, so that they add up to the expected loss: the filed tables, the firm's own record and the loads have no part in it.
 */
export function dividePayers(risk: RatedRisk, security: SecurityModifiers, expectedLoss: number): Payers {
  const { rates, annual } = priceRisk(risk, security);
  const retention = inMajor(risk.cover, risk.cover.retentionMinor);
  const yearly = (kept: number): number => risk.perils.reduce((sum, peril, i) => sum + rates[i]! * unlimitedMean(peril, kept), 0);
  const [covered, aboveRetention] = [yearly(0), yearly(retention)];
  return {
    insurer: annual.expected,
    retention: Math.max(0, covered - aboveRetention),
    aboveLimits: Math.max(0, aboveRetention - annual.expected),
    notCovered: Math.max(0, expectedLoss - covered),
  };
}

/** Mean of what one event's covered loss comes to above a retention, without any limit. */
function unlimitedMean({ parts, bound, severity }: RatedPeril, retention: number): number {
  const unlimited = parts.map((part) => ({ ...part, subLimit: Number.POSITIVE_INFINITY }));
  return limitedPayout(payoutOf(unlimited, retention, bound), severity.loss)(Number.POSITIVE_INFINITY);
}
