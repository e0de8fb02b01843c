import { describe, expect, it } from 'vitest';
import type { Metric } from '../metric.ts';
import { StudyQuery } from '../cohort/query.ts';
import { readPairs, studyPairs } from '../designs/paired.ts';
import { tableAsCsv } from './csv.ts';
import type { CoverResult, FirmHistory, Observation } from './history.ts';
import { historiesOf } from './records.ts';
import { readMetric } from './readings.ts';
import { openSpells, recurrences } from './repairs.ts';
import { StudyResult } from './result.ts';
import { runStudy } from './run.ts';
import { requireSoundHistories } from './sound-history.ts';
import { summariseForPublic } from './summary.ts';

const look = (on: string, over: Partial<Observation> = {}): Observation => ({
  on,
  score: 60,
  dimensions: {},
  gatePassed: true,
  scoring: 'rules-1',
  controls: {},
  scannedOn: on,
  severeOpen: [],
  ...over,
});
const cover: CoverResult = {
  from: '2025-06-01',
  to: '2026-06-01',
  score: 62,
  product: 'sme-basic',
  premiumMinor: 100_000,
  incurredLossMinor: null,
  claims: null,
};
const firm = (name: string, over: Partial<FirmHistory> = {}): FirmHistory => ({
  firm: name,
  industry: 'retail',
  employees: 40,
  revenueMinor: 900,
  applied: true,
  observations: [look('2025-03-01', { score: 60 }), look('2026-03-01', { score: 66 })],
  covers: [cover],
  ...over,
});
const uninsured = (name: string, over: Partial<FirmHistory> = {}): FirmHistory => firm(name, { covers: [], ...over });
const many = (count: number, make: (name: string) => FirmHistory, prefix: string): FirmHistory[] =>
  Array.from({ length: count }, (_, i) => make(`${prefix}${i}`));

const metric = (id: string, over: Partial<Metric> = {}): Metric => ({
  id,
  title: { zh: id, en: id },
  numerator: { zh: '分子', en: 'n' },
  denominator: { zh: '分母', en: 'd' },
  unit: 'points',
  direction: 'higher-is-better',
  sourceRecords: ['assessment'],
  forcedByGate: false,
  relevantChange: { kind: 'absolute', size: 5 },
  notComputableWhen: [{ rule: 'denominator-zero', because: { zh: '分母为零', en: 'nothing to divide by' } }],
  rows: ['R1'],
  ...over,
});
const metrics = new Map(
  [
    metric('score'),
    metric('mfa-coverage', { unit: 'share' }),
    metric('severe-prevalence', { unit: 'share', direction: 'lower-is-better' }),
    metric('time-to-repair', { unit: 'days' }),
    metric('claims-frequency', { unit: 'per-firm-year' }),
    metric('bound-rate', { unit: 'share' }),
    metric('dwell-time', { unit: 'days', sourceRecords: ['claim'] }),
  ].map((one) => [one.id, one]),
);
const paper = {
  metrics,
  bands: [
    { band: 'A', from: 70 },
    { band: 'B', from: 0 },
  ],
};
const query = (over: Partial<StudyQuery> = {}): StudyQuery =>
  StudyQuery.parse({
    question: 'did the score rise',
    design: 'paired',
    metrics: ['score'],
    cohort: { startFrom: null, startUntil: null, industries: null, sizes: null, products: null, scoreFrom: null, scoreUntil: null },
    control: { kind: 'none' },
    source: 'records',
    splitBy: [],
    followUpDays: 365,
    asOf: '2026-07-01T00:00:00+08:00',
    seed: 1,
    versions: {},
    ...over,
  });
const matched = { kind: 'matched' as const, same: ['industry' as const], near: ['score' as const], caliper: 1 };

describe('a look', () => {
  it('counts a control without evidence as absent, and one that does not apply not at all', () => {
    const on = (value: 'yes' | 'no' | 'partly' | 'unknown' | 'not-applicable') =>
      readMetric('mfa-coverage', look('2025-01-01', { controls: { mfaCoversRemoteAccess: value } }));

    expect((['yes', 'no', 'partly', 'unknown', 'not-applicable'] as const).map(on)).toEqual([1, 0, 0, 0, null]);
    expect(readMetric('mfa-coverage', look('2025-01-01'))).toBeNull();
  });

  it('says nothing on vulnerabilities when nothing was scanned', () => {
    expect(readMetric('severe-prevalence', look('2025-01-01', { scannedOn: null, severeOpen: ['a'] }))).toBeNull();
    expect(readMetric('severe-prevalence', look('2025-01-01', { severeOpen: ['a'] }))).toBe(1);
  });
});

