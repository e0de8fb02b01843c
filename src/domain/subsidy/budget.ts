import type { Day } from '../basics/index.ts';
import type { SubsidyGrant, SubsidyScheme } from './model.ts';

/** What the budget still holds: less what was granted, plus what came back; minor units. */
export const budgetLeft = ({ id, budgetMinor }: SubsidyScheme, grants: readonly SubsidyGrant[]): number =>
  grants.filter(({ scheme }) => scheme === id).reduce((left, grant) => left - netSubsidy(grant), budgetMinor);

/** What the authority has paid for good so far, minor units. */
export const netSubsidy = ({ subsidyMinor, returnedMinor }: SubsidyGrant): number => subsidyMinor - returnedMinor;

/** The budget after the grants that begin on or before a day. */
export interface BudgetPoint {
  readonly day: Day;
  readonly grants: number;
  readonly leftMinor: number;
}

/** How the budget burns down: one point for each day on which a granted cover begins. */
export function burnDown(scheme: SubsidyScheme, grants: readonly SubsidyGrant[]): BudgetPoint[] {
  const own = grants.filter((grant) => grant.scheme === scheme.id);
  const days = [...new Set(own.map(({ begins }) => begins))].sort();
  return days.map((day) => {
    const begun = own.filter(({ begins }) => begins <= day);
    return { day, grants: begun.length, leftMinor: budgetLeft(scheme, begun) };
  });
}
