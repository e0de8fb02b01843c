import { z } from 'zod';
import { Refusal } from '../basics/index.ts';
import { Act } from './application.ts';
import { SubsidyScheme } from './model.ts';

/** A scheme that an authority has opened, with the rules frozen at that moment. INVARIANT (never overspent): 0 ≤ reservedMinor ≤ scheme.budgetMinor. */
export const OpenScheme = z
  .strictObject({
    scheme: SubsidyScheme,
    state: z.enum(['open', 'closed']),
    /** What live applications take out of the budget. */
    reservedMinor: z.int().min(0),
    opened: Act,
  })
  .meta({ id: 'OpenScheme' });
export type OpenScheme = z.infer<typeof OpenScheme>;

/** Opens a scheme under its own budget, or under another one; its rules are frozen as they stand. Throws a Refusal `scheme-already-open` beside one of the same name. */
export function openScheme(
  rules: SubsidyScheme,
  { budgetMinor, opened, beside }: { budgetMinor: number | null; opened: OpenScheme['opened']; beside: readonly OpenScheme[] },
): OpenScheme {
  if (beside.some(({ scheme }) => scheme.id === rules.id))
    throw new Refusal('conflict', 'scheme-already-open', `the scheme \`${rules.id}\` was opened already`, { scheme: rules.id });
  return { scheme: { ...rules, budgetMinor: budgetMinor ?? rules.budgetMinor }, state: 'open', reservedMinor: 0, opened };
}

/** Throws a Refusal `scheme-closed`. */
export function requireOpen({ scheme, state }: OpenScheme): void {
  if (state !== 'open') throw new Refusal('rule', 'scheme-closed', 'the scheme takes no more applications', { scheme: scheme.id });
}

/** What a later application can still have, minor units. */
export const leftInScheme = ({ scheme, reservedMinor }: OpenScheme): number => scheme.budgetMinor - reservedMinor;

/** The scheme after its applications take more or less. Throws a Refusal `budget-overspent` rather than spend what is not there. */
export function withReserved(open: OpenScheme, changeMinor: number): OpenScheme {
  const reservedMinor = open.reservedMinor + changeMinor;
  if (reservedMinor > open.scheme.budgetMinor || reservedMinor < 0)
    throw new Refusal('rule', 'budget-overspent', 'the budget of the scheme does not hold this', { budgetMinor: open.scheme.budgetMinor, reservedMinor });
  return { ...open, reservedMinor };
}
