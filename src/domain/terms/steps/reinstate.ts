import type { StepContext, StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** A limit with n reinstatements pays n + 1 limits in all (a cap or layer before it bounds each event); the first n used limits are bought back at their rates, pro rata to the amount. */
export function applyReinstate({ limit, rates }: StepOf<'reinstate'>, amountIn: number, { used }: StepContext): StepResult {
  const out = Math.min(amountIn, Math.max(0, limit * (rates.length + 1) - used));
  return { out, used: out, reinstatementShare: limit === 0 ? 0 : priceOf(rates, limit, used, used + out) };
}

/** Share of the premium for using the limits from `from` to `to`. */
function priceOf(rates: readonly number[], limit: number, from: number, to: number): number {
  return rates.reduce((sum, rate, i) => sum + (rate * Math.max(0, Math.min(to, (i + 1) * limit) - Math.max(from, i * limit))) / limit, 0);
}
