import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../basics/index.ts';
import { StudyReport } from '../model.ts';
import { studyPage } from '../words/page.ts';
import { unnamedSubject, type Subject } from '../words/subject.ts';
import { readCompared, studyCompared } from './did.ts';
import { readMembers, studyGroups } from './groups.ts';
import { neverTreated } from '../methods/panel.ts';
import { studySeries } from './interrupted.ts';
import { readPairs, studyPairs } from './paired.ts';
import { studyStaggered } from './staggered.ts';
import type { RawRow } from './rows.ts';
import { usualSettings } from './study.ts';
import { readWatched, studyWatched } from './survival.ts';

const rowsOf = (columns: readonly string[], table: readonly (readonly (string | number)[])[]): RawRow[] =>
  table.map((cells, i) => ({ line: i + 2, cells: Object.fromEntries(columns.map((name, k) => [name, String(cells[k] ?? '')])) }));

const pairs = (table: readonly (readonly (string | number)[])[]): RawRow[] => rowsOf(['unit', 'before', 'after'], table);
const members = (table: readonly (readonly (string | number)[])[]): RawRow[] => rowsOf(['unit', 'group', 'value'], table);
const panel = (table: readonly (readonly (string | number)[])[]): RawRow[] => rowsOf(['unit', 'group', 'period', 'value'], table);
const times = (table: readonly (readonly (string | number)[])[]): RawRow[] => rowsOf(['unit', 'group', 'time', 'event'], table);

const codes = (report: StudyReport): string[] => report.caveats.map(({ code }) => code);
const refusalOf = (run: () => unknown): string => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    if (error instanceof Refusal) return `${error.kind} ${error.code}`;
    throw error;
  }
};
const say = (report: StudyReport): string => JSON.stringify([report.words, report.caveats]);
const withSubject = (subject: Partial<Subject>) => ({ ...usualSettings, subject: { ...unnamedSubject, ...subject } });

const pilot = pairs(Array.from({ length: 49 }, (_, i) => [`firm ${i}`, i < 2 ? 1 : 0, 1]));

describe('before and after without a control group', () => {
  it('speaks of 变化 and change, never of 效果 or effect', () => {
    const report = studyPairs(readPairs(pilot));

    expect(report.words.zh).toContain('变化');
    expect(report.words.en).toContain('change');
    expect(say(report)).not.toMatch(/效果|effect/i);
    expect(codes(report)).toContain('no-control-group');
  });

  it('shows counts and no percentages below twenty units', () => {
    const report = studyPairs(readPairs(pilot.slice(0, 19)));

    expect(report.words.zh).toContain('2/19');
    expect(report.words.zh + report.words.en).not.toMatch(/%|百分点|percentage/);
    expect(studyPairs(readPairs(pilot.slice(0, 20))).words.zh).toContain('2/20 (10%)');
  });

  it('says compliance when the gate forces the outcome', () => {
    expect(studyPairs(readPairs(pilot), withSubject({ forcedByGate: true })).words.zh).toContain('属于合规');
    expect(studyPairs(readPairs(pilot)).words.zh).not.toContain('属于合规');
  });

  it('says that no evidence was possible when a relevant change would hardly be found', () => {
    const few = pairs([
      ['a', 0, 1],
      ['b', 0, 1],
      ['c', 0, 0],
      ['d', 1, 1],
      ['e', 0, 0],
      ['f', 0, 0],
    ]);

    expect(studyPairs(readPairs(few)).words.zh).toContain('不可能得出证据');
  });

  it('says that the data are compatible with no change when the sample could have shown one', () => {
    const many = pairs(
      Array.from({ length: 200 }, (_, i) => [`u${i}`, i % 2, i % 10 === 0 ? 1 - (i % 2) : i % 2]).map((row, i) => (i % 20 === 1 ? [row[0]!, 1, 0] : row)),
    );

    expect(studyPairs(readPairs(many)).words.zh).toContain('不能据此断定没有变化');
  });

  it('says which way is better when the metric knows', () => {
    expect(studyPairs(readPairs(pilot), withSubject({ direction: 'higher-is-better' })).words.zh).toContain('方向为改善');
    expect(studyPairs(readPairs(pilot), withSubject({ direction: 'lower-is-better' })).words.zh).toContain('方向为变差');
  });

  it('lists each row that it does not use, with its line and the reason', () => {
    const { used, dropped } = readPairs(
      pairs([
        ['a', 0, 1],
        ['a', 0, 1],
        ['b', 0, 1],
        ['b', 1, 1],
        ['c', '', 1],
        ['', 0, 1],
        ['d', 'x', 1],
        ['e', '1e99', 1],
        ['g', 'NaN', 1],
        ['f', 0, 1],
      ]),
    );

    expect(used.map(({ unit }) => unit)).toEqual(['a', 'f']);
    expect(dropped.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '3 repeated',
      '4 contradictory',
      '5 contradictory',
      '6 missing-pair',
      '7 missing-unit',
      '8 not-a-number',
      '9 out-of-range',
      '10 missing-pair',
    ]);
  });

  it('refuses a table without a single usable row', () => {
    expect(refusalOf(() => studyPairs(readPairs([])))).toBe('bad-input no-usable-rows');
    expect(refusalOf(() => studyPairs(readPairs(pairs([['a', '', 1]]))))).toBe('bad-input no-usable-rows');
  });

  it('gives no interval for one unit nor for values that do not vary', () => {
    expect(codes(studyPairs(readPairs(pairs([['a', 3, 8]]))))).toContain('single-unit');
    expect(
      codes(
        studyPairs(
          readPairs(
            pairs([
              ['a', 3, 8],
              ['b', 4, 9],
            ]),
          ),
        ),
      ),
    ).toContain('no-variation');
  });
});

