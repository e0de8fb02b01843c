import { IssuedQuote, Submission } from '../domain/underwriting/index.ts';
import type { RecordKind } from '../io/interfaces.ts';

const withoutBasis = (body: unknown): unknown => ({ ...(body as object), basis: null });

export const submissions: RecordKind<typeof Submission> = {
  name: 'submission',
  table: 'submissions',
  schema: Submission,
  schemaVersion: 3,
  upgrades: { 1: withoutBasis, 2: withItsOffer },
};

/** Version 2 had one offer at a time, and no renewals. */
function withItsOffer(body: unknown): unknown {
  const earlier = body as { quote: string | null };
  return { ...earlier, offers: earlier.quote === null ? [] : [earlier.quote], renews: null };
}

/** Version 1 was decided by rules alone, under the terms that were asked for. */
function decidedByRules(body: unknown): unknown {
  const earlier = body as IssuedQuote;
  return { ...earlier, quote: { ...earlier.quote, adjustments: [] }, offer: 1, settled: null, remarks: [] };
}

export const quotes: RecordKind<typeof IssuedQuote> = {
  name: 'quote',
  table: 'quotes',
  schema: IssuedQuote,
  schemaVersion: 2,
  upgrades: { 1: decidedByRules },
};
