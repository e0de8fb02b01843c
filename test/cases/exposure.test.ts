import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateBreach, exposeFirm, lossCurve, prepareBurden, premiumTotal, workOutInterruption } from '../../src/domain/rating/index.ts';
import { averageSecurity, catalogue, forEachPeril, parameters, ratebook, referenceFirm, tariff } from '../tariff.ts';

const sold = tariff();
const cover = catalogue().packages.get('sme-standard')!.cover;
const numbers = parameters();
const better = { ...averageSecurity, controls: forEachPeril(0.7) };
const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

describe('the loss curve of one firm', () => {
  const curve = lossCurve(referenceFirm, averageSecurity, ratebook());

  it('has the mean that frequency times mean loss gives', () => {
    expect(curve.averageAnnualLoss / sum(curve.perils.map(({ expectedLoss }) => expectedLoss))).toBeCloseTo(1, 6);
  });

  it('rises with the return period, and the tail lies beyond the value at risk', () => {
    const losses = curve.returns.map(({ loss }) => loss);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
    for (const { valueAtRisk, tailValueAtRisk } of curve.tails) expect(tailValueAtRisk).toBeGreaterThanOrEqual(valueAtRisk);
  });

  it('falls at every return period with better security', () => {
    const safer = lossCurve(referenceFirm, better, ratebook());
    expect(safer.averageAnnualLoss).toBeLessThan(curve.averageAnnualLoss);
    safer.returns.forEach(({ loss }, i) => expect(loss).toBeLessThanOrEqual(curve.returns[i]!.loss));
  });

  it('never exceeds what events of a year of revenue each can add up to at its longest return period', () => {
    expect(curve.returns.at(-1)!.loss).toBeLessThanOrEqual(referenceFirm.annualRevenue.minor / 100);
  });
});

describe('the burden under a cover', () => {
  it('keeps the binding premium, and pays and retains the whole expected loss', () => {
    const burden = prepareBurden({ firm: referenceFirm }, cover, sold)(averageSecurity);
    expect(burden.premium).toEqual(premiumTotal({ firm: referenceFirm, cover, security: averageSecurity }, sold));
    expect(burden.paid + burden.retained).toBeCloseTo(burden.expectedLoss, 6);
  });

  it('retains everything without insurance', () => {
    const { premium, retained, expectedLoss } = prepareBurden({ firm: referenceFirm }, null, sold)(averageSecurity);
    expect([premium, retained]).toEqual([null, expectedLoss]);
  });
});

describe('the exposure of a firm', () => {
  const exposure = exposeFirm({ firm: referenceFirm, cover, security: averageSecurity }, sold, numbers);

  it('divides the expected loss over the four kinds whole', () => {
    expect(sum(Object.values(exposure.kinds))).toBeCloseTo(sum(exposure.curve.perils.map(({ expectedLoss }) => expectedLoss)), 6);
  });

  it('divides the expected loss over those who bear it whole, by one tariff', () => {
    expect(sum(Object.values(exposure.payers))).toBeCloseTo(sum(Object.values(exposure.kinds)), 6);
  });

  it('gives every limit a probability, and a higher limit bites less', () => {
    const bite = (limitMinor: number): number[] =>
      exposeFirm({ firm: referenceFirm, cover: { ...cover, limitMinor }, security: averageSecurity }, sold, numbers)
        .adequacy.bites.filter(({ kind }) => kind === 'limit' || kind === 'aggregate')
        .map(({ probability }) => probability);
    const [low, high] = [bite(20_000_000), bite(400_000_000)];
    low.forEach((probability, i) => expect(probability).toBeGreaterThan(high[i]!));
    for (const { probability, shareOfEvents } of exposure.adequacy.bites) for (const p of [probability, shareOfEvents]) expect(p >= 0 && p <= 1).toBe(true);
  });

  it('judges defence by what is spent: too little, too much, or not known', () => {
    const verdict = (minor: number | null): string =>
      exposeFirm(
        { firm: { ...referenceFirm, securitySpend: minor === null ? null : { currency: 'CNY', minor } }, cover, security: averageSecurity },
        sold,
        numbers,
      ).defence.verdict;
    expect([verdict(null), verdict(0), verdict(100_000_000_00)]).toEqual(['unknown', 'under', 'over']);
  });

  it('tells of incidents in both languages', () => {
    expect(exposure.incidents).toHaveLength(5);
    for (const { text } of exposure.incidents) expect([text.zh, text.en]).toEqual([expect.stringContaining('每'), expect.stringContaining('once in')]);
  });
});

describe('the cost of a breach', () => {
  it('never rises as fast as the records, and is capped where the models end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000 }), (records) => {
        const [one, two] = [estimateBreach(records, numbers), estimateBreach(records + 1000, numbers)];
        expect(two.anchored.median).toBeGreaterThan(one.anchored.median);
        expect(two.perRecord).toBeLessThan(one.perRecord);
      }),
    );
    expect(estimateBreach(5_000_000, numbers).anchored).toEqual(estimateBreach(100_000, numbers).anchored);
  });

  it('is divided into its three parts whole', () => {
    const { parts, anchored } = estimateBreach(12_000, numbers);
    expect(sum(Object.values(parts))).toBeCloseTo(anchored.median, 6);
  });
});

describe('the interruption worksheet', () => {
  const day = {
    annualTurnover: 8_760_000,
    trend: 0,
    profile: [],
    grossProfitRate: 0.4,
    outage: [{ hours: 24, impact: 1 }],
    recaptured: 0,
    savedCharges: 0,
    waitingHours: 8,
    waitingManner: 'deduct',
    increasedCost: 0,
    turnoverAvoided: 0,
    insuredShare: null,
  } as const;

  it('takes the waiting hours off, or pays from the first hour once they have passed', () => {
    expect(workOutInterruption(day).payable).toBeCloseTo(16 * 400, 8);
    expect(workOutInterruption({ ...day, waitingManner: 'qualify' }).payable).toBeCloseTo(24 * 400, 8);
    expect(workOutInterruption({ ...day, waitingManner: 'qualify', outage: [{ hours: 8, impact: 1 }] }).payable).toBe(0);
  });

  it('follows the hours of the day', () => {
    const night = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 0 : 2));
    expect(workOutInterruption({ ...day, profile: night }).payable).toBeCloseTo(24 * 400, 8);
  });

  it('pays increased cost only as far as it saved gross profit', () => {
    expect(workOutInterruption({ ...day, increasedCost: 5000, turnoverAvoided: 10_000 }).increasedCostAllowed).toBe(4000);
  });
});
