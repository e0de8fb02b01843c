import type { Text } from '../../basics/index.ts';
import type { SurvivalStep } from '../model.ts';
import { intervalText, plain, smallSample } from '../words/numbers.ts';
import { groupLabel } from './compare.ts';
import type { StudyFinding } from './result.ts';

/** One interval of a plot: where it lies on the axis, and as it is written. Null ends set no bound. */
export interface PlottedInterval {
  readonly title: Text;
  readonly at: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly value: string;
  readonly interval: Text;
}

/** Intervals on one axis. Ratios lie on it by their logarithm, so that twice and half are equally far from no difference, which is 0 on every axis. */
export interface IntervalPlot {
  readonly unit: string;
  readonly ratio: boolean;
  readonly rows: readonly PlottedInterval[];
}

/** The number that each finding is for, one plot for each unit: points, shares and ratios share no axis. Findings without such a number are left out. */
export function intervalPlots(findings: readonly StudyFinding[], titleOf: (finding: StudyFinding) => Text): IntervalPlot[] {
  const plotted = findings.flatMap((finding) =>
    finding.main === null || finding.main.value === null ? [] : [{ finding, ...finding.main, value: finding.main.value }],
  );
  return [...new Set(plotted.map(({ unit }) => unit))].map((unit) => {
    const place = unit === 'times' ? (value: number | null) => (value === null || value <= 0 ? null : Math.log2(value)) : (value: number | null) => value;
    const rows = plotted
      .filter((one) => one.unit === unit)
      .flatMap(({ finding, n, value, interval }) => {
        const at = place(value);
        if (at === null) return [];
        const ends = { low: place(interval?.low ?? null), high: place(interval?.high ?? null) };
        return [{ title: titleOf(finding), at, ...ends, value: plain(value), interval: intervalText(interval, plain, n < smallSample) }];
      });
    return { unit, ratio: unit === 'times', rows };
  });
}

/** One curve of a drawing: the share still open after each time, with its band; `n` units at the start. */
export interface DrawnCurve {
  readonly group: Text;
  readonly n: number;
  readonly steps: readonly Pick<SurvivalStep, 'time' | 'survival' | 'low' | 'high'>[];
}

/** More steps than this no printed drawing can show. */
const mostSteps = 400;

/** The survival curves of a finding, one for each group, each thinned to what a page can show. */
export function drawnCurves({ report }: StudyFinding): DrawnCurve[] {
  const table = report?.table ?? [];
  return [...new Set(table.map(({ group }) => group))].map((group) => {
    const steps = table.filter((step) => step.group === group);
    const [first] = steps;
    const drawn = thinned(steps).map(({ time, survival, low, high }) => ({ time, survival, low, high }));
    return { group: groupLabel(group), n: first!.atRisk + first!.censored, steps: drawn };
  });
}

/** The last step within each of `mostSteps` equal parts of the time. */
function thinned(steps: readonly SurvivalStep[]): readonly SurvivalStep[] {
  if (steps.length <= mostSteps) return steps;
  const part = steps.at(-1)!.time / mostSteps;
  return [...new Map(steps.map((step) => [Math.ceil(step.time / part), step])).values()];
}
