import {
  clopperPearsonInterval,
  differenceInDifferences,
  fisherExactP,
  interruptedSeries,
  kaplanMeier,
  logRankTest,
  mcNemarTest,
  meanChange,
  medianTime,
  neverTreated,
  pairedDifference,
  poissonRate,
  rateRatio,
  restrictedMean,
  restrictedMeanDifference,
  shareDifference,
  staggeredEffect,
  studyGroups,
  studyPairs,
  studySeries,
  survivalAt,
  welchDifference,
  wilsonInterval,
  type BeforeAfter,
  type Interval,
  type PairedTable,
  type Panel,
  type StudyReport,
  type SurvivalCurve,
  type Watched,
} from '../../src/domain/evaluation/index.ts';
import type { Draws } from './draws.ts';

/** What one repetition showed: whether the interval held the truth, and whether the test rejected a true “no difference”. Null: not computable this time. */
export interface Outcome {
  readonly covered?: boolean | null;
  readonly rejected?: boolean | null;
}

/**
 * A study that is repeated with a known truth. `exact` methods may never fall below their level; approximate ones stay within 93.5–96.5 % and 4–6 %,
 * or `condition` names why not, in the words of the method's own documentation.
 */
export interface SimulatedStudy {
  readonly name: string;
  readonly exact: boolean;
  readonly condition?: string;
  /** How the product itself says the condition to who asks for such a study: the design's report on one such sample, and the caveat that must stand in it. */
  readonly named?: { readonly report: (draws: Draws) => StudyReport; readonly caveat: string };
  readonly repeat: (draws: Draws) => Outcome;
}

const holds = (interval: Interval | null, truth: number): boolean | null =>
  interval === null ? null : (interval.low === null || interval.low <= truth) && (interval.high === null || interval.high >= truth);
const rejects = (p: number | null): boolean | null => (p === null ? null : p <= 0.05);
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

function pairedTable(draws: Draws, n: number, chances: { readonly both: number; readonly gain: number; readonly loss: number }): PairedTable {
  const table = { both: 0, gained: 0, lost: 0, neither: 0 };
  for (let i = 0; i < n; i += 1) {
    const u = draws.uniform();
    const cell = u < chances.both ? 'both' : u < chances.both + chances.gain ? 'gained' : u < chances.both + chances.gain + chances.loss ? 'lost' : 'neither';
    table[cell] += 1;
  }
  return table;
}

/** What the product says of two groups of that size with those chances of a yes. */
function reportOnGroups(draws: Draws, size: number, chances: readonly [treated: number, reference: number]): StudyReport {
  const used = chances.flatMap((chance, group) => many(size, () => ({ group: String(group), value: Number(draws.yes(chance)), exposure: null })));
  return studyGroups({ used, dropped: [] });
}

/** What the product says of pairs in such a table. */
function reportOnPairs({ both: stayed, gained, lost, neither }: PairedTable): StudyReport {
  const pairs = (count: number, before: number, after: number) => many(count, () => ({ before, after }));
  return studyPairs({ used: [...pairs(stayed, 1, 1), ...pairs(gained, 0, 1), ...pairs(lost, 1, 0), ...pairs(neither, 0, 0)], dropped: [] });
}

