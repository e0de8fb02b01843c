/** Something that began at an hour, counted from any fixed moment. */
export interface Occurrence {
  readonly id: string;
  readonly atHour: number;
}

/**
 * Which occurrences make one event under an hours clause: the first opens a window of `hours`, everything that begins inside it belongs to it, the next one after it opens
 * the next window. Returns the event of each occurrence, named after its first; the order of the list does not matter.
 */
export function eventsInWindows(occurrences: readonly Occurrence[], hours: number): ReadonlyMap<string, string> {
  const events = new Map<string, string>();
  let first: Occurrence | null = null;
  for (const occurrence of [...occurrences].sort((a, b) => a.atHour - b.atHour || (a.id < b.id ? -1 : 1))) {
    if (first === null || occurrence.atHour >= first.atHour + hours) first = occurrence;
    events.set(occurrence.id, first.id);
  }
  return events;
}
