import { proRata, type Member, type StepContext, type StepResult } from '../group.ts';
import type { StepOf } from '../model.ts';

/** The ratio that is paid; under average each item's own sum insured over its value at risk, at most 1. */
export function applyShare({ ratio }: StepOf<'share'>, amountIn: number, { group }: StepContext): StepResult {
  if (ratio !== 'average') return { out: amountIn * ratio };
  const paid = group.members.reduce((sum, member) => sum + member.amount * averageOf(member), 0);
  return { out: group.entered === 0 ? 0 : proRata(amountIn, paid, group) };
}

function averageOf({ item: { sumInsured, valueAtRisk } }: Member): number {
  if (sumInsured === null || valueAtRisk === null || valueAtRisk === 0) return 1;
  return Math.min(1, sumInsured / valueAtRisk);
}
