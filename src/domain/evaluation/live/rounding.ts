import type { Text } from '../../basics/index.ts';
import { fewestFirms } from '../cohort/release.ts';
import type { Caveat, Design, Estimate, StudyReport } from '../model.ts';
import { plain } from '../words/numbers.ts';
import type { StudyFinding } from './result.ts';

/** What of a report may leave the house, its means rounded. */
export interface RoundedReport {
  readonly estimates: readonly Estimate[];
  readonly words: Text;
  readonly caveats: readonly Caveat[];
}

/** Half of a 95 % interval in standard errors. */
const halfWidth = 1.96;

/** The next 1, 2 or 5 times a power of ten that is not smaller. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size) + 1e-12);
  return power * ([1, 2, 5, 10].find((digit) => digit * power >= size * (1 - 1e-12)) ?? 10);
}

/**
 * The step to which a mean over `firms` firms is rounded before it leaves the house: `k` standard deviations of one firm over the number of firms. The difference of two
 * such sums, one of them without a firm, is then uncertain by ± k/2 standard deviations from each, so that it tells less of that firm than the spread of all does.
 * The standard deviation is read off the interval; null without one. With 25 firms or more the step is at most the standard error of the mean.
 */
export function stepOf({ interval }: Pick<Estimate, 'interval'>, firms: number, k = fewestFirms): number | null {
  const spans = interval === null ? [] : [interval.low, interval.high].filter((end) => end !== null);
  const error = spans.length < 2 ? 0 : (spans[1]! - spans[0]!) / 2 / halfWidth;
  return error > 0 && firms > 0 ? roundStep((k * error) / Math.sqrt(firms)) : null;
}

/** A whole number of steps, without the noise of binary fractions. */
const steps = (count: number, step: number): number => Number((count * step).toPrecision(12));
const nearest = (value: number, step: number): number => steps(Math.round(value / step), step);

function rounded(estimate: Estimate, step: number): Estimate {
  const { value, interval } = estimate;
  return {
    ...estimate,
    value: value === null ? null : nearest(value, step),
    // Outwards, so that the interval keeps its level.
    interval: interval && {
      ...interval,
      low: interval.low === null ? null : steps(Math.floor(interval.low / step), step),
      high: interval.high === null ? null : steps(Math.ceil(interval.high / step), step),
    },
  };
}

/** Firms behind an estimate: those of the group that it names, else the smallest group. */
function firmsOf({ name }: Estimate, groups: NonNullable<StudyFinding['groups']>): number {
  const label = /\[(.*)\]/.exec(name)?.[1];
  const group = label === '1' ? 'insured' : label === '0' ? 'uninsured' : label;
  const named = groups.find((one) => one.group === group);
  return named?.firms ?? Math.min(...groups.map(({ firms }) => firms));
}

/** Designs whose numbers on a share are no counts of firms: slopes, levels and averages over starts. */
const smoothed: readonly Design[] = ['interrupted', 'staggered'];

/**
 * A report with its means rounded to `stepOf`, in numbers and in words. Shares stay as they are where they are counts of firms, which k-anonymity keeps from telling of few. An estimate without an interval takes the coarsest step of the others.
 */
export function roundedForPublic(report: StudyReport, { unit, groups = [] }: Pick<StudyFinding, 'unit' | 'groups'>): RoundedReport {
  if (unit === 'share' && !smoothed.includes(report.design)) return report;
  const own = report.estimates.map((one) => stepOf(one, firmsOf(one, groups)));
  const coarsest = Math.max(0, ...own.map((step) => step ?? 0));
  const estimates = report.estimates.map((one, at) => {
    const step = own[at] ?? coarsest;
    return step > 0 && one.counts === undefined ? rounded(one, step) : one;
  });
  const sizes = new Set([report.n, ...groups.map(({ firms }) => firms)].map(String));
  return {
    estimates,
    words: inBoth(report.words, (text) => reworded(text, numbersOf(report.estimates, estimates), sizes)),
    caveats: report.caveats.map((one) => (one.code.endsWith('power') ? { ...one, text: inBoth(one.text, coarse) } : one)),
  };
}

const inBoth = ({ zh, en }: Text, write: (text: string) => string): Text => ({ zh: write(zh), en: write(en) });

/** How each number of the report is written, and the number that stands for it. */
function numbersOf(exact: readonly Estimate[], round: readonly Estimate[]): ReadonlyMap<string, number> {
  const numbers = ({ value, interval }: Estimate) => [value, interval?.low ?? null, interval?.high ?? null];
  const pairs = exact.flatMap((one, at) => numbers(one).map((from, i) => [from, numbers(round[at]!)[i] ?? null] as const));
  return new Map(pairs.flatMap(([from, to]) => (from === null || to === null ? [] : [[plain(from), to] as const])));
}

/** A number with its sign; no p-value, no percentage, no part of a longer number. */
const numberInWords = /(?<!p [=<] |[\d.e])[+−]?\d+(?:\.\d+)?(?:e−?\d+)?(?![\d.]*[\d%])/g;

const reworded = (text: string, numbers: ReadonlyMap<string, number>, sizes: ReadonlySet<string>): string =>
  text.replaceAll(numberInWords, (written) => {
    const to = sizes.has(written) ? undefined : numbers.get(written.replace('+', ''));
    return to === undefined ? written : `${written.startsWith('+') && to > 0 ? '+' : ''}${plain(to)}`;
  });

/** Power and the smallest change that is found follow from the spread: one digit tells enough. */
const coarse = (text: string): string => text.replaceAll(/\d+\.\d+/g, (written) => plain(Number(Number(written).toPrecision(1))));
