import { describe, expect, it } from 'vitest';
import { wordingLibrary } from '../../../test/wordings.ts';
import { evaluate, exactMinor, freshMemory, type Item, type Step } from '../terms/index.ts';
import { contractOfTerms, termsOfCover, type InsurerTerms } from './insurer-terms.ts';
import { payIncident } from './replay.ts';
import { renderWording, stepArticle, type Wording } from './render-wording.ts';

const library = wordingLibrary();
const own = [...library.insurers.values()][0]!;
const ransomware = library.incidents.get('ransomware-nine-days')!;
const articles = ({ sections }: Wording) => sections.flatMap((section) => section.articles);
const article = (terms: InsurerTerms, ref: string) => articles(renderWording(terms, library)).find((one) => one.ref === ref)!;
const paid = (terms: InsurerTerms): number => payIncident(ransomware, terms, library.clauses).paidMinor;
const withLine = (coverage: string, change: Partial<InsurerTerms['lines'][number]>): InsurerTerms => ({
  ...own,
  lines: own.lines.map((line) => (line.coverage === coverage ? { ...line, ...change } : line)),
});

describe('a wording', () => {
  it.each([...library.insurers.values()])('of $id has no slot left open and every cited article in it', (terms) => {
    const wording = renderWording(terms, library);
    const refs = new Set(articles(wording).map(({ ref }) => ref));

    for (const { text } of articles(wording)) expect(`${text.zh}${text.en}`).not.toMatch(/[{}]|undefined|null/);
    for (const incident of library.incidents.values()) {
      for (const line of payIncident(incident, terms, library.clauses).trace) {
        if (line.article !== 'coverage-not-taken') expect(refs, line.article).toContain(line.article);
      }
    }
  });

  it('numbers its articles through, and its glossary has just the terms in use', () => {
    const wording = renderWording(own, library);

    expect(articles(wording).map(({ number }) => number)).toEqual(articles(wording).map((_, i) => i + 1));
    expect(wording.glossary.map(({ id }) => id).sort()).toEqual([...new Set(articles(wording).flatMap(({ terms }) => terms))].sort());
  });

  it('states the order that is computed', () => {
    const limitFirst: InsurerTerms = { ...own, order: 'LIMIT-FIRST' };
    const order = (terms: InsurerTerms): string => article(terms, 'order-of-application').text.en;

    expect(order(own).indexOf('retention')).toBeLessThan(order(own).indexOf('sub-limit'));
    expect(order(limitFirst).indexOf('retention')).toBeGreaterThan(order(limitFirst).indexOf('limit per event'));
  });

  it('takes limits, retention and waiting periods from a cover, the rest from the own terms', () => {
    const cover = {
      package: null,
      currency: 'CNY' as const,
      limitMinor: 200_000_000,
      retentionMinor: 3_000_000,
      from: null,
      lines: [{ coverage: 'business-interruption', subLimitMinor: 90_000_000, waitingHours: 10 }],
    };

    const terms = termsOfCover(cover, own);

    expect(article(terms, 'cuts-business-interruption/waiting-period').text.zh).toContain('等待期为 10 小时');
    expect(article(terms, 'sub-limit-business-interruption/sub-limit').text.zh).toContain('人民币 900,000 元');
    expect(article(terms, 'retention/retention').text.en).toContain('CNY 30,000');
    expect(renderWording(terms, library).sections[0]!.articles.length).toBe(1);
  });
});

describe('text and payment', () => {
  it.each([
    [
      'the waiting period',
      'cuts-business-interruption/waiting-period',
      withLine('business-interruption', { waiting: { hours: 12, manner: 'deduct', clock: 'all-hours' } }),
    ],
    [
      'the manner of the waiting period',
      'cuts-business-interruption/waiting-period',
      withLine('business-interruption', { waiting: { hours: 8, manner: 'qualify', clock: 'all-hours' } }),
    ],
    [
      'its clock',
      'cuts-business-interruption/waiting-period',
      withLine('business-interruption', { waiting: { hours: 30, manner: 'deduct', clock: 'business-hours' } }),
    ],
    ['a sub-limit', 'sub-limit-business-interruption/sub-limit', withLine('business-interruption', { subLimitMinor: 100_000_000 })],
    ['the ratio paid', 'cuts-business-interruption/coinsurance', withLine('business-interruption', { paidRatio: 0.7 })],
    ['the retention', 'retention/retention', { ...own, retention: { ...own.retention, amountMinor: 30_000_000 } }],
    ['the ratio of the retention', 'retention/retention', { ...own, retention: { ...own.retention, ratioOfLoss: 0.1 } }],
    ['the limit', 'event-limit/event-limit', { ...own, limitMinor: 100_000_000 }],
    ['the aggregate limit', 'aggregate/aggregate-limit', { ...own, aggregateMinor: 100_000_000 }],
    ['an exclusion', 'ransom-not-paid', { ...own, scope: own.scope.map((rule) => (rule.clause === 'ransom-not-paid' ? { ...rule, paidShare: 0.5 } : rule)) }],
  ] satisfies [string, string, InsurerTerms][])('move together when %s changes', (_, ref, changed) => {
    const before = article(own, ref)?.text ?? { zh: '', en: '' };
    const after = article(changed, ref).text;

    expect(after.zh).not.toBe(before.zh);
    expect(after.en).not.toBe(before.en);
    expect(paid(changed)).not.toBe(paid(own));
  });

  it('cite each other: the steps of a payment are the steps of the wording, in their order', () => {
    const refs = articles(renderWording(own, library)).map(({ ref }) => ref);
    const cited = [
      ...new Set(
        payIncident(ransomware, own, library.clauses)
          .trace.filter(({ step }) => step !== 'cover')
          .map((line) => line.article),
      ),
    ];

    expect(cited.length).toBeGreaterThan(5);
    expect(cited).toEqual(refs.filter((ref) => cited.includes(ref)));
  });
});

