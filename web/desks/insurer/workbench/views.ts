import type { CaseRow } from './wire.ts';

/** The desk's own queues, and the one that is drawn from all of them: what runs out soon. */
export const views = ['straight-through', 'person', 'information', 'expiring', 'blocked', 'new', 'offered', 'closed'] as const;
export type View = (typeof views)[number];

export const isView = (text: unknown): text is View => views.some((one) => one === text);

/** Days before the end of its validity from which an offer is about to expire. */
const soonDays = 7;

/** Whether a case stands in a view now. */
export function inView({ queue, summary }: CaseRow, view: View, now = Date.now()): boolean {
  if (view !== 'expiring') return queue === view;
  return summary !== null && (queue === 'offered' || queue === 'straight-through') && Date.parse(summary.validUntil) - now < soonDays * 86_400_000;
}

export interface SavedView {
  readonly name: string;
  readonly view: View;
  readonly mine: boolean;
  readonly text: string;
}

const kept = 'riskloop.desk-views';

/** The views that this person saved in this browser. */
export function savedViews(): SavedView[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(kept) ?? '[]');
    return Array.isArray(found) ? (found as SavedView[]).filter((one) => isView(one.view) && typeof one.name === 'string') : [];
  } catch {
    return [];
  }
}

export const keepViews = (saved: readonly SavedView[]): void => localStorage.setItem(kept, JSON.stringify(saved));

/** Whole hours from now until an instant, rounded towards it; negative when it has passed. */
export const hoursUntil = (instant: string, now = Date.now()): number => Math.trunc((Date.parse(instant) - now) / 3_600_000);
