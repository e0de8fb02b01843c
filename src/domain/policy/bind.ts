import { instantMillis, Refusal, stableId, type Instant } from '../basics/index.ts';
import { writePremium, type Journal } from '../ledger/index.ts';
import type { Quote } from '../underwriting/index.ts';
import { AcceptedDocument, type Acceptance, type Policy } from './model.ts';
import { policyNumber } from './number.ts';
import type { PaperInForce } from './papers.ts';
import { coverPeriod } from './period.ts';

/** A quote that is to become a policy. `commission` where an intermediary brought it. */
export interface Binding {
  readonly quote: Quote;
  readonly quoteId: string;
  readonly boundAt: Instant;
  readonly acceptances: readonly Acceptance[];
  /** The papers in force when it is bound. */
  readonly papers: readonly PaperInForce[];
  /** Hash of the wording that is pinned to the policy. */
  readonly wordingHash: string;
  readonly commission?: { readonly to: string; readonly amountMinor: number } | null;
}

/**
 * Binds a quote: version 1 of a policy, and the journal that books its premium. The same binding gives the same policy number and journal id.
 * Throws a Refusal `quote-not-bindable`, `quote-expired`, `acceptance-missing`, `paper-changed` or `cover-backdated`.
 */
export function bindQuote(binding: Binding): { policy: Policy; journal: Journal } {
  requireBindable(binding);
  requireAccepted(binding);
  const policy = writePolicy(binding);
  return { policy, journal: bookPremium(binding, policy) };
}

function requireBindable({ quote, boundAt }: Binding): void {
  if (quote.outcome !== 'quoted' || !quote.binding) {
    throw new Refusal('rule', 'quote-not-bindable', `the quote is ${quote.outcome} and cannot be bound`, {
      outcome: quote.outcome,
      reasons: quote.reasons.map(({ code }) => code).join(', '),
    });
  }
  const now = instantMillis(boundAt);
  if (now > instantMillis(quote.validUntil))
    throw new Refusal('rule', 'quote-expired', `the quote could be bound until ${quote.validUntil}`, { validUntil: quote.validUntil });
  if (now < instantMillis(quote.at)) throw new Refusal('bad-input', 'bound-before-quoted', 'the quote is younger than its binding', { at: quote.at });
}

function requireAccepted({ quote, acceptances, papers, boundAt }: Binding): void {
  for (const document of AcceptedDocument.options) {
    const accepted = acceptances.filter((one) => one.document === document && inOrder(one, quote.at, boundAt));
    if (accepted.length === 0) throw new Refusal('rule', 'acceptance-missing', `the \`${document}\` must be opened and accepted before binding`, { document });
    const inForce = papers.find(({ id }) => id === document)?.hash;
    if (!accepted.some(({ hash }) => hash === inForce))
      throw new Refusal('conflict', 'paper-changed', `the text of \`${document}\` changed after it was accepted`, { document });
  }
}

/** The applicant's clock tells when a document was accepted and ours when the quote was bound; they may differ by this much. */
const clockSkewMillis = 10 * 60_000;

/** Opened after it was quoted, accepted after it was opened, and bound after that. */
const inOrder = ({ openedAt, acceptedAt }: Acceptance, quotedAt: Instant, boundAt: Instant): boolean =>
  instantMillis(quotedAt) - clockSkewMillis <= instantMillis(openedAt) &&
  instantMillis(openedAt) <= instantMillis(acceptedAt) &&
  instantMillis(acceptedAt) <= instantMillis(boundAt) + clockSkewMillis;

function writePolicy({ quote, quoteId, boundAt, acceptances, wordingHash }: Binding): Policy {
  const { currency, exVat, vat, total } = quote.worksheet.premium;
  return {
    number: policyNumber(quoteId, boundAt),
    version: 1,
    state: 'bound',
    quote: quoteId,
    insured: quote.insured,
    period: coverPeriod(quote.cover.from, boundAt),
    boundAt,
    cover: quote.cover,
    premium: { exVat: { currency, minor: exVat }, vat: { currency, minor: vat }, total: { currency, minor: total } },
    worksheet: quote.worksheet,
    security: { score: quote.score, grade: quote.grade, assessedAt: quote.at },
    acceptances: [...acceptances],
    versions: { ...quote.versions, wording: wordingHash },
    cancellation: null,
  };
}

const bookPremium = ({ boundAt, commission }: Binding, { number, insured, premium }: Policy): Journal =>
  writePremium({
    id: stableId('journal', number, 1, 'premium-written'),
    at: boundAt,
    currency: premium.total.currency,
    exVatMinor: premium.exVat.minor,
    vatMinor: premium.vat.minor,
    insured: insured.name,
    commission: commission ?? null,
  });
