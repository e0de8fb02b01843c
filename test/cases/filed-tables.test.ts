import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inventBook,
  layOutBook,
  makeFilingPack,
  preparePremium,
  premiumTotal,
  priceCover,
  rerateBook,
  type PriceRequest,
  type ScheduleItem,
  type SecurityModifiers,
} from '../../src/domain/rating/index.ts';
import { forEachPeril, ratebookWith, tariff as readTariff } from '../tariff.ts';

/*
 * A price made again with nothing but the filing pack and the catalogue: tables are searched row by row and read off between rows, and every step is written out. Whoever has
 * the pack can do the same with a pencil.
 */

const tariff = readTariff('2026.2');
const documents = new Map(makeFilingPack(tariff.ratebook, []).documents.map(({ name, text }) => [name, text]));
const rowsOf = (name: string): string[][] =>
  documents
    .get(name)!
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(','));
const structure = JSON.parse(documents.get('ratebook.json')!) as typeof tariff.ratebook.file;
const number = new Map(rowsOf('parameters.csv').map(([key, value]) => [key!, Number(value)]));
const unitOf = new Map(rowsOf('parameters.csv').map(([key, , unit]) => [key!, unit]));
const of = (key: string): number => number.get(key)!;

type Row = readonly [level: number, value: number];
const keyed = new Map<string, Row[]>();
for (const name of ['table-size-factors.csv', 'table-record-factors.csv', 'table-loss-shares.csv']) {
  for (const [key, level, value] of rowsOf(name)) keyed.set(`${name} ${key}`, [...(keyed.get(`${name} ${key}`) ?? []), [Number(level), Number(value)]]);
}
const keyedTable = (name: string, key: string): Row[] => keyed.get(`${name} ${key}`)!;
const years = rowsOf('table-policy-year.csv').map((row) => row.map(Number));
const yearTable = (column: 1 | 2): Row[] => years.map((row): Row => [row[0]!, row[column]!]);

/** On the straight line between two rows, from 0 before the first, flat after the last. */
function readOff(table: readonly Row[], level: number): number {
  const above = table.findIndex(([at]) => at > level);
  if (above < 0) return table.at(-1)![1];
  const [[x0, y0], [x1, y1]] = [above === 0 ? [0, 0] : table[above - 1]!, table[above]!] as [Row, Row];
  return y0 + ((y1 - y0) * (level - x0)) / (x1 - x0);
}

const clamp = (x: number, least: string, most: string): number => Math.min(of(most), Math.max(of(least), x));

type Request = PriceRequest & { readonly on: string; readonly schedule: readonly ScheduleItem[] };

