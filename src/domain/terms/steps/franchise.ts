import type { StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** Nothing up to the threshold, everything beyond it. */
export const applyFranchise = ({ threshold }: StepOf<'franchise'>, amountIn: number): StepResult => ({ out: amountIn > threshold ? amountIn : 0 });
