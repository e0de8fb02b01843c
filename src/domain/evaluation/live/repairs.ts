import { daysBetween, type FirmHistory } from './history.ts';

/** One stretch in which a severe or high vulnerability was open: from the scan that first showed it to the scan that no longer did. */
export interface OpenSpell {
  readonly firm: string;
  readonly finding: string;
  readonly foundOn: string;
  /** Day of the confirming scan; null while it is open or nobody looked again. */
  readonly repairedOn: string | null;
  /** Last scan on which it was seen, or on which the firm was looked at. */
  readonly watchedUntil: string;
}

interface Scan {
  readonly on: string;
  readonly open: ReadonlySet<string>;
}

/** Scans of a firm, one per day on which one ran; a later look at the same scan replaces an earlier one. */
function scansOf({ observations }: FirmHistory): readonly Scan[] {
  const byDay = new Map(observations.flatMap(({ scannedOn, severeOpen }) => (scannedOn === null ? [] : [[scannedOn, new Set(severeOpen)] as const])));
  return [...byDay].map(([on, open]) => ({ on, open })).sort((a, b) => (a.on < b.on ? -1 : 1));
}

/**
 * Every stretch in which a severe or high vulnerability was open. Repair counts only when a later scan no longer shows it, and is dated to that scan, so
 * that times are those of detection and never too short. Seen again after repair, it begins a new stretch.
 */
export function openSpells(history: FirmHistory): readonly OpenSpell[] {
  const spells: OpenSpell[] = [];
  const since = new Map<string, string>();
  const scans = scansOf(history);
  for (const { on, open } of scans) {
    for (const [finding, foundOn] of since) {
      if (open.has(finding)) continue;
      spells.push({ firm: history.firm, finding, foundOn, repairedOn: on, watchedUntil: on });
      since.delete(finding);
    }
    for (const finding of open) if (!since.has(finding)) since.set(finding, on);
  }
  const last = scans.at(-1)?.on ?? '';
  const still = [...since].map(([finding, foundOn]) => ({ firm: history.firm, finding, foundOn, repairedOn: null, watchedUntil: last }));
  return [...spells, ...still];
}

/** Days that a stretch lasted, or has lasted so far. */
export const daysOpen = ({ foundOn, repairedOn, watchedUntil }: OpenSpell): number => daysBetween(foundOn, repairedOn ?? watchedUntil);

/** Repairs that are old enough and were looked at since, and how many of them came back, within so many days. */
export function recurrences(histories: readonly FirmHistory[], asOfDay: string, withinDays = 180): { readonly returned: number; readonly of: number } {
  const followed = histories.flatMap((history) => {
    const spells = openSpells(history);
    const last = scansOf(history).at(-1)?.on ?? '';
    return spells
      .filter(({ repairedOn }) => repairedOn !== null && daysBetween(repairedOn, asOfDay) >= withinDays && last > repairedOn)
      .map((spell) => spells.some((other) => other.finding === spell.finding && isWithin(spell.repairedOn!, other.foundOn, withinDays)));
  });
  return { returned: followed.filter(Boolean).length, of: followed.length };
}

const isWithin = (from: string, day: string, days: number): boolean => day > from && daysBetween(from, day) <= days;
