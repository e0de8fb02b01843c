import { mayMove } from '../../basics/index.ts';
import { disputedState } from './decisions.ts';
import { trackedLifecycle } from './lifecycle.ts';
import { DisputeGround, type TrackedFinding } from './model.ts';

/** What the owner of a weakness can ask for it. */
export const findingActions = ['assign', 'claim-fix', 'accept-risk', 'dispute', 'take-back'] as const;
export type FindingAction = (typeof findingActions)[number];

/** The grounds on which it can be disputed as it stands: those whose outcome the table of moves allows. */
export const groundsFor = ({ state }: Pick<TrackedFinding, 'state'>): DisputeGround[] =>
  DisputeGround.options.filter((ground) => mayMove(trackedLifecycle, state, disputedState[ground]));

type Standing = Pick<TrackedFinding, 'state' | 'pending' | 'counts' | 'revocable'>;

/** Whether the owner may ask for the action now, by the same table and the same waits that the decisions themselves are checked against. */
export const mayAsk: Readonly<Record<FindingAction, (one: Standing) => boolean>> = {
  assign: ({ counts }) => counts,
  'claim-fix': ({ state, pending }) => pending === null && mayMove(trackedLifecycle, state, 'fix-claimed'),
  'accept-risk': ({ state, pending }) => pending === null && mayMove(trackedLifecycle, state, 'risk-accepted'),
  dispute: (one) => one.pending === null && groundsFor(one).length > 0,
  'take-back': ({ revocable }) => revocable,
};