describe('a repair', () => {
  const watched = (...looks: [string, string[]][]): FirmHistory => firm('a', { observations: looks.map(([on, severeOpen]) => look(on, { severeOpen })) });

  it('counts when a later scan no longer shows the vulnerability, and is dated to that scan', () => {
    const [spell] = openSpells(watched(['2025-01-01', ['x']], ['2025-02-01', ['x']], ['2025-03-01', []]));

    expect(spell).toEqual({ firm: 'a', finding: 'x', foundOn: '2025-01-01', repairedOn: '2025-03-01', watchedUntil: '2025-03-01' });
  });

  it('is not one when the report was only withdrawn: the last scan stays the last', () => {
    const history = firm('a', { observations: [look('2025-01-01', { severeOpen: ['x'] }), look('2025-02-01', { scannedOn: null })] });

    expect(openSpells(history)).toMatchObject([{ repairedOn: null, watchedUntil: '2025-01-01' }]);
  });

  it('that does not last begins a new stretch and counts as recurrence', () => {
    const history = watched(['2025-01-01', ['x']], ['2025-02-01', []], ['2025-03-01', ['x']], ['2025-04-01', []], ['2025-12-01', []]);

    expect(openSpells(history)).toHaveLength(2);
    expect(recurrences([history], '2026-07-01')).toEqual({ returned: 1, of: 2 });
  });
});

