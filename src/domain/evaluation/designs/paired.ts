import type { Text } from '../../basics/index.ts';
import { clopperPearsonInterval } from '../methods/clopper-pearson.ts';
import { mcNemarTest } from '../methods/mcnemar.ts';
import { meanChange, meanOf } from '../methods/mean-change.ts';
import { isTooSkewed, momentsOf } from '../methods/moments.ts';
import { pairedDifference, type PairedTable } from '../methods/newcombe-paired.ts';
import { mostPermuted, signFlipP } from '../methods/permutation.ts';
import { fewestChanged, powerOfMcNemar } from '../methods/power.ts';
import { wilsonInterval } from '../methods/wilson.ts';
import type { Caveat, Count, SignificanceTest, StudyReport } from '../model.ts';
import { caveat, caveatsWhere, droppedCaveat, powerCaveat } from '../words/caveats.ts';
import { detectableText, evidenceOf, powerAtDistance, reachablePower } from '../words/evidence.ts';
import { plain, smallSample } from '../words/numbers.ts';
import { pairedMeanSentence, pairedShareSentence } from '../words/paired.ts';
import type { Subject } from '../words/subject.ts';
import { areFlags, fewCounts, isRare, numberIn, oncePerUnit, readRows, requireUsed, type Placed, type RawRow, type Read } from './rows.ts';
import { usualSettings, type StudySettings } from './study.ts';

/** One unit before and after. */
export interface Pair {
  readonly before: number;
  readonly after: number;
}

/** Reads columns `unit, before, after`; a row lacking one of the two is not a pair. */
export function readPairs(rows: readonly RawRow[]): Read<Placed<Pair>> {
  const read = readRows<Pair>(rows, (cells) => {
    const [before, after] = [numberIn(cells['before']), numberIn(cells['after'])];
    if (before === 'missing-value' || after === 'missing-value') return 'missing-pair';
    if (typeof before === 'string') return before;
    return typeof after === 'string' ? after : { before, after };
  });
  return oncePerUnit(
    read,
    (pair) => pair.unit,
    (pair) => `${pair.before} ${pair.after}`,
  );
}

/**
 * Before and after in the same units, without a control group: speaks of change, never of effect. Yes/no when all values are 0 or 1, else numeric.
 * Refuses (`no-usable-rows`) when nothing can be used.
 */
export function studyPairs(read: Read<Pair>, settings: StudySettings = usualSettings): StudyReport {
  requireUsed(read);
  const flags = areFlags(read.used.flatMap(({ before, after }) => [before, after]));
  return flags ? studyShares(read, settings) : studyMeans(read, settings);
}

const tableOf = (pairs: readonly Pair[]): PairedTable => {
  const table = { both: 0, gained: 0, lost: 0, neither: 0 };
  for (const { before, after } of pairs) table[before === 1 ? (after === 1 ? 'both' : 'lost') : after === 1 ? 'gained' : 'neither'] += 1;
  return table;
};

function studyShares(read: Read<Pair>, { level, subject }: StudySettings): StudyReport {
  const table = tableOf(read.used);
  const n = read.used.length;
  const [before, after]: [Count, Count] = [
    { count: table.both + table.lost, of: n },
    { count: table.both + table.gained, of: n },
  ];
  const change = pairedDifference(table, level);
  const test = mcNemarTest(table);
  const plan = sharePlan(before, subject);
  const power = plan === null ? null : powerOfMcNemar({ pairs: n, ...plan.chances });
  const words = pairedShareSentence({ subject, before, after, interval: change.interval, p: test.exactP, evidence: evidenceOf({ p: test.exactP, power }) });
  return {
    design: 'paired',
    n,
    estimates: [
      { name: 'share-before', value: before.count / n, interval: wilsonInterval(before, level), counts: before },
      { name: 'share-before-exact', value: before.count / n, interval: clopperPearsonInterval(before, level), counts: before },
      { name: 'share-after', value: after.count / n, interval: wilsonInterval(after, level), counts: after },
      { name: 'share-after-exact', value: after.count / n, interval: clopperPearsonInterval(after, level), counts: after },
      { name: 'change-of-share', value: change.difference, interval: change.interval },
    ],
    tests: mcNemarTests(test),
    dropped: [...read.dropped],
    words,
    caveats: [
      caveat('no-control-group'),
      ...caveatsWhere([
        [n < smallSample, 'small-sample'],
        [after.count === n && before.count < n, 'everybody-reached'],
        [table.gained + table.lost === 0, 'nothing-changed'],
        [isRare(before) || isRare(after), 'few-yes-or-no'],
        [table.gained + table.lost < fewCounts, 'few-changed'],
      ]),
      ...powerCaveat(power, plan?.change ?? none),
      fewestMoved(n),
      ...droppedCaveat(read.dropped, n + read.dropped.length),
    ],
  };
}