function byHand({ firm, cover, security, on, schedule }: Request): number {
  const { size, eventLoss, tables, expenses, riskLoad, perils } = structure;
  const { experience, combined, segment, uncertainty, market } = tables!;
  expect(segment).toBeDefined();
  const revenue = Math.max(of(size.leastRevenue), firm.annualRevenue.minor / 100);
  const relative = revenue / of(size.referenceRevenue);
  const had = perils.filter(({ onlyWhen }) => onlyWhen === null || firm[onlyWhen]);
  const before = (peril: (typeof perils)[number]): number =>
    peril.exposure.filter(({ fact, is }) => firm[fact] === is).reduce((product, { factor }) => product * of(factor), of(peril.frequency));
  const sized = readOff(keyedTable('table-size-factors.csv', size.frequencyElasticity), relative) * of(structure.industryFrequency[firm.industry]);
  const meanLoss = ({ severity, records }: (typeof perils)[number]): number => {
    const foreign = unitOf.get(severity.mean) !== structure.currency;
    const mean = of(severity.mean) * (foreign ? of(structure.foreignMoney.rate) * of(structure.foreignMoney.scale) : 1);
    const byRecords = records === null ? 1 : readOff(keyedTable('table-record-factors.csv', records.elasticity), Math.max(1, firm.personalRecords));
    return mean * readOff(keyedTable('table-size-factors.csv', severity.revenueElasticity), relative) * byRecords;
  };
  const share = (peril: (typeof perils)[number], amount: number): number =>
    readOff(keyedTable('table-loss-shares.csv', peril.severity.sigma), amount / meanLoss(peril));

  const cap = of(experience.lossCap);
  const since = `${Number(on.slice(0, 4)) - of(experience.years)}${on.slice(4)}`;
  const limited = firm.pastClaims.filter((one) => one.on > since && one.on <= on).reduce((sum, { amount }) => sum + Math.min(cap, amount.minor / 100), 0);
  const yearly = had.reduce((sum, peril) => sum + before(peril), 0);
  const meanLimited = had.reduce((sum, peril) => sum + before(peril) * meanLoss(peril) * share(peril, cap), 0) / yearly;
  const expected = of(experience.years) * yearly * sized;
  const ownRecord = clamp((of(experience.prior) + limited / meanLimited) / (of(experience.prior) + expected), experience.least, experience.most);
  const items = 1 + schedule.reduce((sum, { percent }) => sum + percent, 0) / 100;

  /** Loss of one event up to an amount: the firm's revenue bounds it. */
  const lossUpTo = (peril: (typeof perils)[number], amount: number): number => {
    const [knee, most] = [of(eventLoss.knee) * revenue, of(eventLoss.most) * revenue];
    const within = (x: number): number => meanLoss(peril) * share(peril, x);
    const bounded = Math.min(amount, most);
    return bounded <= knee ? within(bounded) : within(knee) + of(eventLoss.slope) * (within(knee + (bounded - knee) / of(eventLoss.slope)) - within(knee));
  };
  const [limit, retention] = [cover.limitMinor / 100, cover.retentionMinor / 100];
  let payments = 0;
  for (const peril of had) {
    const parts = cover.lines.flatMap((line) => {
      const coverage = tariff.catalogue.coverages.get(line.coverage)!;
      const part = coverage.shares.find((one) => one.peril === peril.peril)?.share ?? 0;
      const hours = line.waitingHours ?? coverage.defaultTerms.waitingHours ?? 0;
      const waiting = !coverage.timeBased || peril.interruption === null ? 1 : waitingFactor(peril.peril, hours);
      const interruption = structure.industryInterruption[firm.industry];
      const weight = part * waiting * (coverage.timeBased && interruption !== undefined ? of(interruption) : 1);
      return weight === 0 ? [] : [{ weight, subLimit: line.subLimitMinor / 100 }];
    });
    if (parts.length === 0) continue;
    const begins = retention / parts.reduce((sum, { weight }) => sum + weight, 0);
    const paidAt = (loss: number): number => parts.reduce((sum, { weight, subLimit }) => sum + Math.min(subLimit, weight * Math.max(0, loss - begins)), 0);
    let [low, high] = [begins, begins + 1e12];
    for (let i = 0; i < 200; i += 1) [low, high] = paidAt((low + high) / 2) < limit ? [(low + high) / 2, high] : [low, (low + high) / 2];
    const most = paidAt(begins + 1e12) <= limit ? Number.POSITIVE_INFINITY : high;
    const paid = parts.reduce(
      (sum, { weight, subLimit }) => sum + weight * (lossUpTo(peril, Math.min(most, begins + subLimit / weight)) - lossUpTo(peril, begins)),
      0,
    );
    const ofSecurity = clamp(
      (security.controls[peril.peril] * security.findings[peril.peril]) / of(structure.security.bookMean),
      structure.security.least,
      structure.security.most,
    );
    payments += before(peril) * sized * clamp(ofSecurity * ownRecord * items, combined.least, combined.most) * paid;
  }
  const mean = limit * readOff(yearTable(1), payments / limit);
  const tail = limit * readOff(yearTable(2), payments / limit);
  const risk = mean + of(riskLoad.costOfCapital) * of(riskLoad.diversification) * (tail - mean);
  const credibility = of(market.expectedClaims) / (of(market.expectedClaims) + of(market.k));
  const loaded = risk * (1 + of(structure.catastrophe)) * (1 + of(uncertainty) * (1 - credibility)) * (1 + of(expenses.lossAdjustment));
  const technical = (loaded + of(expenses.fixed)) / (1 - of(expenses.variable) - of(expenses.profit));
  const blend = of(market.charged) * (1 - credibility) * (of(market.rateOnLine) * limit - technical);
  return Math.max(of(expenses.minimum), technical + blend) * 100;
}