const shares: SimulatedStudy[] = [
  ...(
    [
      [49, 0.1],
      [17, 0.7],
      [200, 0.02],
    ] as const
  ).map(([of, p]): SimulatedStudy => ({
    name: `one share, Clopper-Pearson, n ${of}, p ${p}`,
    exact: true,
    repeat: (draws) => ({ covered: holds(clopperPearsonInterval({ count: draws.successes(of, p), of }), p) }),
  })),
  {
    name: 'one share, Wilson, n 49, p 0.4',
    exact: false,
    repeat: (draws) => ({ covered: holds(wilsonInterval({ count: draws.successes(49, 0.4), of: 49 }), 0.4) }),
  },
  {
    name: 'one share, Wilson, n 200, p 0.3',
    exact: false,
    repeat: (draws) => ({ covered: holds(wilsonInterval({ count: draws.successes(200, 0.3), of: 200 }), 0.3) }),
  },
  {
    name: 'one share, Wilson, n 49, p 0.1',
    exact: false,
    condition: 'few yes or no: coverage swings around the level',
    named: { report: (draws) => reportOnGroups(draws, 49, [0.1, 0.1]), caveat: 'few-yes-or-no' },
    repeat: (draws) => ({ covered: holds(wilsonInterval({ count: draws.successes(49, 0.1), of: 49 }), 0.1) }),
  },
  {
    name: 'paired shares, Newcombe, n 49, +25 points',
    exact: false,
    repeat: (draws) => ({ covered: holds(pairedDifference(pairedTable(draws, 49, { both: 0.2, gain: 0.35, loss: 0.1 })).interval, 0.25) }),
  },
  {
    name: 'paired shares, Newcombe, n 49, few change',
    exact: false,
    condition: 'few units change: cautious',
    named: { report: (draws) => reportOnPairs(pairedTable(draws, 49, { both: 0.3, gain: 0.06, loss: 0.02 })), caveat: 'few-changed' },
    repeat: (draws) => ({ covered: holds(pairedDifference(pairedTable(draws, 49, { both: 0.3, gain: 0.06, loss: 0.02 })).interval, 0.04) }),
  },
  {
    name: 'paired shares, exact McNemar, n 49',
    exact: true,
    repeat: (draws) => ({ rejected: rejects(mcNemarTest(pairedTable(draws, 49, { both: 0.2, gain: 0.2, loss: 0.2 })).exactP) }),
  },
  {
    name: 'paired shares, McNemar mid-p, n 200',
    exact: false,
    repeat: (draws) => ({ rejected: rejects(mcNemarTest(pairedTable(draws, 200, { both: 0.2, gain: 0.2, loss: 0.2 })).midP) }),
  },
  {
    name: 'two groups, Newcombe, 49 + 49, 0.4 against 0.25',
    exact: false,
    repeat: (draws) => ({
      covered: holds(
        shareDifference({ treated: { count: draws.successes(49, 0.25), of: 49 }, reference: { count: draws.successes(49, 0.4), of: 49 } }).interval,
        -0.15,
      ),
    }),
  },
  {
    name: 'two groups, Newcombe, 49 + 49, 0.10 against 0.05',
    exact: false,
    condition: 'few yes or no: cautious',
    named: { report: (draws) => reportOnGroups(draws, 49, [0.05, 0.1]), caveat: 'few-yes-or-no' },
    repeat: (draws) => ({
      covered: holds(
        shareDifference({ treated: { count: draws.successes(49, 0.05), of: 49 }, reference: { count: draws.successes(49, 0.1), of: 49 } }).interval,
        -0.05,
      ),
    }),
  },
  {
    name: 'two groups, Fisher, 49 + 49, p 0.3',
    exact: true,
    repeat: (draws) => ({ rejected: rejects(fisherExactP({ count: draws.successes(49, 0.3), of: 49 }, { count: draws.successes(49, 0.3), of: 49 })) }),
  },
];

const rates: SimulatedStudy[] = [
  {
    name: 'claims rate, exact Poisson, 5 expected',
    exact: true,
    repeat: (draws) => ({ covered: holds(poissonRate({ events: draws.events(5), exposure: 250 }).interval, 0.02) }),
  },
  {
    name: 'rate ratio, exact, 12 and 8 expected',
    exact: true,
    repeat: (draws) => ({
      covered: holds(rateRatio({ treated: { events: draws.events(8), exposure: 400 }, reference: { events: draws.events(12), exposure: 300 } }).interval, 0.5),
    }),
  },
  {
    name: 'rate ratio, exact test, 10 and 15 expected',
    exact: true,
    repeat: (draws) => ({
      rejected: rejects(rateRatio({ treated: { events: draws.events(10), exposure: 200 }, reference: { events: draws.events(15), exposure: 300 } }).p),
    }),
  },
];

const both = (estimate: { readonly interval: Interval | null }, truth: number, test: { readonly p: number | null }): Outcome => ({
  covered: holds(estimate.interval, truth),
  rejected: rejects(test.p),
});

const means: SimulatedStudy[] = [
  {
    name: 'paired scores, t, n 40',
    exact: false,
    repeat: (draws) => {
      const noise = many(40, () => draws.normal(0, 9));
      return both(meanChange(noise.map((x) => x + 4)), 4, meanChange(noise));
    },
  },
  {
    name: 'paired amounts, t, n 40, log-normal σ 1.5',
    exact: false,
    condition: 'strong skew: mean not yet near normal',
    named: {
      report: (draws) => studyPairs({ used: many(40, () => ({ before: 0, after: Math.exp(draws.normal(0, 1.5)) })), dropped: [] }),
      caveat: 'skewed',
    },
    repeat: (draws) => ({ covered: holds(meanChange(many(40, () => Math.exp(draws.normal(0, 1.5)))).interval, Math.exp(1.125)) }),
  },
  {
    name: 'two groups, Welch, 25 + 40, unequal spread',
    exact: false,
    repeat: (draws) => {
      const [treated, reference] = [many(25, () => draws.normal(0, 12)), many(40, () => draws.normal(0, 5))];
      return both(welchDifference({ treated: treated.map((x) => x + 3), reference }), 3, welchDifference({ treated, reference }));
    },
  },
];

function drawPairs(draws: Draws, n: number, change: number, deviation: number): BeforeAfter[] {
  return many(n, () => {
    const before = draws.normal(60, 10);
    return { before, after: before + draws.normal(change, deviation) };
  });
}

