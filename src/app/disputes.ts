import { z } from 'zod';
import {
  DisputeGround,
  disputeFinding,
  requireDisputeDecider,
  type CaseEvent,
  type CountedFindings,
  type DecisionEffect,
  type TrackedFinding,
} from '../domain/assessment/index.ts';
import { Refusal, instantFromMillis, instantMillis } from '../domain/basics/index.ts';
import { indicateQuote, type UnderwritingRules } from '../domain/underwriting/index.ts';
import { assessments, reassess, scansOf, type AssessmentFile } from './assessment.ts';
import { findingCases, standings, surroundingsOf } from './counted-findings.ts';
import { Outcome, actOf, byAssessment, chosen, eventsIn, eventsWith, happen, numbersOf, openOwn, openShown, plan, type Opened } from './finding-deeds.ts';
import { operation, type Context } from './operation.ts';
import { rulesOf } from './tariff.ts';
import { submissions } from './underwriting.ts';

const grantDays = 90;

export const disputeFindings = operation({
  name: 'disputeFindings',
  module: 'assessment',
  summary: { zh: '提出异议', en: 'Dispute findings with proof; the organisation that is asked decides within 48 hours' },
  who: 'finding:write',
  input: byAssessment.extend({
    ...chosen,
    ground: DisputeGround,
    proof: z.string().min(1).max(4000),
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
    const decider = await chooseDecider(context, asked);
    const disputed = (one: TrackedFinding) => disputeFinding(one, actOf(context), { ground, proof, file, decider }, numbersOf(context));
    const planned = plan(opened.found, meant, disputed);
    const outcome = await happen(context, opened, planned);
    await showTo(context, decider, [assessment, ...(await casesOf(context, assessment, planned.events))]);
    return outcome;
  },
});

/** Lets the decider see the assessment and the disputed cases for as long as a decision may take with all that follows. */
async function showTo({ grants, now }: Context, decider: string, records: readonly string[]): Promise<void> {
  const until = instantFromMillis(instantMillis(now) + grantDays * 86_400_000);
  for (const record of records) await grants.give({ record, to: decider, relation: 'dispute', from: now, until });
}

async function casesOf({ records }: Context, assessment: string, weaknesses: ReadonlyMap<string, unknown>): Promise<string[]> {
  const ids: string[] = [];
  for (const weakness of weaknesses.keys()) {
    const { items } = await records.list(findingCases, { where: { assessment, weakness }, limit: 1 });
    ids.push(...items.map(({ id }) => id));
  }
  return ids;
}

const DisputeDecider = z.strictObject({ id: z.string(), name: z.string(), kind: z.enum(['assessor', 'insurer']) });

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
  output: z.strictObject({ deciders: z.array(DisputeDecider) }),
  http: { method: 'GET', path: '/dispute-deciders', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => ({ deciders: await decidersOf(context) }),
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
  input: byAssessment.extend({ ...chosen, upheld: z.boolean(), note: z.string().min(1).max(4000) }),
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
    context.note({ upheld: upheld ? 1 : 0, ...Object.fromEntries(Object.entries(effect).filter((entry): entry is [string, number] => entry[1] !== null)) });
    return happen(context, opened, { events: new Map([...events.keys()].map((id) => [id, decided(effect)])), refused });
  },
});

const noEffect: DecisionEffect = { scoreBefore: 0, scoreAfter: 0, premiumBefore: null, premiumAfter: null };

/** Score, and premium of the cover that was asked for last, with and without what is about to happen. */
async function effectOf(context: Context, { owner, stored, found }: Opened, added: ReadonlyMap<string, CaseEvent>): Promise<DecisionEffect> {
  const after = standings(found.readings, (weakness) => eventsWith(found, weakness, added), surroundingsOf(context, stored.body));
  const [latest] = (await owner.records.list(submissions, { where: { assessment: stored.id }, limit: 1 })).items;
  const rules = latest === undefined ? null : await rulesOf(context, latest.body.insurer);
  const premium = (counted: CountedFindings): number | null =>
    latest === undefined || rules === null ? null : premiumOf(context, rules, stored.body, latest.body.cover, counted);
  return {
    scoreBefore: reassess(context, stored.body, found).score,
    scoreAfter: reassess(context, stored.body, after).score,
    premiumBefore: premium(found),
    premiumAfter: premium(after),
  };
}

function premiumOf(
  { content, now }: Context,
  rules: UnderwritingRules,
  { firm, answers, reports }: AssessmentFile,
  cover: Parameters<typeof indicateQuote>[0]['cover'],
  { findings, accepted }: CountedFindings,
): number {
  const application = { firm, answers, cover, findings, accepted, scans: scansOf(reports), outlook: content.outlook, now };
  return indicateQuote(application, rules).worksheet.premium.total;
}

export const disputeOperations = [listDisputeDeciders, disputeFindings, keepProof, decideDisputes];
