import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossRatio } from '../methods/loss-ratio.ts';
import { balanceTable } from './balance.ts';
import { matchFirms } from './match.ts';
import { StudyQuery, studyFingerprint, type CohortFilter } from './query.ts';
import { checkRelease, hideSmallCells } from './release.ts';
import { selectCohort, type Candidate } from './select.ts';

const firm = (name: string, over: Partial<Candidate> = {}): Candidate => ({
  firm: name,
  start: '2025-03-01',
  industry: 'retail',
  size: 'small',
  product: 'sme-basic',
  score: 60,
  employees: 40,
  revenue: 900,
  ...over,
});
const everybody: CohortFilter = { startFrom: null, startUntil: null, industries: null, sizes: null, products: null, scoreFrom: null, scoreUntil: null };

describe('the cohort', () => {
  it('leaves nobody out without a reason', () => {
    const candidates = [
      firm('a'),
      firm('b', { start: '2027-01-01' }),
      firm('c', { industry: 'finance' }),
      firm('d', { score: null }),
      firm('a'),
      firm('e', { score: 20 }),
      firm('f', { start: '2024-12-31' }),
    ];

    const { included, excluded } = selectCohort(candidates, { ...everybody, startFrom: '2025-01-01', industries: ['retail'], scoreFrom: 50 }, '2026-06-30');

    expect(included.map((one) => one.firm)).toEqual(['a']);
    expect(excluded.map((one) => `${one.firm} ${one.code}`)).toEqual([
      'b future-start',
      'c outside-industry',
      'd score-not-recorded',
      'a repeated',
      'e outside-score',
      'f outside-dates',
    ]);
  });

  it('is frozen by a name that any change of the query changes', () => {
    const query = StudyQuery.parse({
      question: 'did cover raise the score',
      design: 'did',
      metrics: ['score'],
      cohort: everybody,
      control: { kind: 'none' },
      source: 'records',
      splitBy: [],
      followUpDays: 365,
      asOf: '2026-07-01T00:00:00+08:00',
      seed: 1,
      versions: { scoring: '3' },
    });

    expect(studyFingerprint(query)).toBe(studyFingerprint({ ...query }));
    expect(studyFingerprint(query)).not.toBe(studyFingerprint({ ...query, seed: 2 }));
  });
});

describe('matching', () => {
  const rule = { same: ['industry' as const], near: ['score' as const], caliper: 0.5 };

  it('takes the nearest of the same industry and leaves out whom nobody is near', () => {
    const treated = [firm('a', { score: 60 }), firm('b', { score: 95 }), firm('c', { score: 60, industry: 'finance' }), firm('d', { score: null })];
    const pool = [firm('x', { score: 58 }), firm('y', { score: 30 }), firm('z', { score: 61 })];

    const { matches, unmatched } = matchFirms({ treated, pool }, rule);

    expect(matches.map((one) => `${one.treated.firm}-${one.control.firm}`)).toEqual(['a-z']);
    expect(unmatched.map((one) => one.firm)).toEqual(['b', 'c', 'd']);
  });

  it('uses each control once, whatever the order of the firms', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (a, b) => {
        const [treated, pool] = [a.map((score, i) => firm(`t${i}`, { score })), b.map((score, i) => firm(`c${i}`, { score }))];
        const there = matchFirms({ treated, pool }, rule);
        const back = matchFirms({ treated: treated.toReversed(), pool: pool.toReversed() }, rule);
        expect(new Set(there.matches.map((one) => one.control.firm)).size).toBe(there.matches.length);
        expect(there.matches).toEqual(back.matches);
        expect(there.matches.length + there.unmatched.length).toBe(treated.length);
      }),
    );
  });

  it('improves the balance of what it matched on', () => {
    const treated = [60, 70, 80].map((score, i) => firm(`t${i}`, { score }));
    const pool = [10, 20, 61, 69, 79, 30].map((score, i) => firm(`c${i}`, { score }));
    const { matches } = matchFirms({ treated, pool }, rule);

    const [before, after] = [
      balanceTable(treated, pool),
      balanceTable(
        matches.map((one) => one.treated),
        matches.map((one) => one.control),
      ),
    ];

    expect(before[0]).toMatchObject({ name: 'score', balanced: false });
    expect(after[0]).toMatchObject({ name: 'score', balanced: true });
  });
});

describe('release to the public', () => {
  it('hides cells of fewer than five firms and never a single one', () => {
    const cells = [
      { name: 'a', firms: 3 },
      { name: 'b', firms: 8 },
      { name: 'c', firms: 20 },
      { name: 'd', firms: 0 },
    ];

    expect(checkRelease(cells)).toEqual({ publishable: false, tooSmall: ['a'] });
    expect(hideSmallCells(cells).map(({ firms }) => firms)).toEqual([null, null, 20, 0]);
    expect(checkRelease(cells.slice(1)).publishable).toBe(true);
  });
});

describe('the loss ratio of a band', () => {
  it('is a ratio of sums, open without premium and without an interval for one policy', () => {
    expect(
      lossRatio([
        { earnedPremium: 100, incurredLoss: 0 },
        { earnedPremium: 300, incurredLoss: 200 },
      ]),
    ).toMatchObject({ policies: 2, value: 0.5 });
    expect(lossRatio([{ earnedPremium: 100, incurredLoss: 40 }])).toEqual({ policies: 1, value: 0.4, interval: null });
    expect(lossRatio([])).toEqual({ policies: 0, value: null, interval: null });
  });
});
