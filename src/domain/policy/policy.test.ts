import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tariff } from '../../../test/tariff.ts';
import { drawLifecycle, requireMove } from '../basics/index.ts';
import type { Coverage } from '../catalogue/index.ts';
import { quoteLifecycle, type Quote } from '../underwriting/index.ts';
import {
  bindQuote,
  buildPapers,
  coverPeriod,
  describeSchedule,
  isPolicyNumber,
  papersInForce,
  policyLifecycle,
  policyNumber,
  type Acceptance,
  type Binding,
} from './index.ts';

const boundAt = '2026-11-22T10:00:00+08:00';
const quote: Quote = {
  outcome: 'quoted',
  reasons: [],
  insured: { name: '示例有限公司', creditCode: null },
  gate: { passed: true, passLine: 60, blockers: [] },
  score: 80,
  low: 70,
  high: 90,
  confidence: 0.6,
  grade: 'B',
  adjustments: [],
  cover: {
    package: null,
    currency: 'CNY',
    limitMinor: 200_000_000,
    retentionMinor: 1_000_000,
    lines: [{ coverage: 'incident-response', subLimitMinor: 200_000_000, waitingHours: null }],
    from: null,
  },
  worksheet: {
    currency: 'CNY',
    lines: [],
    waterfall: [],
    premium: { currency: 'CNY', exVat: 603_754, vat: 36_225, total: 639_979 },
    expectedLossMinor: 279_443,
    rateOnLine: 0.003,
    minimumApplied: false,
    clamped: [],
    ratebook: '2026.1',
    parametersHash: 'x',
    priors: [],
  },
  binding: true,
  repairs: [],
  at: '2026-11-20T10:00:00+08:00',
  validUntil: '2026-12-20T02:00:00Z',
  versions: { ratebook: '2026.1' },
};
const text = (words: string) => ({ zh: words, en: words });
const papersWith = (words: string) =>
  (['notice', 'terms', 'exclusions'] as const).map((id) => ({ id, effectiveFrom: '2026-01-01', title: text(id), lead: null, clauses: [text(words)] }));
const papers = papersInForce(papersWith('a'), { catalogueVersion: 'v1', scope: [] });
const acceptances: Acceptance[] = (['notice', 'terms', 'exclusions'] as const).map((document) => ({
  document,
  hash: papers.find(({ id }) => id === document)!.hash,
  openedAt: '2026-11-22T09:00:00+08:00',
  acceptedAt: '2026-11-22T09:05:00+08:00',
}));
const binding: Binding = { quote, quoteId: 'quote_1', boundAt, acceptances, papers, wordingHash: 'w' };
const refusal = (code: string) => expect.objectContaining({ code });