describe('a study on records', () => {
  it('compares the last look before cover with the last one of the time followed', () => {
    const { result, tables } = runStudy(query(), many(24, firm, 'f'), paper);

    expect(result.findings[0]!.report).toMatchObject({ n: 24, dropped: [] });
    expect(result.findings[0]!.main).toMatchObject({ value: 6 });
    expect(result.words.zh).not.toContain('效果');
    expect(tableAsCsv(tables[0]!)).toMatch(/^unit,before,after\r\nf0,60,66\r\n/);
  });

  it('gives the same numbers from its frozen table', () => {
    const firms = many(24, firm, 'f').map((one, i) => ({
      ...one,
      observations: [look('2025-03-01', { score: 50 + i }), look('2026-03-01', { score: 52 + 2 * i })],
    }));
    const { result, tables } = runStudy(query(), firms, paper);
    const again = studyPairs(readPairs(tables[0]!.rows), { seed: 1, level: 0.95, subject: metrics.get('score')! });

    expect(again).toEqual(result.findings[0]!.report);
  });

  it('leaves out firms whose scores come from different rules, and says how many', () => {
    const changed = firm('changed', { observations: [look('2025-03-01'), look('2026-03-01', { score: 90, scoring: 'rules-2' })] });
    const { result } = runStudy(query(), [...many(5, firm, 'f'), changed], paper);

    expect(result.findings[0]!.report!.n).toBe(5);
    expect(result.findings[0]!.leftOut).toMatchObject([{ code: 'scoring-changed', firms: 1 }]);
  });

  it('scores the old evidence again where the rules changed, compares under one version, and keeps the two changes apart', () => {
    const rescored = { scoring: 'rules-2', score: 63, dimensions: {} };
    const moved = (name: string) =>
      firm(name, { observations: [look('2025-03-01', { score: 60, rescored }), look('2026-03-01', { score: 70, scoring: 'rules-2' })] });
    const { result, tables } = runStudy(query(), [...many(24, moved, 'm'), firm('old')], paper);

    expect(tables[0]!.rows[0]!.cells).toEqual({ unit: 'm0', before: '63', after: '70' });
    expect(result.versionChange).toMatchObject({ firms: 24, notRescored: 0 });
    expect(result.versionChange!.estimates.map(({ value }) => value)).toEqual([10, 7, 3]);
    expect(result.versionChange!.words.en).toContain('+7 of it came from the firms');
  });

  it('takes no score under rules that the latest look does not know where firms and quarters are compared', () => {
    const rescored = { scoring: 'rules-2', score: 63, dimensions: {} };
    const known = uninsured('known', { observations: [look('2025-03-01', { score: 60, rescored })] });
    const unknown = uninsured('unknown', { observations: [look('2025-03-01', { score: 60 })] });
    const newest = firm('newest', { observations: [look('2025-03-01', { score: 60, rescored }), look('2026-03-01', { score: 70, scoring: 'rules-2' })] });
    const split = query({ design: 'groups', splitBy: ['mfa-coverage'], control: { kind: 'not-yet-treated' } });
    const withAnswer = [known, unknown, newest].map((one) => ({
      ...one,
      observations: one.observations.map((seen) => ({ ...seen, controls: { mfaCoversRemoteAccess: one === newest ? ('yes' as const) : ('no' as const) } })),
    }));

    expect(runStudy(split, withAnswer, paper).tables[0]!.rows.map(({ cells }) => [cells['unit'], cells['value']])).toEqual([
      ['newest', '70'],
      ['known', '63'],
      ['unknown', ''],
    ]);
  });

  it('finds a score that drifts, says what chance alone would give, and computes nothing from too few', () => {
    const months = Array.from({ length: 18 }, (_, month) => month);
    const drifting = (drift: number) => (name: string) =>
      firm(name, {
        observations: months.map((month) =>
          look(`${2025 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-10`, {
            score: 57 + (Number(name.slice(1)) % 9) + ((month * 7) % 5) * 0.4 + (month >= 8 ? drift : 0),
          }),
        ),
      });
    const driftOf = (count: number, drift: number) => runStudy(query(), many(count, drifting(drift), 'd'), paper).result.drift!;

    expect(driftOf(60, 12).stability).toMatchObject({ verdict: 'large-shift', firms: 60 });
    expect(driftOf(60, 12).points.some(({ outside }) => outside)).toBe(true);
    expect(driftOf(60, 0).points.every(({ outside }) => !outside)).toBe(true);
    expect(driftOf(60, 0).stability!.p).toBeGreaterThan(0.05);
    expect(driftOf(20, 12).stability).toBeNull();
    expect(driftOf(20, 12).stabilityWords.en).toContain('Fewer than 50');
  });

  it('drops a firm without a look after cover began, with the reason', () => {
    const early = firm('early', { observations: [look('2025-03-01')] });
    const { result } = runStudy(query(), [...many(5, firm, 'f'), early], paper);

    expect(result.findings[0]!.report!.dropped).toMatchObject([{ unit: 'early', code: 'missing-pair' }]);
  });

  it('does not know what came after the data were cut', () => {
    const { result } = runStudy(query({ asOf: '2026-01-01T00:00:00+08:00' }), many(5, firm, 'f'), paper);

    expect(result.findings[0]).toMatchObject({ report: null, notComputable: { en: expect.stringContaining('No firm has all the records needed') } });
  });

  it('calls it an effect only against matched firms that were watched over the same time', () => {
    const firms = [
      ...many(24, firm, 'f'),
      ...many(30, (name) => uninsured(name, { observations: [look('2025-03-01', { score: 60 }), look('2026-03-01', { score: 61 })] }), 'u'),
    ];
    const { result } = runStudy(query({ design: 'did', control: matched }), firms, paper);

    expect(result.findings[0]!.main!.value).toBeCloseTo(5);
    expect(result.words.zh).toContain('效果');
    expect(result.cohort).toMatchObject({ insured: 24, control: 24, unmatched: 0 });
  });

  it('refuses a design without the control group that it needs, and metrics that it cannot carry', () => {
    const refused = (over: Partial<StudyQuery>) => () => runStudy(query(over), [], paper);

    expect(refused({ design: 'did' })).toThrow(/needs the control group/);
    expect(refused({ design: 'survival' })).toThrow(/cannot carry/);
    expect(refused({ design: 'groups', metrics: ['claims-frequency'], control: matched })).toThrow(/insured firms only/);
    expect(refused({ metrics: ['nothing'] })).toThrow(/no metric/);
  });

  it('says of an empty cohort that nothing can be computed, and of losses that there are none on record', () => {
    const { result } = runStudy(query(), [], paper);

    expect(StudyResult.parse(result).findings[0]!.notComputable!.zh).toContain('无法计算');
    expect(result.lossRatio).toMatchObject({ bands: [], notComputable: { en: expect.stringContaining('No cover') } });
    expect(runStudy(query(), [firm('a')], paper).result.lossRatio.notComputable!.en).toContain('No record is not no loss');
    expect(result.silent.map((one) => one.metric)).toEqual(['dwell-time']);
  });

  it('reads the loss ratio of a band from premium earned by then', () => {
    const insured = (name: string) => firm(name, { covers: [{ ...cover, incurredLossMinor: 20_000, claims: 1 }] });
    const { result } = runStudy(query({ asOf: '2025-12-01T00:00:00+08:00' }), many(4, insured, 'f'), paper);

    expect(result.lossRatio.bands[1]).toMatchObject({ band: 'B', policies: 4 });
    expect(result.lossRatio.bands[1]!.value).toBeCloseTo(0.2 / (183 / 365), 6);
  });

  it('counts applicants that gave up in the share that was bound', () => {
    const { result } = runStudy(query(), [...many(6, firm, 'f'), ...many(4, (name) => uninsured(name), 'u')], paper);

    expect(result.shares.find(({ metric: id }) => id === 'bound-rate')!.counts).toEqual({ count: 6, of: 10 });
  });
});

