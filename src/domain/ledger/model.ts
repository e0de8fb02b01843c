import { z } from 'zod';
import { Currency, Instant } from '../basics/index.ts';

/** The insurer's accounts. Amounts on them are signed: a debit is positive, a credit negative. */
export const Account = z.enum([
  'premium-receivable',
  'unearned-premium',
  'premium-income',
  'vat-payable',
  'deferred-commission',
  'commission-payable',
  'subsidy-receivable',
  'cash',
  'claims-incurred',
  'claims-reserve',
  'claims-payable',
  'ceded-premium',
  'reinsurance-payable',
  'reinsurance-recoverable',
]);
export type Account = z.infer<typeof Account>;

/** One side of a booking. `party` is whom the amount is owed by or to, where there is one. */
export const Posting = z.strictObject({ account: Account, party: z.string().max(200).nullable(), amountMinor: z.int() });
export type Posting = z.infer<typeof Posting>;

/** Bookings that belong together. INVARIANT (sums-to-zero): Σ amountMinor = 0; upheld by `openJournal`, refused by the store as well. */
export const Journal = z
  .strictObject({
    id: z.string(),
    kind: z.enum(['premium-written', 'premium-returned', 'subsidy-granted', 'subsidy-returned']),
    at: Instant,
    currency: Currency,
    postings: z.array(Posting).min(2),
  })
  .meta({ id: 'Journal' });
export type Journal = z.infer<typeof Journal>;
