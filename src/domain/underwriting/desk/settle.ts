import { Refusal } from '../../basics/index.ts';
import type { MemberRole } from '../../parties/index.ts';
import type { Authority, Quote, QuoteState, Reason } from '../model.ts';
import type { IssuedQuote, SettledQuote } from '../submission.ts';
import { mayReverse } from './authority.ts';
import { factInBoth } from './both-languages.ts';
import type { CaseDecision, DecisionTerms, Proposal, Signature, UnderwritingCase } from './case-file.ts';
import { moveCase } from './case-steps.ts';
import type { AuthorityLevel } from './model.ts';
import { queueOfRest } from './queues.ts';
import { snapshotOf } from './snapshot.ts';

/** A quote that a person decides on: its record, itself, and the version of the assessment that counts now. */
interface SettledCase {
  readonly quote: string;
  readonly issued: IssuedQuote;
  readonly assessmentVersion: number;
}

/** Quote and case after a decision. */
interface Settled {
  readonly issued: IssuedQuote;
  readonly opened: UnderwritingCase;
}

/** What an approval has agreed. */
export interface ApprovedTerms {
  readonly terms: DecisionTerms;
  readonly signatures: readonly Signature[];
  readonly quote: Quote;
  readonly settled: SettledQuote;
  readonly level: AuthorityLevel | null;
}

const withDecision = (opened: UnderwritingCase, decision: CaseDecision): UnderwritingCase => ({ ...opened, decisions: [...opened.decisions, decision] });

/** The quote becomes what was approved and can be bound; the case is offered, with the decision in it. */
export const settleApproved = (opened: UnderwritingCase, on: SettledCase, approved: ApprovedTerms): Settled =>
  withApproval({ ...moveCase(opened, 'offered', approved.settled.at), proposal: null }, on, approved);

/** An offer that stands is approved again, under other terms and on the assessment as it is now; the case stays where it is. */
export function withApproval(opened: UnderwritingCase, { quote, issued, assessmentVersion }: SettledCase, approved: ApprovedTerms): Settled {
  const { settled } = approved;
  const decision: CaseDecision = {
    quote,
    outcome: 'approved',
    reason: settled.reason,
    authority: approved.level?.level ?? null,
    signatures: [...approved.signatures],
    terms: approved.terms,
    settled: [...settled.reasons],
    snapshot: snapshotOf({ ...approved.quote, reasons: settled.reasons }, assessmentVersion),
  };
  return {
    issued: { ...issued, state: 'quoted', quote: approved.quote, settled, assessmentVersion },
    opened: withDecision(opened, decision),
  };
}

/** The quote is declined for the reason given; the case goes where its other offers, whose states are `rest`, leave it. */
export function settleDeclined(
  opened: UnderwritingCase,
  { quote, issued, assessmentVersion }: SettledCase,
  { reason, signature, authority, rest }: { reason: string; signature: Signature; authority: Authority | null; rest: readonly QuoteState[] },
): Settled {
  const { name, at } = signature;
  const { reasons } = issued.quote;
  const said: Reason = {
    code: 'declined-by-underwriter',
    text: { zh: `核保人谢绝：${reason}`, en: `declined by the underwriter: ${reason}` },
    guideline: null,
    authority: null,
  };
  const declined: Quote = { ...issued.quote, outcome: 'declined', reasons: [said, ...reasons], binding: false };
  const settled = { outcome: 'declined' as const, reason, name, at, reasons, snapshot: snapshotOf(issued.quote, issued.assessmentVersion).hash };
  const decision: CaseDecision = {
    ...{ quote, outcome: 'declined', reason, authority, signatures: [signature], terms: null, settled: reasons },
    snapshot: snapshotOf(issued.quote, assessmentVersion),
  };
  const proposal = opened.proposal?.quote === quote ? null : opened.proposal;
  return {
    issued: { ...issued, state: 'declined', quote: declined, settled },
    opened: withDecision({ ...moveCase(opened, queueOfRest(opened.queue, rest), at), proposal }, decision),
  };
}

