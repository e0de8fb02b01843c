import { z } from 'zod';
import { Day, Instant, type Lifecycle } from '../../basics/index.ts';
import { isOverdue, type Contingency } from './contingency.ts';

export const BinderState = z.enum(['conditional', 'confirmed', 'lapsed']);
export type BinderState = z.infer<typeof BinderState>;

/** A binder is conditional while a condition after binding is open, confirmed when all are met, and lapses by itself when one is missed. */
export const binderLifecycle: Lifecycle<BinderState> = {
  of: 'binder',
  first: 'conditional',
  moves: { conditional: ['confirmed', 'lapsed'], confirmed: [], lapsed: [] },
};

/** The conditional cover that a policy with conditions after binding starts as. */
export const Binder = z.strictObject({
  policy: z.string(),
  quote: z.string(),
  submission: z.string(),
  insured: z.string(),
  state: BinderState,
  /** Last day of the earliest open condition. */
  due: Day,
  endedAt: Instant.nullable(),
});
export type Binder = z.infer<typeof Binder>;

/** What the conditions after binding make of a binder now. */
export function binderState(contingencies: readonly Contingency[], now: Instant): BinderState {
  const after = contingencies.filter(({ stage }) => stage === 'post-bind');
  if (after.some((one) => one.state === 'missed' || isOverdue(one, now))) return 'lapsed';
  return after.every(({ state }) => state === 'met' || state === 'waived') ? 'confirmed' : 'conditional';
}
