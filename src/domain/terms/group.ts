import type { Item } from './model.ts';

/** An item on its way through the levels. */
export interface Member {
  readonly item: Item;
  /** What is left of it. */
  readonly amount: number;
  /** What retentions took so far. */
  readonly retained: number;
  /** How much it could rise again before a limit that it passed would cut it. */
  readonly room: number;
}

/** The items that a level's steps treat as one. */
export interface Group {
  readonly key: string;
  readonly members: readonly Member[];
  /** What entered the level. */
  readonly entered: number;
}

/** Sum insured of a group: each location, head and insured once, with the greatest sum that its items state. */
export function groupSumInsured({ members }: Group): number {
  const sums = new Map<string, number>();
  for (const { item } of members) {
    const place = JSON.stringify([item.insured, item.location, item.head]);
    sums.set(place, Math.max(sums.get(place) ?? 0, item.sumInsured ?? 0));
  }
  return [...sums.values()].reduce((sum, x) => sum + x, 0);
}

/**
 * What is left of the amount that came to a step when only `part` of what entered the level is paid. While nothing was taken before, it is `part` itself: the
 * product of two large amounts would leave the exact integers, and a half unit could round the wrong way.
 */
export const proRata = (amountIn: number, part: number, { entered }: Group): number => (amountIn === entered ? part : amountIn * (part / entered));

/** What a step reads besides the amount that enters it. */
export interface StepContext {
  readonly group: Group;
  /** Used and retained so far, of this step and group, by earlier losses. */
  readonly used: number;
  readonly retained: number;
  /** What retentions took from these very items so far, and how much they could rise again. */
  readonly borne: Borne;
}

/** What retentions took of a group on its way, and how much it could rise before a limit that it passed would cut it. */
export interface Borne {
  readonly retained: number;
  readonly room: number;
}

/** What a step answers: the amount that leaves, before rounding, and what it adds to memory. */
export interface StepResult {
  readonly out: number;
  readonly used?: number;
  readonly retained?: number;
  readonly reinstatementShare?: number;
  /** The limit that a cap applied. */
  readonly limit?: number;
}
