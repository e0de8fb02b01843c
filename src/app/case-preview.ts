import { z } from 'zod';
import { Text } from '../domain/basics/index.ts';
import { Worksheet } from '../domain/rating/index.ts';
import {
  Adjustment,
  AuthorityLevel,
  CaseSnapshot,
  GivenTerms,
  Quote,
  Reason,
  decidesAlone,
  previewDecision,
  requireWaiversLimit,
  snapshotChanges,
  snapshotOf,
  type DecisionPreview,
  type IssuedQuote,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { ofCase, readPlace } from './case-place.ts';
import { type Context, operation } from './operation.ts';
import { rulesOf } from './tariff.ts';
import { indicateFor, placeApplication, quotes } from './underwriting.ts';

const id = z.string().max(100);

export const Preview = z
  .strictObject({
    outcome: Quote.shape.outcome,
    reasons: z.array(Reason),
    against: z.array(Reason),
    adjustments: z.array(Adjustment),
    cover: Quote.shape.cover,
    worksheet: Worksheet,
    needs: AuthorityLevel.nullable(),
    because: z.array(Text),
    /** Whether the asker may decide it alone. */
    alone: z.boolean(),
    /** What differs between this and the quote that was issued. */
    changes: z.array(z.strictObject({ what: z.string(), name: Text, before: z.string(), after: z.string() })),
    seen: CaseSnapshot,
  })
  .meta({ id: 'DecisionPreview' });

export const previewReferral = operation({
  name: 'previewReferral',
  module: 'underwriting',
  summary: { zh: '核保试算', en: 'Say what the case would come to under other terms, and whose authority it takes; decides nothing' },
  who: 'case:read',
  input: ofCase.extend({ quote: id, terms: GivenTerms }),
  output: Preview,
  http: { method: 'POST', path: '/cases/{submission}/preview', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { submission, quote, terms }) => {
    const { place } = await readPlace(context, submission);
    const issued = await context.records.get(quotes, quote);
    const rules = await rulesOf(context, place.submission.body.insurer);
    requireWaiversLimit(terms, rules.desk);
    const preview = previewDecision(await placeApplication(context, place, terms.cover), terms, rules, indicateFor);
    return Preview.parse(previewView(context, preview, issued, place.file.version));
  },
});

/** A preview as its asker sees it: whether it is theirs to decide, and what differs from the quote that was issued. */
export function previewView(context: Context, { quote, against, needed }: DecisionPreview, issued: Stored<IssuedQuote>, assessmentVersion: number) {
  const seen = snapshotOf(quote, assessmentVersion);
  const { outcome, reasons, adjustments, cover, worksheet } = quote;
  return {
    ...{ outcome, reasons, against, adjustments, cover, worksheet, seen },
    needs: needed.level,
    because: needed.because,
    alone: decidesAlone(needed, context.actor.roles, context.content.desk.authority.levels),
    changes: snapshotChanges(snapshotOf(issued.body.quote, issued.body.assessmentVersion), seen),
  };
}
