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
    /** Largest first. INVARIANT (re-adds): paidMinor + Σ deltaMinor = what the best payer pays. */
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
export function replayIncident(incident: Incident, insurers: readonly InsurerTerms[], library: WordingLibrary, hours: readonly number[] = usualWaitingHours): Replay {
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
 * time the one that moves the payment most. Dimensions that move nothing alone but something in pairs (two exclusions of one loss) are swapped together, and
 * what then remains as one last difference. The deltas sum to the whole distance.
 */
export function explainDifference(incident: Incident, terms: InsurerTerms, other: InsurerTerms, library: WordingLibrary): Difference[] {
  const pay = (one: InsurerTerms): number => payIncident(incident, one, library.clauses).paidMinor;
  const target = pay(other);
  const differences: Difference[] = [];
  let [now, paid] = [terms, pay(terms)];
  while (paid !== target) {
    const open = differing(now, other, library);
    const step = bestSwap(open.map((one) => [one]), now, other, pay) ?? bestSwap(pairsOf(open), now, other, pay) ?? swapped(open, now, other, pay);
    if (step.delta === 0) throw new Error('terms that differ in no dimension pay different amounts');
    differences.push(differenceOf(step));
    [now, paid] = [step.terms, paid + step.delta];
  }
  return differences;
}

interface Swap {
  readonly dimensions: readonly TermsDimension[];
  readonly terms: InsurerTerms;
  readonly delta: number;
}

const differing = (terms: InsurerTerms, other: InsurerTerms, library: WordingLibrary): TermsDimension[] =>
  dimensionsOf([terms, other], library).filter(({ read }) => canonicalJson(read(terms)) !== canonicalJson(read(other)));

const pairsOf = (all: readonly TermsDimension[]): TermsDimension[][] => all.flatMap((one, i) => all.slice(i + 1).map((two) => [one, two]));

type Pay = (terms: InsurerTerms) => number;

function swapped(dimensions: readonly TermsDimension[], terms: InsurerTerms, other: InsurerTerms, pay: Pay): Swap {
  const after = dimensions.reduce((now, { swap }) => swap(now, other), terms);
  return { dimensions, terms: after, delta: pay(after) - pay(terms) };
}

/** The swap that moves the payment most; null when none moves it. */
function bestSwap(candidates: readonly (readonly TermsDimension[])[], terms: InsurerTerms, other: InsurerTerms, pay: Pay): Swap | null {
  const moves = candidates.map((dimensions) => swapped(dimensions, terms, other, pay)).filter(({ delta }) => delta !== 0);
  return moves.reduce<Swap | null>((most, one) => (most === null || Math.abs(one.delta) > Math.abs(most.delta) ? one : most), null);
}

function differenceOf({ dimensions, delta }: Swap): Difference {
  const titles = dimensions.map(({ title }) => title);
  return {
    dimensions: dimensions.map(({ id }) => id),
    clauses: [...new Set(dimensions.map(({ clause }) => clause))],
    title: { zh: titles.map(({ zh }) => zh).join('＋'), en: titles.map(({ en }) => en).join(' + ') },
    deltaMinor: delta,
  };
}
