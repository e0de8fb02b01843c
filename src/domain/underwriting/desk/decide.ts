import { Refusal } from '../../basics/index.ts';
import type { MemberRole } from '../../parties/index.ts';
import type { ScheduleItem } from '../../rating/index.ts';
import type { Application, UnderwritingRules } from '../application.ts';
import { decideQuote } from '../decide-quote.ts';
import type { Quote } from '../model.ts';
import type { SettledQuote } from '../submission.ts';
import { enumerated, factInBoth } from './both-languages.ts';
import { decidesAlone, neededAuthority, signatureCounts, type NeededAuthority } from './authority.ts';
import { limitByWarranties, requireLimiting, type AskedContingency } from './contingency.ts';
import { proposalHash, type DecisionTerms, type Proposal, type Signature, type UnderwritingCase } from './case-file.ts';
import type { DeskRules } from './rules.ts';
import { snapshotOf } from './snapshot.ts';

/** What a person's terms come to, before anybody signs: the quote under them and the authority that it takes. */
export interface DecisionPreview {
  readonly quote: Quote;
  /** What stands in the way whoever decides: decline reasons that are not waived. */
  readonly against: Quote['reasons'];
  readonly needed: NeededAuthority;
}

/** Prices and judges a case under a person's terms; conditions waived count as waivers too. Throws a Refusal for a waiver or a schedule item that the desk's rules do not know. */
export function previewDecision(
  application: Application,
  terms: DecisionTerms,
  rules: UnderwritingRules,
  pricing: (application: Application, rules: UnderwritingRules) => Quote = decideQuote,
  conditionsWaived = 0,
): DecisionPreview {
  requireKnown(terms, rules.desk);
  const quote = pricing(underTerms(application, terms, rules.desk), rules);
  const against = quote.outcome === 'declined' ? quote.reasons.filter(({ authority }) => authority === null) : [];
  const { limitMinor } = quote.cover;
  const commitment = {
    limitMinor: limitMinor + (application.otherLimits?.limitMinor ?? 0),
    premiumMinor: quote.worksheet.premium.total,
    schedulePercent: sumPercent(terms),
    waivers: terms.waivers.length + conditionsWaived,
    reasons: quote.reasons,
  };
  return { quote, against, needed: neededAuthority(commitment, rules.desk.authority.levels) };
}

const sumPercent = ({ schedule }: DecisionTerms): number => schedule.reduce((sum, { percent }) => sum + percent, 0);

/** The schedule items that a quote was approved with last; none where the rules alone decided it. */
export const agreedSchedule = ({ decisions }: Pick<UnderwritingCase, 'decisions'>, quote: string): readonly ScheduleItem[] =>
  decisions.findLast((decision) => decision.quote === quote && decision.outcome === 'approved')?.terms?.schedule ?? [];

/** The application with a person's terms in it: warranties cap the sub-limits, so that price, policy and payment all see them. */
export function underTerms(application: Application, { cover, waivers, schedule }: DecisionTerms, desk: DeskRules): Application {
  const caps = waivers.map(({ warranty, subLimitMinor }) => ({ coverages: desk.contingencies.get(warranty)!.covers, subLimitMinor }));
  return { ...application, cover: limitByWarranties(cover, caps), waived: waivers.map(({ blocker }) => blocker), schedule };
}

function requireKnown({ schedule, waivers }: DecisionTerms, desk: DeskRules): void {
  for (const { item, percent } of schedule) {
    const known = desk.schedule.get(item);
    if (known === undefined) throw new Refusal('bad-input', 'schedule-item-unknown', `there is no schedule item \`${item}\``, { item });
    if (Math.abs(percent) > known.mostPercent)
      throw new Refusal('rule', 'schedule-item-beyond', `\`${item}\` may weigh ${known.mostPercent} % at most`, { item, most: known.mostPercent });
  }
  for (const { warranty } of waivers) {
    const template = desk.contingencies.get(warranty);
    if (!template?.warranty) throw new Refusal('bad-input', 'waiver-needs-warranty', `\`${warranty}\` is no warranty that a waiver can become`, { warranty });
  }
}

/** Throws a Refusal `warranty-limits-nothing` for a waiver whose sub-limit is not below that of the cover, `waiver-needs-warranty` where the desk has no such warranty. */
export function requireWaiversLimit(terms: DecisionTerms, desk: DeskRules): void {
  requireKnown(terms, desk);
  for (const { warranty, subLimitMinor } of terms.waivers) {
    const { covers, title } = desk.contingencies.get(warranty)!;
    requireLimiting(terms.cover, { coverages: covers, subLimitMinor }, title);
  }
}

/** Who acts, with which roles. */
export interface Decider extends Signature {
  readonly roles: readonly MemberRole[];
}

/** Either the decision is taken, or it waits for others as a proposal. */
export type Approval =
  | { readonly outcome: 'approved'; readonly quote: Quote; readonly settled: SettledQuote; readonly level: NeededAuthority['level'] }
  | { readonly outcome: 'proposed'; readonly proposal: Proposal };

interface ApprovalRequest {
  readonly application: Application;
  readonly terms: DecisionTerms;
  readonly reason: string;
  readonly quoteId: string;
  readonly assessmentVersion: number;
  readonly decider: Decider;
  /** Leave it to a higher authority when one's own does not reach. */
  readonly escalate: boolean;
}

