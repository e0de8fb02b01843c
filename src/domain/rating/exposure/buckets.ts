import type { Catalogue, Peril } from '../../catalogue/index.ts';
import type { PerilLoss } from './loss-curve.ts';

/** The four kinds of loss that a cyber event causes (R9). */
export type LossKind = 'direct' | 'interruption' | 'response' | 'liability';

/** Coverages whose loss is the cost of answering an event. */
const responding = new Set(['incident-response', 'crisis-communication', 'legal-expenses']);

/** Divides the expected yearly loss over the four kinds, by the parts in which each peril's loss falls on the coverages that exist; major units, summing to the whole. */
export function divideLoss(perils: readonly PerilLoss[], catalogue: Catalogue): Record<LossKind, number> {
  const sums: Record<LossKind, number> = { direct: 0, interruption: 0, response: 0, liability: 0 };
  for (const { peril, expectedLoss } of perils) {
    const parts = partsOf(peril, catalogue);
    const whole = parts.reduce((sum, { share }) => sum + share, 0);
    if (whole === 0) sums.direct += expectedLoss;
    for (const { kind, share } of parts) sums[kind] += (expectedLoss * share) / whole;
  }
  return sums;
}

const partsOf = (peril: Peril, { coverages }: Catalogue): { kind: LossKind; share: number }[] =>
  [...coverages.values()].flatMap((coverage) =>
    coverage.shares.filter((entry) => entry.peril === peril && entry.share > 0).map(({ share }) => ({ kind: kindOf(coverage), share })),
  );

function kindOf({ id, timeBased, class: of }: Pick<NonNullable<ReturnType<Catalogue['coverages']['get']>>, 'id' | 'timeBased' | 'class'>): LossKind {
  if (timeBased) return 'interruption';
  if (of === 'liability') return 'liability';
  return responding.has(id) ? 'response' : 'direct';
}
