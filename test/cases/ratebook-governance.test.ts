import { describe, expect, it } from 'vitest';
import {
  applyProposal,
  checkRatebook,
  compareRatebooks,
  compareWithMarket,
  dislocate,
  experienceStep,
  inventBook,
  limitedLosses,
  makeFilingPack,
  movePolicies,
  premiumTotal,
  scheduleFactor,
  type RatebookProposal,
  type Tariff,
} from '../../src/domain/rating/index.ts';
import { parameters, ratebookFile, ratebookWith, tariff } from '../tariff.ts';
import { RatebookFile } from '../../src/domain/rating/index.ts';

const today = tariff();
const numbers = parameters();
const file = RatebookFile.parse(ratebookFile().data);
const dearer: RatebookProposal = {
  version: '2026.2',
  title: { zh: '试验提案', en: 'Trial proposal' },
  why: 'ransomware claims came more often than expected',
  effectiveFrom: '2027-01-01',
  changes: [
    {
      key: 'frequency.ransomware',
      value: today.ratebook.number('frequency.ransomware') * 1.2,
      source: 'invented for this test',
      provenance: 'J',
      confidence: 'L',
    },
  ],
};
const applied = applyProposal(file, numbers, dearer).value!;
const after = { ...today, ratebook: applied.ratebook };

describe('a proposed ratebook', () => {
  it('differs from today’s by what was proposed', () => {
    const { parameters: changed, structure } = compareRatebooks(today.ratebook, applied.ratebook);
    expect(changed.map(({ key }) => key)).toEqual(['frequency.ransomware']);
    expect(changed[0]!.relative).toBeCloseTo(0.2, 12);
    expect(structure).toEqual([]);
  });

  it('is refused when it names a stray key, changes one twice, is not newer or breaks a bound', () => {
    const change = (over: Partial<RatebookProposal>): number => applyProposal(file, numbers, { ...dearer, ...over }).problems.length;
    expect(change({ changes: [{ ...dearer.changes[0]!, key: 'no.such' }] })).toBe(1);
    expect(change({ changes: [dearer.changes[0]!, dearer.changes[0]!] })).toBe(1);
    expect(change({ version: '2026.1' })).toBe(1);
    expect(change({ changes: [{ ...dearer.changes[0]!, key: 'expense.variable', value: 0.99 }] })).toBe(1);
  });

  it('dislocates a book: higher frequencies lower no premium, and every policy is counted once', () => {
    const found = dislocate(inventBook(4, 40, today.catalogue), today, after);
    const counted = (slices: readonly { policies: number }[]): number => slices.reduce((sum, { policies }) => sum + policies, 0);
    expect(found.change).toBeGreaterThan(0);
    expect(found.quantiles[0]!.change).toBeGreaterThanOrEqual(0);
    for (const slices of [found.bands, found.byIndustry, found.byPackage, found.bySize]) expect(counted(slices)).toBe(40);
  });

  it('moves each policy as pricing it alone does, whether or not the tariffs share their severities', () => {
    const book = inventBook(7, 60, today.catalogue);
    const before = tariff('2026.2');
    const alone = (one: Tariff): number[] => book.map((booked) => premiumTotal(booked, one).exVat);
    for (const key of ['frequency.ransomware', 'severity.ransomware.mean']) {
      const after = { ...today, ratebook: ratebookWith({ [key]: today.ratebook.number(key) * 1.2 }, '2026.2') };
      const moved = movePolicies(book, { before, after });
      expect(moved.map(({ beforeMinor }) => beforeMinor)).toEqual(alone(before));
      expect(moved.map(({ afterMinor }) => afterMinor)).toEqual(alone(after));
      expect(moved.some(({ change }) => change > 0)).toBe(true);
    }
  });

  it('leaves a book where it was when nothing changed, and the book depends on the seed alone', () => {
    const book = inventBook(9, 20, today.catalogue);
    expect(dislocate(book, today, today)).toMatchObject({ change: 0, quantiles: [{ change: 0 }, { change: 0 }, { change: 0 }, { change: 0 }, { change: 0 }] });
    expect(inventBook(9, 30, today.catalogue).slice(0, 20)).toEqual(book);
  });
});

describe('the check of a ratebook', () => {
  it('passes the shipped one and counts its priors', () => {
    const { findings, priors, parameters: count } = checkRatebook(today, []);
    expect(findings).toEqual([]);
    expect(priors.length).toBeGreaterThan(0);
    expect(priors.length).toBeLessThan(count);
  });
});