describe('two groups', () => {
  it('speaks of a difference whose cause is open', () => {
    const report = studyGroups(readMembers(members(Array.from({ length: 80 }, (_, i) => [`u${i}`, i % 2 ? '对照' : '投保', i % 5 === 0 ? 1 : 0]))));

    expect(report.words.zh).toContain('两组并非随机分配');
    expect(say(report)).not.toMatch(/效果|effect/i);
    expect(report.estimates[0]!.name).toBe('share[对照]');
  });

  it('refuses one group and three', () => {
    expect(
      refusalOf(() =>
        studyGroups(
          readMembers(
            members([
              ['a', 'x', 1],
              ['b', 'x', 0],
            ]),
          ),
        ),
      ),
    ).toBe('rule empty-group');
    expect(
      refusalOf(() =>
        studyGroups(
          readMembers(
            members([
              ['a', 'x', 1],
              ['b', 'y', 0],
              ['c', 'z', 0],
            ]),
          ),
        ),
      ),
    ).toBe('rule too-many-groups');
  });

  it('treats values with exposure as counts and names the empty cell', () => {
    const rows = rowsOf(
      ['unit', 'group', 'value', 'exposure'],
      [
        ['a', '0', 4, 10],
        ['b', '1', 0, 12],
        ['c', '1', -1, 3],
        ['d', '0', 2, 0],
      ],
    );

    const report = studyGroups(readMembers(rows));

    expect(report.estimates.at(-1)).toMatchObject({ name: 'rate-ratio', value: 0 });
    expect(codes(report)).toContain('zero-cell');
    expect(report.dropped.map(({ code }) => code)).toEqual(['negative-count', 'no-exposure']);
  });
});

describe('difference in differences', () => {
  const table = [
    ...Array.from({ length: 5 }, (_, i) => [`t${i}`, 1, 0, 60 + i]),
    ...Array.from({ length: 5 }, (_, i) => [`t${i}`, 1, 1, 70 + 2 * i]),
    ...Array.from({ length: 5 }, (_, i) => [`c${i}`, 0, 0, 60 + i]),
    ...Array.from({ length: 5 }, (_, i) => [`c${i}`, 0, 1, 62 + i + (i % 2)]),
  ];

  it('may say 效果, and says under which condition', () => {
    const report = studyCompared(readCompared(panel(table)));

    expect(report.words.zh).toMatch(/估计效果 \+.*前提是没有干预时两组会同步变化/);
    expect(codes(report)).toEqual(expect.arrayContaining(['parallel-paths', 'parallel-paths-not-testable', 'few-clusters']));
  });

  it('drops units without both periods and units that change group', () => {
    const { used, dropped } = readCompared(panel([...table, ['x', 1, 0, 5], ['y', 0, 0, 5], ['y', 1, 1, 6], ['z', 2, 0, 1]]));

    expect(used).toHaveLength(10);
    expect(dropped.map(({ code }) => code)).toEqual(['missing-pair', 'changes-group', 'changes-group', 'not-zero-or-one']);
  });

  it('computes one treated unit without an interval, and refuses none', () => {
    const one = studyCompared(readCompared(panel(table.filter(([unit]) => unit === 't0' || String(unit).startsWith('c')))));

    expect(codes(one)).toContain('single-unit');
    expect(one.estimates.at(-1)!.interval).toBeNull();
    expect(one.tests.map(({ method }) => method)).toEqual(['permutation, all 6 arrangements']);
    expect(refusalOf(() => studyCompared(readCompared(panel(table.filter(([unit]) => String(unit).startsWith('c'))))))).toBe('rule empty-group');
  });
});

