import type { Currency, Instant } from '../basics/index.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './model.ts';

/** The premium of a policy as it is written. `insured` owes the total; `commission` is owed to the intermediary, where there is one. */
export interface WrittenPremium {
  readonly id: string;
  readonly at: Instant;
  readonly currency: Currency;
  readonly exVatMinor: number;
  readonly vatMinor: number;
  readonly insured: string;
  readonly commission: { readonly to: string; readonly amountMinor: number } | null;
}

/**
 * Books a written premium: the insured owes it whole; before VAT it is unearned until the days of cover pass; the VAT is owed to the treasury.
 * A commission is deferred like the premium that it is paid for.
 */
export function writePremium({ id, at, currency, exVatMinor, vatMinor, insured, commission }: WrittenPremium): Journal {
  const intermediary = commission?.to ?? null;
  const commissionMinor = commission?.amountMinor ?? 0;
  return openJournal({
    id,
    kind: 'premium-written',
    at,
    currency,
    postings: [
      { account: 'premium-receivable', party: insured, amountMinor: exVatMinor + vatMinor },
      { account: 'unearned-premium', party: null, amountMinor: -exVatMinor },
      { account: 'vat-payable', party: null, amountMinor: -vatMinor },
      { account: 'deferred-commission', party: null, amountMinor: commissionMinor },
      { account: 'commission-payable', party: intermediary, amountMinor: -commissionMinor },
    ],
  });
}
