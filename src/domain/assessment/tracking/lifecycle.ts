import type { Lifecycle } from '../../basics/index.ts';
import type { TrackedState } from './model.ts';

/**
 * Which state of a weakness can follow which. Scans lead to and from `fixed`; a second person leads to `risk-accepted` and, on a dispute, to
 * `false-positive`, `out-of-scope` and `fixed`; the end of an acceptance and a new sighting lead back to `open` by themselves.
 */
export const trackedLifecycle: Lifecycle<TrackedState> = {
  of: 'weakness',
  first: 'open',
  moves: {
    open: ['fix-claimed', 'fixed', 'risk-accepted', 'false-positive', 'out-of-scope'],
    'fix-claimed': ['open', 'fixed', 'risk-accepted', 'false-positive', 'out-of-scope'],
    fixed: ['open', 'out-of-scope'],
    'risk-accepted': ['open', 'fix-claimed', 'fixed', 'false-positive', 'out-of-scope'],
    'false-positive': ['open', 'out-of-scope'],
    'out-of-scope': ['open', 'fix-claimed', 'fixed', 'risk-accepted', 'false-positive'],
  },
};

/** States that keep counting for score, gate and price (a risk that somebody accepted is still there). */
export const countingStates: ReadonlySet<TrackedState> = new Set(['open', 'fix-claimed', 'risk-accepted']);