describe('survival', () => {
  it('describes one group and compares two', () => {
    expect(
      studyWatched(
        readWatched(
          times([
            ['a', 'x', 3, 1],
            ['b', 'x', 5, 0],
          ]),
        ),
      ).words.zh,
    ).toContain('只描述，不比较');
    expect(
      studyWatched(
        readWatched(
          times([
            ['a', 'x', 3, 1],
            ['b', 'y', 5, 0],
            ['c', 'y', 9, 1],
            ['d', 'x', 4, 1],
          ]),
        ),
      ).words.zh,
    ).toContain('log-rank');
  });

  it('drops a row without cluster and a cluster in two groups, and still deals the others whole', () => {
    const rows = Array.from({ length: 48 }, (_, i) => [
      `v${i}`,
      `f${Math.floor(i / 4)}`,
      Math.floor(i / 4) % 2 === 0 ? 'x' : 'y',
      3 + ((Math.floor(i / 4) * 7) % 12),
      1,
    ]);
    const table = [...rows, ['w', '', 'x', 5, 1], ['c1', 'crossing', 'x', 5, 1], ['c2', 'crossing', 'y', 5, 1]];
    const report = studyWatched(readWatched(rowsOf(['unit', 'cluster', 'group', 'time', 'event'], table)));

    expect(report.dropped.map(({ unit, code }) => `${unit} ${code}`)).toEqual(['w missing-value', 'c1 cluster-changes-group', 'c2 cluster-changes-group']);
    expect(report.tests[0]!.method).toContain('12 clusters');
    expect(report.caveats.map(({ code }) => code)).toContain('depending-units');
  });

  it('says that nothing could have been shown where too few clusters can be dealt', () => {
    const rows = Array.from({ length: 200 }, (_, i) => [`v${i}`, `f${i % 4}`, i % 2 === 0 ? 'x' : 'y', 1 + (i % 4) * 40 + (i % 7), 1]);
    const report = studyWatched(readWatched(rowsOf(['unit', 'cluster', 'group', 'time', 'event'], rows)));

    expect(report.words.en).toContain('no evidence was possible');
    expect(report.tests.find(({ name }) => name === 'restricted-mean')).toBeUndefined();
  });

  it('claims nothing from one early event, and deals units where events are few', () => {
    const rows = [['a', 'x', 5, 1], ...Array.from({ length: 10 }, (_, i) => [`b${i}`, 'y', 30, 0])];
    const report = studyWatched(readWatched(rowsOf(['unit', 'group', 'time', 'event'], rows)));

    expect(report.tests[0]).toMatchObject({ method: 'log-rank, permutation, 1999 draws, seed 1' });
    expect(report.words.en).not.toContain('larger than chance');
  });

  it('refuses a column of names as groups', () => {
    const rows = Array.from({ length: 400 }, (_, i) => [`v${i}`, `g${i}`, 5, 1]);

    expect(() => studyWatched(readWatched(rowsOf(['unit', 'group', 'time', 'event'], rows)))).toThrow(expect.objectContaining({ code: 'too-many-groups' }));
  });

  it('deals whole clusters where several units belong to one, and shows the usual test beside it', () => {
    const rows = Array.from({ length: 48 }, (_, i) => {
      const firm = Math.floor(i / 4);
      return [`v${i}`, `f${firm}`, firm % 2 === 0 ? 'x' : 'y', 3 + ((firm * 7) % 12), 1];
    });
    const clustered = studyWatched(readWatched(rowsOf(['unit', 'cluster', 'group', 'time', 'event'], rows)));
    const alone = studyWatched(readWatched(rowsOf(['unit', '', 'group', 'time', 'event'], rows)));

    expect(clustered.tests.slice(0, 2).map(({ name, method }) => `${name}: ${method}`)).toEqual([
      'same-hazard: log-rank, permutation of 12 clusters, 1999 draws, seed 1',
      'same-hazard-if-independent: log-rank, 1 df',
    ]);
    expect(clustered.tests[1]!.p).toBe(alone.tests[0]!.p);
    expect(clustered.tests[0]!.p).toBeGreaterThan(alone.tests[0]!.p);
    expect(clustered.words.en).not.toBe(alone.words.en);
  });

  it('says what cannot be computed when every unit is censored', () => {
    const report = studyWatched(
      readWatched(
        times([
          ['a', 'x', 3, 0],
          ['b', 'y', 5, 0],
          ['c', 'y', -2, 1],
        ]),
      ),
    );

    expect(codes(report)).toContain('all-censored');
    expect(report.estimates.filter(({ name }) => name.startsWith('median')).every(({ value }) => value === null)).toBe(true);
    expect(report.tests).toEqual([]);
    expect(report.dropped.map(({ code }) => code)).toEqual(['negative-time']);
  });
});

