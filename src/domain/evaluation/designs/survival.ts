import { Refusal, type Text } from '../../basics/index.ts';
import { kaplanMeier, medianTime, type SurvivalCurve, type Watched } from '../methods/kaplan-meier.ts';
import { dealtLogRankP, type Cluster } from '../methods/dealt-log-rank.ts';
import { logRankTest, type LogRank } from '../methods/log-rank.ts';
import { arrangementsOf, type PermutationP } from '../methods/permutation.ts';
import { restrictedMean, restrictedMeanDifference, type RestrictedMean } from '../methods/restricted-mean.ts';
import type { Estimate, SignificanceTest, StudyReport, SurvivalStep } from '../model.ts';
import { caveat, caveatsWhere, droppedCaveat, powerCaveat } from '../words/caveats.ts';
import { evidenceOf, powerAtDistance, reachablePower } from '../words/evidence.ts';
import { plain, smallSample } from '../words/numbers.ts';
import { survivalSentence } from '../words/survival.ts';
import { drop, flagIn, groupedBy, numberIn, oncePerUnit, readRows, referenceFirst, requireUsed, textIn, type Placed, type RawRow, type Read } from './rows.ts';
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
    if (time < 0) return 'negative-time';
    if (cells['cluster'] === undefined) return { group, time, event: event === 1 };
    const cluster = textIn(cells['cluster']);
    return cluster === '' ? 'missing-value' : { group, time, event: event === 1, cluster };
  });
  return withoutCrossing(
    oncePerUnit(
      read,
      (row) => row.unit,
      (row) => JSON.stringify([row.group, row.time, row.event, row.cluster]),
    ),
  );
}

/** Drops the units of clusters that lie in more than one group: a cluster is dealt as a whole, so it has one group. */
function withoutCrossing({ used, dropped }: Read<Placed<WatchedMember>>): Read<Placed<WatchedMember>> {
  const groupsOf = new Map(
    [...groupedBy(used, ({ cluster }) => cluster ?? '')].map(([cluster, own]) => [cluster, new Set(own.map(({ group }) => group)).size]),
  );
  const crossing = used.filter(({ cluster }) => cluster !== undefined && groupsOf.get(cluster)! > 1);
  if (crossing.length === 0) return { used, dropped };
  const left = new Set(crossing);
  return {
    used: used.filter((row) => !left.has(row)),
    dropped: [...dropped, ...crossing.map((row) => drop(row, 'cluster-changes-group'))].sort((a, b) => a.line - b.line),
  };
}

interface Arm {
  readonly label: string;
  readonly watched: readonly Watched[];
  readonly curve: SurvivalCurve;
  readonly mean: RestrictedMean | null;
}

/**
 * Time until an event (repair, incident, claim) with units still open counted as censored. One group is described; two or more are compared by the log-rank test, whose p
 * comes from dealing whole clusters where units belong to clusters, and from dealing units where events or units are few.
 * The restricted mean runs to the last time that every group was still watched. Refuses more than 50 groups (`too-many-groups`).
 */
export function studyWatched(read: Read<WatchedMember>, settings: StudySettings = usualSettings): StudyReport {
  requireUsed(read);
  const { arms, horizon } = armsOf(read.used, settings.level);
  const logRank = logRankTest(arms.map((arm) => arm.watched));
  const events = arms.reduce((sum, arm) => sum + arm.curve.events, 0);
  const smallest = Math.min(...arms.map((arm) => arm.curve.n));
  const clusters = clustersOf(read.used);
  const clustered = clusters.length < read.used.length;
  const meanTest = meanComparison(arms, settings.level, clustered);
  const few = events < fewEvents || smallest < fewInArm;
  const dealt = logRank !== null && (clustered || few) ? dealtLogRankP({ clusters, seed: settings.seed }) : null;
  const p = dealt?.p ?? logRank?.p ?? null;
  const power = powerOf(clusters, arms.length);
  return {
    design: 'survival',
    n: read.used.length,
    estimates: [...arms.flatMap((arm) => armEstimates(arm, horizon)), ...meanTest.estimates],
    tests: [...hazardTests(logRank, dealt, clustered), ...meanTest.tests],
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
        [events > 0 && events < fewEvents, 'few-events'],
        [clustered, 'depending-units'],
      ]),
      ...powerCaveat(power, fasterByHalf),
      ...droppedCaveat(read.dropped, read.used.length + read.dropped.length),
    ],
    table: arms.flatMap(({ label, curve }) => tableOf(label, curve)),
  };
}

