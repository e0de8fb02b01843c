/** What one set of measures costs under one cover; all in the same money a year. */
export interface PlanCost {
  readonly premium: number;
  /** Expected loss that the firm keeps. */
  readonly retained: number;
  /** Whether the insurer accepts the firm so; a plan without insurance always is. */
  readonly permitted: boolean;
}

/**
 * Measures with their yearly costs, covers to choose from, and what a set costs under a cover. INVARIANT (monotone): one more measure never raises the premium or what is
 * retained, and never takes away the permission. The search is exact because of it.
 */
export interface Choice {
  readonly costs: readonly number[];
  readonly covers: number;
  readonly evaluate: (measures: readonly boolean[], cover: number) => PlanCost;
  /** Most that measures and premium may cost together. */
  readonly budget: number;
  /** What one unit of retained loss counts for: above 1 for a firm that fears the swings. */
  readonly riskCharge: number;
}

export interface Plan extends PlanCost {
  readonly measures: readonly boolean[];
  readonly cover: number;
  readonly cost: number;
  /** cost + premium + riskCharge · retained: what is minimised. */
  readonly total: number;
}

/** Beyond this many measures the search may take too long to be exact. */
export const mostMeasures = 20;

/** What a search may not change: measures that are in or out whatever they are worth. */
export interface Fixed {
  readonly included: readonly number[];
  readonly excluded: readonly number[];
}
const nothingFixed: Fixed = { included: [], excluded: [] };

/**
 * The plan with the least total inside the budget, by branch and bound: what is still open is first taken as bought for nothing, and a branch that cannot beat the best plan
 * even so is left. Null when no plan is affordable and permitted. Among equal totals the first found stays. More than 20 measures are a programmer's error.
 */
export function choosePlan(choice: Choice, fixed: Fixed = nothingFixed): Plan | null {
  if (choice.costs.length > mostMeasures) throw new Error(`at most ${mostMeasures} measures, not ${choice.costs.length}`);
  const open = choice.costs.map((_, i) => i).filter((i) => !fixed.included.includes(i) && !fixed.excluded.includes(i));
  const included = choice.costs.map((_, i) => fixed.included.includes(i));
  let best: Plan | null = null;
  for (let cover = 0; cover < choice.covers; cover += 1)
    best = searchCover(choice, { cover, included, open: inOrderOfWorth(choice, included, open, cover) }, best);
  return best;
}

interface Branch {
  readonly cover: number;
  readonly included: readonly boolean[];
  readonly open: readonly number[];
}

function searchCover(choice: Choice, branch: Branch, best: Plan | null): Plan | null {
  const here = planOf(choice, branch.included, branch.cover);
  const found = better(choice, here, best);
  if (branch.open.length === 0 || !canBeat(choice, branch, here.cost, found)) return found;
  const [next, ...open] = branch.open;
  const included = branch.included.map((member, i) => member || i === next);
  const withIt = searchCover(choice, { ...branch, included, open }, found);
  return searchCover(choice, { ...branch, open }, withIt);
}

function better(choice: Choice, plan: Plan, best: Plan | null): Plan | null {
  const allowed = plan.permitted && plan.cost + plan.premium <= choice.budget;
  return allowed && (best === null || plan.total < best.total) ? plan : best;
}

/** Whether some plan below this branch may be affordable, permitted and cheaper: the cheapest open measure is paid for, the others come free. */
function canBeat(choice: Choice, { cover, included, open }: Branch, cost: number, best: Plan | null): boolean {
  const most = choice.evaluate(
    included.map((member, i) => member || open.includes(i)),
    cover,
  );
  const least = cost + Math.min(...open.map((i) => choice.costs[i]!));
  if (!most.permitted || least + most.premium > choice.budget) return false;
  return best === null || least + most.premium + choice.riskCharge * most.retained < best.total;
}

/** Measures that save most for their cost first, so that a good plan is found early. */
function inOrderOfWorth(choice: Choice, included: readonly boolean[], open: readonly number[], cover: number): number[] {
  const without = planOf(choice, included, cover);
  const worth = new Map(
    open.map((i) => {
      const withIt = planOf(
        choice,
        included.map((member, k) => member || k === i),
        cover,
      );
      return [i, (without.total - without.cost - (withIt.total - withIt.cost)) / Math.max(1e-9, choice.costs[i]!)];
    }),
  );
  return open.toSorted((a, b) => worth.get(b)! - worth.get(a)! || a - b);
}

/** A plan with its costs summed. */
export function planOf(choice: Choice, measures: readonly boolean[], cover: number): Plan {
  const { premium, retained, permitted } = choice.evaluate(measures, cover);
  const cost = choice.costs.reduce((sum, one, i) => (measures[i] ? sum + one : sum), 0);
  return { measures, cover, cost, premium, retained, permitted, total: cost + premium + choice.riskCharge * retained };
}

/**
 * The cost below which a measure belongs in the best plan: least total without it, less the least total with it for nothing. Null when one of the two does not exist; infinite
 * when only plans with it are permitted.
 */
export function breakEvenCost(choice: Choice, measure: number): number | null {
  const free: Choice = { ...choice, costs: choice.costs.map((cost, i) => (i === measure ? 0 : cost)) };
  const withIt = choosePlan(free, { included: [measure], excluded: [] });
  const without = choosePlan(choice, { included: [], excluded: [measure] });
  if (withIt === null) return null;
  return without === null ? Number.POSITIVE_INFINITY : Math.max(0, without.total - withIt.total);
}
