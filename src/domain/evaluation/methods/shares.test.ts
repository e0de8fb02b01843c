import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logChoose } from '../distributions/binomial.ts';
import { clopperPearsonInterval } from './clopper-pearson.ts';
import { fisherExactP } from './fisher.ts';
import { holmAdjusted } from './holm.ts';
import { mcNemarTest } from './mcnemar.ts';
import { shareDifference } from './newcombe-difference.ts';
import { pairedDifference } from './newcombe-paired.ts';
import { detectableShare, fewestChanged, powerOfMcNemar, powerOfTwoShares } from './power.ts';
import { wilsonInterval } from './wilson.ts';

const counts = fc
  .tuple(fc.nat(60), fc.nat(60))
  .filter(([yes, no]) => yes + no > 0)
  .map(([yes, no]) => ({ count: yes, of: yes + no }));
const table = fc
  .record({ both: fc.nat(30), gained: fc.nat(30), lost: fc.nat(30), neither: fc.nat(30) })
  .filter((t) => t.both + t.gained + t.lost + t.neither > 0);

describe('intervals of one share', () => {
  it('hold the share, stay between 0 and 1, and mirror when yes and no are swapped', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(wilsonInterval, clopperPearsonInterval), ({ count, of }, method) => {
        const [interval, mirrored] = [method({ count, of }), method({ count: of - count, of })];
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.high).toBeLessThanOrEqual(1);
        expect(interval.low).toBeLessThanOrEqual(count / of + 1e-12);
        expect(interval.high).toBeGreaterThanOrEqual(count / of - 1e-12);
        expect(interval.low).toBeCloseTo(1 - mirrored.high!, 10);
      }),
    );
  });

  it('narrow when the level falls', () => {
    expect(clopperPearsonInterval({ count: 12, of: 17 }, 0.8).low).toBeGreaterThan(clopperPearsonInterval({ count: 12, of: 17 }, 0.95).low!);
  });

  it('refuse counts that are no share', () => {
    expect(() => wilsonInterval({ count: 3, of: 2 })).toThrow();
    expect(() => clopperPearsonInterval({ count: 0, of: 0 })).toThrow();
  });
});

describe('paired shares', () => {
  it('change sign when before and after are swapped', () => {
    fc.assert(
      fc.property(table, (t) => {
        const [there, back] = [pairedDifference(t), pairedDifference({ ...t, gained: t.lost, lost: t.gained })];
        expect(there.difference).toBeCloseTo(-back.difference, 12);
        expect(there.interval.low).toBeCloseTo(-back.interval.high!, 12);
        expect(mcNemarTest(t).exactP).toBeCloseTo(mcNemarTest({ gained: t.lost, lost: t.gained }).exactP, 12);
      }),
    );
  });

  it('reproduce the approval ratings of Agresti: z² = 17.36', () => {
    expect(mcNemarTest({ gained: 86, lost: 150 }).chiSquared).toBeCloseTo(17.36, 2);
    expect(mcNemarTest({ gained: 86, lost: 150 }).exactP).toBeLessThan(1e-4);
  });

  it('correct the correlation for continuity: 32 of 50 against 22 of 50 gives 5.6 to 32.9 points', () => {
    const { correlation, interval } = pairedDifference({ both: 20, gained: 12, lost: 2, neither: 16 });

    expect(correlation).toBeCloseTo(0.454954, 6);
    expect(interval.low).toBeCloseTo(0.056156, 6);
    expect(interval.high).toBeCloseTo(0.329207, 6);
  });

  it('carry no information when nothing changed', () => {
    expect(mcNemarTest({ gained: 0, lost: 0 })).toEqual({ exactP: 1, midP: 1, chiSquared: null, chiSquaredCorrected: null, chiSquaredP: null });
  });
});

describe('two groups', () => {
  it('give the published p of the lady tasting tea', () => {
    expect(fisherExactP({ count: 3, of: 4 }, { count: 1, of: 4 })).toBeCloseTo(0.4857142857142857, 12);
  });

  it('reproduce Newcombe’s example 56/70 against 48/80', () => {
    const { interval } = shareDifference({ treated: { count: 56, of: 70 }, reference: { count: 48, of: 80 } });

    expect(interval.low).toBeCloseTo(0.0524, 4);
    expect(interval.high).toBeCloseTo(0.3339, 4);
  });

  it('change sign when the groups are swapped', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const [there, back] = [shareDifference({ treated: a, reference: b }), shareDifference({ treated: b, reference: a })];
        expect(there.interval.low).toBeCloseTo(-back.interval.high!, 12);
        expect(fisherExactP(a, b)).toBeCloseTo(fisherExactP(b, a), 9);
      }),
    );
  });
});

describe('Holm', () => {
  it('reproduces R’s p.adjust', () => {
    expect(holmAdjusted([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(6)))).toEqual([0.03, 0.06, 0.06, 0.02]);
  });

  it('never makes a p smaller and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (ps) => {
        const adjusted = holmAdjusted(ps);
        ps.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          ps.forEach((q, j) => p < q && expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!));
        });
      }),
    );
  });
});

describe('power', () => {
  it('grows with the number of units', () => {
    expect(powerOfTwoShares({ reference: 0.1, treated: 0.05 }, 400)).toBeGreaterThan(powerOfTwoShares({ reference: 0.1, treated: 0.05 }, 49));
    expect(powerOfMcNemar({ pairs: 60, gain: 0.3, loss: 0.05 })).toBeGreaterThan(powerOfMcNemar({ pairs: 30, gain: 0.3, loss: 0.05 }));
  });

  it('says how large a fall can be found, and that none can when even the whole way is too little', () => {
    const fall = detectableShare({ reference: 0.1, perGroup: 500, direction: 'fall' })!;

    expect(powerOfTwoShares({ reference: 0.1, treated: 0.1 - fall }, 500)).toBeCloseTo(0.8, 9);
    expect(detectableShare({ reference: 0.05, perGroup: 20, direction: 'fall' })).toBeNull();
  });

  it('of many pairs joins the exact sum without a step', () => {
    const plan = { gain: 0.06, loss: 0.04 };

    const [exact, normal] = [powerOfMcNemar({ pairs: 2_000, ...plan }), powerOfMcNemar({ pairs: 2_001, ...plan })];

    expect(exact).toBeGreaterThan(0.5);
    expect(Math.abs(exact - normal)).toBeLessThan(0.02);
  });

  it('of the exact test is the sum over every table', () => {
    const plan = { pairs: 12, gain: 0.4, loss: 0.1 };
    let power = 0;
    for (let gained = 0; gained <= 12; gained += 1) {
      for (let lost = 0; gained + lost <= 12; lost += 1) {
        const ways = Math.exp(logChoose(12, gained) + logChoose(12 - gained, lost));
        if (mcNemarTest({ gained, lost }).exactP <= 0.05) power += ways * 0.4 ** gained * 0.1 ** lost * 0.5 ** (12 - gained - lost);
      }
    }

    expect(powerOfMcNemar(plan)).toBeCloseTo(power, 10);
  });

  it('needs six changed units before an exact test can speak', () => {
    expect(fewestChanged()).toBe(6);
    expect(mcNemarTest({ gained: 5, lost: 0 }).exactP).toBeGreaterThan(0.05);
    expect(mcNemarTest({ gained: 6, lost: 0 }).exactP).toBeLessThan(0.05);
  });
});