describe('binding', () => {
  it('makes version 1 for a year from the day after binding, and books the premium', () => {
    const { policy, journal } = bindQuote(binding);

    expect(policy).toMatchObject({
      version: 1,
      state: 'bound',
      period: { from: '2026-11-23T00:00:00+08:00', to: '2027-11-23T00:00:00+08:00' },
      premium: { total: { currency: 'CNY', minor: 639_979 } },
    });
    expect(journal.postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
    expect(isPolicyNumber(policy.number)).toBe(true);
  });

  it('gives the same policy number and journal for the same quote again', () => {
    expect(bindQuote(binding)).toEqual(bindQuote(binding));
    expect(bindQuote({ ...binding, quoteId: 'quote_2' }).policy.number).not.toBe(bindQuote(binding).policy.number);
  });

  it('refuses a quote past its expiry, to the second', () => {
    expect(() => bindQuote({ ...binding, boundAt: '2026-12-20T02:00:01Z' })).toThrow(refusal('quote-expired'));
    expect(bindQuote({ ...binding, boundAt: '2026-12-20T02:00:00Z' }).policy.version).toBe(1);
  });

  it.each(['referred', 'declined'] as const)('refuses a quote that is %s', (outcome) => {
    expect(() => bindQuote({ ...binding, quote: { ...quote, outcome, binding: false } })).toThrow(refusal('quote-not-bindable'));
  });

  it('refuses when a document was not accepted, or accepted before it was opened', () => {
    const unread = acceptances.map((one) => (one.document === 'exclusions' ? { ...one, openedAt: '2026-11-22T09:06:00+08:00' } : one));

    expect(() => bindQuote({ ...binding, acceptances: acceptances.slice(1) })).toThrow(
      expect.objectContaining({ code: 'acceptance-missing', facts: { document: 'notice' } }),
    );
    expect(() => bindQuote({ ...binding, acceptances: unread })).toThrow(
      expect.objectContaining({ code: 'acceptance-missing', facts: { document: 'exclusions' } }),
    );
  });
});

describe('the schedule', () => {
  const incidentResponse = tariff().catalogue.coverages.get('incident-response')!;
  const coverage = (id: string, ...exclusions: string[]) => ({ ...incidentResponse, id, title: text(id), exclusions: exclusions.map(text) });
  const exclusionsOf = (...coverages: Coverage[]) => {
    const lines = coverages.map(({ id }) => ({ coverage: id, subLimitMinor: 1, waitingHours: null }));
    const { policy } = bindQuote({ ...binding, quote: { ...quote, cover: { ...quote.cover, lines } } });
    const catalogue = { version: 'v1', packages: new Map(), coverages: new Map(coverages.map((one) => [one.id, one])) };
    return describeSchedule(policy, { insurer: 'x', catalogue, conditions: [] }).exclusions;
  };

  it('prints exclusions under the coverage that they limit, and those of every coverage once', () => {
    expect(exclusionsOf(coverage('a', 'war', 'fines'), coverage('b', 'war'), coverage('c', 'recall', 'war'))).toEqual([
      { coverage: null, items: [text('war')] },
      { coverage: text('a'), items: [text('fines')] },
      { coverage: text('c'), items: [text('recall')] },
    ]);
  });

  it('keeps the exclusions of a single coverage under its name', () => {
    expect(exclusionsOf(coverage('a', 'war'))).toEqual([{ coverage: text('a'), items: [text('war')] }]);
  });
});

describe('the papers that are accepted', () => {
  it('refuses to bind when the text changed after it was accepted', () => {
    expect(() => bindQuote({ ...binding, papers: papersInForce(papersWith('b'), { catalogueVersion: 'v1', scope: [] }) })).toThrow(refusal('paper-changed'));
  });

  it('counts a change of the catalogue as a change of terms and exclusions only', () => {
    const [notice, terms, exclusions] = papersInForce(papersWith('a'), { catalogueVersion: 'v2', scope: [] });

    expect(notice!.hash).toBe(papers[0]!.hash);
    expect(terms!.hash).not.toBe(papers[1]!.hash);
    expect(exclusions!.hash).not.toBe(papers[2]!.hash);
  });

  it('finds a paper that is missing from the content', () => {
    const files = papersWith('a')
      .slice(1)
      .map((data) => ({ path: `content/papers/${data.id}.yaml`, data }));

    expect(buildPapers(files).problems).toEqual([{ file: 'content/papers/notice.yaml', at: '', message: 'this paper must be there' }]);
  });
});

describe('the period of cover', () => {
  it.each([
    ['2028-02-29', '2029-03-01T00:00:00+08:00'],
    ['2027-03-01', '2028-03-01T00:00:00+08:00'],
    ['2027-12-31', '2028-12-31T00:00:00+08:00'],
  ])('from %s ends at %s', (from, to) => {
    expect(coverPeriod(from, boundAt)).toEqual({ from: `${from}T00:00:00+08:00`, to });
  });

  it('never begins on or before the day of binding, counted in Beijing', () => {
    expect(() => coverPeriod('2026-11-22', boundAt)).toThrow(refusal('cover-backdated'));
    expect(coverPeriod(null, '2026-11-22T16:30:00Z').from).toBe('2026-11-24T00:00:00+08:00');
  });
});

it('a policy number with any digit changed is recognised', () => {
  const number = policyNumber('quote_1', boundAt);
  const digits = [...number.slice(2)];

  digits.forEach((digit, i) => expect(isPolicyNumber(`RL${digits.with(i, String((Number(digit) + 1) % 10)).join('')}`)).toBe(false));
});

it('a policy moves only as its table says', () => {
  expect(() => requireMove(policyLifecycle, 'expired', 'in-force')).toThrow(refusal('move-not-allowed'));
});

it('the diagrams of the documents are those of the tables', () => {
  expect(readFileSync(new URL('README.md', import.meta.url), 'utf8')).toContain(drawLifecycle(policyLifecycle));
  expect(readFileSync(new URL('../underwriting/README.md', import.meta.url), 'utf8')).toContain(drawLifecycle(quoteLifecycle));
});
