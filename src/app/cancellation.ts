import { z } from 'zod';
import { Day, Language, Refusal, Text, wordsUpTo } from '../domain/basics/index.ts';
import {
  Cancellation,
  CancellationGround,
  CancellationPlan,
  CancellationProposal,
  CancellingSide,
  PolicyState,
  authorityToEnd,
  aggregateDrawn,
  alreadyCancelled,
  askedBySigning,
  carryOutCancellation,
  earliestEnd,
  groundsOpen,
  planCancellation,
  premiumReturn,
  proposalAt,
  proposeCancellation,
  proposeLoss,
  restsOnLoss,
  signCancellationProposal,
  type CancellationAsked,
  type CancellationTerms,
} from '../domain/policy/index.ts';
import { decidesAlone } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { tellCancelled, tellLossProposed, tellLossRefused } from './cancellation-news.ts';
import { tellSigners } from './cancellation-proposals.ts';
import { endConditions } from './contingencies.ts';
import { masterOf } from './master-policies.ts';
import { masterPolicies } from './master-records.ts';
import { type Context, operation } from './operation.ts';
import { type PolicyFile, policies } from './policy-file.ts';
import { PolicyRecord, policyRecord } from './policy.ts';
import { tellRenewalGap } from './renewals.ts';
import { endSubsidy, subsidyOf, subsidyToReturn } from './subsidy-records.ts';

const ofPolicy = z.strictObject({ policy: z.string().max(100) });
const words = wordsUpTo(2000);
const deciderOf = ({ actor, now }: Context) => ({ by: actor.user, name: actor.name, at: now, roles: actor.roles });
const absent = (): Refusal => new Refusal('absent', 'not-found', 'no such record');

/** As whom somebody ends a policy: its insured, or its insurer. Absent for everybody else who may read it. */
function sideOf({ actor }: Context, { organisation, body }: Stored<PolicyFile>): CancellingSide {
  if (actor.organisation === organisation) return 'insurer';
  if (actor.organisation === body.insured) return 'insured';
  throw absent();
}

/** The terms agreed in a policy, or those in force for one of before they were kept. */
const termsOf = ({ content }: Context, { cancellationTerms }: PolicyFile): CancellationTerms => cancellationTerms ?? content.cancellation;

const Asked = {
  ground: z.string().max(60),
  /** First day without cover; null: the earliest possible. */
  ends: Day.nullable(),
  knownOn: Day.nullable(),
  paidMinor: z.int().min(1).nullable(),
};
const OfferedGround = z.strictObject({ ...CancellationGround.shape, earliest: Day }).meta({ id: 'OfferedGround' });
const Authority = z.strictObject({ alone: z.boolean(), needs: Text.nullable(), because: z.array(Text) });

const CancellationView = z
  .strictObject({
    side: CancellingSide,
    state: PolicyState,
    /** What this side can end the policy for; none once it has ended. */
    grounds: z.array(OfferedGround),
    plan: CancellationPlan.nullable(),
    /** What goes back to the authority that subsidised the premium; the firm owes it. */
    subsidyReturnedMinor: z.int().nullable(),
    /** Whose authority an insurer's cancellation takes; null for the insured. */
    authority: Authority.nullable(),
    proposal: CancellationProposal.nullable(),
    cancellation: Cancellation.nullable(),
  })
  .meta({ id: 'CancellationView' });

export const previewCancellation = operation({
  name: 'previewCancellation',
  module: 'policy',
  summary: {
    zh: '解除保单试算',
    en: 'Say on which grounds one can end a policy before its time, and for a ground named what would be returned from which day',
  },
  who: 'policy:read',
  input: ofPolicy.extend({
    ground: z.string().max(60).optional(),
    ends: Day.optional(),
    knownOn: Day.optional(),
    paidMinor: z.coerce.number().int().min(1).optional(),
  }),
  output: CancellationView,
  http: { method: 'GET', path: '/policies/{policy}/cancellation', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { policy: id, ground, ends = null, knownOn = null, paidMinor = null }) => {
    const file = await context.records.get(policies, id);
    const side = sideOf(context, file);
    const { policy, proposedCancellation } = file.body;
    const terms = termsOf(context, file.body);
    const drawnMinor = await drawnUnder(context, file);
    const plan = ground === undefined ? null : planCancellation(policy, { ground, ends, knownOn, paidMinor, drawnMinor }, side, terms, context.now);
    const open = groundsOpen(policy, side, terms, context.now);
    return {
      ...{ side, state: policy.state, plan, cancellation: policy.cancellation },
      grounds: open.map((one) => ({ ...one, earliest: earliestEnd(policy, one, context.now) })),
      subsidyReturnedMinor: plan === null ? null : await subsidyToReturn(context, file.body.quote, { ends: plan.ends, premium: premiumReturn(plan) }),
      authority: side === 'insurer' && open.length > 0 ? neededFor(context, file.body) : null,
      proposal:
        proposedCancellation !== null && (side === 'insurer' || proposedCancellation.plan.side === 'insured')
          ? proposalAt(proposedCancellation, policy, { terms, drawnMinor, now: context.now })
          : null,
    };
  },
});

