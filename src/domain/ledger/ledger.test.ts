import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balances, openJournal, writePremium, type Journal } from './index.ts';

const at = '2026-11-22T10:00:00+08:00';
const amount = fc.integer({ min: 0, max: 2 ** 50 });

describe('a journal', () => {
  it('is refused when its postings do not sum to zero, with the difference', () => {
    const journal: Journal = {
      id: 'j',
      kind: 'premium-written',
      at,
      currency: 'CNY',
      postings: [
        { account: 'cash', party: null, amountMinor: 100 },
        { account: 'premium-income', party: null, amountMinor: -99 },
      ],
    };

    expect(() => openJournal(journal)).toThrow(expect.objectContaining({ code: 'journal-unbalanced', facts: { journal: 'j', difference: '1' } }));
  });

  it('is refused when a posting is not exact', () => {
    const postings = [0.5, -0.5].map((amountMinor) => ({ account: 'cash' as const, party: null, amountMinor }));

    expect(() => openJournal({ id: 'j', kind: 'premium-written', at, currency: 'CNY', postings })).toThrow(
      expect.objectContaining({ code: 'amount-out-of-range' }),
    );
  });

  it('sums to zero for every written premium', () => {
    fc.assert(
      fc.property(amount, amount, fc.option(amount), (exVatMinor, vatMinor, commission) => {
        const journal = writePremium({
          id: 'j',
          at,
          currency: 'CNY',
          exVatMinor,
          vatMinor,
          insured: '示例有限公司',
          commission: commission === null ? null : { to: 'broker', amountMinor: commission },
        });

        expect(journal.postings.reduce((sum, posting) => sum + BigInt(posting.amountMinor), 0n)).toBe(0n);
        expect(journal.postings.every(({ amountMinor }) => amountMinor !== 0)).toBe(true);
      }),
    );
  });
});

it('a written premium is owed whole by the insured and earned by nobody yet', () => {
  const journal = writePremium({
    id: 'j',
    at,
    currency: 'CNY',
    exVatMinor: 603_754,
    vatMinor: 36_225,
    insured: '示例有限公司',
    commission: { to: 'broker', amountMinor: 60_375 },
  });

  expect(balances([journal])).toEqual(
    new Map([
      ['premium-receivable', 639_979],
      ['unearned-premium', -603_754],
      ['vat-payable', -36_225],
      ['deferred-commission', 60_375],
      ['commission-payable', -60_375],
    ]),
  );
});
