import { holmAdjusted } from './holm.ts';
import type { EventTimeEffect, StaggeredEffect } from './staggered.ts';

/** One period before the start: the difference that should be near zero, with its p corrected for the number of periods looked at. */
export interface PreTrend {
  readonly sinceStart: number;
  readonly difference: number;
  readonly adjustedP: number;
}

/** Whether the groups moved in parallel before the start. `not-testable`: no usable earlier period. */
export interface PreTrends {
  readonly verdict: 'parallel-not-contradicted' | 'diverging' | 'not-testable';
  readonly periods: readonly PreTrend[];
}

const isBefore = (effect: EventTimeEffect): boolean => effect.sinceStart < -1 && effect.p !== null;

/**
 * Event study of the periods before the start. A quiet past does not prove parallel paths; a diverging one forbids calling the later difference an effect.
 * Source: J. Roth, AER: Insights 4 (2022), on the weakness of such tests; Holm correction over the periods.
 */
export function preTrends(effect: StaggeredEffect, alpha = 0.05): PreTrends {
  const before = effect.byEventTime.filter(isBefore);
  if (before.length === 0) return { verdict: 'not-testable', periods: [] };
  const adjusted = holmAdjusted(before.map((one) => one.p!));
  const periods = before.map(({ sinceStart, difference }, i) => ({ sinceStart, difference, adjustedP: adjusted[i]! }));
  return { verdict: periods.some((one) => one.adjustedP <= alpha) ? 'diverging' : 'parallel-not-contradicted', periods };
}