/** The filed waiting factors are given at whole hours of the pack; every package uses one of them. */
const waitingRows = rowsOf('waiting-factors.csv');
const waitingFactor = (peril: string, hours: number): number => Number(waitingRows.find(([name, at]) => name === peril && Number(at) === hours)![2]);

const items: ScheduleItem[] = [
  { item: 'contract-terms', percent: -10, reason: 'customer contracts seen' },
  { item: 'new-management', percent: 4, reason: 'interview of 5 November' },
];
const claim = (on: string, yuan: number) => ({ on, peril: 'ransomware', amount: { currency: 'CNY' as const, minor: 100 * yuan }, closed: true });
const book: Request[] = inventBook(11, 120, tariff.catalogue).map((policy, i) => ({
  ...policy,
  on: '2026-11-22',
  schedule: i % 3 === 0 ? items : [],
  firm: { ...policy.firm, pastClaims: i % 4 === 0 ? [claim('2025-01-31', 30_000 * (i + 1)), claim('2020-01-31', 1_000_000)] : [] },
}));

describe('the filed tables', () => {
  it('give by hand the premium that is charged, to the unit', () => {
    for (const request of book) {
      const charged = priceCover(request, tariff).premium.exVat;

      expect(Math.abs(byHand(request) - charged)).toBeLessThanOrEqual(0.5 + 1e-6);
    }
  });
});

describe('a book laid out by columns', () => {
  const columns = layOutBook(book.length, (i) => book[i]!, tariff);

  it('is rated to the unit as each policy alone, under the same tariff and under one with other frequencies and loads', () => {
    const dearer = {
      ...tariff,
      ratebook: ratebookWith({ 'frequency.ransomware': 0.004, 'security.most': 1.6, 'load.uncertainty': 0.2, 'expense.fixed': 350 }, '2026.2'),
    };
    for (const one of [tariff, dearer]) expect([...rerateBook(columns, one)]).toEqual(book.map((request) => premiumTotal(request, one).exVat));
  });

  it('is rated to the unit as the worksheet of each policy says, whatever the book and the tariff', () => {
    const change = fc.record({
      'frequency.ransomware': fc.double({ min: 0.0005, max: 0.02, noNaN: true }),
      'security.most': fc.double({ min: 1.1, max: 3, noNaN: true }),
      'adjustment.most': fc.double({ min: 1.1, max: 3, noNaN: true }),
      'load.uncertainty': fc.double({ min: 0, max: 0.4, noNaN: true }),
      'market.charged': fc.double({ min: 0, max: 1, noNaN: true }),
      'expense.minimum': fc.double({ min: 0, max: 4000, noNaN: true }),
    });
    const policies = fc.record({ seed: fc.nat(), size: fc.integer({ min: 1, max: 600 }), lost: fc.integer({ min: 0, max: 500_000 }), dated: fc.boolean() });
    fc.assert(
      fc.property(change, policies, fc.nat(), (changed, { seed, size, lost, dated }, read) => {
        const random = inventBook(seed, size, tariff.catalogue).map((policy, i): PriceRequest => ({
          ...policy,
          ...(dated || i % 2 === 0 ? { on: '2026-11-22' } : {}),
          schedule: i % 5 === 0 ? items : [],
          firm: { ...policy.firm, pastClaims: i % 3 === 0 ? [claim('2025-01-31', lost)] : [] },
        }));
        const other = { ...tariff, ratebook: ratebookWith(changed, '2026.2') };
        const premiums = rerateBook(
          layOutBook(size, (i) => random[i]!, tariff),
          other,
        );

        expect([...premiums]).toEqual(random.map((request) => premiumTotal(request, other).exVat));
        expect(premiums[read % size]).toBe(priceCover(random[read % size]!, other).premium.exVat);
      }),
      { numRuns: 12 },
    );
  });

  it('is not rated under a tariff whose events cost something else', () => {
    const heavier = { ...tariff, ratebook: ratebookWith({ 'severity.ransomware.mean': 400_000 }, '2026.2') };
    expect(() => rerateBook(columns, heavier)).toThrow(/other severities/);
  });
});

