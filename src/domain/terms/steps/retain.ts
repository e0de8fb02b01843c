import { groupSumInsured, type StepContext, type StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** What is left after the deductible. */
export const applyRetain = (step: StepOf<'retain'>, amountIn: number, { group }: StepContext): StepResult => ({
  out: Math.max(0, amountIn - deductible(step, amountIn, () => groupSumInsured(group))),
});

function deductible({ amount, ratioOfLoss, ratioOfSumInsured, combine, least, most }: StepOf<'retain'>, loss: number, sumInsured: () => number): number {
  const forms = [amount ?? 0, (ratioOfLoss ?? 0) * loss, ratioOfSumInsured === null ? 0 : ratioOfSumInsured * sumInsured()];
  const raw = combine === 'sum' ? forms.reduce((sum, x) => sum + x, 0) : Math.max(...forms);
  return Math.min(most ?? Number.POSITIVE_INFINITY, Math.max(least ?? 0, raw));
}
