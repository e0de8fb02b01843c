import type { AdvisedPlan } from './advise.ts';
import type { Plan } from './choose.ts';

/** A plan that no other beats in cost, retained loss and downtime at once (R14). */
export type FrontierPlan = AdvisedPlan;

/** The plans that are not beaten: another is no worse in all three and better in one. Cheapest first. */
export function paretoFrontier(plans: readonly Plan[], show: (plan: Plan) => AdvisedPlan): FrontierPlan[] {
  const shown = plans.map(show).sort((a, b) => outlay(a) - outlay(b) || a.retainedMinor - b.retainedMinor || a.downtimeHours - b.downtimeHours);
  const kept: AdvisedPlan[] = [];
  for (const plan of shown) if (!kept.some((other) => noWorse(other, plan))) kept.push(plan);
  return kept;
}

const outlay = ({ costMinor, premiumMinor }: AdvisedPlan): number => costMinor + premiumMinor;

const noWorse = (other: AdvisedPlan, plan: AdvisedPlan): boolean =>
  outlay(other) <= outlay(plan) && other.retainedMinor <= plan.retainedMinor && other.downtimeHours <= plan.downtimeHours;
