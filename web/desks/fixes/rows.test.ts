import { describe, expect, it } from 'vitest';
import type { CountedFinding, RepairEffect } from '../../api/wire.ts';
import type { Tracked } from './queries.ts';
import { claimedRepairs, repairsOf, rowsOf, shownRows } from './rows.ts';
import { firstView, searchOf, viewOf } from './view.ts';

const now = '2026-07-01T00:00:00Z';
const tracked = (id: string, more: Partial<Tracked> = {}): Tracked =>
  ({
    ...{
      id,
      what: id,
      asset: 'www.example.com',
      title: `title ${id}`,
      severity: 'high',
      knownExploited: false,
      counts: true,
      state: 'open',
      clock: null,
      assignee: null,
    },
    sources: [{ format: 'nessus', tool: 'Nessus', findings: [`f-${id}`], reports: [], firstSeen: now, lastSeen: now, present: true }],
    ...more,
  }) as Tracked;
const repair = (finding: string, premiumDelta: number, closes = [finding]): RepairEffect =>
  ({
    id: finding,
    finding,
    control: null,
    title: { zh: finding, en: finding },
    closes,
    effort: 'S',
    premiumDelta,
    scoreDelta: 1,
    label: 'affects-premium',
  }) as unknown as RepairEffect;
const counted = (id: string, label: RepairEffect['label']): CountedFinding => ({ id, label, counts: true }) as CountedFinding;

describe('the rows of the fix list', () => {
  it('share one repair where one closes several weaknesses', () => {
    const together = [tracked('a'), tracked('b', { sources: tracked('a').sources })];

    const rows = rowsOf(together, [], [repair('f-a', -500)]);

    expect(rows.map(({ together: count }) => count)).toEqual([2, 2]);
    expect(repairsOf(rows)).toEqual(['f-a']);
  });

  it('take the repair that another tool’s finding stands for', () => {
    expect(rowsOf([tracked('b')], [], [repair('f-a', -500, ['f-a', 'f-b'])])[0]!.repair!.id).toBe('f-a');
  });

  it('have the gravest label of their findings, and none once they are settled', () => {
    const two = tracked('a', { sources: [...tracked('a').sources, ...tracked('b').sources] });

    expect(rowsOf([two], [counted('f-a', 'advice'), counted('f-b', 'must-fix')], [])[0]!.label).toBe('must-fix');
    expect(rowsOf([{ ...two, counts: false, state: 'fixed' }], [counted('f-a', 'advice')], [repair('f-a', -5)])[0]).toMatchObject({
      label: null,
      repair: null,
    });
  });
});

describe('the repairs that are claimed', () => {
  it('are those of which nothing is left but what awaits a scan', () => {
    const claimed = { state: 'fix-claimed' } as const;
    const all = [tracked('a', claimed), tracked('b'), tracked('c', claimed), tracked('d', { state: 'fixed', counts: false })];
    const repairs = [repair('f-a', 0), repair('f-b', 0), repair('f-c', 0, ['f-b', 'f-c']), repair('f-d', 0), { ...repair('f-a', 0, ['f-a']), finding: null }];

    expect(claimedRepairs(all, repairs).map(({ id, finding }) => [id, finding])).toEqual([['f-a', 'f-a']]);
  });
});

describe('a view of the fix list', () => {
  const rows = rowsOf(
    [
      tracked('cheap'),
      tracked('dear', { clock: { dueAt: '2026-06-01T00:00:00Z' } as Tracked['clock'], assignee: { user: 'li', name: 'Li' } }),
      tracked('done', { counts: false, state: 'fixed' }),
      tracked('exploited', { severity: 'low', knownExploited: true, clock: { dueAt: '2026-07-03T00:00:00Z' } as Tracked['clock'] }),
    ],
    [],
    [repair('f-cheap', -100), repair('f-dear', -900)],
  );
  const ids = (more: Partial<typeof firstView>): string[] => shownRows(rows, { ...firstView, ...more }, now).map(({ id }) => id);

  it('orders by money, by risk and by what is due', () => {
    expect(ids({})).toEqual(['dear', 'cheap', 'exploited']);
    expect(ids({ sort: 'risk' })[0]).toBe('dear');
    expect(ids({ sort: 'due' })).toEqual(['dear', 'exploited', 'cheap']);
  });

  it('narrows by state, clock, owner and words', () => {
    expect(ids({ show: 'settled' })).toEqual(['done']);
    expect(ids({ show: 'all' })).toHaveLength(4);
    expect(ids({ due: 'overdue' })).toEqual(['dear']);
    expect(ids({ due: 'soon' })).toEqual(['exploited']);
    expect(ids({ owner: 'li' })).toEqual(['dear']);
    expect(ids({ owner: 'none' })).toEqual(['cheap', 'exploited']);
    expect(ids({ text: 'TITLE cheap' })).toEqual(['cheap']);
  });

  it('leaves controls that move nothing to the view of everything', () => {
    const control = (id: string, premiumDelta: number): RepairEffect =>
      ({ ...repair('x', premiumDelta), id, finding: null, control: id, label: premiumDelta < 0 ? 'affects-premium' : 'advice', gate: 'none' }) as RepairEffect;
    const controls = rowsOf([], [], [control('backups', -5), control('certified', 0)]);

    expect(shownRows(controls, firstView, now).map(({ id }) => id)).toEqual(['backups']);
    expect(shownRows(controls, { ...firstView, show: 'all' }, now)).toHaveLength(2);
  });

  it('stands in the address, and only what differs from the first view', () => {
    expect(searchOf({ ...firstView, sort: 'due', text: 'x' })).toEqual({ sort: 'due', text: 'x' });
    expect(viewOf({ sort: 'due', show: 'nonsense', text: 'x', other: 'y', severity: 3 })).toEqual({ sort: 'due', text: 'x' });
  });
});
