import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestEffort, shareLoss, type CoResponsibility, type FaultFinding } from './co-responsibility.ts';

const fault: fc.Arbitrary<FaultFinding> = fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 }), fc.integer({ min: 1, max: 100 })).map(([a, b, c]) => {
  const sum = a + b + c;
  return { insured: a / sum, provider: b / sum, others: c / sum };
});
const clause: fc.Arbitrary<CoResponsibility> = fc.record({
  clause: fc.constant('co-responsibility'),
  liabilityCapMinor: fc.nat({ max: 1_000_000 }),
  providerRetentionMinor: fc.nat({ max: 1_000_000 }),
  waivedShare: fc.double({ min: 0, max: 1, noNaN: true }),
});
const loss = fc
  .tuple(fc.nat({ max: 2_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([lossMinor, share]) => ({ lossMinor, payableMinor: Math.floor(share * lossMinor) }));

describe('a loss shared between insurer and provider', () => {
  it('is borne once, by nobody beyond what it is theirs to bear', () => {
    fc.assert(
      fc.property(loss, fault, clause, (one, found, terms) => {
        const shared = shareLoss(one, found, terms);
        expect(shared.insuredBearsMinor + shared.insurerBearsMinor + shared.providerBearsMinor).toBe(one.lossMinor);
        for (const amount of Object.values(shared)) expect(amount).toBeGreaterThanOrEqual(0);
        expect(shared.providerBearsMinor).toBeLessThanOrEqual(terms.liabilityCapMinor);
        expect(shared.paidMinor).toBe(one.payableMinor);
      }),
    );
  });

  it('follows a worked case: a third the provider’s fault, its retention 100,000, half of the rest waived', () => {
    const shared = shareLoss(
      { lossMinor: 90_000_000, payableMinor: 80_000_000 },
      { insured: 1 / 3, provider: 1 / 3, others: 1 / 3 },
      { clause: 'c', liabilityCapMinor: 50_000_000, providerRetentionMinor: 10_000_000, waivedShare: 0.5 },
    );
    expect(shared).toEqual({
      paidMinor: 80_000_000,
      providerToInsuredMinor: 10_000_000,
      providerToInsurerMinor: 10_000_000,
      insuredBearsMinor: 0,
      insurerBearsMinor: 70_000_000,
      providerBearsMinor: 20_000_000,
    });
  });

  it('refuses fault that does not add up and payment above the loss', () => {
    const terms = { clause: 'c', liabilityCapMinor: 1, providerRetentionMinor: 0, waivedShare: 0 };
    expect(() => shareLoss({ lossMinor: 10, payableMinor: 5 }, { insured: 0.5, provider: 0.6, others: 0 }, terms)).toThrow(
      expect.objectContaining({ code: 'fault-shares-do-not-add-up' }),
    );
    expect(() => shareLoss({ lossMinor: 10, payableMinor: 11 }, { insured: 1, provider: 0, others: 0 }, terms)).toThrow(
      expect.objectContaining({ code: 'paid-above-loss' }),
    );
  });
});

describe('the effort that a provider chooses', () => {
  const efforts = fc.array(fc.record({ costMinor: fc.nat({ max: 100_000 }), probability: fc.double({ min: 0, max: 1, noNaN: true }) }), {
    minLength: 1,
    maxLength: 8,
  });

  it('never falls when it bears more of an incident', () => {
    fc.assert(
      fc.property(efforts, fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 }), (choices, bears, more) => {
        expect(bestEffort(choices, bears + more).probability).toBeLessThanOrEqual(bestEffort(choices, bears).probability);
      }),
    );
  });
});