describe('every kind of step', () => {
  const item: Item = {
    id: 'a',
    head: 'h',
    amount: 100_000,
    event: 'e',
    insured: 'i',
    period: 'p',
    location: null,
    claimant: null,
    sumInsured: 60_000,
    valueAtRisk: 80_000,
    hours: [
      { hours: 5, business: true, amount: 40_000 },
      { hours: 10, business: false, amount: 60_000 },
    ],
    cover: { share: 1, clause: 'c' },
  };
  const retain: Step = {
    step: 'retain',
    clause: 'retention',
    amount: 5_000,
    ratioOfLoss: 0.1,
    ratioOfSumInsured: 0.05,
    combine: 'greatest',
    least: null,
    most: null,
    carried: false,
  };
  const pairs: [string, Step, Step][] = [
    [
      'wait hours',
      { step: 'wait', clause: 'waiting-period', hours: 4, manner: 'deduct', clock: 'all-hours' },
      { step: 'wait', clause: 'waiting-period', hours: 6, manner: 'deduct', clock: 'all-hours' },
    ],
    [
      'wait clock',
      { step: 'wait', clause: 'waiting-period', hours: 6, manner: 'deduct', clock: 'all-hours' },
      { step: 'wait', clause: 'waiting-period', hours: 6, manner: 'deduct', clock: 'business-hours' },
    ],
    ['share', { step: 'share', clause: 'coinsurance', ratio: 0.8 }, { step: 'share', clause: 'coinsurance', ratio: 0.9 }],
    ['retain amount', retain, { ...retain, amount: 20_000 }],
    ['retain ratio', retain, { ...retain, ratioOfLoss: 0.2 }],
    ['retain ratio of the sum insured', retain, { ...retain, ratioOfSumInsured: 0.5 }],
    ['retain combine', retain, { ...retain, combine: 'sum' }],
    ['retain least', retain, { ...retain, least: 40_000 }],
    ['retain most', retain, { ...retain, most: 2_000 }],
    ['franchise', { step: 'franchise', clause: 'franchise', threshold: 50_000 }, { step: 'franchise', clause: 'franchise', threshold: 150_000 }],
    [
      'cap',
      { step: 'cap', clause: 'sub-limit', amount: 50_000, ratioOfLoss: null, ratioOfSumInsured: null },
      { step: 'cap', clause: 'sub-limit', amount: 50_000, ratioOfLoss: 0.3, ratioOfSumInsured: null },
    ],
    [
      'cap by sum insured',
      { step: 'cap', clause: 'event-limit', amount: 50_000, ratioOfLoss: null, ratioOfSumInsured: null },
      { step: 'cap', clause: 'event-limit', amount: 50_000, ratioOfLoss: null, ratioOfSumInsured: 0.1 },
    ],
    [
      'layer',
      { step: 'layer', clause: 'layer', layers: [{ attachment: 10_000, limit: 20_000, share: 1 }] },
      { step: 'layer', clause: 'layer', layers: [{ attachment: 10_000, limit: null, share: 1 }] },
    ],
    [
      'aggregate',
      { step: 'aggregate', clause: 'aggregate-limit', limit: 50_000, retention: 0 },
      { step: 'aggregate', clause: 'aggregate-limit', limit: 50_000, retention: 70_000 },
    ],
    [
      'reinstate',
      { step: 'reinstate', clause: 'reinstatement', limit: 30_000, rates: [1] },
      { step: 'reinstate', clause: 'reinstatement', limit: 30_000, rates: [1, 0.5] },
    ],
  ];

  it.each(pairs)('says and pays another thing when its parameter changes: %s', (_, one, other) => {
    const level = { id: 'l', by: ['event' as const], heads: null };
    const said = (step: Step) => stepArticle(step, level, 'CNY', library).text;
    const pays = (step: Step) => evaluate({ order: 'o', levels: [{ ...level, steps: [step] }] }, [item], freshMemory, exactMinor('half-even')).total;

    expect(said(one).zh).not.toBe(said(other).zh);
    expect(said(one).en).not.toBe(said(other).en);
    expect(pays(one)).not.toBe(pays(other));
  });

  it('has a clause in the contract of every insurer', () => {
    for (const terms of library.insurers.values())
      for (const { steps } of contractOfTerms(terms).levels) for (const step of steps) expect(library.clauses.has(step.clause)).toBe(true);
  });
});
