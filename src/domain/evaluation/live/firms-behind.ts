import { z } from 'zod';
import { readCompared } from '../designs/did.ts';
import { readMembers, type Member } from '../designs/groups.ts';
import { readPairs } from '../designs/paired.ts';
import { groupedBy } from '../designs/rows.ts';
import { readWatched } from '../designs/survival.ts';
import { neverTreated } from '../methods/panel.ts';
import type { Design } from '../model.ts';
import type { StudyCohort } from './cohort.ts';
import { panelOf } from './panel-of.ts';
import type { StudyTable } from './tables.ts';

/** A number of firms that a reader of a finding is told, or can compute from what it tells. */
export const CountedFirms = z.strictObject({ name: z.string(), firms: z.int().min(0) });
export type CountedFirms = z.infer<typeof CountedFirms>;

/** How many firms stand in each group that is compared, and every count of firms that the numbers of a finding allow to compute. */
export interface FirmsBehind {
  readonly groups: readonly { readonly group: string; readonly firms: number }[];
  readonly counts: readonly CountedFirms[];
}

type Reading = Pick<StudyTable, 'rows'>;

const readings: Record<Design, (table: Reading, cohort: StudyCohort) => FirmsBehind> = {
  paired: (table, cohort) =>
    behindMoves(
      readPairs(table.rows).used.map((pair) => ({ ...pair, group: 'insured' })),
      cohort,
    ),
  did: (table, cohort) =>
    behindMoves(
      readCompared(table.rows).used.map((unit) => ({ ...unit, group: unit.treated ? 'insured' : 'uninsured' })),
      cohort,
    ),
  groups: behindMembers,
  survival: behindSpells,
  staggered: behindPanel,
  interrupted: behindSeries,
};

/** The firms behind a finding, counted in its table as its design reads it. */
export const firmsBehind = (table: Reading, design: Design, cohort: StudyCohort): { groups: FirmsBehind['groups'][number][]; counts: CountedFirms[] } => {
  const { groups, counts } = readings[design](table, cohort);
  return { groups: [...groups], counts: [...counts] };
};

/** Yes or no for each value where no more than two values occur, since a mean then tells how many are which; null where more do. */
function flagsOf(values: readonly number[]): ((value: number) => boolean) | null {
  const different = new Set(values);
  if (different.size > 2) return null;
  const yes = different.size === 2 ? Math.max(...different) : 1;
  return (value) => value === yes;
}

interface Move {
  readonly group: string;
  readonly before: number;
  readonly after: number;
}

/** A mean change and its interval tell of yes and no how many firms moved each way, and a share before or after the rest. */
function behindMoves(moves: readonly Move[], cohort: StudyCohort): FirmsBehind {
  const groups = groupedBy(moves, ({ group }) => group);
  const isYes = flagsOf(moves.flatMap(({ before, after }) => [before, after]));
  const moved = isYes === null ? [] : [...groups].flatMap(([group, own]) => movesIn(group, own, isYes));
  return { groups: sizesOf(groups), counts: [...moved, ...leftOut(groups, cohort)] };
}

function movesIn(group: string, moves: readonly Move[], isYes: (value: number) => boolean): CountedFirms[] {
  const count = (holds: (before: boolean, after: boolean) => boolean): number => moves.filter(({ before, after }) => holds(isYes(before), isYes(after))).length;
  const [gained, lost] = [count((before, after) => !before && after), count((before, after) => before && !after)];
  const counted: readonly (readonly [string, number])[] = [
    ['yes before', count((before) => before)],
    ['no before', count((before) => !before)],
    ['yes after', count((_, after) => after)],
    ['no after', count((_, after) => !after)],
    ['gained', gained],
    ['lost', lost],
    ['net change', Math.abs(gained - lost)],
    ['yes both times', count((before, after) => before && after)],
    ['no both times', count((before, after) => !before && !after)],
    ['unchanged', moves.length - gained - lost],
  ];
  return counted.map(([name, firms]) => ({ name: `${name} [${group}]`, firms }));
}

function behindMembers({ rows }: Reading, cohort: StudyCohort): FirmsBehind {
  const { used } = readMembers(rows);
  const groups = groupedBy(used, ({ group }) => group);
  if (used.some(({ exposure }) => exposure !== null)) return { groups: sizesOf(groups), counts: yesAndNo(groups, (value) => value > 0) };
  const isYes = flagsOf(used.map(({ value }) => value));
  return { groups: sizesOf(groups), counts: [...(isYes === null ? [] : yesAndNo(groups, isYes)), ...leftOut(groups, cohort)] };
}

