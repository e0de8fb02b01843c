import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studySeries } from '../designs/interrupted.ts';
import { studyPairs } from '../designs/paired.ts';
import { groupedBy } from '../designs/rows.ts';
import { usualSettings } from '../designs/study.ts';
import { tableAsCsv, tableFromCsv } from './csv.ts';
import { tooCloseTo, type FrozenFindings } from './released-before.ts';
import type { StudyFinding } from './result.ts';
import { roundedForPublic } from './rounding.ts';

type Row = readonly [unit: string, before: number, after: number];
const columns = ['unit', 'before', 'after'];
const tableOf = (rows: readonly Row[]) => ({
  columns,
  rows: rows.map(([unit, before, after], at) => ({ line: at + 2, cells: { unit, before: String(before), after: String(after) } })),
});
const findingOf = (rows: readonly Row[]): StudyFinding => ({
  ...{ metric: 'score', title: { zh: '安全评分', en: 'Security score' }, unit: 'points', forcedByGate: false, splitBy: null, notComputable: null, leftOut: [] },
  ...{ main: null, p: null, adjustedP: null, groups: [{ group: 'insured', firms: rows.length }], counts: [] },
  report: studyPairs({ used: rows.map(([, before, after]) => ({ before, after })), dropped: [] }, usualSettings),
});
const frozen = (rows: readonly Row[]): FrozenFindings => ({
  result: { design: 'paired', findings: [findingOf(rows)] },
  data: [tableAsCsv(tableOf(rows))],
});
const someRows = (count: number): Row[] => Array.from({ length: count }, (_, at) => [`firm-${at}`, 40 + ((at * 7) % 23), 50 + ((at * 11) % 29)]);

