import { instantFromMillis, instantMillis, type Instant } from '../../basics/index.ts';
import type { QuoteState } from '../model.ts';
import type { CaseQueue, UnderwritingCase } from './case-file.ts';

/** Where a case goes that the rules decided and that has no other offer. */
const alone: Readonly<Record<'quoted' | 'referred' | 'declined', CaseQueue>> = { quoted: 'straight-through', referred: 'person', declined: 'closed' };

/**
 * Where a case belongs once the rules decided one more offer: `outcome` of the new one, `rest` the states of those beside it. A case stays with a person as long as any
 * offer is referred; a quoted offer clears only a case in which nothing stood open.
 */
export function queueAfterOffer(queue: CaseQueue, outcome: 'quoted' | 'referred' | 'declined', rest: readonly QuoteState[]): CaseQueue {
  const others = rest.some((state) => state === 'quoted' || state === 'referred');
  return others && outcome !== 'referred' ? queueOfRest(queue, rest) : alone[outcome];
}

/** Where a case belongs by the offers that are left after one was declined: closed only when none stands open, with a person as long as one is referred. */
export function queueOfRest(queue: CaseQueue, rest: readonly QuoteState[]): CaseQueue {
  if (rest.includes('referred')) return queue === 'information' ? 'information' : 'person';
  if (!rest.includes('quoted')) return 'closed';
  return queue === 'straight-through' ? 'straight-through' : 'offered';
}

/** When a case in a queue should be done by the desk's own promise; null for a queue without one. */
export function dueAt({ queue, since }: Pick<UnderwritingCase, 'queue' | 'since'>, hours: Readonly<Partial<Record<CaseQueue, number>>>): Instant | null {
  const promised = hours[queue];
  return promised === undefined ? null : instantFromMillis(instantMillis(since) + promised * 3_600_000);
}

/** Cases that need a person and that nobody has, longest waiting first. */
export const waitingForPerson = (cases: readonly UnderwritingCase[]): UnderwritingCase[] =>
  cases.filter(({ queue, assignee }) => queue === 'person' && assignee === null).sort((a, b) => instantMillis(a.since) - instantMillis(b.since));