describe('a summary for the public', () => {
  const parts = { industry: { retail: 24 }, size: { small: 21, medium: 3 } };

  it('names no firm and hides parts of fewer than five, with the one that the total would give away', () => {
    const summary = summariseForPublic('q', runStudy(query(), many(24, firm, 'secret'), paper).result, parts);

    expect(JSON.stringify(summary)).not.toContain('secret');
    expect(summary.parts).toEqual([
      { name: 'industry:retail', firms: 24 },
      { name: 'size:small', firms: null },
      { name: 'size:medium', firms: null },
    ]);
  });

  it('is refused when a group that is compared holds fewer than five firms, whatever the totals', () => {
    const guarded = (answer: 'yes' | 'no') => (name: string) =>
      firm(name, { observations: [look('2025-03-01', { controls: { mfaCoversRemoteAccess: answer } }), look('2026-03-01', { score: 66 })] });
    const split = query({ design: 'groups', splitBy: ['mfa-coverage'] });
    const { result } = runStudy(split, [...many(30, guarded('no'), 'n'), ...many(3, guarded('yes'), 'y')], paper);

    expect(result.findings[0]!.groups).toEqual([
      { group: 'without', firms: 30 },
      { group: 'with', firms: 3 },
    ]);
    expect(() => summariseForPublic('?', result, parts)).toThrow('score [with]');
    expect(() => summariseForPublic('?', { ...result, findings: result.findings.map((one) => ({ ...one, groups: undefined })) }, parts)).toThrow(
      'run the study again',
    );
  });

  it('is refused when a count in it stands for fewer than five firms', () => {
    const has = (name: string, yes: boolean) =>
      firm(name, {
        observations: [
          look('2025-03-01', { controls: { mfaCoversRemoteAccess: 'no' } }),
          look('2026-03-01', { controls: { mfaCoversRemoteAccess: yes ? 'yes' : 'no' } }),
        ],
      });
    const firms = Array.from({ length: 24 }, (_, i) => has(`f${i}`, i < 3));
    const { result } = runStudy(query({ metrics: ['mfa-coverage'] }), firms, paper);

    expect(() => summariseForPublic('q', result, parts)).toThrow(/fewer than 5 firms/);
    expect(() => summariseForPublic('q', runStudy(query(), many(3, firm, 'f'), paper).result, parts)).toThrow(/fewer than 5 firms/);
  });
});