describe('two released summaries', () => {
  const all = someRows(72);

  it('are too close when one of them holds one to four firms that the other does not, or knows other values of them', () => {
    expect(tooCloseTo([frozen(all)], frozen(all.slice(1)))).toMatchObject({ firms: 1 });
    expect(tooCloseTo([frozen(all.slice(4))], frozen(all))).toMatchObject({ firms: 4 });
    expect(tooCloseTo([frozen(all)], frozen([['firm-0', 1, 2], ...all.slice(1)]))).toMatchObject({ firms: 1 });
    expect(tooCloseTo([frozen(all)], frozen(all.slice(5)))).toBeNull();
    expect(tooCloseTo([frozen(all)], frozen(all))).toBeNull();
  });

  it('are too close also where one compares with a control group and the other does not', () => {
    const cells = all.slice(1).flatMap(([unit, before, after]) => [
      { unit, group: '1', period: '0', value: String(before) },
      { unit, group: '1', period: '1', value: String(after) },
      { unit: `other-${unit}`, group: '0', period: '0', value: '1' },
      { unit: `other-${unit}`, group: '0', period: '1', value: '2' },
    ]);
    const data = [tableAsCsv({ columns: ['unit', 'group', 'period', 'value'], rows: cells.map((one, at) => ({ line: at + 2, cells: one })) })];

    expect(tooCloseTo([frozen(all)], { result: { design: 'did', findings: [findingOf(all)] }, data })).toMatchObject({ firms: 1 });
  });

  const anyFinding = findingOf(all);
  const seriesOf = (firms: readonly string[], metric = 'score'): FrozenFindings => {
    const cells = firms.flatMap((unit, at) => [-2, -1, 0, 1].map((period) => ({ unit, period: String(period), value: String((at * 7 + period) % 2) })));
    const data = [tableAsCsv({ columns: ['unit', 'period', 'value'], rows: cells.map((one, at) => ({ line: at + 2, cells: one })) })];
    return { result: { design: 'interrupted', findings: [{ ...anyFinding, metric }] }, data };
  };
  const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `firm-${from + at}`);
  const flags = (metric: string, yes: number, firms: readonly string[]): FrozenFindings => {
    const rows = firms.map((firm, at): Row => [firm, 0, at < yes ? 1 : 0]);
    return { result: { design: 'paired', findings: [{ ...anyFinding, metric, unit: 'share' }] }, data: [tableAsCsv(tableOf(rows))] };
  };

  it('are too close also where each tells of a series by quarter', () => {
    expect(tooCloseTo([seriesOf(names(120))], seriesOf(names(119)))).toMatchObject({ firms: 1, released: [0] });
    expect(tooCloseTo([seriesOf(names(120))], seriesOf(names(115)))).toBeNull();
  });

  it('are too close also where they are about different metrics', () => {
    expect(tooCloseTo([frozen(someRows(120))], flags('waf-coverage', 60, names(119)))).toMatchObject({ firms: 1, released: [0] });
    expect(tooCloseTo([frozen(someRows(120))], flags('waf-coverage', 60, names(120)))).toBeNull();
  });

  it('are too close where three of them together leave out one firm, though no two are near, and those that matter are named', () => {
    const released = [names(220), names(40), names(100)].map((firms) => seriesOf(firms));

    expect(tooCloseTo(released, seriesOf(names(119, 101)))).toMatchObject({ firms: 1, released: [0, 2] });
    expect(tooCloseTo([released[0]!], seriesOf(names(119, 101)))).toBeNull();
    expect(tooCloseTo([released[2]!], seriesOf(names(119, 101)))).toBeNull();
  });

  it('are too close where one metric contains the other over the same firms and their counts differ by few', () => {
    expect(tooCloseTo([flags('waf-or-hids-coverage', 66, names(120))], flags('waf-coverage', 65, names(120)))).toMatchObject({ firms: 1, released: [0] });
    expect(tooCloseTo([flags('waf-coverage', 65, names(120))], flags('waf-or-hids-coverage', 66, names(120)))).toMatchObject({ firms: 1 });
    expect(tooCloseTo([flags('waf-or-hids-coverage', 70, names(120))], flags('waf-coverage', 65, names(120)))).toBeNull();
    expect(tooCloseTo([flags('mfa-coverage', 66, names(120))], flags('waf-coverage', 65, names(120)))).toBeNull();
  });

  it('do not count it against a new one that earlier ones are close to each other, as long as it says nothing of those firms', () => {
    const released = [seriesOf(names(120)), seriesOf(names(119))];

    expect(tooCloseTo(released, seriesOf(names(50, 200)))).toBeNull();
    expect(tooCloseTo(released, seriesOf(names(60)))).toBeNull();
    expect(tooCloseTo(released, seriesOf(names(60, 60)))).toMatchObject({ firms: 1 });
  });

  it('give in no combination of their totals a weight of its own to one to four firms', () => {
    const seen = { apart: 0, close: 0 };
    const block = fc.subarray(Array.from({ length: 6 }, (_, at) => at));
    const some = fc.record({ blocks: block, metric: fc.constantFrom('score', 'waf-coverage'), factor: fc.integer({ min: -9, max: 9 }) });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 9 }), { minLength: 6, maxLength: 6 }), fc.array(some, { minLength: 2, maxLength: 6 }), (sizes, parts) => {
        const crowds = parts.map(({ blocks }) => blocks.flatMap((at) => names(sizes[at]!, at * 10)));
        const all = crowds.map((firms, at) => seriesOf(firms, parts[at]!.metric));
        const accepted = all.filter((one, at) => tooCloseTo(all.slice(0, at), one) === null).length === all.length;
        seen[accepted ? 'apart' : 'close'] += 1;
        if (!accepted) return;
        const weights = new Map<string, number>();
        for (const [at, firms] of crowds.entries()) for (const firm of firms) weights.set(firm, (weights.get(firm) ?? 0) + parts[at]!.factor);
        const byWeight = groupedBy(weights.values(), String);
        expect([...byWeight].filter(([weight, firms]) => weight !== '0' && firms.length < 5)).toEqual([]);
      }),
      { numRuns: 150, seed: 20261128 },
    );
    expect(Math.min(seen.apart, seen.close)).toBeGreaterThan(10);
  });

  it('do not tell the value of a firm by their difference, even where both leave', () => {
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 6, maxLength: 150 }), (values) => {
        const rows = values.map(([before, after], at): Row => [`firm-${at}`, before, after]);
        const [told, without] = [rows, rows.slice(1)].map((some) => roundedForPublic(findingOf(some).report!, findingOf(some)).estimates[1]!);
        const exact = findingOf(rows).report!.estimates[1]!;
        if (exact.interval === null || without!.value === null) return;
        const deviation = ((exact.interval.high! - exact.interval.low!) / 2 / 1.96) * Math.sqrt(rows.length);
        // Every mean within half a step gives the same summary.
        const step = stepIn(told!.value!, exact.interval, rows.length);
        expect(Math.abs(told!.value! - exact.value!)).toBeLessThanOrEqual(step / 2 + 1e-9);
        expect(rows.length * step).toBeGreaterThanOrEqual(4.99 * deviation);
        expect(told!.interval!.low!).toBeLessThanOrEqual(exact.interval.low!);
        expect(told!.interval!.high!).toBeGreaterThanOrEqual(exact.interval.high!);
      }),
      { numRuns: 60, seed: 20261128 },
    );
  });

  it('say the rounded means in words too, and no other number differs', () => {
    const finding = findingOf(all);
    const { words, estimates } = roundedForPublic(finding.report!, finding);

    expect(finding.report!.words.en).toMatch(/72 units, mean from 50\.\d+ to 63\.\d+/);
    expect(words.en).toMatch(/^The indicator: 72 units, mean from \d+ to \d+, a change of \+\d+ \(95% interval \+?\d+ to \+?\d+; p = /);
    expect(estimates.map(({ value }) => Number.isInteger(value))).toEqual([true, true, true]);
  });

  it('keep shares as they are where those are counts of firms, and round levels and slopes of shares', () => {
    const finding = { ...findingOf(all), unit: 'share' };
    const series = { values: [0.41, 0.43, 0.4, 0.44, 0.52, 0.55, 0.51, 0.54], interruption: 4 };
    const level = { ...finding, report: studySeries(series) };

    expect(roundedForPublic(finding.report!, finding)).toBe(finding.report);
    expect(roundedForPublic(level.report, level).estimates[1]!.value).not.toBe(level.report.estimates[1]!.value);
  });
});

/** The coarsest 1-2-5 step that a figure is a multiple of, among those that the spread allows. */
function stepIn(value: number, { low, high }: { low: number | null; high: number | null }, firms: number): number {
  const least = (5 * (high! - low!)) / 2 / 1.96 / Math.sqrt(firms);
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => one >= least * (1 - 1e-9))!;
  expect(Math.abs(value / step - Math.round(value / step))).toBeLessThan(1e-6);
  return step;
}

describe('the table of a finding', () => {
  it('reads back from CSV as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.integer(), fc.double({ noNaN: true }))), (rows) => {
        const table = tableOf(rows);
        expect(tableFromCsv(tableAsCsv(table))).toEqual(table);
      }),
    );
  });
});
