import { clockStanding, labelledBy, repairsByFinding } from '../../../src/domain/assessment/index.ts';
import type { CountedFinding, RepairEffect, Severity } from '../../api/wire.ts';
import type { Tracked } from './queries.ts';
import type { View } from './view.ts';

/** One line of the fix list: a weakness over time, or a control that is missing. */
export interface FixRow {
  readonly id: string;
  readonly tracked: Tracked | null;
  readonly repair: RepairEffect | null;
  /** How many weaknesses the same repair closes; its saving must not be counted for each of them. */
  readonly together: number;
  readonly label: RepairEffect['label'] | null;
}

const labelRank = { 'must-fix': 0, 'affects-premium': 1, advice: 2 } as const;

/** Puts weaknesses, what they mean for the contract, and what their repair is worth side by side. */
export function rowsOf(tracked: readonly Tracked[], counted: readonly CountedFinding[], repairs: readonly RepairEffect[]): FixRow[] {
  const repairOf = repairsByFinding(repairs);
  const labelOf = new Map(labelledBy(counted, repairs).map((one) => [one.id, one.counts ? one.label : null]));
  const closing = new Map<string, number>();
  const rows = tracked.map((one): FixRow => {
    const ids = one.sources.flatMap(({ findings }) => findings);
    const repair = one.counts ? (ids.map((id) => repairOf.get(id)).find((found) => found !== undefined) ?? null) : null;
    if (repair) closing.set(repair.id, (closing.get(repair.id) ?? 0) + 1);
    const labels = ids.flatMap((id) => labelOf.get(id) ?? []).sort((a, b) => labelRank[a] - labelRank[b]);
    return { id: one.id, tracked: one, repair, together: 0, label: one.counts ? (repair?.label ?? labels[0] ?? null) : null };
  });
  const controls = repairs
    .filter(({ control }) => control !== null)
    .map((repair): FixRow => ({ id: repair.id, tracked: null, repair, together: 1, label: repair.label }));
  return [...rows.map((row) => ({ ...row, together: row.repair ? closing.get(row.repair.id)! : 0 })), ...controls];
}

/** The repairs of which every weakness that is left is claimed as fixed; only a scan confirms them. */
export function claimedRepairs(tracked: readonly Tracked[], repairs: readonly RepairEffect[]): RepairEffect[] {
  const open = tracked.filter(({ counts }) => counts);
  return repairs.filter(({ finding, closes }) => {
    const left = finding === null ? [] : open.filter(({ sources }) => sources.some(({ findings }) => findings.some((id) => closes.includes(id))));
    return left.length > 0 && left.every(({ state }) => state === 'fix-claimed');
  });
}

const severityRank: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };
const easeRank = { S: 0, M: 1, L: 2 } as const;

const saved = ({ repair }: FixRow): number => repair?.premiumDelta ?? 0;
const gravity = ({ tracked }: FixRow): number => (tracked === null ? 2.5 : tracked.knownExploited ? -1 : severityRank[tracked.severity]);
const rankOfLabel = ({ label }: FixRow): number => (label === null ? 3 : labelRank[label]);
const byId = (a: FixRow, b: FixRow): number => (a.id < b.id ? -1 : 1);

const orders: Readonly<Record<View['sort'], (a: FixRow, b: FixRow) => number>> = {
  saving: (a, b) => saved(a) - saved(b) || rankOfLabel(a) - rankOfLabel(b) || gravity(a) - gravity(b) || byId(a, b),
  risk: (a, b) => rankOfLabel(a) - rankOfLabel(b) || gravity(a) - gravity(b) || saved(a) - saved(b) || byId(a, b),
  ease: (a, b) => easeRank[a.repair?.effort ?? 'L'] - easeRank[b.repair?.effort ?? 'L'] || saved(a) - saved(b) || byId(a, b),
  due: (a, b) => (a.tracked?.clock?.dueAt ?? '9').localeCompare(b.tracked?.clock?.dueAt ?? '9') || gravity(a) - gravity(b) || byId(a, b),
};

/** The scans report it no longer, which proves nothing until the firm says that it is fixed. */
export const isSilent = ({ silentAt, counts }: Tracked): boolean => counts && silentAt !== null;

/** A control that moves neither premium nor gate would drown what does; it is shown with everything. */
const isWorthSaying = ({ repair, label }: FixRow): boolean => repair !== null && (repair.premiumDelta < 0 || label !== 'advice' || repair.gate !== 'none');

function isShown(row: FixRow, show: View['show']): boolean {
  const { tracked } = row;
  if (show === 'all') return true;
  if (tracked === null) return show === 'todo' && isWorthSaying(row);
  if (show === 'todo') return tracked.counts;
  if (show === 'silent') return isSilent(tracked);
  return show === 'settled' ? !tracked.counts : tracked.state === show;
}

function isWritten({ tracked, repair }: FixRow, text: string): boolean {
  const sought = text.trim().toLowerCase();
  if (sought === '') return true;
  const words = [tracked?.title, tracked?.asset, tracked?.what, repair?.title.zh, repair?.title.en, ...(tracked?.sources.map(({ tool }) => tool) ?? [])];
  return words.some((word) => word?.toLowerCase().includes(sought));
}

function isOwned({ tracked }: FixRow, owner: string): boolean {
  if (owner === '') return true;
  return owner === 'none' ? tracked !== null && tracked.counts && tracked.assignee === null : tracked?.assignee?.user === owner;
}

/** The rows that the view asks for, in its order. */
export function shownRows(rows: readonly FixRow[], view: View, now: string): FixRow[] {
  const fits = (row: FixRow): boolean =>
    isShown(row, view.show) &&
    (view.severity === '' || row.tracked?.severity === view.severity) &&
    (view.label === '' || row.label === view.label) &&
    (view.due === '' || (row.tracked !== null && clockStanding(row.tracked, now) === view.due)) &&
    isOwned(row, view.owner) &&
    isWritten(row, view.text);
  return rows.filter(fits).sort(orders[view.sort]);
}

/** The repairs of the chosen rows, each once. */
export const repairsOf = (rows: readonly FixRow[]): string[] => [...new Set(rows.flatMap(({ repair }) => repair?.id ?? []))].sort();
