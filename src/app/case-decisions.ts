import { z } from 'zod';
import { Refusal, stableId, type Text } from '../domain/basics/index.ts';
import {
  CaseQueue,
  CaseSnapshot,
  GivenTerms,
  approveReferral,
  askForInformation,
  contingenciesOf,
  ownLevel,
  previewDecision,
  refuseProposal,
  requireDecidable,
  requireProposal,
  requireUnchanged,
  setContingency,
  settleApproved,
  settleDeclined,
  signProposal,
  snapshotOf,
  type ApprovedTerms,
  type DecisionTerms,
  type IssuedQuote,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { leave } from './case-hold.ts';
import { change, deciderOf, deskPlace, ofCase, offersOf, signatureOf, words } from './case-place.ts';
import { requireAfterRenewed } from './firm-limits.ts';
import { tellOnce } from './notices.ts';
import { type Context, operation } from './operation.ts';
import { rulesOf } from './tariff.ts';
import { contingencies, holdFirm, summaryOf, voidContingencies } from './underwriting-cases.ts';
import { indicateFor, placeApplication, quotes, restate, type Place } from './underwriting.ts';

const id = z.string().max(100);

const Decided = z
  .strictObject({
    outcome: z.enum(['approved', 'declined', 'returned', 'proposed', 'signed', 'refused']),
    quote: z.string(),
    queue: CaseQueue,
    needs: z.string().nullable(),
  })
  .meta({ id: 'ReferralDecided' });

const noTerms = (cover: IssuedQuote['quote']['cover']): DecisionTerms => ({ cover, schedule: [], contingencies: [], waivers: [] });

export const decideReferral = operation({
  name: 'decideReferral',
  module: 'underwriting',
  summary: { zh: '核保决定', en: 'Approve, decline or return a referred case with a reason, inside one’s authority; above it, propose it to a higher one' },
  who: 'case:decide',
  input: ofCase.extend({
    quote: id,
    decision: z.enum(['approve', 'decline', 'return']),
    reason: words,
    /** What the decider looked at: `seen` of the case, or of the preview when terms are given. */
    seen: CaseSnapshot,
    terms: GivenTerms.nullable(),
    escalate: z.boolean(),
    /** That the decider knows of a colleague's decline and takes it back; only with an approval. */
    reverses: z.boolean().optional(),
  }),
  output: Decided,
  http: { method: 'POST', path: '/cases/{submission}/decision', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, quote, decision, reason, seen, terms, escalate, reverses = false }) => {
    const place = await deskPlace(context, submission);
    const issued = await openQuote(context, place, quote, reverses && decision === 'approve');
    if (decision === 'return') return returnForInformation(context, place, issued, reason);
    if (decision === 'decline') return declineCase(context, place, issued, reason);
    const asked = terms ?? noTerms(issued.body.quote.cover);
    await requireAfterRenewed(context, place, asked.cover);
    await holdFirm(context, place);
    const application = await placeApplication(context, place, asked.cover);
    const rules = await rulesOf(context, place.submission.body.insurer);
    const preview = previewDecision(application, asked, rules, indicateFor);
    requireUnchanged(seen, snapshotOf(preview.quote, place.file.version));
    const approval = approveReferral(
      { application, terms: asked, reason, quoteId: quote, assessmentVersion: place.file.version, decider: deciderOf(context), escalate },
      rules,
    );
    if (approval.outcome === 'proposed') {
      await change(context, place.opened, { proposal: approval.proposal, assignee: place.opened.body.assignee ?? signatureOf(context) });
      await leave(context, place.opened.id);
      context.note({ quote, outcome: 'proposed', needs: approval.proposal.needs, proposal: approval.proposal.hash });
      return { outcome: 'proposed' as const, quote, queue: place.opened.body.queue, needs: approval.proposal.needs };
    }
    return carryOut(context, place, issued, { terms: asked, signatures: [signatureOf(context)], ...approval });
  },
});

/** A quote of this case, locked, that a person can still decide. Throws what `requireDecidable` throws. */
async function openQuote(context: Context, { submission, opened }: Place, asked: string, reverses: boolean): Promise<Stored<IssuedQuote>> {
  const issued = await context.records.lock(quotes, asked);
  if (issued.body.submission !== submission.id) throw new Refusal('absent', 'not-found', 'no such record');
  const { levels } = context.content.desk.authority;
  requireDecidable(opened.body, { quote: asked, issued: issued.body }, { reverses, roles: context.actor.roles, levels });
  return issued;
}

