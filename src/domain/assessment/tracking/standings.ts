import { countFindings, type CountedFindings } from './count.ts';
import type { CaseEvent, TrackedFinding } from './model.ts';
import { standingOf, type Surroundings } from './standing.ts';
import { trackFindings, type Reading, type Track } from './track.ts';

/** Every weakness over all reports, and what of it counts. */
export interface Standings extends CountedFindings {
  readonly tracks: readonly Track[];
  readonly tracked: readonly TrackedFinding[];
}

/** How every weakness stands, and what counts, when people did what `eventsOf` says. */
export function standings(readings: readonly Reading[], eventsOf: (weakness: string) => readonly CaseEvent[], surroundings: Surroundings): Standings {
  const tracks = trackFindings(readings);
  const tracked = tracks.map((track) => standingOf(track, eventsOf(track.id), surroundings));
  return { tracks, tracked, ...countFindings(readings, tracked) };
}
