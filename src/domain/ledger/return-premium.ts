import { openJournal } from './journal.ts';
import type { Journal } from './model.ts';
import type { WrittenPremium } from './write-premium.ts';

/** A premium that ends early: `exVatMinor` and `vatMinor` go back, `keptMinor` before VAT stays with the insurer. Below 0 where an earlier end had booked more. */
export interface ReturnedPremium extends Omit<WrittenPremium, 'commission'> {
  readonly keptMinor: number;
}

/**
 * Books a returned premium: the insured owes that much less and its VAT is not due. What is kept is earned with it, because no cover is to come for it:
 * after the end nothing of the premium is unearned.
 */
export const returnPremium = ({ id, at, currency, exVatMinor, vatMinor, keptMinor, insured }: ReturnedPremium): Journal =>
  openJournal({
    id,
    kind: 'premium-returned',
    at,
    currency,
    postings: [
      { account: 'unearned-premium', party: null, amountMinor: exVatMinor + keptMinor },
      { account: 'premium-income', party: null, amountMinor: -keptMinor },
      { account: 'vat-payable', party: null, amountMinor: vatMinor },
      { account: 'premium-receivable', party: insured, amountMinor: -(exVatMinor + vatMinor) },
    ],
  });