/** Firms with an own level, a common trend and autocorrelated noise; the effect starts with the cohort and stays. */
export function drawPanel(draws: Draws, { firms, periods, effect }: { readonly firms: number; readonly periods: number; readonly effect: number }): Panel {
  const [values, starts] = [new Float64Array(firms * periods), new Int32Array(firms)];
  for (let i = 0; i < firms; i += 1) {
    starts[i] = [Math.floor(periods / 4), Math.floor(periods / 2), Math.floor((3 * periods) / 4), neverTreated][i % 4]!;
    let noise = draws.normal(0, 3);
    const own = draws.normal(60, 10);
    for (let t = 0; t < periods; t += 1) {
      noise = 0.5 * noise + draws.normal(0, 3);
      values[i * periods + t] = own + 0.3 * t + noise + (t >= starts[i]! ? effect : 0);
    }
  }
  return { periods, values, starts };
}

const effects: SimulatedStudy[] = [
  {
    name: 'difference in differences, Welch, 40 + 40',
    exact: false,
    repeat: (draws) => {
      const [treated, reference] = [drawPairs(draws, 40, 2, 6), drawPairs(draws, 40, 2, 4)];
      const moved = treated.map(({ before, after }) => ({ before, after: after + 5 }));
      return both(differenceInDifferences({ treated: moved, reference, seed: 1 }), 5, differenceInDifferences({ treated, reference, seed: 1 }));
    },
  },
  {
    name: 'difference in differences, permutation, 7 + 7',
    exact: true,
    repeat: (draws) => ({
      rejected: rejects(differenceInDifferences({ treated: drawPairs(draws, 7, 2, 5), reference: drawPairs(draws, 7, 2, 5), seed: 1 }).permutation!.p),
    }),
  },
  {
    name: 'staggered starts, not yet treated, 120 firms × 8',
    exact: false,
    repeat: (draws) => {
      const panel = drawPanel(draws, { firms: 120, periods: 8, effect: 0 });
      const found = staggeredEffect(panel).overall!;
      return { covered: holds(found.interval, 0), rejected: rejects(found.p) };
    },
  },
  { name: 'interrupted series, white noise, 24 points', exact: false, repeat: (draws) => seriesOutcome(draws, 0) },
  {
    name: 'interrupted series, autocorrelation 0.5',
    exact: false,
    condition: 'autocorrelated residuals: interval too narrow',
    named: { report: (draws) => studySeries(drawSeries(draws, 0.5)), caveat: 'periods-independent' },
    repeat: (draws) => seriesOutcome(draws, 0.5),
  },
];

function drawSeries(draws: Draws, persistence: number): { values: number[]; interruption: number } {
  let noise = draws.normal(0, 1);
  const values = many(24, (t) => {
    noise = persistence * noise + draws.normal(0, 1);
    return 10 + 0.2 * t + noise;
  });
  return { values, interruption: 12 };
}

function seriesOutcome(draws: Draws, persistence: number): Outcome {
  const found = interruptedSeries(drawSeries(draws, persistence));
  return { covered: holds(found?.level.interval ?? null, 0), rejected: rejects(found?.level.p ?? null) };
}

const drawTimes = (draws: Draws, n: number, mean: number): Watched[] =>
  many(n, () => {
    const [event, end] = [draws.exponential(mean), 20 + 60 * draws.uniform()];
    return { time: Math.min(event, end), event: event <= end };
  });

/** The band at a fixed time, from the step in force there; null before the first step. */
function bandAt(curve: SurvivalCurve, time: number): Interval | null {
  const step = curve.steps.findLast((one) => one.time <= time);
  return step === undefined || survivalAt(curve, time) === null ? null : { low: step.low, high: step.high, level: 0.95, method: 'log-log' };
}

const survival: SimulatedStudy[] = [
  {
    name: 'repair times, log-log band at day 30, n 60',
    exact: false,
    repeat: (draws) => ({ covered: holds(bandAt(kaplanMeier(drawTimes(draws, 60, 40)), 30), Math.exp(-0.75)) }),
  },
  {
    name: 'repair times, median, n 120',
    exact: false,
    repeat: (draws) => ({ covered: holds(medianTime(kaplanMeier(drawTimes(draws, 120, 30))).interval, 30 * Math.LN2) }),
  },
  {
    name: 'two groups, log-rank, 60 + 60',
    exact: false,
    repeat: (draws) => ({ rejected: rejects(logRankTest([drawTimes(draws, 60, 40), drawTimes(draws, 60, 40)])!.p) }),
  },
  {
    name: 'two groups, restricted mean to 20, 60 + 60',
    exact: false,
    repeat: (draws) => {
      const [a, b] = [restrictedMean(kaplanMeier(drawTimes(draws, 60, 40)), 20)!, restrictedMean(kaplanMeier(drawTimes(draws, 60, 40)), 20)!];
      const found = restrictedMeanDifference(a, b);
      return { covered: holds(found.interval, 0), rejected: rejects(found.p) };
    },
  },
];

/** Every simulated study, by design. */
export const simulatedStudies: readonly SimulatedStudy[] = [...shares, ...rates, ...means, ...effects, ...survival];