/**
 * Approves a referred case, or proposes it where it takes more than the decider's authority (four eyes). Throws the Refusals of `requireWaiversLimit`, `decline-stands` that
 * lists what no approval can overcome, `authority-exceeded` that says which level it takes and why, or `beyond-all-authority`.
 */
export function approveReferral(
  { application, terms, reason, quoteId, assessmentVersion, decider, escalate }: ApprovalRequest,
  rules: UnderwritingRules,
): Approval {
  requireWaiversLimit(terms, rules.desk);
  const preview = previewDecision(application, terms, rules);
  const level = requireReachable(preview);
  const { levels } = rules.desk.authority;
  if (decidesAlone(preview.needed, decider.roles, levels)) return { outcome: 'approved', level, ...settle(preview, { reason, decider, assessmentVersion }) };
  if (!escalate) throw exceeded(preview.needed);
  const signature = { by: decider.by, name: decider.name, at: decider.at, counts: signatureCounts(preview.needed, decider.roles, levels) };
  const proposed = { quote: quoteId, terms, reason, snapshot: snapshotOf(preview.quote, assessmentVersion) };
  const proposal: Proposal = {
    ...proposed,
    hash: proposalHash(proposed),
    needs: level.level,
    because: [...preview.needed.because],
    signatures: [signature],
  };
  return { outcome: 'proposed', proposal };
}

/** The level that a decision takes. Throws the Refusals `decline-stands` and `beyond-all-authority`. */
export function requireReachable({ against, needed }: Pick<DecisionPreview, 'against' | 'needed'>): NonNullable<NeededAuthority['level']> {
  if (against.length > 0) {
    const faults = against.map(({ code, text }) => ({ path: code, code: 'decline-stands', message: `${text.zh} · ${text.en}` }));
    throw new Refusal(
      'rule',
      'decline-stands',
      'reasons to decline that are not waived stand against this approval',
      factInBoth('reasons', enumerated(against.map(({ text }) => text))),
      faults,
    );
  }
  if (needed.level === null)
    throw new Refusal('rule', 'beyond-all-authority', 'this is beyond every authority of this insurer', factInBoth('because', enumerated(needed.because)));
  return needed.level;
}

export const exceeded = ({ level, because }: NeededAuthority): Refusal =>
  new Refusal('rule', 'authority-exceeded', `this takes the ${level?.title.en ?? 'highest authority'}: ${because.map(({ en }) => en).join('; ')}`, {
    ...factInBoth('needs', level?.title ?? { zh: '最高权限', en: 'highest authority' }),
    ...factInBoth('because', enumerated(because)),
  });

/** The quote of a preview as it stands once it is approved, and who settled which reasons on which version of the assessment. */
export function settle(
  { quote }: Pick<DecisionPreview, 'quote'>,
  { reason, decider, assessmentVersion }: { reason: string; decider: Decider; assessmentVersion: number },
) {
  const snapshot = snapshotOf(quote, assessmentVersion).hash;
  const settled: SettledQuote = { outcome: 'approved', reason, name: decider.name, at: decider.at, reasons: quote.reasons, snapshot };
  return { quote: { ...quote, outcome: 'quoted' as const, reasons: [], binding: true }, settled };
}

/** What signing a proposal came to. */
export type Signed = Approval | { readonly outcome: 'signed'; readonly proposal: Proposal };

/**
 * Signs a proposal of somebody else. When enough signatures of the level are there, it is decided as it was frozen; `application` is the case as it
 * is now, so that what changed since is found. Throws a Refusal `second-person-needed`, `authority-exceeded`, or `quote-changed` by the caller's check.
 */
export function signProposal(
  proposal: Proposal,
  { application, assessmentVersion, decider }: Pick<ApprovalRequest, 'application' | 'assessmentVersion' | 'decider'>,
  rules: UnderwritingRules,
): Signed {
  const { levels } = rules.desk.authority;
  const preview = previewDecision(application, proposal.terms, rules);
  const level = requireReachable(preview);
  if (proposal.signatures.some(({ by }) => by === decider.by))
    throw new Refusal('rule', 'second-person-needed', 'who proposed or signed this cannot sign again', {});
  if (!signatureCounts(preview.needed, decider.roles, levels)) throw exceeded(preview.needed);
  const signed: Proposal = { ...proposal, signatures: [...proposal.signatures, { by: decider.by, name: decider.name, at: decider.at, counts: true }] };
  if (signed.signatures.filter(({ counts }) => counts).length < level.people) return { outcome: 'signed', proposal: signed };
  return { outcome: 'approved', level, ...settle(preview, { reason: proposal.reason, decider, assessmentVersion }) };
}

/** The contingencies of an approval: those that were asked for, and one dated warranty for each blocker that was waived. */
export function contingenciesOf(terms: DecisionTerms, desk: DeskRules): AskedContingency[] {
  const warranties = terms.waivers.map(({ warranty, days }): AskedContingency => {
    const template = desk.contingencies.get(warranty)!;
    return { template: template.id, stage: 'post-bind', days, title: template.title, text: template.text };
  });
  return [...terms.contingencies, ...warranties];
}
