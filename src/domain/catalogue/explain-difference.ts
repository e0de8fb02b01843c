import { z } from 'zod';
import { Text, canonicalJson } from '../basics/index.ts';
import { dimensionsOf, type TermsDimension } from './compare-terms.ts';
import type { Incident } from './incident.ts';
import type { InsurerTerms } from './insurer-terms.ts';
import type { WordingLibrary } from './library.ts';
import { payIncident, replayWaiting } from './replay.ts';

/** What having one clause, or several that only matter together, as the other insurer does would change in the payment, after the differences before it in the list. */
export const Difference = z
  .strictObject({ dimensions: z.array(z.string()).min(1), clauses: z.array(z.string()), title: Text, deltaMinor: z.int() })
  .meta({ id: 'WordingDifference' });
export type Difference = z.infer<typeof Difference>;

/** What one insurer pays of one incident, and which clauses make the distance to the insurer that pays most. */
export const ReplayedPayment = z
  .strictObject({
    insurer: z.string(),
    paidMinor: z.int(),
    /** Whose terms it is compared with: the best payer; null for the best payer itself. */
    against: z.string().nullable(),
    /** What explains most of the distance first. INVARIANT (re-adds): paidMinor + Σ deltaMinor = what the best payer pays. */
    differences: z.array(Difference),
    sensitivity: z.array(z.strictObject({ hours: z.number(), paidMinor: z.int() })),
  })
  .meta({ id: 'ReplayedPayment' });
export type ReplayedPayment = z.infer<typeof ReplayedPayment>;

/** One incident under each insurer's terms, in their order. */
export const Replay = z.strictObject({ incident: z.string(), lossMinor: z.int(), payments: z.array(ReplayedPayment) }).meta({ id: 'IncidentReplay' });
export type Replay = z.infer<typeof Replay>;

/** Hours at which the sensitivity to the waiting period is shown. */
export const usualWaitingHours: readonly number[] = [0, 4, 8, 12, 24, 48];

/** Pays one incident under each of these terms and explains every distance to the best payment, clause by clause. */
export function replayIncident(
  incident: Incident,
  insurers: readonly InsurerTerms[],
  library: WordingLibrary,
  hours: readonly number[] = usualWaitingHours,
): Replay {
  const paid = insurers.map((terms) => payIncident(incident, terms, library.clauses));
  const best = paid.reduce((most, one, i) => (one.paidMinor > paid[most]!.paidMinor ? i : most), 0);
  const payments = insurers.map((terms, i) => ({
    insurer: terms.id,
    paidMinor: paid[i]!.paidMinor,
    against: i === best ? null : insurers[best]!.id,
    differences: i === best ? [] : explainDifference(incident, terms, insurers[best]!, library),
    sensitivity: replayWaiting(incident, terms, hours, library.clauses),
  }));
  return { incident: incident.id, lossMinor: paid[0]?.lossMinor ?? 0, payments };
}

/**
 * Which clauses make one insurer pay another amount than another: by counterfactual, swapping into the terms what the other's say, one dimension at a time, each
 * time the one that brings the payment nearest to the other's. Dimensions that only help in pairs (two exclusions of one loss) are swapped together, and what
 * then remains is one last difference. The deltas sum to the whole distance.
 */
export function explainDifference(incident: Incident, terms: InsurerTerms, other: InsurerTerms, library: WordingLibrary): Difference[] {
  const pay: Pay = (one) => payIncident(incident, one, library.clauses).paidMinor;
  const goal = { terms: other, paid: pay(other) };
  const differences: Difference[] = [];
  let now: Reached = { terms, paid: pay(terms) };
  while (now.paid !== goal.paid) {
    const open = differing(now.terms, other, library).filter((one) => mayMatter(one, incident, library));
    const move =
      nearest(
        open.map((one) => [one]),
        now,
        goal,
        pay,
      ) ??
      nearest(pairsOf(open), now, goal, pay) ??
      whatRemains(open, now, goal, pay);
    differences.push(differenceOf(move, now));
    now = move;
  }
  return differences;
}

interface Reached {
  readonly terms: InsurerTerms;
  readonly paid: number;
}

interface Swap extends Reached {
  readonly dimensions: readonly TermsDimension[];
}

type Pay = (terms: InsurerTerms) => number;

const differing = (terms: InsurerTerms, other: InsurerTerms, library: WordingLibrary): TermsDimension[] =>
  dimensionsOf([terms, other], library).filter(({ read }) => canonicalJson(read(terms)) !== canonicalJson(read(other)));

/** A coverage that lost nothing, and a clause on circumstances that did not hold, cannot move the payment. */
function mayMatter({ group, coverage, clause: id }: TermsDimension, { items, circumstances }: Incident, { clauses }: WordingLibrary): boolean {
  if (group === 'coverage') return items.some(({ head }) => head === coverage);
  const clause = clauses.get(id);
  if (clause?.nature !== 'scope') return true;
  return clause.circumstances.some((one) => circumstances.includes(one) || items.some((item) => item.circumstances.includes(one)));
}

const pairsOf = (all: readonly TermsDimension[]): TermsDimension[][] => all.flatMap((one, i) => all.slice(i + 1).map((two) => [one, two]));

function swapped(dimensions: readonly TermsDimension[], { terms }: Reached, goal: Reached, pay: Pay): Swap {
  const after = dimensions.reduce((now, { swap }) => swap(now, goal.terms), terms);
  return { dimensions, terms: after, paid: pay(after) };
}

/** As few of the dimensions as together reach the goal: each that can stay as it is, stays. */
function whatRemains(open: readonly TermsDimension[], now: Reached, goal: Reached, pay: Pay): Swap {
  const needed = open.reduce<readonly TermsDimension[]>((kept, one) => {
    const without = kept.filter((other) => other !== one);
    return swapped(without, now, goal, pay).paid === goal.paid ? without : kept;
  }, open);
  return swapped(needed, now, goal, pay);
}

/** The swap after which the payment is nearest to the goal; null when none comes nearer than now. */
function nearest(candidates: readonly (readonly TermsDimension[])[], now: Reached, goal: Reached, pay: Pay): Swap | null {
  const distance = ({ paid }: Reached): number => Math.abs(goal.paid - paid);
  const closer = (best: Swap | null, one: Swap): Swap | null => (distance(one) < distance(best ?? now) ? one : best);
  return candidates.map((dimensions) => swapped(dimensions, now, goal, pay)).reduce(closer, null);
}

function differenceOf({ dimensions, paid }: Swap, before: Reached): Difference {
  const titles = dimensions.map(({ title }) => title);
  return {
    dimensions: dimensions.map(({ id }) => id),
    clauses: [...new Set(dimensions.map(({ clause }) => clause))],
    title: { zh: titles.map(({ zh }) => zh).join('＋'), en: titles.map(({ en }) => en).join(' + ') },
    deltaMinor: paid - before.paid,
  };
}
