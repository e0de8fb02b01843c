import { groupSumInsured, type StepContext, type StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** At most the least of the limits given. */
export function applyCap({ amount, ratioOfLoss, ratioOfSumInsured }: StepOf<'cap'>, amountIn: number, { group }: StepContext): StepResult {
  const limits = [amount, ratioOfLoss === null ? null : ratioOfLoss * amountIn, ratioOfSumInsured === null ? null : ratioOfSumInsured * groupSumInsured(group)];
  const limit = Math.min(...limits.filter((one) => one !== null));
  return { out: Math.min(amountIn, limit), limit };
}
