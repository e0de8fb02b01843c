import type { Text } from '../../basics/index.ts';
import { differenceInDifferences, type BeforeAfter } from '../methods/difference-in-differences.ts';
import { meanChange } from '../methods/mean-change.ts';
import type { DroppedRow, SignificanceTest, StudyReport } from '../model.ts';
import { caveat, caveatsWhere, droppedCaveat, powerCaveat } from '../words/caveats.ts';
import { effectSentence } from '../words/did.ts';
import { isTooSkewed } from '../methods/moments.ts';
import { arrangementsOf, isFewClusters } from '../methods/permutation.ts';
import { detectableText, evidenceOf, powerAtDistance, reachablePower } from '../words/evidence.ts';
import { plain, smallSample } from '../words/numbers.ts';
import type { Subject } from '../words/subject.ts';
import {
  areFlags,
  drop,
  flagIn,
  groupedBy,
  numberIn,
  oncePerUnit,
  readRows,
  requireTwoGroups,
  requireUsed,
  type Placed,
  type RawRow,
  type Read,
} from './rows.ts';
import { usualSettings, type StudySettings } from './study.ts';

/** One unit with its group (1 treated, 0 not) before and after. */
export interface Compared extends BeforeAfter {
  readonly treated: boolean;
}

interface Observation {
  readonly group: number;
  readonly period: number;
  readonly value: number;
}

/** Reads columns `unit, group, period, value`, group and period 0 or 1, and joins each unit's two periods; rows of units that lack one or change group are dropped. */
export function readCompared(rows: readonly RawRow[]): Read<Compared> {
  const read = readRows<Observation>(rows, (cells) => {
    const [group, period, value] = [flagIn(cells['group']), flagIn(cells['period']), numberIn(cells['value'])];
    if (typeof group === 'string') return group;
    if (typeof period === 'string') return period;
    return typeof value === 'string' ? value : { group, period, value };
  });
  const once = oncePerUnit(
    read,
    (row) => JSON.stringify([row.unit, row.group, row.period]),
    (row) => String(row.value),
  );
  return joinPeriods(once);
}

function joinPeriods(read: Read<Placed<Observation>>): Read<Compared> {
  const used: Compared[] = [];
  const dropped: DroppedRow[] = [...read.dropped];
  for (const rows of groupedBy(read.used, (row) => row.unit).values()) {
    const [before, after] = [0, 1].map((period) => rows.find((row) => row.period === period));
    const oneGroup = rows.every((row) => row.group === rows[0]!.group);
    if (oneGroup && before !== undefined && after !== undefined) used.push({ treated: before.group === 1, before: before.value, after: after.value });
    else dropped.push(...rows.map((row) => drop(row, oneGroup ? 'missing-pair' : 'changes-group')));
  }
  return { used, dropped: dropped.sort((a, b) => a.line - b.line) };
}

/**
 * Difference in differences over two periods. The only design of the four that may say effect, and only under its condition, which it prints.
 * Refuses when a group is empty.
 */
export function studyCompared(read: Read<Compared>, settings: StudySettings = usualSettings): StudyReport {
  requireUsed(read);
  const [treated, reference] = [read.used.filter((unit) => unit.treated), read.used.filter((unit) => !unit.treated)];
  requireTwoGroups([...(reference.length > 0 ? ['0'] : []), ...(treated.length > 0 ? ['1'] : [])]);
  const found = differenceInDifferences({ treated, reference, seed: settings.seed }, settings.level);
  const p = found.permutation?.p ?? found.p;
  const planned = planOf(reference, found.standardError, settings.subject);
  const plan = { ...planned, power: reachablePower(planned.power, arrangementsOf(reference.length, treated.length)) };
  const [changeTreated, changeReference] = [meanChange(changesOf(treated), settings.level), meanChange(changesOf(reference), settings.level)];
  const asPoints = areFlags(read.used.flatMap(({ before, after }) => [before, after]));
  const smallest = Math.min(treated.length, reference.length);
  return {
    design: 'did',
    n: read.used.length,
    estimates: [
      { name: 'mean-change[0]', value: changeReference.difference, interval: changeReference.interval },
      { name: 'mean-change[1]', value: changeTreated.difference, interval: changeTreated.interval },
      { name: 'difference-in-differences', value: found.difference, interval: found.interval },
    ],
    tests: testsOf(found),
    dropped: [...read.dropped],
    words: effectSentence({
      subject: settings.subject,
      units: { treated: treated.length, reference: reference.length },
      changes: { treated: changeTreated.difference, reference: changeReference.difference },
      effect: found.difference,
      interval: found.interval,
      p,
      asPoints,
      evidence: evidenceOf({ p, power: plan.power }),
    }),
    caveats: [
      caveat('parallel-paths'),
      caveat('parallel-paths-not-testable'),
      ...caveatsWhere([
        [smallest < smallSample, 'small-sample'],
        [isFewClusters(treated.length, reference.length), 'few-clusters'],
        [smallest === 1, 'single-unit'],
        [smallest > 1 && found.interval === null, 'no-variation'],
        [isTooSkewed(changesOf(treated)) || isTooSkewed(changesOf(reference)), 'skewed'],
      ]),
      ...powerCaveat(plan.power, plan.change, detectableText(found.standardError)),
      ...droppedCaveat(read.dropped, read.used.length * 2 + read.dropped.length),
    ],
  };
}

const changesOf = (units: readonly BeforeAfter[]): number[] => units.map(({ before, after }) => after - before);

function testsOf(found: ReturnType<typeof differenceInDifferences>): SignificanceTest[] {
  const welch = found.p === null ? [] : [{ name: 'effect', statistic: found.t, p: found.p, method: 'Welch t of first differences' }];
  const permutation = found.permutation === null ? [] : [{ name: 'effect', statistic: null, p: found.permutation.p, method: found.permutation.method }];
  return [...welch, ...permutation];
}

/** Power against the relevant change; without one, against half the spread of the reference group's values afterwards; none where they do not vary. */
function planOf(reference: readonly BeforeAfter[], standardError: number | null, { relevantChange }: Subject): { power: number | null; change: Text } {
  const mean = reference.reduce((sum, unit) => sum + unit.after, 0) / reference.length;
  const deviation = Math.sqrt(reference.reduce((sum, unit) => sum + (unit.after - mean) ** 2, 0) / Math.max(1, reference.length - 1));
  const size = relevantChange === null ? deviation / 2 : relevantChange.kind === 'relative' ? Math.abs(mean) * relevantChange.size : relevantChange.size;
  const change = size > 0 ? { zh: `两组变化相差 ${plain(size)}`, en: `changes ${plain(size)} apart` } : { zh: '两组变化有差别', en: 'that changes differ' };
  return { power: standardError === null || size === 0 ? null : powerAtDistance(size / standardError), change };
}