/** What members have drawn of the limit of a master policy; 0 for a policy that is none. */
async function drawnUnder(context: Context, { id, organisation }: Stored<PolicyFile>): Promise<number> {
  const master = await masterOf(context.deskOf(organisation), id);
  return master === null ? 0 : aggregateDrawn(master.body);
}

function neededFor({ content, actor }: Context, { policy }: PolicyFile): z.infer<typeof Authority> {
  const { levels } = content.desk.authority;
  const needed = authorityToEnd(policy, levels);
  return { alone: decidesAlone(needed, actor.roles, levels), needs: needed.level?.title ?? null, because: [...needed.because] };
}

const Ended = z
  .strictObject({ outcome: z.enum(['cancelled', 'proposed', 'signed', 'refused']), policy: PolicyRecord, subsidyReturnedMinor: z.int() })
  .meta({ id: 'EndedPolicy' });

/** What was confirmed: the ground, the day, the amount that the preview named, and the end of the standing cancellation that it said would be overtaken. */
const Confirmed = ofPolicy.extend({ ...Asked, reason: words, returnedMinor: z.int().min(0), overtakes: Day.nullable().default(null) });

export const cancelPolicy = operation({
  name: 'cancelPolicy',
  module: 'policy',
  summary: {
    zh: '投保人解除保单',
    en: 'End a policy as its insured, as previewed; on a loss that was paid it waits until the insurer confirms the loss',
  },
  who: 'policy:bind',
  input: Confirmed,
  output: Ended,
  http: { method: 'POST', path: '/policies/{policy}/cancellation', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, asked) => {
    const file = await lockAs(context, asked.policy, 'insured');
    const { reason } = asked;
    const plan = await planAsSeen(context, file, asked, 'insured');
    if (!restsOnLoss(termsOf(context, file.body), plan)) return carryOut(context, file, plan, { by: context.actor.name, reason });
    const { policy, proposedCancellation } = file.body;
    if (proposedCancellation !== null) throw new Refusal('conflict', 'proposal-waits', 'the insurer has a proposal for this policy to decide on first', {});
    const proposal = proposeLoss(plan, { policy, decider: deciderOf(context), levels: context.content.desk.authority.levels, reason });
    const saved = await keepProposal(context, file, proposal);
    await tellLossProposed(context, file, plan);
    return { outcome: 'proposed' as const, policy: saved, subsidyReturnedMinor: 0 };
  },
});

export const cancelPolicyAsInsurer = operation({
  name: 'cancelPolicyAsInsurer',
  module: 'policy',
  summary: {
    zh: '保险人解除保单',
    en: 'End a policy as its insurer on a ground of the law, as previewed; above one’s authority it waits for a second person (`escalate`)',
  },
  who: 'case:decide',
  input: Confirmed.extend({ escalate: z.boolean() }),
  output: Ended,
  http: { method: 'POST', path: '/policies/{policy}/insurer-cancellation', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, asked) => {
    const file = await lockAs(context, asked.policy, 'insurer');
    const plan = await planAsSeen(context, file, asked, 'insurer');
    const standing = file.body.proposedCancellation;
    if (standing?.plan.side === 'insurer') throw proposedAlready(standing);
    const { levels } = context.content.desk.authority;
    const { reason, escalate } = asked;
    const proposal = proposeCancellation(plan, { policy: file.body.policy, decider: deciderOf(context), levels, reason, escalate });
    if (proposal === null) return carryOut(context, file, plan, { by: context.actor.name, reason });
    if (standing !== null) throw proposedAlready(standing);
    await tellSigners(context, file, proposal);
    return { outcome: 'proposed' as const, policy: await keepProposal(context, file, proposal), subsidyReturnedMinor: 0 };
  },
});

export const signCancellation = operation({
  name: 'signCancellation',
  module: 'policy',
  summary: { zh: '会签解除保单', en: 'Sign a proposed cancellation, or refuse it; the last signature carries it out as it was proposed' },
  who: 'case:decide',
  input: ofPolicy.extend({ agree: z.boolean(), returnedMinor: z.int().min(0) }),
  output: Ended,
  http: { method: 'POST', path: '/policies/{policy}/insurer-cancellation/signature', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, { policy: id, agree, returnedMinor }) => {
    const file = await lockAs(context, id, 'insurer');
    const { policy, proposedCancellation: proposal } = file.body;
    if (proposal === null) throw new Refusal('conflict', 'no-cancellation-proposed', 'no cancellation waits for a signature', {});
    if (!agree) {
      if (proposal.plan.side === 'insured') await tellLossRefused(context, file);
      return { outcome: 'refused' as const, policy: await keepProposal(context, file, null), subsidyReturnedMinor: 0 };
    }
    // The notice begins with the last signature: a day that has become too early for an insurer is refused here.
    const overtakes = proposal.plan.overtakes.at(-1)?.ends ?? null;
    const plan = await planAsSeen(context, file, { ...askedBySigning(proposal, policy, context.now), returnedMinor, overtakes }, proposal.plan.side);
    const { levels } = context.content.desk.authority;
    const signed = signCancellationProposal(proposal, { policy, decider: deciderOf(context), levels });
    if (!signed.complete) return { outcome: 'signed' as const, policy: await keepProposal(context, file, signed.proposal), subsidyReturnedMinor: 0 };
    return carryOut(context, file, plan, { by: signed.proposal.signatures.map(({ name }) => name).join(' + '), reason: proposal.reason });
  },
});

