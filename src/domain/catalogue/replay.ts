import { z } from 'zod';
import { Currency, Refusal } from '../basics/index.ts';
import { TraceLine, evaluate, exactMinor, freshMemory, type Evaluation, type Item } from '../terms/index.ts';
import type { Clauses } from './clause.ts';
import type { Incident, IncidentItem } from './incident.ts';
import { contractOfTerms, type InsurerTerms } from './insurer-terms.ts';
import { promiseOf, refOfStep } from './render-wording.ts';

/** The clause that a loss is said to fall under when the terms do not contain its coverage. */
const notTaken = 'coverage-not-taken';

/** What terms pay of an incident. `trace` names for every step the article of the wording that it comes from. */
export const Payment = z
  .strictObject({
    insurer: z.string(),
    incident: z.string(),
    currency: Currency,
    lossMinor: z.int(),
    paidMinor: z.int(),
    items: z.array(z.strictObject({ item: z.string(), head: z.string(), lossMinor: z.int(), paidMinor: z.int(), coverShare: z.number(), clause: z.string() })),
    trace: z.array(z.strictObject({ ...TraceLine.shape, article: z.string() })),
  })
  .meta({ id: 'IncidentPayment' });
export type Payment = z.infer<typeof Payment>;

/** Whether the terms answer to a loss, and by which clause: of the scope clauses that apply the one that pays least decides. */
export function decideCover(
  item: Pick<IncidentItem, 'head' | 'circumstances'>,
  incident: Pick<Incident, 'circumstances'>,
  terms: InsurerTerms,
  clauses: Clauses,
): Item['cover'] {
  if (!terms.lines.some(({ coverage }) => coverage === item.head)) return { share: 0, clause: notTaken };
  const holds = new Set([...incident.circumstances, ...item.circumstances]);
  const applying = terms.scope.filter(({ clause: id }) => {
    const clause = clauses.get(id);
    return clause?.nature === 'scope' && (clause.heads?.includes(item.head) ?? true) && clause.circumstances.some((one) => holds.has(one));
  });
  const least = [...applying].sort((a, b) => a.paidShare - b.paidShare)[0];
  return least === undefined ? { share: 1, clause: promiseOf(item.head) } : { share: least.paidShare, clause: least.clause };
}

/**
 * What terms pay of an incident as the first loss of its year, to the minor unit (half-even after every step). Throws a Refusal
 * `incident-currency-differs` when the losses are in another currency than the terms.
 */
export function payIncident(incident: Incident, terms: InsurerTerms, clauses: Clauses): Payment {
  if (incident.currency !== terms.currency)
    throw new Refusal('rule', 'incident-currency-differs', `incident \`${incident.id}\` is in ${incident.currency}, but the terms are in ${terms.currency}`, {
      incident: incident.id,
    });
  const items = incident.items.map((item) => claimedItem(item, incident, decideCover(item, incident, terms, clauses)));
  const evaluation = evaluate(contractOfTerms(terms), items, freshMemory, exactMinor('half-even'));
  return paymentOf(incident, terms, items, evaluation);
}

function claimedItem({ id, head, amountMinor, hours }: IncidentItem, incident: Incident, cover: Item['cover']): Item {
  return {
    id,
    head,
    amount: amountMinor,
    event: incident.id,
    insured: 'insured',
    period: 'year',
    location: null,
    claimant: null,
    sumInsured: null,
    valueAtRisk: null,
    hours: hours?.map((stretch) => ({ hours: stretch.hours, business: stretch.business, amount: stretch.amountMinor })) ?? null,
    cover,
  };
}

function paymentOf(incident: Incident, terms: InsurerTerms, items: readonly Item[], { payable, total, trace }: Evaluation): Payment {
  const coverOf = new Map(items.map(({ id, cover }) => [id, cover]));
  return {
    insurer: terms.id,
    incident: incident.id,
    currency: terms.currency,
    lossMinor: items.reduce((sum, { amount }) => sum + amount, 0),
    paidMinor: total,
    items: items.map(({ id, head, amount, cover }, i) => ({
      item: id,
      head,
      lossMinor: amount,
      paidMinor: payable[i]!.amount,
      coverShare: cover.share,
      clause: cover.clause,
    })),
    trace: trace.map((line) => ({ ...line, article: line.step === 'cover' ? coverOf.get(line.group)!.clause : refOfStep(line.level, line.clause) })),
  };
}

/** The terms with every waiting period set to so many hours. */
export const withWaiting = (terms: InsurerTerms, hours: number): InsurerTerms => ({
  ...terms,
  lines: terms.lines.map((line) => ({ ...line, waiting: line.waiting === null ? null : { ...line.waiting, hours } })),
});

/** What each number of waiting hours would pay of an incident, everything else as in the terms. */
export const replayWaiting = (incident: Incident, terms: InsurerTerms, hours: readonly number[], clauses: Clauses): { hours: number; paidMinor: number }[] =>
  hours.map((one) => ({ hours: one, paidMinor: payIncident(incident, withWaiting(terms, one), clauses).paidMinor }));