const yesAndNo = (groups: ReadonlyMap<string, readonly Member[]>, isYes: (value: number) => boolean): CountedFirms[] =>
  [...groups].flatMap(([group, own]) => {
    const yes = own.filter(({ value }) => isYes(value)).length;
    return [
      { name: `yes [${group}]`, firms: yes },
      { name: `no [${group}]`, firms: own.length - yes },
    ];
  });

/** Spells are weaknesses of firms: few firms may stand behind many of them, and few spells tell of few firms. */
function behindSpells({ rows }: Reading): FirmsBehind {
  const { used } = readWatched(rows);
  const firmsIn = (own: readonly { readonly cluster?: string }[]): number => new Set(own.map(({ cluster }) => cluster)).size;
  const groups = groupedBy(used, ({ group }) => group);
  return {
    groups: [...groups].map(([group, own]) => ({ group, firms: firmsIn(own) })),
    counts: [...groups].flatMap(([group, own]) => [
      { name: `repaired [${group}]`, firms: firmsIn(own.filter(({ event }) => event)) },
      { name: `still open [${group}]`, firms: firmsIn(own.filter(({ event }) => !event)) },
    ]),
  };
}

/** The sentence tells how many firms were compared: those under cover from the first quarter on are not among them. */
function behindPanel({ rows }: Reading, { insured, control }: StudyCohort): FirmsBehind {
  const { panel } = panelOf(rows);
  const starts = [...panel.starts];
  const always = starts.filter((start) => start <= 0).length;
  const never = starts.filter((start) => start === neverTreated).length;
  return {
    groups: [
      { group: 'insured', firms: starts.length - always - never },
      { group: 'uninsured', firms: never },
    ].filter(({ firms }) => firms > 0),
    counts: [
      { name: 'under cover from the first quarter on', firms: always },
      { name: 'left out', firms: insured.length + control.length - (starts.length - always) },
      ...onlyStep(panel),
    ],
  };
}

/** With one start and one quarter after it the effect is a difference of two changes, and tells of yes and no what such a one tells. */
function onlyStep({ values, starts, periods }: ReturnType<typeof panelOf>['panel']): CountedFirms[] {
  const begun = new Set([...starts].filter((start) => start > 0 && start < periods));
  const [start] = begun;
  const isYes = flagsOf([...values]);
  if (begun.size !== 1 || start !== periods - 1 || isYes === null) return [];
  const moves = [...starts].map((own, firm) => ({
    group: own === start ? 'insured' : 'uninsured',
    before: values[firm * periods + start - 1]!,
    after: values[firm * periods + start]!,
  }));
  return [...groupedBy(moves, ({ group }) => group)].flatMap(([group, own]) => movesIn(group, own, isYes));
}

/** A mean per quarter counts with the fewest firms that it was taken over. */
function behindSeries({ rows }: Reading): FirmsBehind {
  const known = rows.filter(({ cells }) => cells['value'] !== '');
  const sizes = [...groupedBy(known, ({ cells }) => cells['period']!).values()].map((own) => own.length);
  return { groups: sizes.length === 0 ? [] : [{ group: 'insured', firms: Math.min(...sizes) }], counts: [] };
}

const sizesOf = (groups: ReadonlyMap<string, readonly unknown[]>): FirmsBehind['groups'] => [...groups].map(([group, own]) => ({ group, firms: own.length }));

/** What the size of the cohort tells of the firms that a finding could not use. */
function leftOut(groups: ReadonlyMap<string, readonly unknown[]>, { insured, control }: StudyCohort): CountedFirms[] {
  const size = (group: string): number => groups.get(group)?.length ?? 0;
  if (groups.has('insured') || groups.has('uninsured'))
    return [
      { name: 'left out [insured]', firms: insured.length - size('insured') },
      ...(groups.has('uninsured') ? [{ name: 'left out [uninsured]', firms: control.length - size('uninsured') }] : []),
    ];
  const compared = [...groups.values()].reduce((sum, own) => sum + own.length, 0);
  return [{ name: 'left out', firms: insured.length + control.length - compared }];
}
