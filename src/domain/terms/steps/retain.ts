import { groupSumInsured, type Borne, type StepContext, type StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** What is left after the deductible. */
export function applyRetain(step: StepOf<'retain'>, amountIn: number, { group, borne }: StepContext): StepResult {
  const own = deductible(step, amountIn, () => groupSumInsured(group));
  const taken = step.carried ? carriedDeductible(step, own, amountIn, borne) : bounded(step, own);
  return { out: Math.max(0, amountIn - taken) };
}

function deductible({ amount, ratioOfLoss, ratioOfSumInsured, combine }: StepOf<'retain'>, loss: number, sumInsured: () => number): number {
  const forms = [amount ?? 0, (ratioOfLoss ?? 0) * loss, ratioOfSumInsured === null ? 0 : ratioOfSumInsured * sumInsured()];
  return combine === 'sum' ? forms.reduce((sum, x) => sum + x, 0) : Math.max(...forms);
}

const bounded = ({ least, most }: StepOf<'retain'>, raw: number): number => Math.min(most ?? Number.POSITIVE_INFINITY, Math.max(least ?? 0, raw));

/** The deductible of this level such that the bounds hold for all levels together; below 0 it gives back, at most what was retained and what limits leave room for. */
function carriedDeductible(step: StepOf<'retain'>, own: number, amountIn: number, { retained, room }: Borne): number {
  const together = bounded(step, retained + Math.min(own, amountIn));
  return Math.max(together - retained, -Math.min(retained, room));
}
