import { proRata, type Member, type StepContext, type StepResult } from '../group.ts';

/** Σ of the items' covered shares, in proportion to what is left of each. */
export function applyCover(amountIn: number, { group }: StepContext): StepResult {
  const covered = group.members.reduce((sum, { item, amount }: Member) => sum + amount * item.cover.share, 0);
  return { out: group.entered === 0 ? 0 : proRata(amountIn, covered, group) };
}
