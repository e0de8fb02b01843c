import { describe, expect, it } from 'vitest';
import { intervalText } from '../words/numbers.ts';
import { wordsWithAdjustedP } from '../words/adjusted.ts';
import { readCompared, studyCompared } from './did.ts';
import { studyPairs } from './paired.ts';
import type { RawRow } from './rows.ts';
import { studyWatched } from './survival.ts';

const pairs = (n: number, gained: number) =>
  studyPairs({ used: Array.from({ length: n }, (_, at) => ({ before: 0, after: at < gained ? 1 : 0 })), dropped: [] });
const textOf = (report: { caveats: readonly { code: string; text: { en: string } }[] }, code: string): string | undefined =>
  report.caveats.find((one) => one.code === code)?.text.en;

describe('a paired study of yes and no', () => {
  it('says the smallest number of changes that can reach 5 %, and that fewer units cannot', () => {
    expect(textOf(pairs(100, 40), 'fewest-changes')).toBe('For p ≤ 0.05 the exact test needs at least 6 units changing one way and none the other.');
    expect(textOf(pairs(1, 1), 'fewest-changes')).toContain('with 1 unit it cannot be reached');
    expect(pairs(6, 6).tests[0]!.p).toBeLessThanOrEqual(0.05);
    expect(pairs(5, 5).tests[0]!.p).toBeGreaterThan(0.05);
    expect(JSON.stringify([pairs(1, 1), pairs(100, 40)])).not.toContain('with power 0.8 is 6 units');
  });
});

describe('a survival study of three groups', () => {
  const watched = (perGroup: number) =>
    studyWatched({
      used: ['a', 'b', 'c'].flatMap((group) => Array.from({ length: perGroup }, (_, at) => ({ group, time: (at % 17) + 1, event: true }))),
      dropped: [],
    });

  it('says that no evidence was possible where too few events happened, and not so where many did', () => {
    expect(watched(2).words.en).toContain('no evidence was possible');
    expect(textOf(watched(2), 'low-power')).toContain('1.5 times as fast');
    expect(watched(400).words.en).not.toContain('no evidence was possible');
  });
});

const rowsOf = (units: readonly (readonly [group: number, before: number, after: number])[]): RawRow[] =>
  units.flatMap(([group, before, after], at) =>
    [before, after].map((value, period) => ({
      line: 2 * at + period + 2,
      cells: { unit: `u${at}`, group: String(group), period: String(period), value: String(value) },
    })),
  );
const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one);

describe('difference in differences', () => {
  it('is tested by permutation where nothing varies within large groups, and says what it could have found', () => {
    const report = studyCompared(readCompared(rowsOf([...times(20, [1, 5, 7] as const), ...times(20, [0, 5, 5] as const)])));

    expect(report.tests.map(({ method }) => method.slice(0, 11))).toEqual(['permutation']);
    expect(report.words.en).toContain('larger than chance');
  });

  it('deals the labels where one group is small, however large the other is', () => {
    const report = studyCompared(readCompared(rowsOf([...times(2, [1, 0, 1] as const), ...times(45, [0, 0, 0] as const), ...times(15, [0, 0, 1] as const)])));

    // Two among the 17 that gained, of 1,891 pairs.
    expect(report.tests.find(({ method }) => method.startsWith('permutation'))!.p).toBeCloseTo(136 / 1891, 9);
    expect(report.words.en).not.toContain('larger than chance');
    expect(report.caveats.map(({ code }) => code)).toContain('few-clusters');
  });

  it('knows no power where the reference group gives no size to look for', () => {
    const report = studyCompared(
      readCompared(rowsOf([...times(2, [1, 0, 1] as const), ...times(998, [1, 0, 0] as const), ...times(1000, [0, 0, 0] as const)])),
    );

    expect(report.words.en).not.toContain('too small');
    expect(report.caveats.filter(({ code }) => code.endsWith('power'))).toEqual([]);
  });

  it('never leaves open what the truth would have to be', () => {
    const report = studyCompared(readCompared(rowsOf([...times(2, [1, 5, 7] as const), ...times(2, [0, 5, 5] as const)])));

    expect(textOf(report, 'low-power')).toMatch(/^If the truth were that changes differ, /);
    expect(JSON.stringify(report)).not.toContain('—');
  });

  it('counts units, and writes no percentage, for yes and no in groups of fewer than twenty', () => {
    const report = studyCompared(
      readCompared(
        rowsOf([...times(9, [1, 0, 1] as const), ...times(8, [1, 0, 0] as const), ...times(2, [0, 0, 1] as const), ...times(15, [0, 0, 0] as const)]),
      ),
    );

    expect(report.words.en).toContain('treated units (17) changed by +9/17, control units (17) by +2/17');
    expect(report.words.en).toContain('+0.41 (difference of shares)');
    expect(report.words.en + report.words.zh).not.toMatch(/%|percentage|百分/);
  });
});

describe('an interval without bounds', () => {
  it('says so instead of reaching from nothing to nothing', () => {
    const text = intervalText({ low: null, high: null, level: 0.95, method: 'm' }, String);
    expect(text.en).toBe('too few data for an interval: no bound on either side');
  });
});

describe('a sentence of one of several tests', () => {
  it('tells the adjusted p and claims no more than it carries', () => {
    const { words } = pairs(30, 6);
    const [zh, en] = ['p = 0.031，按 3 项检验校正后 p = 0.094', 'p = 0.031, adjusted for 3 tests p = 0.094'];
    const said = wordsWithAdjustedP(words, { p: 0.03125, adjustedP: 0.09375, tests: 3 });

    expect(words.en).toContain('larger than chance alone explains');
    expect([said.zh.includes(zh), said.en.includes(en)]).toEqual([true, true]);
    expect(said.en).toContain('compatible with no change');
    expect(said.zh).not.toContain('超出了偶然波动');
    expect(wordsWithAdjustedP(words, { p: 0.03125, adjustedP: 0.04, tests: 2 }).en).toContain('larger than chance alone explains');
  });
});
