import type { Text } from '../../basics/index.ts';
import { kaplanMeier, medianTime, type SurvivalCurve, type Watched } from '../methods/kaplan-meier.ts';
import { clusterPermutationP, mostClustered, type Cluster } from '../methods/cluster-permutation.ts';
import { logRankTest, type LogRank } from '../methods/log-rank.ts';
import type { PermutationP } from '../methods/permutation.ts';
import { restrictedMean, restrictedMeanDifference, type RestrictedMean } from '../methods/restricted-mean.ts';
import type { Estimate, SignificanceTest, StudyReport, SurvivalStep } from '../model.ts';
import { caveat, caveatsWhere, droppedCaveat, powerCaveat } from '../words/caveats.ts';
import { evidenceOf, powerAtDistance } from '../words/evidence.ts';
import { plain, smallSample } from '../words/numbers.ts';
import { survivalSentence } from '../words/survival.ts';
import { flagIn, numberIn, oncePerUnit, readRows, referenceFirst, requireUsed, textIn, type Placed, type RawRow, type Read } from './rows.ts';
import { usualSettings, type StudySettings } from './study.ts';

/** One watched thing and its group. */
export interface WatchedMember extends Watched {
  readonly group: string;
  /** What the unit belongs to, when several units belong to one and may depend on each other. */
  readonly cluster?: string;
}

/** The label of everything when the table has no groups. */
const onlyGroup = 'all';

/** Reads columns `unit, group, time, event, cluster`; `group` and `cluster` may be absent. Time is in the unit of the data, never negative. */
export function readWatched(rows: readonly RawRow[]): Read<Placed<WatchedMember>> {
  const read = readRows<WatchedMember>(rows, (cells) => {
    const group = cells['group'] === undefined ? onlyGroup : textIn(cells['group']);
    const [time, event] = [numberIn(cells['time']), flagIn(cells['event'])];
    if (group === '') return 'missing-value';
    if (typeof time === 'string') return time;
    if (typeof event === 'string') return event;
    const cluster = textIn(cells['cluster']);
    return time < 0 ? 'negative-time' : { group, time, event: event === 1, ...(cluster === '' ? {} : { cluster }) };
  });
  return oncePerUnit(
    read,
    (row) => row.unit,
    (row) => JSON.stringify([row.group, row.time, row.event]),
  );
}

interface Arm {
  readonly label: string;
  readonly watched: readonly Watched[];
  readonly curve: SurvivalCurve;
  readonly mean: RestrictedMean | null;
}

/**
 * Time until an event (repair, incident, claim) with units still open counted as censored. One group is described; two or more are compared by the log-rank test, whose p
 * comes from dealing whole clusters where units belong to clusters.
 * The restricted mean runs to the last time that every group was still watched.
 */
export function studyWatched(read: Read<WatchedMember>, settings: StudySettings = usualSettings): StudyReport {
  requireUsed(read);
  const { arms, horizon } = armsOf(read.used, settings.level);
  const logRank = logRankTest(arms.map((arm) => arm.watched));
  const meanTest = meanComparison(arms, settings.level);
  const events = arms.reduce((sum, arm) => sum + arm.curve.events, 0);
  const power = powerOf(arms, events);
  const smallest = Math.min(...arms.map((arm) => arm.curve.n));
  const clusters = clustersOf(read.used);
  const clustered = clusters === null || logRank === null ? null : clusterPermutationP({ clusters, statistic: logRankOf, seed: settings.seed });
  const p = clustered?.p ?? logRank?.p ?? null;
  return {
    design: 'survival',
    n: read.used.length,
    estimates: [...arms.flatMap((arm) => armEstimates(arm, horizon)), ...meanTest.estimates],
    tests: [...hazardTests(logRank, clustered), ...meanTest.tests],
    dropped: [...read.dropped],
    words: survivalSentence({
      subject: settings.subject,
      arms: arms.map(({ label, curve }) => ({ label, n: curve.n, events: curve.events, median: medianTime(curve) })),
      p,
      evidence: evidenceOf({ p, power }),
    }),
    caveats: [
      caveat('censoring-unrelated'),
      ...caveatsWhere([
        [arms.length === 1, 'one-group'],
        [arms.length > 1, 'not-randomised'],
        [smallest < smallSample, 'small-sample'],
        [events === 0, 'all-censored'],
        [events > 0 && arms.some((arm) => medianTime(arm.curve).value === null), 'median-not-reached'],
        [events > 0 && events < 10, 'few-events'],
      ]),
      ...powerCaveat(power, fasterByHalf),
      ...droppedCaveat(read.dropped, read.used.length + read.dropped.length),
    ],
    table: arms.flatMap(({ label, curve }) => tableOf(label, curve)),
  };
}