/** Throws a Refusal `not-straight-through` when the case, whose latest offer is `standing`, is no longer what was looked at. */
export function requireStraightThrough({ queue, firm }: UnderwritingCase, standing: string | null, quote: string): void {
  if (queue === 'straight-through' && standing === quote) return;
  throw new Refusal('conflict', 'not-straight-through', `\`${firm}\` is no longer what was looked at; nothing was released`, { firm });
}

/** A straight-through quote as somebody looked at it and let it go. */
export function releaseOffer(opened: UnderwritingCase, { quote, issued }: { quote: string; issued: IssuedQuote }, signature: Signature): UnderwritingCase {
  const decision: CaseDecision = {
    ...{ quote, outcome: 'released', reason: '', authority: null, signatures: [signature], terms: null, settled: [] },
    snapshot: snapshotOf(issued.quote, issued.assessmentVersion),
  };
  return withDecision(moveCase(opened, 'offered', signature.at), decision);
}

/** The proposal of a case as somebody looked at it, by its hash `seen`. Throws a Refusal `nothing-to-decide` or `quote-changed`. */
export function requireProposal({ proposal, queue }: UnderwritingCase, seen: string): Proposal {
  if (proposal === null) throw new Refusal('conflict', 'nothing-to-decide', 'nothing waits for a signature in this case', { state: queue });
  if (proposal.hash !== seen)
    throw new Refusal('conflict', 'quote-changed', 'the proposal is no longer the one that you looked at', {
      changes: 1,
      ...factInBoth('what', { zh: '提交的条件或理由', en: 'the proposed terms or their reason' }),
    });
  return proposal;
}

/** What was proposed is refused by who should have signed it: the case stays where it is. */
export function refuseProposal(
  opened: UnderwritingCase,
  { quote, needs, terms, snapshot }: Proposal,
  { reason, signature }: { reason: string; signature: Signature },
): UnderwritingCase {
  const decision: CaseDecision = { quote, outcome: 'refused', reason, authority: needs, signatures: [signature], terms, settled: [], snapshot };
  return withDecision({ ...opened, proposal: null, since: signature.at }, decision);
}

/** Who decides, and whether they take back a colleague's decline knowingly. */
interface Reversing {
  readonly reverses: boolean;
  readonly roles: readonly MemberRole[];
  readonly levels: readonly AuthorityLevel[];
}

/**
 * Passes for a quote that a person can still decide: referred, or declined by gate or guideline and by nobody else. What a person declined is open only to whoever `reverses` it
 * knowingly with no less authority. Throws a Refusal `nothing-to-decide` (conflict), or `authority-exceeded` for a lower authority than declined.
 */
export function requireDecidable(
  { decisions }: UnderwritingCase,
  { quote, issued }: Pick<SettledCase, 'quote' | 'issued'>,
  { reverses, roles, levels }: Reversing,
): void {
  const { state, settled } = issued;
  if (state !== 'referred' && state !== 'declined')
    throw new Refusal('conflict', 'nothing-to-decide', `this quote is ${state}: there is nothing to decide`, { state });
  if (settled?.outcome !== 'declined') return;
  if (!reverses) throw new Refusal('conflict', 'nothing-to-decide', `${settled.name} has declined this quote: there is nothing to decide`, { state });
  const declinedAt = decisions.findLast((one) => one.quote === quote && one.outcome === 'declined')?.authority ?? null;
  if (mayReverse(declinedAt, roles, levels)) return;
  const title = levels.find(({ level }) => level === (declinedAt ?? 'underwriting-manager'))?.title;
  throw new Refusal('rule', 'authority-exceeded', 'a decline is taken back by the same or a higher authority', {
    needs: title?.zh ?? '',
    because: `推翻${settled.name}的谢绝决定`,
  });
}