describe('histories from elsewhere', () => {
  const told = (...histories: FirmHistory[]): string => {
    try {
      requireSoundHistories(histories, '2026-07-01');
      return 'sound';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('are taken when every day and name can be read one way only', () => {
    expect(told(firm('a'), uninsured('b'))).toBe('sound');
  });

  it.each([
    ['`a` is there twice', [firm('a'), firm('a')]],
    ['future, on 2099-01-01', [firm('a', { observations: [look('2099-01-01')] })]],
    ['look of 2025-01-01 out of order', [firm('a', { observations: [look('2025-03-01'), look('2025-01-01')] })]],
    ['look of 2025-03-01 out of order or twice', [firm('a', { observations: [look('2025-03-01'), look('2025-03-01')] })]],
    ['scan of 2025-04-01 after its look', [firm('a', { observations: [look('2025-03-01', { scannedOn: '2025-04-01' })] })]],
    ['cover from 2025-06-01 that ends on 2025-05-01', [firm('a', { covers: [{ ...cover, to: '2025-05-01' }] })]],
    ['formula', [firm('=cmd|x')]],
  ])('are refused whole, with firm and day: %s', (message, histories) => {
    expect(told(...histories)).toContain(message);
  });
});

describe('histories from records', () => {
  it('keep the firms of a broker apart and take the last look of a day', () => {
    const version = (name: string, at: string, score: number) =>
      ({
        organisation: 'org_broker',
        firm: { name, industry: 'retail', employees: 12, annualRevenue: { currency: 'CNY', minor: 5 } },
        result: { at, score, dimensions: [], indicators: [], gate: { passed: false, blockers: [] }, versions: { engine: '1' } },
        rescored: null,
        scans: ['2026-01-01T23:30:00Z'],
      }) as never;
    const histories = historiesOf({
      assessments: [version('甲', '2026-01-02T01:00:00Z', 40), version('甲', '2026-01-02T09:00:00Z', 45), version('乙', '2026-01-02T01:00:00Z', 70)],
      submissions: [{ organisation: 'org_broker', firm: '甲' }],
      policies: [],
    });

    expect(histories.map(({ applied, observations }) => [applied, observations.map(({ on, score, scannedOn }) => [on, score, scannedOn])])).toEqual([
      [true, [['2026-01-02', 45, '2026-01-02']]],
      [false, [['2026-01-02', 70, '2026-01-02']]],
    ]);
    expect(new Set(histories.map((one) => one.firm)).size).toBe(2);
  });
});

describe('a study of few firms and several metrics', () => {
  const firms = many(
    12,
    (name) =>
      firm(name, {
        observations: [
          look('2025-03-01', { score: 60 + (Number(name.slice(1)) % 3), controls: { mfaCoversRemoteAccess: 'no' } }),
          look('2026-03-01', { score: 62 + (Number(name.slice(1)) % 7), controls: { mfaCoversRemoteAccess: Number(name.slice(1)) < 3 ? 'yes' : 'no' } }),
        ],
      }),
    'f',
  );
  const { findings } = runStudy(query({ metrics: ['score', 'mfa-coverage'] }), firms, paper).result;

  it('goes by the permutation, which its caveat tells to rely on, for p and for Holm', () => {
    const [score] = findings;
    const flips = score!.report!.tests.find(({ method }) => method.startsWith('sign flips'))!;
    const student = score!.report!.tests.find(({ method }) => method === 'paired t')!;

    expect(flips.p).not.toBe(student.p);
    expect(score!.p).toBe(flips.p);
    expect(score!.adjustedP).toBe(Math.min(1, 2 * flips.p));
  });

  it('tells the adjusted p in its sentence', () => {
    expect(findings.map(({ report }) => / adjusted for 2 tests p = /.test(report!.words.en))).toEqual([true, true]);
    expect(runStudy(query(), firms, paper).result.findings[0]!.report!.words.en).not.toContain('adjusted');
  });
});

describe('times to repair', () => {
  it('say of how many firms the vulnerabilities are', () => {
    const firms = many(
      6,
      (name) => firm(name, { observations: [look('2025-07-01', { severeOpen: ['a', 'b', 'c'] }), look('2025-09-01', { severeOpen: ['c'] })] }),
      'f',
    );
    const { report } = runStudy(query({ design: 'survival', metrics: ['time-to-repair'] }), firms, paper).result.findings[0]!;

    expect(report!.n).toBe(18);
    expect(report!.words.en).toContain('The units are 18 vulnerabilities of 6 firms');
    expect(report!.caveats[0]!.text.zh).toContain('6 家企业的 18 个漏洞');
    expect(report!.tests).toEqual([]);
  });
});
