import { describe, expect, it } from 'vitest';
import { drawnCurves, intervalPlots } from './pictures.ts';
import type { StudyFinding } from './result.ts';

const title = { zh: '试验', en: 'Trial' };
const interval = (low: number | null, high: number | null) => ({ low, high, level: 0.95, method: 'trial' });

function finding(main: StudyFinding['main'], report: StudyFinding['report'] = null): StudyFinding {
  return {
    metric: 'trial',
    title,
    unit: 'share',
    forcedByGate: false,
    splitBy: null,
    leftOut: [],
    report,
    notComputable: null,
    main,
    p: null,
    adjustedP: null,
  };
}

const line = (unit: string, value: number | null, low: number | null, high: number | null) =>
  finding({ label: title, n: 49, value, interval: interval(low, high), unit });

describe('the plot of intervals', () => {
  const plots = (findings: readonly StudyFinding[]) => intervalPlots(findings, ({ title: one }) => one);

  it('puts units on axes of their own and leaves out what has no number', () => {
    const found = plots([line('points', 5, 4, 6), line('share', 0.2, 0.1, null), line('points', null, null, null), line('points', -1, -2, 0)]);
    expect(found.map(({ unit, rows }) => [unit, rows.map(({ at, low, high }) => [at, low, high])])).toEqual([
      [
        'points',
        [
          [5, 4, 6],
          [-1, -2, 0],
        ],
      ],
      ['share', [[0.2, 0.1, null]]],
    ]);
  });

  it('places twice and half equally far from no difference, and a ratio down to 0 without a bound', () => {
    const [plot] = plots([line('times', 2, 0.5, 8), line('times', 1, 0, 4)]);
    expect(plot!.rows.map(({ at, low, high }) => [at, low, high])).toEqual([
      [1, -1, 3],
      [0, null, 2],
    ]);
    expect(plot!.rows[0]!.value).toBe('2');
  });
});

describe('the drawing of curves', () => {
  const step = (group: string, time: number, survival: number) => ({ group, time, atRisk: 9, events: 1, censored: 1, survival, low: null, high: null });
  const withTable = (table: ReturnType<typeof step>[]) =>
    drawnCurves(finding(null, { design: 'survival', n: 20, estimates: [], tests: [], dropped: [], words: title, caveats: [], table }));

  it('has one curve for each group with all that were watched', () => {
    const found = withTable([step('insured', 1, 0.9), step('insured', 3, 0.8), step('uninsured', 2, 0.5)]);
    expect(found.map(({ group, n, steps }) => [group.en, n, steps.length])).toEqual([
      ['insured', 10, 2],
      ['uninsured', 10, 1],
    ]);
  });

  it('thins what no page can show, and ends where the curve ends', () => {
    const [curve] = withTable(Array.from({ length: 5_000 }, (_, i) => step('all', i + 1, 1 - i / 5_000)));
    expect(curve!.steps.length).toBeLessThanOrEqual(400);
    expect(curve!.steps.at(-1)).toMatchObject({ time: 5_000 });
  });
});
