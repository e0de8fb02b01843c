import { z } from 'zod';
import { Text } from '../../basics/index.ts';
import { groupedBy } from '../designs/rows.ts';
import { chiSquaredTail } from '../distributions/chi-squared.ts';
import { ewmaChart } from '../methods/ewma.ts';
import { momentsOf } from '../methods/moments.ts';
import { populationStability, sharesOfCounts } from '../methods/population-stability.ts';
import { pText, plain } from '../words/numbers.ts';
import type { StudyCohort } from './cohort.ts';
import type { ScoreBand } from './describe.ts';
import { baselineOf, type FirmHistory } from './history.ts';
import { underLatestRules } from './scoring-rules.ts';

const BandCount = z.strictObject({ band: z.string(), before: z.int(), after: z.int() });

/** How far the distribution of scores moved from before cover to the latest look. `byChance` is what the index comes to on average when nothing moved. */
export const Stability = z.strictObject({
  firms: z.int(),
  value: z.number(),
  byChance: z.number(),
  p: z.number(),
  verdict: z.enum(['stable', 'some-shift', 'large-shift']),
  bands: z.array(BandCount),
});

const ChartPoint = z.strictObject({
  month: z.string(),
  firms: z.int(),
  mean: z.number(),
  average: z.number(),
  low: z.number(),
  high: z.number(),
  outside: z.boolean(),
});

/** Whether scores drift: the whole distribution between two looks, and the mean month by month. Null with the reason where there is too little. */
export const Drift = z.strictObject({
  stability: Stability.nullable(),
  stabilityWords: Text,
  /** Months after those that set the limits. */
  points: z.array(ChartPoint),
  /** Months that set the mean and the limits. */
  referenceMonths: z.int(),
  chartWords: Text,
});
export type Drift = z.infer<typeof Drift>;

/** Looks for drift of the score in a cohort, all scores under one version of the rules. */
export function driftOf(cohort: StudyCohort, bands: readonly ScoreBand[]): Drift {
  const insured = underLatestRules(cohort.insured, 'score');
  const everybody = underLatestRules([...cohort.insured, ...cohort.control], 'score');
  const stability = stabilityOf(insured, bands);
  const chart = chartOf(everybody);
  return { stability, stabilityWords: stabilityWords(stability), ...chart, chartWords: chartWords(chart) };
}

/** Fewest firms for the index: below, chance alone passes its usual bounds. */
const fewestForIndex = 50;

function stabilityOf(firms: readonly FirmHistory[], bands: readonly ScoreBand[]): z.infer<typeof Stability> | null {
  const pairs = firms.flatMap((firm) => {
    const [before, after] = [baselineOf(firm), firm.observations.at(-1)];
    return before && after && before.on < after.on ? [{ before: before.score, after: after.score }] : [];
  });
  if (pairs.length < fewestForIndex) return null;
  const bandOf = (score: number): string | undefined => bands.find(({ from }) => score >= from)?.band;
  const counts = bands.map(({ band }) => ({
    band,
    before: pairs.filter(({ before }) => bandOf(before) === band).length,
    after: pairs.filter(({ after }) => bandOf(after) === band).length,
  }));
  const used = counts.filter(({ before, after }) => before + after > 0);
  const [expected, actual] = [sharesOfCounts(used.map(({ before }) => before)), sharesOfCounts(used.map(({ after }) => after))];
  const { value, verdict } = populationStability({ expected, actual });
  if (value === null || verdict === 'not-computable') return null;
  // Of nothing but chance the index is about chi-squared over bands − 1, times 1/n + 1/m: B. Yurdakul and J. Naranjo, Journal of Risk Model Validation 14 (2020).
  const [df, scale] = [used.length - 1, 2 / pairs.length];
  return { firms: pairs.length, value, byChance: df * scale, p: df === 0 ? 1 : chiSquaredTail(value / scale, df), verdict, bands: counts };
}

