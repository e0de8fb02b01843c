import { Refusal, type Day } from '../../basics/index.ts';
import type { Catalogue, RequestedCover } from '../../catalogue/index.ts';
import type { Application, UnderwritingRules } from '../application.ts';
import { decideQuote, indicateQuote } from '../decide-quote.ts';
import type { Quote } from '../model.ts';
import type { IssuedQuote } from '../submission.ts';
import { decidesAlone } from './authority.ts';
import type { DecisionTerms } from './case-file.ts';
import { limitByWarranties, moveContingency, requireLimiting, type Actor, type Contingency } from './contingency.ts';
import { exceeded, previewDecision, requireReachable, settle, type Decider, type DecisionPreview } from './decide.ts';
import type { ContingencyTemplate } from './model.ts';
import type { ApprovedTerms } from './settle.ts';
import { warrantyWords } from './warranty.ts';

/**
 * Waives a contingency as a dated warranty with a sub-limit, never silently. Throws a Refusal `waiver-needs-warranty` where its template has none,
 * `warranty-limits-nothing` where no line of the cover is limited by it, or `move-not-allowed`.
 */
function waiveContingency(
  contingency: Contingency,
  { template, cover, catalogue, subLimitMinor, from, reason }: Waiver & { reason: string },
  actor: Actor,
): Contingency {
  if (!template?.warranty)
    throw new Refusal('rule', 'waiver-needs-warranty', 'this condition cannot be waived: it has no warranty to become', {
      contingency: contingency.template ?? '',
    });
  const waived = moveContingency(contingency, 'waived', actor, reason);
  requireLimiting(cover, { coverages: template.covers, subLimitMinor }, template.title);
  const agreed = { coverages: [...template.covers], subLimitMinor, from };
  return { ...waived, warranty: { ...agreed, text: warrantyWords({ ...agreed, duty: template.warranty }, cover, catalogue) } };
}

interface Waiver {
  readonly template: ContingencyTemplate | undefined;
  /** The cover as it is offered without the warranty. */
  readonly cover: RequestedCover;
  readonly catalogue: Catalogue;
  readonly subLimitMinor: number;
  readonly from: Day;
}

export interface WaiverRequest {
  readonly offer: Pick<IssuedQuote, 'state' | 'quote'>;
  readonly contingency: Contingency;
  /** What the offer was approved under; null: as it was asked for. */
  readonly approved: DecisionTerms | null;
  /** Conditions of the offer that were waived before. */
  readonly waivedBefore: number;
  readonly warranty: { readonly subLimitMinor: number; readonly from: Day; readonly reason: string };
  readonly decider: Decider;
  /** The firm as it is now, for a cover, and the version of its assessment. */
  readonly applicationFor: (cover: DecisionTerms['cover']) => Application;
  readonly assessmentVersion: number;
}

/** What a waiver comes to before anybody decides it: the condition as a warranty, the terms of the offer with it, the quote under them and the authority that it takes. */
export interface WaiverPreview extends DecisionPreview {
  readonly contingency: Contingency;
  readonly terms: DecisionTerms;
}

/**
 * Judges and prices an offer that stands with one of its conditions turned into a dated warranty, whose sub-limit goes into the cover. Every condition waived
 * counts as a waiver. Throws the Refusals of `waiveContingency`, and `waiver-after-binding` unless the offer stands.
 */
export function previewWaiver(
  { offer, contingency, approved, waivedBefore, warranty, decider, applicationFor }: WaiverRequest,
  rules: UnderwritingRules,
  pricing: (application: Application, rules: UnderwritingRules) => Quote = indicateQuote,
): WaiverPreview {
  if (offer.state !== 'quoted')
    throw new Refusal('rule', 'waiver-after-binding', 'a condition is waived on an offer that stands; afterwards it takes an endorsement', {
      state: offer.state,
    });
  const template = contingency.template === null ? undefined : rules.desk.contingencies.get(contingency.template);
  const on = { template, cover: offer.quote.cover, catalogue: rules.catalogue };
  const waived = waiveContingency(contingency, { ...on, ...warranty }, { user: decider.by, name: decider.name, at: decider.at });
  const cover = limitByWarranties(offer.quote.cover, [waived.warranty!]);
  const before = approved ?? { schedule: [], contingencies: [], waivers: [] };
  const terms: DecisionTerms = { ...before, cover, contingencies: before.contingencies.filter((one) => one.template !== contingency.template) };
  return { contingency: waived, terms, ...previewDecision(applicationFor(cover), terms, rules, pricing, waivedBefore + 1) };
}

/**
 * Waives a condition by the measure of an approval: of the whole quote, with its repairs, on the assessment as it is now. Throws the Refusals of
 * `previewWaiver`, `decline-stands`, `beyond-all-authority`, and `authority-exceeded` where the decider alone does not reach.
 */
export function waiveOnOffer(request: WaiverRequest, rules: UnderwritingRules): { contingency: Contingency; approved: ApprovedTerms } {
  const { decider, assessmentVersion, warranty, offer } = request;
  const preview = previewWaiver(request, rules, decideQuote);
  const level = requireReachable(preview);
  if (!decidesAlone(preview.needed, decider.roles, rules.desk.authority.levels)) throw exceeded(preview.needed);
  const { quote, settled } = settle(preview, { reason: warranty.reason, decider, assessmentVersion });
  const { by, name, at } = decider;
  const { validUntil } = offer.quote;
  return {
    contingency: preview.contingency,
    approved: { terms: preview.terms, signatures: [{ by, name, at }], quote: { ...quote, validUntil }, settled, level },
  };
}