/** Below these the chi-squared approximation of the log-rank test rejects too often. */
const fewEvents = 10;
const fewInArm = 15;

/** The test of all groups by dealing, where it decides, and the usual one beside it; with clusters that one goes under the name of what it supposes. */
function hazardTests(logRank: LogRank | null, dealt: PermutationP | null, clustered: boolean): SignificanceTest[] {
  if (logRank === null) return [];
  const usual = { name: 'same-hazard', statistic: logRank.chiSquared, p: logRank.p, method: `log-rank, ${logRank.degreesOfFreedom} df` };
  if (dealt === null) return [usual];
  return [
    { name: 'same-hazard', statistic: null, ...dealt },
    { ...usual, name: clustered ? 'same-hazard-if-independent' : 'same-hazard' },
  ];
}

/** The clusters with the number of their group; a unit that belongs to none is a cluster of its own. */
function clustersOf(members: readonly WatchedMember[]): readonly Cluster[] {
  const groups = new Map(referenceFirst(members.map(({ group }) => group)).map((label, at) => [label, at]));
  return [...groupedBy(members, ({ cluster }, at) => (cluster === undefined ? `unit ${at}` : `cluster ${cluster}`)).values()].map((units) => ({
    group: groups.get(units[0]!.group)!,
    units,
  }));
}

/** More curves than this tell a reader nothing, and a column of names is mistaken for one of groups. */
const mostGroups = 50;

function armsOf(members: readonly WatchedMember[], level: number): { arms: readonly Arm[]; horizon: number } {
  const labels = referenceFirst(members.map((member) => member.group));
  if (labels.length > mostGroups)
    throw new Refusal('rule', 'too-many-groups', `survival compares at most ${mostGroups} groups, the file has ${labels.length}`, { groups: labels.length });
  const curves = labels.map((label) => {
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

function meanComparison(arms: readonly Arm[], level: number, clustered: boolean): { estimates: Estimate[]; tests: SignificanceTest[] } {
  const [reference, treated] = arms.map((arm) => arm.mean);
  if (arms.length !== 2 || !reference || !treated) return { estimates: [], tests: [] };
  const { difference, interval, z, p } = restrictedMeanDifference(treated, reference, level);
  const tests =
    p === null ? [] : [{ name: clustered ? 'restricted-mean-if-independent' : 'restricted-mean', statistic: z, p, method: 'RMST difference, normal' }];
  return { estimates: [{ name: 'restricted-mean-difference', value: difference, interval: p === null ? null : interval }], tests };
}

const tableOf = (group: string, curve: SurvivalCurve): SurvivalStep[] =>
  curve.steps.map(({ time, atRisk, events, censored, survival, low, high }) => ({ group, time, atRisk, events, censored, survival, low, high }));

const fasterByHalf: Text = { zh: '一组事件到来的速度是另一组的 1.5 倍', en: 'events coming 1.5 times as fast in one group' };

/**
 * Power of the log-rank test of two groups against a hazard ratio of 1.5, from the number of clusters with events (Schoenfeld 1983), as if the units of a cluster told no more
 * than one of them; 0 where there are too few clusters for any dealing to be rare. With more groups that of the most even split of one group against all others, which the
 * test of all groups does not exceed.
 */
function powerOf(clusters: readonly Cluster[], groups: number): number | null {
  const events = clusters.filter(({ units }) => units.some(({ event }) => event)).length;
  if (groups < 2 || events === 0) return null;
  const sizes = Array.from({ length: groups }, (_, g) => clusters.filter(({ group }) => group === g).length);
  const evenness = Math.max(...sizes.map((size) => (size / clusters.length) * (1 - size / clusters.length)));
  const arrangements = Math.max(...sizes.map((size) => arrangementsOf(size, clusters.length - size)));
  return reachablePower(powerAtDistance(Math.sqrt(events * evenness) * Math.log(1.5)), arrangements);
}