/** The test of all groups: by whole clusters where there are some, and then the usual one beside it under the name of what it supposes. */
function hazardTests(logRank: LogRank | null, clustered: PermutationP | null): SignificanceTest[] {
  if (logRank === null) return [];
  const usual = { statistic: logRank.chiSquared, p: logRank.p, method: `log-rank, ${logRank.degreesOfFreedom} df` };
  if (clustered === null) return [{ name: 'same-hazard', ...usual }];
  return [
    { name: 'same-hazard', statistic: logRank.chiSquared, p: clustered.p, method: `log-rank, ${clustered.method}` },
    { name: 'same-hazard, units taken as independent', ...usual },
  ];
}

const logRankOf = (groups: readonly (readonly Watched[])[]): number | null => logRankTest(groups)?.chiSquared ?? null;

/** The clusters with the number of their group; null where units stand alone, there is nothing to compare, a cluster lies in two groups, or there are too many to deal. */
function clustersOf(members: readonly WatchedMember[]): readonly Cluster<Watched>[] | null {
  const names = new Set(members.map(({ cluster, group }) => JSON.stringify([group, cluster])));
  const own = new Set(members.map(({ cluster }) => cluster));
  const groups = referenceFirst(members.map(({ group }) => group));
  if (own.has(undefined) || own.size === members.length || names.size !== own.size || groups.length < 2 || members.length > mostClustered) return null;
  return [...own].map((name) => {
    const units = members.filter(({ cluster }) => cluster === name);
    return { group: groups.indexOf(units[0]!.group), units };
  });
}

function armsOf(members: readonly WatchedMember[], level: number): { arms: readonly Arm[]; horizon: number } {
  const curves = referenceFirst(members.map((member) => member.group)).map((label) => {
    const watched = members.filter((member) => member.group === label);
    return { label, watched, curve: kaplanMeier(watched, level) };
  });
  const horizon = Math.min(...curves.map(({ curve }) => curve.longest));
  return { arms: curves.map((arm) => ({ ...arm, mean: restrictedMean(arm.curve, horizon, level) })), horizon };
}

function armEstimates({ label, curve, mean }: Arm, horizon: number): Estimate[] {
  const median = medianTime(curve);
  const restricted =
    mean === null
      ? []
      : [{ name: `restricted-mean[${label}] to ${plain(horizon)}`, value: mean.value, interval: mean.standardError > 0 ? mean.interval : null }];
  const open = median.interval.low === null && median.interval.high === null;
  return [{ name: `median-time[${label}]`, value: median.value, interval: open ? null : median.interval }, ...restricted];
}

function meanComparison(arms: readonly Arm[], level: number): { estimates: Estimate[]; tests: SignificanceTest[] } {
  const [reference, treated] = arms.map((arm) => arm.mean);
  if (arms.length !== 2 || !reference || !treated) return { estimates: [], tests: [] };
  const { difference, interval, z, p } = restrictedMeanDifference(treated, reference, level);
  const tests = p === null ? [] : [{ name: 'restricted-mean', statistic: z, p, method: 'RMST difference, normal' }];
  return { estimates: [{ name: 'restricted-mean-difference', value: difference, interval: p === null ? null : interval }], tests };
}

const tableOf = (group: string, curve: SurvivalCurve): SurvivalStep[] =>
  curve.steps.map(({ time, atRisk, events, censored, survival, low, high }) => ({ group, time, atRisk, events, censored, survival, low, high }));

const fasterByHalf: Text = { zh: '一组事件到来的速度是另一组的 1.5 倍', en: 'events coming 1.5 times as fast in one group' };

/**
 * Power of the log-rank test of two groups against a hazard ratio of 1.5, from the number of events (Schoenfeld 1983). With more groups that of the most even split of
 * one group against all others, which the test of all groups does not exceed.
 */
function powerOf(arms: readonly Arm[], events: number): number | null {
  if (arms.length < 2 || events === 0) return null;
  const all = arms.reduce((sum, { curve }) => sum + curve.n, 0);
  const evenness = Math.max(...arms.map(({ curve }) => (curve.n / all) * (1 - curve.n / all)));
  return powerAtDistance(Math.sqrt(events * evenness) * Math.log(1.5));
}
