import type { StepContext, StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** First the rest of the year's retention, then the rest of its limit. */
export function applyAggregate({ limit, retention }: StepOf<'aggregate'>, amountIn: number, { used, retained }: StepContext): StepResult {
  const kept = Math.min(amountIn, Math.max(0, retention - retained));
  const out = Math.min(amountIn - kept, Math.max(0, (limit ?? Number.POSITIVE_INFINITY) - used));
  return { out, used: out, retained: kept };
}