/** The fewest units that must move one way, nobody the other, for the exact test to reach 5 %. */
function fewestMoved(n: number): Caveat {
  const fewest = fewestChanged();
  const text =
    n < fewest
      ? {
          zh: `精确检验要达到 p ≤ 0.05，至少须有 ${fewest} 个单位同向变化而无反向；本样本只有 ${n} 个单位，无论结果如何都达不到。`,
          en: `For p ≤ 0.05 the exact test needs at least ${fewest} units changing one way and none the other; with ${n} ${n === 1 ? 'unit' : 'units'} it cannot be reached, whatever happens.`,
        }
      : {
          zh: `精确检验要达到 p ≤ 0.05，至少须有 ${fewest} 个单位同向变化而无反向。`,
          en: `For p ≤ 0.05 the exact test needs at least ${fewest} units changing one way and none the other.`,
        };
  return { code: 'fewest-changes', text };
}

const none: Text = { zh: '—', en: '—' };

function mcNemarTests(test: ReturnType<typeof mcNemarTest>): SignificanceTest[] {
  const approximate =
    test.chiSquared === null ? [] : [{ name: 'change', statistic: test.chiSquared, p: test.chiSquaredP!, method: 'McNemar chi-squared (approximate)' }];
  return [
    { name: 'change', statistic: null, p: test.exactP, method: 'exact McNemar' },
    { name: 'change', statistic: null, p: test.midP, method: 'McNemar mid-p' },
    ...approximate,
  ];
}

/** Probabilities of gaining and losing under the smallest change worth finding, and that change in words; null when the change has no room. */
function sharePlan(before: Count, { relevantChange, direction }: Subject): { chances: { gain: number; loss: number }; change: Text } | null {
  const share = before.count / before.of;
  const room = direction === 'lower-is-better' ? share : 1 - share;
  const { kind, size } = relevantChange ?? { kind: 'absolute', size: 0.2 };
  const moved = Math.min(room, kind === 'relative' ? room * size : size);
  if (!(moved > 0)) return null;
  const chances = direction === 'lower-is-better' ? { gain: 0, loss: moved } : { gain: moved, loss: 0 };
  const one = plain(moved, 2);
  return {
    chances,
    change: {
      zh: `每个单位有 ${one} 的概率发生${direction === 'neither' ? '同向变化' : '改善'}`,
      en: `each unit ${direction === 'neither' ? 'moving one way' : 'improving'} with probability ${one}`,
    },
  };
}

function studyMeans(read: Read<Pair>, { level, seed, subject }: StudySettings): StudyReport {
  const pairs = read.used;
  const n = pairs.length;
  const changes = pairs.map(({ before, after }) => after - before);
  const change = meanChange(changes, level);
  const flip = n <= mostPermuted ? signFlipP({ changes, seed }) : null;
  const [before, after] = [momentsOf(pairs.map((pair) => pair.before)), momentsOf(pairs.map((pair) => pair.after))];
  const p = n < 30 || change.p === null ? (flip?.p ?? null) : change.p;
  const planned = meanPlan(before.mean, change.standardError, n, subject);
  // Half of the arrangements of signs mirror the other half.
  const plan = { ...planned, power: reachablePower(planned.power, 2 ** (n - 1)) };
  const student = change.p === null ? [] : [{ name: 'mean-change', statistic: change.t, p: change.p, method: 'paired t' }];
  return {
    design: 'paired',
    n,
    estimates: [
      {
        name: 'mean-before',
        value: before.mean,
        interval: meanOf(
          pairs.map((pair) => pair.before),
          level,
        ).interval,
      },
      {
        name: 'mean-after',
        value: after.mean,
        interval: meanOf(
          pairs.map((pair) => pair.after),
          level,
        ).interval,
      },
      { name: 'mean-change', value: change.difference, interval: change.interval },
    ],
    tests: [...student, ...(flip === null ? [] : [{ name: 'mean-change', statistic: null, ...flip }])],
    dropped: [...read.dropped],
    words: pairedMeanSentence({
      subject,
      n,
      before: before.mean,
      after: after.mean,
      interval: change.interval,
      p,
      evidence: evidenceOf({ p, power: plan.power }),
    }),
    caveats: [
      caveat('no-control-group'),
      ...caveatsWhere([
        [n < smallSample, 'small-sample'],
        [n < 30 && n > 1, 'few-clusters'],
        [n === 1, 'single-unit'],
        [n > 1 && change.interval === null, 'no-variation'],
        [isTooSkewed(changes), 'skewed'],
      ]),
      ...powerCaveat(plan.power, plan.change, detectableText(change.standardError)),
      ...droppedCaveat(read.dropped, n + read.dropped.length),
    ],
  };
}

function meanPlan(before: number, standardError: number | null, n: number, { relevantChange }: Subject): { power: number | null; change: Text } {
  if (relevantChange === null)
    return {
      power: n > 1 ? powerAtDistance(0.5 * Math.sqrt(n)) : null,
      change: { zh: '平均变化半个标准差', en: 'a mean change of half a standard deviation' },
    };
  const size = relevantChange.kind === 'relative' ? Math.abs(before) * relevantChange.size : relevantChange.size;
  return {
    power: standardError === null ? null : powerAtDistance(size / standardError),
    change: { zh: `平均变化 ${plain(size)}`, en: `a mean change of ${plain(size)}` },
  };
}
