import { z } from 'zod';
import { DisputeGround, disputeFinding, requireDisputeDecider, type CaseEvent, type DecisionEffect, type TrackedFinding } from '../domain/assessment/index.ts';
import { Refusal, wordsUpTo } from '../domain/basics/index.ts';
import { assessments, requireReceived } from './assessment.ts';
import { effectOf, factsOf, noEffect } from './decision-effect.ts';
import { tellAsked, tellDecided } from './decision-notices.ts';
import { endDisputes, showDispute } from './dispute-grants.ts';
import { Outcome, actOf, byAssessment, chosen, eventsIn, happen, numbersOf, openOwn, openShown, plan, secondPeople } from './finding-deeds.ts';
import { operation, type Context } from './operation.ts';

const words = {
  disputed: { zh: '请裁定异议', en: 'a dispute waits for your decision' },
  upheld: { zh: '异议成立', en: 'your dispute was upheld' },
  rejected: { zh: '异议不成立', en: 'your dispute was rejected' },
};

export const disputeFindings = operation({
  name: 'disputeFindings',
  module: 'assessment',
  summary: { zh: '提出异议', en: 'Dispute findings with proof; the organisation that is asked decides within 48 hours' },
  who: 'finding:write',
  input: byAssessment.extend({
    ...chosen,
    ground: DisputeGround,
    proof: wordsUpTo(4000),
    file: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    decider: z.string().max(100).nullable(),
  }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/disputes', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, ground, proof, file, decider: asked, ...meant }) => {
    const opened = await openOwn(context, assessment);
    if (file !== null) await requireReceived(context, file);
    const decider = await chooseDecider(context, asked);
    const disputed = (one: TrackedFinding) => disputeFinding(one, actOf(context), { ground, proof, file, decider }, numbersOf(context));
    const planned = plan(opened.found, meant, disputed);
    const outcome = await happen(context, opened, planned);
    await showDispute(context, assessment, decider, planned.events.keys());
    await tellAsked(context, opened, {
      decider,
      about: [...planned.events.keys()],
      words: words.disputed,
      dueAt: outcome.findings[0]?.pending?.decideBy ?? null,
    });
    return outcome;
  },
});

const DisputeDecider = z.strictObject({ id: z.string(), name: z.string(), kind: z.enum(['assessor', 'insurer']) });

/** `hasPerson`: somebody other than whoever asks may decide there. */
const AbleDecider = DisputeDecider.extend({ hasPerson: z.boolean() });

/** Assessors before insurers: whoever prices the firm is not the first to judge its findings. */
async function decidersOf(context: Context): Promise<z.infer<typeof DisputeDecider>[]> {
  const ofKind = async (kind: 'assessor' | 'insurer') => (await context.organisationsOf(kind)).map(({ id, name }) => ({ id, name, kind }));
  return [...(await ofKind('assessor')), ...(await ofKind('insurer'))];
}

export const listDisputeDeciders = operation({
  name: 'listDisputeDeciders',
  module: 'assessment',
  summary: { zh: '可裁定异议的机构', en: 'List the organisations that a dispute can be put to; the first is asked when none is chosen' },
  who: 'finding:write',
  input: z.strictObject({}),
  output: z.strictObject({ deciders: z.array(AbleDecider) }),
  http: { method: 'GET', path: '/dispute-deciders', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const deciders: z.infer<typeof AbleDecider>[] = [];
    for (const one of await decidersOf(context)) deciders.push({ ...one, hasPerson: (await secondPeople(context, one.id, 'dispute:decide')).length > 0 });
    return { deciders };
  },
});

async function chooseDecider(context: Context, asked: string | null): Promise<string> {
  const able = await decidersOf(context);
  const decider = asked === null ? able[0] : able.find(({ id }) => id === asked);
  if (!decider) throw new Refusal('bad-input', 'unknown-decider', 'no such assessor or insurer decides disputes here', { field: 'decider' });
  return decider.id;
}

const ReceivedFile = z.strictObject({ hash: z.string(), bytes: z.int().min(0), name: z.string().max(255) });

export const keepProof = operation({
  name: 'keepProof',
  module: 'assessment',
  summary: { zh: '上传异议证据', en: 'Hand in a file as proof of a dispute; its hash is named in the dispute' },
  who: 'finding:write',
  input: byAssessment.extend({ file: ReceivedFile }),
  output: z.strictObject({ file: z.string(), bytes: z.int() }),
  http: { method: 'POST', path: '/assessments/{assessment}/proofs', status: 201, body: 'file' },
  effect: 'write',
  run: async (context, { assessment, file }) => {
    await context.records.lock(assessments, assessment);
    context.note({ assessment, file: file.hash, name: file.name });
    return { file: file.hash, bytes: file.bytes };
  },
});

export const decideDisputes = operation({
  name: 'decideDisputes',
  module: 'assessment',
  summary: { zh: '裁定异议', en: 'Uphold or reject disputes; what it does to score and price is logged' },
  who: 'dispute:decide',
  input: byAssessment.extend({ ...chosen, upheld: z.boolean(), note: wordsUpTo(4000) }),
  output: Outcome,
  http: { method: 'POST', path: '/assessments/{assessment}/dispute-decisions', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, upheld, note, ...meant }) => {
    const opened = await openShown(context, assessment);
    const decided = (effect: DecisionEffect): CaseEvent => ({ kind: 'dispute-decided', ...actOf(context), upheld, note, effect });
    const { events, refused } = plan(opened.found, meant, (one) => {
      requireDisputeDecider(one, eventsIn(opened.found, one.id), actOf(context).by);
      return decided(noEffect);
    });
    const effect = await effectOf(context, opened, events);
    const outcome = await happen(context, opened, { events: new Map([...events.keys()].map((id) => [id, decided(effect)])), refused });
    context.note({ upheld: upheld ? 1 : 0, ...factsOf(effect) });
    await endDisputes(context, opened, events);
    await tellDecided(context, opened, [...events.keys()], upheld ? words.upheld : words.rejected);
    return outcome;
  },
});

export const disputeOperations = [listDisputeDeciders, disputeFindings, keepProof, decideDisputes];