describe('staggered starts', () => {
  const panelOf = (slope: number) => ({
    periods: 6,
    starts: Int32Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 3 : neverTreated)),
    values: Float64Array.from({ length: 360 }, (_, k) => {
      const [i, t] = [Math.floor(k / 6), k % 6];
      return i + (i % 2 === 0 ? slope * t + (t >= 3 ? 4 : 0) : 0) + ((i * 7919 + t * 104729) % 97) / 97;
    }),
  });

  it('may say 效果 when the paths before are not contradicted', () => {
    const report = studyStaggered({ panel: panelOf(0), dropped: [] });

    expect(report.words.zh).toMatch(/平均效果 \+.*前提是没有干预时各批单位会同步变化/);
    expect(codes(report)).toContain('paths-not-contradicted');
    expect(StudyReport.parse(report)).toEqual(report);
  });

  it('says 差异 when the groups moved apart before the start', () => {
    const report = studyStaggered({ panel: panelOf(1), dropped: [] });

    expect(report.words.zh + report.words.en).not.toMatch(/效果|effect/);
    expect(report.words.zh).toContain('只能称为差异');
    expect(codes(report)).toContain('paths-diverged');
  });

  it('refuses a panel without firms', () => {
    expect(refusalOf(() => studyStaggered({ panel: { periods: 3, starts: new Int32Array(), values: new Float64Array() }, dropped: [] }))).toBe(
      'bad-input no-usable-rows',
    );
  });
});

describe('one interrupted series', () => {
  it('speaks of 变化 and warns of correlated neighbours', () => {
    const values = Array.from({ length: 24 }, (_, t) => (t >= 12 ? 4 : 0) + Math.sin(t / 1.2));

    const report = studySeries({ values, interruption: 12 });

    expect(say(report)).not.toMatch(/效果|effect/i);
    expect(report.words.zh).toContain('水平变化');
    expect(codes(report)).toContain('autocorrelated');
    expect(StudyReport.parse(report)).toEqual(report);
  });

  it('says when nothing can be estimated', () => {
    expect(codes(studySeries({ values: [1, 2], interruption: 1 }))).toContain('few-periods');
  });
});

describe('any table at all', () => {
  const cell = fc.oneof(fc.constantFrom('0', '1', '', 'NaN', 'Infinity', '-1', '1e308', 'x', '２', '0.5'), fc.integer({ min: -3, max: 9 }).map(String));
  const group = fc.constantFrom('0', '1', '', 'NaN', 'insured');
  const unit = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '');
  const designs = {
    paired: (rows: RawRow[]) => studyPairs(readPairs(rows)),
    groups: (rows: RawRow[]) => studyGroups(readMembers(rows)),
    did: (rows: RawRow[]) => studyCompared(readCompared(rows)),
    survival: (rows: RawRow[]) => studyWatched(readWatched(rows)),
  };
  const columns = { paired: ['before', 'after'], groups: ['group', 'value'], did: ['group', 'period', 'value'], survival: ['group', 'time', 'event'] };

  it.each(Object.keys(designs) as (keyof typeof designs)[])('gives a whole report or a refusal for %s: no NaN, no row lost', (design) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, design === 'paired' ? cell : group, cell, cell), { maxLength: 14 }), (table) => {
        const rows = rowsOf(['unit', ...columns[design]], table);
        let report: StudyReport;
        try {
          report = designs[design](rows);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          return;
        }
        expect(StudyReport.parse(report)).toEqual(report);
        expect(studyPage(report, 'zh') + studyPage(report, 'en')).not.toMatch(/NaN|undefined|Infinity/);
        expect(report.dropped.length + report.n * (design === 'did' ? 2 : 1)).toBe(rows.length);
      }),
      { numRuns: 150 },
    );
  });
});
