import type { StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** Σ share · min((x − attachment)⁺, limit) over the layers; together they never pay more than the loss. */
export function applyLayer({ layers }: StepOf<'layer'>, amountIn: number): StepResult {
  const paid = layers.reduce(
    (sum, { attachment, limit, share }) => sum + share * Math.min(Math.max(0, amountIn - attachment), limit ?? Number.POSITIVE_INFINITY),
    0,
  );
  return { out: Math.min(amountIn, paid) };
}
