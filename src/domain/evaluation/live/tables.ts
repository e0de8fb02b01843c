import { Refusal, type Text } from '../../basics/index.ts';
import type { StudyQuery } from '../cohort/query.ts';
import type { RawRow } from '../designs/rows.ts';
import type { StudyCohort } from './cohort.ts';
import { baselineOf, dayAfter, daysBetween, lastUpTo, startOf, type FirmHistory, type Observation } from './history.ts';
import { readMetric } from './readings.ts';
import { daysOpen, openSpells } from './repairs.ts';
import { comparableLooks, looksAround, underLatestRules, type Looks } from './scoring-rules.ts';

/** The data of one comparison, in the columns that the command line's `evaluate` reads, so that anybody can compute it again from the file. */
export interface StudyTable {
  readonly columns: readonly string[];
  readonly rows: readonly RawRow[];
  /** Firms of the cohort that are not in the table, by reason. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly code: 'scoring-changed' | 'not-recorded';
  readonly reason: Text;
  readonly firms: number;
}

/** What one comparison is about: a metric, and for a split by what firms had at the start the metric that splits them. */
export interface Comparison {
  readonly metric: string;
  readonly splitBy: string | null;
}

const reasons: Record<LeftOut['code'], Text> = {
  'scoring-changed': {
    zh: '前后两次评分规则版本不同，且旧证据已不完整，无法按新规则重新评分',
    en: 'the two scores come from different versions of the scoring rules, and the old evidence is no longer whole enough to score again',
  },
  'not-recorded': { zh: '没有所需的记录', en: 'the record needed is missing' },
};

type Cells = RawRow['cells'];

const tableOf = (columns: readonly string[], cells: readonly Cells[], leftOut: Readonly<Partial<Record<LeftOut['code'], number>>> = {}): StudyTable => ({
  columns,
  rows: cells.map((one, index) => ({ line: index + 2, cells: one })),
  leftOut: (Object.keys(reasons) as LeftOut['code'][]).flatMap((code) => {
    const firms = leftOut[code] ?? 0;
    return firms > 0 ? [{ code, reason: reasons[code], firms }] : [];
  }),
});

const cell = (value: number | null): string => (value === null ? '' : String(value));

const readOrNull = (metric: string, look: Observation | null): number | null => (look === null ? null : readMetric(metric, look));

const withFirm = (firm: string, looks: Looks | null): (Looks & { readonly firm: string })[] => (looks === null ? [] : [{ firm, ...looks }]);

/** Before and after in insured firms: columns `unit, before, after`. */
export function pairedTable({ insured }: StudyCohort, { metric }: Comparison, { followUpDays }: StudyQuery): StudyTable {
  const looks = insured.map((history) => ({ firm: history.firm, ...looksAround(history, startOf(history)!, followUpDays) }));
  const comparable = looks.flatMap(({ firm, ...one }) => withFirm(firm, comparableLooks(metric, one)));
  const cells = comparable.map(({ firm, before, after }) => ({ unit: firm, before: cell(readOrNull(metric, before)), after: cell(readOrNull(metric, after)) }));
  return tableOf(['unit', 'before', 'after'], cells, { 'scoring-changed': looks.length - comparable.length });
}

/** Insured and matched firms, before and after: columns `unit, group, period, value`. */
export function comparedTable(cohort: StudyCohort, { metric }: Comparison, { followUpDays }: StudyQuery): StudyTable {
  const units = [
    ...cohort.insured.map((history) => ({ history, group: '1', start: startOf(history)! })),
    ...cohort.control.map((history) => ({ history, group: '0', start: cohort.starts.get(history.firm)! })),
  ];
  const looks = units.map(({ history, group, start }) => ({ firm: history.firm, group, ...looksAround(history, start, followUpDays) }));
  const comparable = looks.flatMap(({ firm, group, ...one }) => withFirm(firm, comparableLooks(metric, one)).map((two) => ({ ...two, group })));
  const cells = comparable.flatMap(({ firm, group, before, after }) => [
    { unit: firm, group, period: '0', value: cell(readOrNull(metric, before)) },
    { unit: firm, group, period: '1', value: cell(readOrNull(metric, after)) },
  ]);
  return tableOf(['unit', 'group', 'period', 'value'], cells, { 'scoring-changed': looks.length - comparable.length });
}

/** Firms with the label of their group; those that say nothing on what splits them are left out. */
function groupsOf(
  cohort: StudyCohort,
  splitBy: string | null,
): { readonly members: readonly { history: FirmHistory; group: string }[]; readonly silent: number } {
  if (splitBy === null) {
    const members = [
      ...cohort.insured.map((history) => ({ history, group: 'insured' })),
      ...cohort.control.map((history) => ({ history, group: 'uninsured' })),
    ];
    return { members, silent: 0 };
  }
  const all = [...cohort.insured, ...cohort.control].map((history) => ({ history, had: readOrNull(splitBy, baselineOf(history)) }));
  const members = all.flatMap(({ history, had }) => (had === null ? [] : [{ history, group: had === 1 ? 'with' : 'without' }]));
  return { members, silent: all.length - members.length };
}

/** Two groups at the end of the time followed: columns `unit, group, value`, and `exposure` in firm-years for claims. */
export function groupsTable(cohort: StudyCohort, { metric, splitBy }: Comparison, { followUpDays, asOf }: StudyQuery): StudyTable {
  const { members: all, silent } = groupsOf(cohort, splitBy);
  if (metric === 'claims-frequency') return claimsTable(all, silent, asOf.slice(0, 10));
  const comparable = underLatestRules(
    all.map(({ history }) => history),
    metric,
  );
  const members = all.map(({ group }, at) => ({ group, history: comparable[at]! }));
  const cells = members.map(({ history, group }) => {
    const start = startOf(history) ?? cohort.starts.get(history.firm);
    const look = start === undefined ? (history.observations.at(-1) ?? null) : looksAround(history, start, followUpDays).after;
    return { unit: history.firm, group, value: cell(readOrNull(metric, look)) };
  });
  return tableOf(['unit', 'group', 'value'], cells, { 'not-recorded': silent });
}

function claimsTable(members: readonly { history: FirmHistory; group: string }[], silent: number, asOfDay: string): StudyTable {
  const known = members.flatMap(({ history, group }) => {
    const counts = claimsOf(history, asOfDay);
    return counts === null ? [] : [{ unit: history.firm, group, value: String(counts.claims), exposure: String(counts.years) }];
  });
  return tableOf(['unit', 'group', 'value', 'exposure'], known, { 'not-recorded': silent + members.length - known.length });
}

/** Claims over the covers that hold a count, and the years of those covers that have passed; null when none does. */
function claimsOf({ covers }: FirmHistory, asOfDay: string): { readonly claims: number; readonly years: number } | null {
  const counted = covers.filter(({ claims, from }) => claims !== null && from < asOfDay);
  if (counted.length === 0) return null;
  const days = counted.reduce((sum, { from, to }) => sum + daysBetween(from, to < asOfDay ? to : asOfDay), 0);
  return { claims: counted.reduce((sum, { claims }) => sum + claims!, 0), years: days / 365.25 };
}

/** Open severe and high vulnerabilities until repair: columns `unit, group, time, event`, time in days. Against matched firms those count that were found under cover, or since the partner's cover began. */
export function watchedTable(cohort: StudyCohort, { splitBy }: Comparison): StudyTable {
  const compares = splitBy !== null || cohort.control.length > 0;
  const { members, silent } = groupsOf(cohort, splitBy);
  const cells = members.flatMap(({ history, group }) =>
    openSpells(history)
      .filter(({ foundOn }) => splitBy !== null || cohort.starts.size === 0 || foundOn > (startOf(history) ?? cohort.starts.get(history.firm)!))
      .map((spell, index) => ({
        unit: `${spell.firm}/${index + 1}`,
        cluster: spell.firm,
        ...(compares ? { group } : {}),
        time: String(daysOpen(spell)),
        event: spell.repairedOn === null ? '0' : '1',
      })),
  );
  return tableOf(['unit', 'cluster', ...(compares ? ['group'] : []), 'time', 'event'], cells, { 'not-recorded': silent });
}

/** Days after which a look no longer stands for how a firm is. */
const freshDays = 200;
const quarterDays = 91;

/** A look every quarter until the day of the data cut: columns `unit, start, period, value`; `start` is the first period under cover, empty without one. */
export function quarterlyTable(cohort: StudyCohort, { metric }: Comparison, { asOf }: StudyQuery): StudyTable {
  const day = asOf.slice(0, 10);
  const firms = underLatestRules([...cohort.insured, ...cohort.control], metric);
  const first = firms.flatMap(({ observations }) => observations[0]?.on ?? []).sort()[0];
  if (first === undefined) throw new Refusal('bad-input', 'no-usable-rows', 'no firm of the cohort was ever looked at', { rows: 0 });
  const periods = Math.floor(daysBetween(first, day) / quarterDays);
  const ends = Array.from({ length: periods }, (_, period) => dayAfter(first, (period + 1) * quarterDays));
  const cells = firms.flatMap((history) => {
    const start = startOf(history);
    const startPeriod = start === null ? '' : String(Math.max(0, Math.floor(daysBetween(first, start) / quarterDays)));
    return ends.map((end, period) => ({ unit: history.firm, start: startPeriod, period: String(period), value: cell(freshValue(history, metric, end)) }));
  });
  return tableOf(['unit', 'start', 'period', 'value'], cells);
}

function freshValue(history: FirmHistory, metric: string, day: string): number | null {
  const look = lastUpTo(history, day);
  return look === null || daysBetween(look.on, day) > freshDays ? null : readMetric(metric, look);
}

/** Insured firms in each quarter around their start of cover: columns `unit, period, value`; period 0 is the first quarter of cover, and quarters after the data cut are empty. */
export function seriesTable({ insured }: StudyCohort, { metric }: Comparison, { asOf, followUpDays }: StudyQuery): StudyTable {
  const reach = Math.max(1, Math.floor(followUpDays / quarterDays));
  const day = asOf.slice(0, 10);
  const periods = Array.from({ length: 2 * reach }, (_, index) => index - reach);
  const cells = underLatestRules(insured, metric).flatMap((history) =>
    periods.map((period) => {
      const end = dayAfter(startOf(history)!, (period + 1) * quarterDays);
      return { unit: history.firm, period: String(period), value: end > day ? '' : cell(freshValue(history, metric, end)) };
    }),
  );
  return tableOf(['unit', 'period', 'value'], cells);
}