describe('the check of a ratebook', () => {
  const filed = tariff('2026.2');

  it('says how far the tables are from the model and finds nothing else', () => {
    const { findings, tableErrors } = checkRatebook(filed, []);
    process.stdout.write(`tables against the model: ${JSON.stringify(tableErrors)}\n`);
    expect(findings).toEqual([]);
    expect(Math.abs(tableErrors!.expected)).toBeLessThan(0.001);
    expect(checkRatebook(today, []).tableErrors).toBeNull();
  });

  it('fails for a number without a source and for tables that are not those of the model', () => {
    const unsourced = new Map([...filed.ratebook.parameters].map(([key, one]) => [key, key === 'tax.vat' ? { ...one, source: ' ' } : one]));
    expect(checkRatebook({ ...filed, ratebook: { ...filed.ratebook, parameters: unsourced } }, []).findings).toMatchObject([
      { rule: 'parameter-without-source', at: 'tax.vat' },
    ]);
    const strange = ratebookWith({ 'tables.reference-limit': 20_000, 'tables.reference-retention': 0 }, '2026.2');
    expect(checkRatebook({ ...filed, ratebook: strange }, []).findings).toMatchObject([{ rule: 'tables-off-the-model' }]);
  });
});

describe('the filing pack', () => {
  it('registers every parameter of the ratebook with its source', () => {
    const { documents } = makeFilingPack(today.ratebook, []);
    const register = documents.find(({ name }) => name === 'parameters.csv')!.text;
    for (const key of today.ratebook.parameters.keys()) expect(register).toContain(`\r\n${key},`);
  });

  it('changes its hash with any number', () => {
    expect(makeFilingPack(applied.ratebook, []).hash).not.toBe(makeFilingPack(today.ratebook, []).hash);
  });
});

describe('experience and schedule', () => {
  const plan = { prior: 2, years: 3, lossCap: 250_000, least: 0.8, most: 1.5 };
  const record = (claims: number, yuan = 40_000) => ({
    pastClaims: Array.from({ length: claims }, () => ({
      on: '2026-03-01',
      peril: 'ransomware',
      amount: { currency: 'CNY' as const, minor: 100 * yuan },
      closed: true,
    })),
  });
  const step = (firm: ReturnType<typeof record>, on = '2026-11-22') =>
    experienceStep({ claims: limitedLosses(firm, on, plan) / 40_000, expected: 0.036 }, plan);

  it('more claims never lower the experience factor, which stays in its filed bounds', () => {
    const factors = [0, 1, 2, 3, 10].map((claims) => step(record(claims)).factor);
    expect(factors).toEqual(factors.toSorted((a, b) => a - b));
    expect(factors[0]).toBeCloseTo(2 / 2.036, 12);
    expect(factors[1]).toBeCloseTo(3 / 2.036, 12);
    expect(factors.at(-1)).toBe(1.5);
  });

  it('counts a loss up to the cap, and only the years of experience before the day of the price', () => {
    expect(step(record(1, 250_000)).claims).toBe(step(record(1, 9_000_000)).claims);
    expect(step(record(2), '2031-01-01').claims).toBe(0);
  });

  it('refuses schedule items beyond the filed bound or given twice', () => {
    const item = (name: string, percent: number) => ({ item: name, percent, reason: 'visit report of 3 March' });
    expect(scheduleFactor([item('a', -10), item('b', -15)], 0.25)).toBeCloseTo(0.75, 12);
    expect(() => scheduleFactor([item('a', 20), item('b', 6)], 0.25)).toThrow(expect.objectContaining({ code: 'schedule-beyond-filing' }));
    expect(() => scheduleFactor([item('a', 10), item('a', -10)], 0.25)).toThrow(expect.objectContaining({ code: 'schedule-item-twice' }));
  });

  it('shows the market beside the technical price, and trusts the book’s own only as claims gather', () => {
    const { technicalMinor, anchoredMinor, blendedMinor, credibility } = compareWithMarket({ technicalMinor: 600_000, limitMinor: 200_000_000 }, numbers);
    expect([technicalMinor, anchoredMinor, blendedMinor, credibility]).toEqual([600_000, 2_600_000, 2_600_000, 0]);
  });
});