/** Puts an approval on record: the quote as it was approved, its contingencies, and the decision in the case. */
async function carryOut(context: Context, place: Place, issued: Stored<IssuedQuote>, approved: ApprovedTerms): Promise<z.infer<typeof Decided>> {
  const { submission, opened, file } = place;
  const after = settleApproved(opened.body, { quote: issued.id, issued: issued.body, assessmentVersion: file.version }, approved);
  await context.records.save(quotes, issued.id, issued.version, after.issued);
  await setContingencies(context, place, issued.id, approved.terms);
  await restate(context, submission);
  await change(context, opened, { ...after.opened, summary: summaryOf({ body: after.issued }, file.body.firm) });
  const { reason, snapshot } = approved.settled;
  await tellApplicant(context, place, `quote-decided ${issued.id} approved`, {
    zh: `核保人已同意承保：${reason}`,
    en: `the underwriter has agreed to the cover: ${reason}`,
  });
  context.note({ quote: issued.id, outcome: 'approved', premium: approved.quote.worksheet.premium.total, snapshot });
  return { outcome: 'approved', quote: issued.id, queue: 'offered', needs: null };
}

async function setContingencies(context: Context, { submission }: Place, quote: string, terms: DecisionTerms): Promise<void> {
  const on = { submission: submission.id, quote, insurer: submission.body.insurer, applicant: submission.organisation };
  await voidContingencies(context, submission.body.insurer, quote);
  for (const asked of contingenciesOf(terms, context.content.desk)) {
    const set = await context.records.insert(contingencies, setContingency(asked, on, context.now));
    await context.grants.give({ record: set.id, to: submission.organisation, relation: 'applicant', from: context.now, until: null });
  }
}

const tellApplicant = ({ deskOf }: Context, { submission, file }: Place, subject: string, text: Text) =>
  tellOnce(deskOf(submission.organisation), { kind: 'quote-decided', subject, assessment: file.id, weakness: null, text, dueAt: null });

async function declineCase(context: Context, place: Place, issued: Stored<IssuedQuote>, reason: string): Promise<z.infer<typeof Decided>> {
  const { opened, submission, file } = place;
  const others = submission.body.offers.filter((one) => one !== issued.id);
  const rest = (await offersOf(context, others)).map(({ body }) => body.state);
  const authority = ownLevel(context.actor.roles, context.content.desk.authority.levels);
  const decided = { quote: issued.id, issued: issued.body, assessmentVersion: file.version };
  const after = settleDeclined(opened.body, decided, { reason, signature: signatureOf(context), authority, rest });
  await context.records.save(quotes, issued.id, issued.version, after.issued);
  await restate(context, submission);
  await change(context, opened, after.opened);
  await tellApplicant(context, place, `quote-decided ${issued.id} declined`, {
    zh: `核保人谢绝承保：${reason}`,
    en: `the underwriter has declined the cover: ${reason}`,
  });
  context.note({ quote: issued.id, outcome: 'declined' });
  return { outcome: 'declined', quote: issued.id, queue: after.opened.queue, needs: null };
}

async function returnForInformation(context: Context, place: Place, issued: Stored<IssuedQuote>, text: string): Promise<z.infer<typeof Decided>> {
  const { opened, submission, file } = place;
  const request = { ...signatureOf(context), id: stableId('request', opened.id, opened.version), text };
  await change(context, opened, askForInformation(opened.body, request));
  await tellOnce(context.deskOf(submission.organisation), {
    kind: 'information-asked',
    subject: `information-asked ${request.id}`,
    assessment: file.id,
    weakness: null,
    text: { zh: `核保人需要补充资料：${text}`, en: `the underwriter asks for more: ${text}` },
    dueAt: null,
  });
  return { outcome: 'returned', quote: issued.id, queue: 'information', needs: null };
}

export const signReferral = operation({
  name: 'signReferral',
  module: 'underwriting',
  summary: { zh: '会签核保决定', en: 'Sign or refuse a decision that was proposed to a higher authority, as it was frozen' },
  who: 'case:decide',
  input: ofCase.extend({ agree: z.boolean(), reason: words, seen: z.string().max(100) }),
  output: Decided,
  http: { method: 'POST', path: '/cases/{submission}/proposal', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { submission, agree, reason, seen }) => {
    const place = await deskPlace(context, submission);
    const proposal = requireProposal(place.opened.body, seen);
    const issued = await openQuote(context, place, proposal.quote, true);
    if (!agree) {
      const { queue } = await change(context, place.opened, refuseProposal(place.opened.body, proposal, { reason, signature: signatureOf(context) }));
      return { outcome: 'refused' as const, quote: issued.id, queue, needs: null };
    }
    await holdFirm(context, place);
    const application = await placeApplication(context, place, proposal.terms.cover);
    const rules = await rulesOf(context, place.submission.body.insurer);
    requireUnchanged(proposal.snapshot, snapshotOf(previewDecision(application, proposal.terms, rules, indicateFor).quote, place.file.version));
    const signed = signProposal(proposal, { application, assessmentVersion: place.file.version, decider: deciderOf(context) }, rules);
    if (signed.outcome === 'approved')
      return carryOut(context, place, issued, {
        terms: proposal.terms,
        signatures: [...proposal.signatures.map(({ by, name, at }) => ({ by, name, at })), signatureOf(context)],
        ...signed,
      });
    await change(context, place.opened, { proposal: signed.proposal });
    return { outcome: 'signed' as const, quote: proposal.quote, queue: place.opened.body.queue, needs: signed.proposal.needs };
  },
});
