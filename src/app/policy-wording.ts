import { z } from 'zod';
import { Instant, Language, Refusal, instantMillis } from '../domain/basics/index.ts';
import { Incident, Payment } from '../domain/catalogue/index.ts';
import { PinnedWording, isAsPinned, payUnderWording } from '../domain/policy/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { type Context, operation } from './operation.ts';
import { policies, type PolicyFile } from './policy.ts';
import { wordingDocument } from './wording.ts';

const asked = z.strictObject({ policy: z.string().max(100), asOf: Instant.optional() });

/** The policy as it stood at an instant, or as it stands. Throws a Refusal `not-bound-yet` for an instant before its first version. */
async function policyAsOf({ records }: Context, { policy, asOf }: z.infer<typeof asked>): Promise<Stored<PolicyFile>> {
  if (asOf === undefined) return records.get(policies, policy);
  const now = await records.get(policies, policy);
  const then = (await records.versions(policies, now.id)).findLast(({ updatedAt }) => instantMillis(updatedAt) <= instantMillis(asOf));
  if (then === undefined)
    throw new Refusal('rule', 'not-bound-yet', `the policy was bound on ${now.createdAt}, after ${asOf}`, { boundAt: now.createdAt, asOf });
  return then;
}

/** Throws a Refusal `wording-not-pinned` for a policy of before wordings were pinned. */
function pinnedOf({ body }: Stored<PolicyFile>): PinnedWording {
  if (body.wording === null) throw new Refusal('rule', 'wording-not-pinned', 'this policy was bound before wordings were kept with policies', {});
  return body.wording;
}

export const getPolicyWording = operation({
  name: 'getPolicyWording',
  module: 'policy',
  summary: { zh: '保单条款', en: 'Read the wording that is pinned to a policy, as it stands or as it stood' },
  who: 'policy:read',
  input: asked,
  output: z
    .strictObject({
      policy: z.string(),
      number: z.string(),
      version: z.int(),
      since: Instant,
      /** Whether text, terms and clauses still have the hash that they were bound with. */
      unchanged: z.boolean(),
      wording: PinnedWording,
    })
    .meta({ id: 'PolicyWording' }),
  http: { method: 'GET', path: '/policies/{policy}/wording', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, input) => {
    const stored = await policyAsOf(context, input);
    const wording = pinnedOf(stored);
    return { policy: stored.id, number: stored.body.policy.number, version: stored.version, since: stored.updatedAt, unchanged: isAsPinned(wording), wording };
  },
});

export const getPolicyWordingDocument = operation({
  name: 'getPolicyWordingDocument',
  module: 'policy',
  summary: { zh: '保单条款 PDF', en: 'The wording of a policy as PDF' },
  who: 'policy:read',
  input: asked.extend({ language: Language.default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('application/pdf'), name: z.string() }),
  http: { method: 'GET', path: '/policies/{policy}/wording/document', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { language, ...input }) => {
    const stored = await policyAsOf(context, input);
    const { number, boundAt } = stored.body.policy;
    const data = { ...wordingDocument(pinnedOf(stored).text, boundAt), number, version: stored.version };
    const pdf = await context.documents.make({ kind: 'wording', language, data });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `${number}-wording-${language}.pdf` };
  },
});

export const replayPolicy = operation({
  name: 'replayPolicy',
  module: 'policy',
  summary: { zh: '按保单条款试算事件', en: 'Say what a policy would pay of each published incident, line by line with its articles' },
  who: 'policy:read',
  input: asked,
  output: z.strictObject({ policy: z.string(), hash: z.string(), replays: z.array(z.strictObject({ incident: Incident, payment: Payment })) }),
  http: { method: 'GET', path: '/policies/{policy}/replay', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, input) => {
    const stored = await policyAsOf(context, input);
    const wording = pinnedOf(stored);
    const incidents = [...context.content.wordings.incidents.values()].filter(({ currency }) => currency === wording.terms.currency);
    return { policy: stored.id, hash: wording.hash, replays: incidents.map((incident) => ({ incident, payment: payUnderWording(incident, wording) })) };
  },
});

export const policyWordingOperations = [getPolicyWording, getPolicyWordingDocument, replayPolicy];