const verdicts: Record<z.infer<typeof Stability>['verdict'], Text> = {
  stable: { zh: '稳定', en: 'stable' },
  'some-shift': { zh: '有一定移动', en: 'some shift' },
  'large-shift': { zh: '明显移动', en: 'a large shift' },
};

function stabilityWords(found: z.infer<typeof Stability> | null): Text {
  if (found === null)
    return {
      zh: `前后都有评分的投保企业不足 ${fewestForIndex} 家：仅凭偶然，群体稳定性指数（PSI）就会越过通常的界限，因此不计算。`,
      en: `Fewer than ${fewestForIndex} insured firms have a score before and after: by chance alone the population stability index (PSI) would pass its usual bounds, so it is not computed.`,
    };
  const [value, chance, verdict] = [plain(found.value), plain(found.byChance), verdicts[found.verdict]];
  const moved = found.p <= 0.05 ? { zh: '超出偶然', en: 'more than chance' } : { zh: '没有超出偶然', en: 'no more than chance' };
  return {
    zh: `${found.firms} 家投保企业的评分分布由投保前到最近一次的群体稳定性指数（PSI）为 ${value}，按惯例属于${verdict.zh}；仅凭偶然平均约为 ${chance}，所见${moved.zh}（${pText(found.p)}）。`,
    en: `From before cover to the latest look the score distribution of ${found.firms} insured firms has a population stability index (PSI) of ${value}, by custom ${verdict.en}; chance alone gives about ${chance} on average, and this is ${moved.en} (${pText(found.p)}).`,
  };
}

/** Fewest firms in a month and fewest months for a chart, of which the first third, and no fewer than six, set the limits. */
const [fewestInMonth, fewestMonths, fewestReference] = [5, 9, 6];

function chartOf(firms: readonly FirmHistory[]): Pick<Drift, 'points' | 'referenceMonths'> {
  const looks = firms.flatMap(({ observations }) => observations.map(({ on, score }) => ({ month: on.slice(0, 7), score })));
  const months = [...groupedBy(looks, ({ month }) => month)]
    .map(([month, seen]) => ({ month, firms: seen.length, mean: momentsOf(seen.map(({ score }) => score)).mean }))
    .filter((one) => one.firms >= fewestInMonth)
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  const referenceMonths = Math.max(fewestReference, Math.floor(months.length / 3));
  const reference = momentsOf(months.slice(0, referenceMonths).map(({ mean }) => mean));
  if (months.length < fewestMonths || !(reference.variance > 1e-9)) return { points: [], referenceMonths: 0 };
  const later = months.slice(referenceMonths);
  const points = ewmaChart(
    later.map(({ mean }) => mean),
    { mean: reference.mean, standardDeviation: Math.sqrt(reference.variance) },
  );
  return { points: later.map((month, at) => ({ ...month, ...points[at]! })), referenceMonths };
}

function chartWords({ points, referenceMonths }: Pick<Drift, 'points' | 'referenceMonths'>): Text {
  const first = points.find(({ outside }) => outside);
  if (points.length === 0)
    return {
      zh: `有足够评分的月份少于 ${fewestMonths} 个或没有波动：无法为平均评分画控制图（EWMA）。`,
      en: `Fewer than ${fewestMonths} months have enough scores, or they do not vary: no control chart (EWMA) of the mean score is possible.`,
    };
  const signal = first
    ? { zh: `自 ${first.month} 起越出控制限`, en: `leaves its limits from ${first.month}` }
    : { zh: '没有越出控制限', en: 'stays within its limits' };
  return {
    zh: `平均评分的控制图（EWMA，λ 0.2，界限 2.7 倍标准差）以前 ${referenceMonths} 个月定界，其后 ${points.length} 个月${signal.zh}。界限以各月相互独立为前提；同一批企业逐月再评时偏窄，越界只是该去查看的信号。`,
    en: `The control chart of the mean score (EWMA, λ 0.2, limits 2.7 deviations) sets its limits on the first ${referenceMonths} months; in the ${points.length} that follow it ${signal.en}. Limits suppose independent months; with the same firms scored month after month they are narrow, so leaving them is a signal to look, not a proof.`,
  };
}
