/** One repair in a sequence: what it saves when those before it are done, and the premium then; minor units, VAT included. */
export interface RepairStep {
  readonly id: string;
  readonly savedMinor: number;
  readonly premiumMinor: number;
  /** Cost of all steps so far; null when a cost is not known. */
  readonly spentMinor: number | null;
}

/** A repair in line: `rank` decides between repairs that save nothing yet. */
export interface Queued {
  readonly id: string;
  readonly rank: number;
  readonly costMinor: number | null;
}

/** Tried for each step: the repairs of the highest rank, so that a long list stays quick. */
const mostTried = 10;

/**
 * The best next repair, again and again, among the ten of the highest rank still open: the one that saves most, or most for its cost where all costs are known; while the price sits at its bound and none saves anything,
 * the one of the highest rank. Ends when nothing is left to save.
 */
export function followSteps(queue: readonly Queued[], premiumOf: (members: readonly boolean[]) => number): RepairStep[] {
  const members = queue.map(() => false);
  const best = premiumOf(queue.map(() => true));
  const steps: RepairStep[] = [];
  let premium = premiumOf(members);
  while (premium > best) {
    const next = bestNext(queue, members, (i) => premium - premiumOf(members.map((member, k) => member || k === i)));
    members[next] = true;
    const before = premium;
    premium = premiumOf(members);
    steps.push({ id: queue[next]!.id, savedMinor: before - premium, premiumMinor: premium, spentMinor: spentOn(queue, members) });
  }
  return steps;
}

function bestNext(queue: readonly Queued[], members: readonly boolean[], savedBy: (i: number) => number): number {
  const costsKnown = queue.every(({ costMinor }) => costMinor !== null);
  const perCost = (amount: number, i: number): number => (costsKnown ? amount / Math.max(1, queue[i]!.costMinor!) : amount);
  const ranked = queue
    .map((_, i) => i)
    .filter((i) => !members[i])
    .sort((a, b) => perCost(queue[b]!.rank, b) - perCost(queue[a]!.rank, a) || a - b);
  const offers = ranked.slice(0, mostTried).map((i) => ({ i, saved: perCost(savedBy(i), i), rank: perCost(queue[i]!.rank, i) }));
  return offers.reduce((best, offer) => (offer.saved > best.saved || (offer.saved === best.saved && offer.rank > best.rank) ? offer : best)).i;
}

function spentOn(queue: readonly Queued[], members: readonly boolean[]): number | null {
  const costs = queue.filter((_, i) => members[i]).map(({ costMinor }) => costMinor);
  return costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + cost!, 0);
}