/** The policy, locked; absent unless this organisation is on that side of it. */
async function lockAs(context: Context, id: string, side: CancellingSide): Promise<Stored<PolicyFile>> {
  const file = await context.records.get(policies, id);
  if (sideOf(context, file) !== side) throw absent();
  return context.deskOf(file.organisation).records.lock(policies, id);
}

/** The plan, if it is still what was confirmed. The master policy is locked with it, so that no draw comes between. */
async function planAsSeen(
  context: Context,
  file: Stored<PolicyFile>,
  asked: CancellationAsked & { returnedMinor: number; overtakes: Day | null },
  side: CancellingSide,
): Promise<CancellationPlan> {
  const { body, organisation } = file;
  const { records } = context.deskOf(organisation);
  const master = await masterOf({ records }, file.id);
  const drawnMinor = master === null ? 0 : aggregateDrawn((await records.lock(masterPolicies, master.id)).body);
  const plan = planCancellation(body.policy, { ...asked, drawnMinor }, side, termsOf(context, body), context.now);
  if ((plan.overtakes.at(-1)?.ends ?? null) !== asked.overtakes) throw alreadyCancelled(body.policy);
  if (plan.returnedMinor !== asked.returnedMinor)
    throw new Refusal('conflict', 'return-changed', 'what would be returned is no longer what was confirmed: look at it again', {
      ...{ seenMinor: asked.returnedMinor, nowMinor: plan.returnedMinor },
    });
  return plan;
}

const proposedAlready = ({ signatures, plan }: CancellationProposal): Refusal =>
  new Refusal('conflict', 'cancellation-proposed', `${signatures[0]!.name} has proposed a cancellation already; it waits for a signature`, {
    ...{ by: signatures[0]!.name, ends: plan.ends },
  });

async function keepProposal(context: Context, file: Stored<PolicyFile>, proposedCancellation: CancellationProposal | null) {
  context.note({ policy: file.id, signatures: proposedCancellation?.signatures.length ?? 0 });
  return policyRecord(await context.deskOf(file.organisation).records.save(policies, file.id, file.version, { ...file.body, proposedCancellation }));
}

/** Ends the policy with all that hangs on it: the ledger, the subsidy, conditions still open; and tells the other side. */
async function carryOut(context: Context, file: Stored<PolicyFile>, plan: CancellationPlan, { by, reason }: { by: string; reason: string }) {
  const insurer = context.deskOf(file.organisation);
  const { policy, journal } = carryOutCancellation(file.body.policy, plan, { at: context.now, by, reason });
  const saved = await insurer.records.save(policies, file.id, file.version, { ...file.body, policy, proposedCancellation: null });
  if (journal !== null) await insurer.ledger.post({ ...journal, cause: file.id });
  await endConditions(context, file.organisation, { policy: file.id, quote: file.body.quote, ends: plan.ends });
  const subsidyReturnedMinor = await endSubsidy(context, file.body.quote, { ends: plan.ends, reason: plan.title, premium: premiumReturn(plan) });
  await tellCancelled(context, file, plan, subsidyReturnedMinor);
  await tellRenewalGap(context, file, plan.ends);
  context.note({ policy: file.id, ground: plan.ground, ends: plan.ends, returned: plan.returnedMinor, clawedBack: subsidyReturnedMinor });
  return { outcome: 'cancelled' as const, policy: policyRecord(saved), subsidyReturnedMinor };
}

export const getCancellationNotice = operation({
  name: 'getCancellationNotice',
  module: 'policy',
  summary: { zh: '合同解除通知书', en: 'The notice of a cancellation as PDF' },
  who: 'policy:read',
  input: ofPolicy.extend({ language: Language.default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('application/pdf'), name: z.string() }),
  http: { method: 'GET', path: '/policies/{policy}/cancellation/notice', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { policy: id, language }) => {
    const { policy, schedule, quote } = (await context.records.get(policies, id)).body;
    const { number, version, insured, period, premium, cancellation } = policy;
    if (cancellation === null) throw new Refusal('absent', 'not-cancelled', `policy ${number} was not ended before its time`, { number });
    const { exVat, vat, total } = premium;
    const subsidy = await subsidyOf(context, quote);
    const pdf = await context.documents.make({
      kind: 'cancellation-notice',
      language,
      data: {
        ...{ number, version, insurer: schedule['insurer'], insured, period, currency: total.currency, cancellation },
        premium: { exVat: exVat.minor, vat: vat.minor, total: total.minor },
        subsidy,
        ...{ issuedAt: cancellation.at, dataAsOf: cancellation.at },
      },
    });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `${number}-cancellation-${language}.pdf` };
  },
});

export const cancellationOperations = [previewCancellation, cancelPolicy, cancelPolicyAsInsurer, signCancellation, getCancellationNotice];
