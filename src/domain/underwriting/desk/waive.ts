import { Refusal } from '../../basics/index.ts';
import type { Application, UnderwritingRules } from '../application.ts';
import { indicateQuote } from '../decide-quote.ts';
import type { Quote } from '../model.ts';
import type { IssuedQuote } from '../submission.ts';
import { decidesAlone } from './authority.ts';
import type { DecisionTerms } from './case-file.ts';
import { limitByWarranties, waiveContingency, type Contingency } from './contingency.ts';
import { exceeded, previewDecision, requireReachable, type Decider } from './decide.ts';

interface WaiverRequest {
  readonly offer: Pick<IssuedQuote, 'state' | 'quote'>;
  readonly contingency: Contingency;
  /** What the offer was approved under; null: as it was asked for. */
  readonly approved: DecisionTerms | null;
  /** Conditions of the offer that were waived before. */
  readonly waivedBefore: number;
  readonly warranty: { readonly subLimitMinor: number; readonly from: string; readonly reason: string };
  readonly decider: Decider;
  /** The firm as it is now, for a cover. */
  readonly applicationFor: (cover: DecisionTerms['cover']) => Application;
}

/**
 * Waives a condition of an offer that stands: it becomes a dated warranty whose sub-limit goes into the cover, and the offer is judged and priced anew
 * by the measure of an approval. Every condition waived counts as a waiver. Throws the Refusals of `waiveContingency`, `decline-stands`,
 * `beyond-all-authority`, `waiver-after-binding` unless the offer stands, and `authority-exceeded` where the decider alone does not reach.
 */
export function waiveOnOffer(
  { offer, contingency, approved, waivedBefore, warranty, decider, applicationFor }: WaiverRequest,
  rules: UnderwritingRules,
): { contingency: Contingency; quote: Quote; terms: DecisionTerms } {
  if (offer.state !== 'quoted')
    throw new Refusal('rule', 'waiver-after-binding', 'a condition is waived on an offer that stands; afterwards it takes an endorsement', {
      state: offer.state,
    });
  const template = contingency.template === null ? undefined : rules.desk.contingencies.get(contingency.template);
  const waived = waiveContingency(contingency, { template, ...warranty }, { user: decider.by, name: decider.name, at: decider.at });
  const cover = limitByWarranties(offer.quote.cover, [waived.warranty!]);
  const terms: DecisionTerms = { ...(approved ?? { schedule: [], contingencies: [], waivers: [] }), cover };
  const preview = previewDecision(applicationFor(cover), terms, rules, indicateQuote, waivedBefore + 1);
  requireReachable(preview);
  if (!decidesAlone(preview.needed, decider.roles, rules.desk.authority.levels)) throw exceeded(preview.needed);
  const { validUntil, repairs } = offer.quote;
  return { contingency: waived, terms, quote: { ...preview.quote, outcome: 'quoted', reasons: [], binding: true, validUntil, repairs } };
}