describe('a firm that repairs and lets it slip again', () => {
  it('pays before and after the same, and never less than with the repair: nothing of a state stays behind in the next', () => {
    fc.assert(
      fc.property(fc.nat({ max: book.length - 1 }), fc.array(fc.nat({ max: book.length - 1 }), { minLength: 1, maxLength: 6 }), (i, visited) => {
        const request = book[i]!;
        const premium = preparePremium(request, tariff);
        const repaired: SecurityModifiers = { ...request.security, findings: forEachPeril(1) };
        const before = premium(request.security).total;
        const fixed = premium(repaired).total;
        for (const other of visited) premium(book[other]!.security);

        expect(fixed).toBeLessThanOrEqual(before);
        expect(premium(request.security).total).toBe(before);
        expect(premiumTotal(request, tariff).total).toBe(before);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what the book has taught', () => {
  const request = book[1]!;
  const exVat = (known: NonNullable<typeof tariff.book>): number => premiumTotal(request, { ...tariff, book: known }).exVat;
  const nothing = { expectedClaims: 0, segments: [], catastrophe: null };

  it('lowers the uncertainty load as claims gather, until it is gone', () => {
    const premiums = [0, 3, 30, 300, 3e9].map((expectedClaims) => exVat({ ...nothing, expectedClaims }));
    expect(premiums).toEqual(premiums.toSorted((a, b) => b - a));
    expect(premiums[0]).toBe(premiumTotal(request, tariff).exVat);
    const certain = { ...tariff, ratebook: ratebookWith({ 'load.uncertainty': 0 }, '2026.2') };
    expect(premiums.at(-1)).toBe(premiumTotal(request, certain).exVat);
  });

  it('moves an industry by its own experience, inside the filed bounds, and cites the portfolio for the catastrophe load', () => {
    const { industry } = request.firm;
    const other = industry === 'finance' ? 'retail' : 'finance';
    const years = (ratio: number) => ({ ratios: [ratio, ratio * 1.02, ratio * 0.98], weights: [40, 50, 60] });
    const segments = [
      { industry, ...years(1.4) },
      { industry: other, ...years(0.7) },
    ] as const;
    expect(exVat({ ...nothing, segments })).toBeGreaterThan(exVat(nothing));
    expect(
      exVat({
        ...nothing,
        segments: [
          { industry, ...years(0.7) },
          { industry: other, ...years(1.4) },
        ],
      }),
    ).toBeLessThan(exVat(nothing));
    const worksheet = priceCover(request, { ...tariff, book: { ...nothing, catastrophe: { share: 0.35, source: 'run 7' } } });
    expect(worksheet.lines.find(({ id }) => id === 'load.catastrophe')).toMatchObject({
      parameters: [],
      label: { en: expect.stringContaining('run 7') as string },
    });
    expect(worksheet.premium.exVat).toBeGreaterThan(exVat(nothing));
  });
});

describe('the blend with the market', () => {
  const charging = (share: number, claims: number) => ({
    ...tariff,
    ratebook: ratebookWith({ 'market.charged': share, 'market.expected-claims': claims }, '2026.2'),
  });

  it('is shown and not charged as filed, and charged where the filing says so', () => {
    const request = book[2]!;
    const shown = priceCover(request, tariff);
    const line = (id: string): number => shown.lines.find((one) => one.id === id)!.value;
    expect(line('market.blended')).toBeCloseTo(
      line('market.credibility') * line('market.technical') + (1 - line('market.credibility')) * line('market.anchored'),
      6,
    );
    expect(shown.premium.exVat).toBe(Math.round(100 * line('market.technical')));
    const charged = priceCover(request, charging(1, 0));
    expect(charged.premium.exVat).toBe(Math.round(100 * line('market.anchored')));
    expect(charged.lines.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0)).toBe(charged.premium.exVat);
  });

  it('re-adds where the market is cheaper than the technical price', () => {
    const cheap = { ...tariff, ratebook: ratebookWith({ 'market.charged': 1, 'market.rate-on-line': 0.0001 }, '2026.2') };
    const { lines, premium, waterfall } = priceCover(book[5]!, cheap);
    expect(lines.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0)).toBe(premium.exVat);
    expect(waterfall.reduce((sum, { deltaMinor }) => sum + deltaMinor, 0)).toBe(premium.total);
  });
});
