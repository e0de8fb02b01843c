import { z } from 'zod';
import { Day, Language, Refusal, Text, daysBefore, wordsUpTo } from '../domain/basics/index.ts';
import {
  Cancellation,
  CancellationGround,
  CancellationPlan,
  CancellationProposal,
  CancellingSide,
  PolicyState,
  authorityToEnd,
  carryOutCancellation,
  earliestEnd,
  groundsOf,
  planCancellation,
  proposeCancellation,
  signCancellationProposal,
  type CancellationAsked,
  type CancellationTerms,
} from '../domain/policy/index.ts';
import { decidesAlone } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { endConditions } from './contingencies.ts';
import { tellOnce } from './notices.ts';
import { type Context, operation } from './operation.ts';
import { type PolicyFile, policies } from './policy-file.ts';
import { PolicyRecord, policyRecord } from './policy.ts';
import { endSubsidy, subsidyToReturn } from './subsidy-records.ts';

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
    const plan = ground === undefined ? null : planCancellation(policy, { ground, ends, knownOn, paidMinor }, side, terms, context.now);
    const over = policy.state === 'cancelled' || policy.state === 'expired' || Date.parse(policy.period.to) <= Date.parse(context.now);
    return {
      ...{ side, state: policy.state, plan, cancellation: policy.cancellation },
      grounds: over ? [] : groundsOf(terms, side).map((one) => ({ ...one, earliest: earliestEnd(policy, one, context.now) })),
      subsidyReturnedMinor: plan === null ? null : await subsidyToReturn(context, file.body.quote, plan.ends),
      authority: side === 'insurer' && !over ? neededFor(context, file.body) : null,
      proposal: side === 'insurer' ? proposedCancellation : null,
    };
  },
});

function neededFor({ content, actor }: Context, { policy }: PolicyFile): z.infer<typeof Authority> {
  const { levels } = content.desk.authority;
  const needed = authorityToEnd(policy, levels);
  return { alone: decidesAlone(needed, actor.roles, levels), needs: needed.level?.title ?? null, because: [...needed.because] };
}

const Ended = z
  .strictObject({ outcome: z.enum(['cancelled', 'proposed', 'signed', 'refused']), policy: PolicyRecord, subsidyReturnedMinor: z.int() })
  .meta({ id: 'EndedPolicy' });

/** What was confirmed: the ground, the day, and the amount that the preview named. */
const Confirmed = ofPolicy.extend({ ...Asked, reason: words, returnedMinor: z.int().min(0) });

export const cancelPolicy = operation({
  name: 'cancelPolicy',
  module: 'policy',
  summary: {
    zh: '投保人解除保单',
    en: 'End a policy as its insured, as previewed: premium goes back by the terms agreed, and a subsidy by those of its scheme',
  },
  who: 'policy:bind',
  input: Confirmed,
  output: Ended,
  http: { method: 'POST', path: '/policies/{policy}/cancellation', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, asked) => {
    const file = await lockAs(context, asked.policy, 'insured');
    return carryOut(context, file, planAsSeen(context, file, asked, 'insured'), { by: context.actor.name, reason: asked.reason });
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
    const plan = planAsSeen(context, file, asked, 'insurer');
    if (file.body.proposedCancellation !== null) throw proposedAlready(file.body.proposedCancellation);
    const { levels } = context.content.desk.authority;
    const { reason, escalate } = asked;
    const proposal = proposeCancellation(plan, { policy: file.body.policy, decider: deciderOf(context), levels, reason, escalate });
    if (proposal === null) return carryOut(context, file, plan, { by: context.actor.name, reason });
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
    if (!agree) return { outcome: 'refused' as const, policy: await keepProposal(context, file, null), subsidyReturnedMinor: 0 };
    // The notice begins with the last signature: a day that has become too early is refused here.
    const plan = planAsSeen(context, file, { ...proposal.plan, returnedMinor }, 'insurer');
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

function planAsSeen(
  context: Context,
  { body }: Stored<PolicyFile>,
  asked: CancellationAsked & { returnedMinor: number },
  side: CancellingSide,
): CancellationPlan {
  const plan = planCancellation(body.policy, asked, side, termsOf(context, body), context.now);
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
  return policyRecord(await context.records.save(policies, file.id, file.version, { ...file.body, proposedCancellation }));
}

/** Ends the policy with all that hangs on it: the ledger, the subsidy, conditions still open; and tells the other side. */
async function carryOut(context: Context, file: Stored<PolicyFile>, plan: CancellationPlan, { by, reason }: { by: string; reason: string }) {
  const insurer = context.deskOf(file.organisation);
  const { policy, journal } = carryOutCancellation(file.body.policy, plan, { at: context.now, by, reason });
  const saved = await insurer.records.save(policies, file.id, file.version, { ...file.body, policy, proposedCancellation: null });
  if (journal !== null) await insurer.ledger.post({ ...journal, cause: file.id });
  await endConditions(context, file.organisation, { policy: file.id, quote: file.body.quote });
  const subsidyReturnedMinor = await endSubsidy(context, file.body.quote, { ends: plan.ends, reason: `${plan.title.zh} · ${plan.title.en}` });
  await tellOther(context, file, plan, subsidyReturnedMinor);
  context.note({ policy: file.id, ground: plan.ground, ends: plan.ends, returned: plan.returnedMinor, clawedBack: subsidyReturnedMinor });
  return { outcome: 'cancelled' as const, policy: policyRecord(saved), subsidyReturnedMinor };
}

async function tellOther(context: Context, file: Stored<PolicyFile>, plan: CancellationPlan, clawedMinor: number): Promise<void> {
  const { number } = file.body.policy;
  const last = daysBefore(plan.ends, 1);
  const [yuan, clawed] = [plan.returnedMinor, clawedMinor].map((minor) => (minor / 100).toFixed(2));
  const who = plan.side === 'insurer' ? { zh: '保险人', en: 'the insurer' } : { zh: '投保人', en: 'the insured' };
  await tellOnce(context.deskOf(plan.side === 'insurer' ? file.body.insured : file.organisation), {
    ...{ kind: 'policy-cancelled', subject: `policy-cancelled ${file.id}`, assessment: null, weakness: null, dueAt: null },
    text: {
      zh: `${who.zh}解除保单 ${number}（${plan.title.zh}），最后保障日 ${last}，退还保费 ${yuan} 元${clawedMinor > 0 ? `；保费补贴退回 ${clawed} 元，由企业承担` : ''}`,
      en: `${who.en} has ended policy ${number} (${plan.title.en}): its last day of cover is ${last}, and CNY ${yuan} of premium is returned${clawedMinor > 0 ? `; CNY ${clawed} of the subsidy goes back to the authority and is owed by the firm` : ''}`,
    },
  });
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
    const { policy, schedule } = (await context.records.get(policies, id)).body;
    const { number, version, insured, period, premium, cancellation } = policy;
    if (cancellation === null) throw new Refusal('absent', 'not-cancelled', `policy ${number} was not ended before its time`, { number });
    const { exVat, vat, total } = premium;
    const pdf = await context.documents.make({
      kind: 'cancellation-notice',
      language,
      data: {
        ...{ number, version, insurer: schedule['insurer'], insured, period, currency: total.currency, cancellation },
        premium: { exVat: exVat.minor, vat: vat.minor, total: total.minor },
        ...{ issuedAt: cancellation.at, dataAsOf: cancellation.at },
      },
    });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `${number}-cancellation-${language}.pdf` };
  },
});

export const cancellationOperations = [previewCancellation, cancelPolicy, cancelPolicyAsInsurer, signCancellation, getCancellationNotice];
