import { Refusal, dayOf, type Day, type Instant } from '../../basics/index.ts';
import type { Policy } from '../model.ts';
import type { Cancellation, CancellationPlan, OvertakenCancellation } from './model.ts';

type Ending = Pick<CancellationPlan, 'side' | 'returns' | 'bearsEarlierLosses'>;

/** Grounds of the insurer that stand on dishonesty or on what was not disclosed: no day that somebody else has chosen takes them away. */
const isGrave = ({ side, returns, bearsEarlierLosses }: Ending): boolean => side === 'insurer' && (returns === 'nothing' || !bearsEarlierLosses);

/**
 * Whether a cancellation that ends cover on `ends` takes the place of one that stands and is still to come: an earlier one of the other side does, and one
 * on a grave ground of the insurer that is no later. Nothing overtakes a grave one.
 */
export function overtakes(standing: Cancellation, ending: Ending, ends: Day, now: Instant): boolean {
  if (dayOf(now) >= standing.ends || isGrave(standing)) return false;
  return isGrave(ending) ? ends <= standing.ends : ending.side !== standing.side && ends < standing.ends;
}

/** What a new cancellation of a policy takes the place of; empty for a policy that stands. */
export function overtakenIn({ cancellation }: Pick<Policy, 'cancellation'>): OvertakenCancellation[] {
  if (cancellation === null) return [];
  const { side, ground, title, ends, returnedMinor, at, by, reason } = cancellation;
  return [...cancellation.overtakes, { side, ground, title, ends, returnedMinor, at, by, reason }];
}

/** That a policy was ended already, and by what. */
export const alreadyCancelled = ({ number, cancellation }: Pick<Policy, 'number' | 'cancellation'>): Refusal =>
  new Refusal('conflict', 'already-cancelled', `policy ${number} has been ended already, by ${cancellation?.by ?? 'a rule'}`, {
    ...{ number, by: cancellation?.by ?? '', ends: cancellation?.ends ?? '' },
    ...{ ground: cancellation?.title.zh ?? '', groundEn: cancellation?.title.en ?? '' },
  });
