import { openJournal } from './journal.ts';
import type { Journal } from './model.ts';
import type { WrittenPremium } from './write-premium.ts';

/** Books a returned premium: the insured owes that much less, it is no longer unearned, and its VAT is not due. */
export const returnPremium = ({ id, at, currency, exVatMinor, vatMinor, insured }: Omit<WrittenPremium, 'commission'>): Journal =>
  openJournal({
    id,
    kind: 'premium-returned',
    at,
    currency,
    postings: [
      { account: 'unearned-premium', party: null, amountMinor: exVatMinor },
      { account: 'vat-payable', party: null, amountMinor: vatMinor },
      { account: 'premium-receivable', party: insured, amountMinor: -(exVatMinor + vatMinor) },
    ],
  });
