import type { Currency, Instant } from '../basics/index.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './model.ts';

/** A part of a written premium that an authority pays in the insured's place; minor units. */
export interface SubsidisedPart {
  readonly id: string;
  readonly at: Instant;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly insured: string;
  readonly authority: string;
}

const shift = (kind: 'subsidy-granted' | 'subsidy-returned', { id, at, currency, insured, authority }: SubsidisedPart, amountMinor: number): Journal =>
  openJournal({
    id,
    kind,
    at,
    currency,
    postings: [
      { account: 'subsidy-receivable', party: authority, amountMinor },
      { account: 'premium-receivable', party: insured, amountMinor: -amountMinor },
    ],
  });

/** Books a granted subsidy: the authority owes that part of the premium instead of the insured. The premium itself stays whole. */
export const bookSubsidy = (part: SubsidisedPart): Journal => shift('subsidy-granted', part, part.amountMinor);

/** Books what goes back after an early end: the insured owes that part again, and the authority does not. */
export const bookSubsidyReturn = (part: SubsidisedPart): Journal => shift('subsidy-returned', part, -part.amountMinor);
