import type { Item } from './model.ts';

/** An item on its way through the levels: what is left of it, and what it was. */
export interface Member {
  readonly item: Item;
  readonly amount: number;
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

/** What a step reads besides the amount that enters it. */
export interface StepContext {
  readonly group: Group;
  /** Used and retained so far, of this step and group. */
  readonly used: number;
  readonly retained: number;
}

/** What a step answers: the amount that leaves, before rounding, and what it adds to memory. */
export interface StepResult {
  readonly out: number;
  readonly used?: number;
  readonly retained?: number;
  readonly reinstatementShare?: number;
}
