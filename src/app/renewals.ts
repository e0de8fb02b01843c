import { z } from 'zod';
import { questionWords } from '../domain/assessment/index.ts';
import { type Day, dayOf, instantFromMillis, instantMillis } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { requireRenewable } from '../domain/policy/index.ts';
import {
  DeclaredLosses,
  PremiumCause,
  RenewalChange,
  declaredLosses,
  explainRenewal,
  firmChanges,
  opensForRenewal,
  requireNoRenewal,
  termChanges,
  type Application,
} from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { type AssessmentFile, assessments } from './assessment.ts';
import { tellOnce } from './notices.ts';
import { type Context, operation } from './operation.ts';
import { type PolicyFile, policies } from './policy-file.ts';
import { rulesOf } from './tariff.ts';
import { SubmissionRecord, applicationOf, quotes, shown, submissions, submit } from './underwriting.ts';

const ofPolicy = z.strictObject({ policy: z.string().max(100) });
const Finding = z.strictObject({ id: z.string(), title: z.string(), severity: z.string() });

const RenewalView = z
  .strictObject({
    policy: z.string(),
    endsOn: z.iso.date(),
    /** The first day on which the renewal can be submitted. */
    opensOn: z.iso.date(),
    cover: RequestedCover,
    currency: z.string(),
    beforeMinor: z.int(),
    nowMinor: z.int(),
    outcome: z.enum(['quoted', 'referred', 'declined']),
    causes: z.array(PremiumCause),
    score: z.strictObject({ before: z.number(), now: z.number() }),
    grade: z.strictObject({ before: z.string(), now: z.string() }),
    firm: z.array(RenewalChange),
    /** Losses of the past three years as the firm declares them, then and now. */
    losses: z.strictObject({ before: DeclaredLosses, now: DeclaredLosses }),
    /** Terms that the insurer's rules give the new year and the old one has not. */
    terms: z.array(RenewalChange),
    answers: z.array(RenewalChange),
    opened: z.array(Finding),
    closed: z.array(Finding),
  })
  .meta({ id: 'RenewalView' });

/** The day on which cover of a new year begins so that none is missing: that of the first instant without cover. */
const nextFirstDay = ({ policy }: PolicyFile): string => dayOf(policy.period.to);

/** The last day with cover. */
const lastDay = ({ policy }: PolicyFile): string => dayOf(instantFromMillis(instantMillis(policy.period.to) - 1));

/** Cover of the new year: as it was, beginning when the old one ends; left open when that is too far ahead to be priced. */
const coverOf = (file: PolicyFile, from: string | null): RequestedCover => ({ ...file.policy.cover, from });

export const getRenewal = operation({
  name: 'getRenewal',
  module: 'underwriting',
  summary: { zh: '续保对比', en: 'Say what changed since last year: score, answers, findings, and the premium cause by cause' },
  who: 'quote:read',
  input: ofPolicy,
  output: RenewalView,
  http: { method: 'GET', path: '/policies/{policy}/renewal', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { policy }) => {
    const { body } = await context.records.get(policies, policy);
    requireRenewable(body.policy);
    const issued = await context.records.get(quotes, body.quote);
    const { assessment, assessmentVersion, quote: expiring } = issued.body;
    const nowFile = await context.records.get(assessments, assessment);
    const oldFile = await context.records.version(assessments, assessment, assessmentVersion);
    const before: Application = { ...(await applicationOf(context, oldFile, expiring.cover)), now: expiring.at };
    const now = await applicationOf(context, nowFile, coverOf(body, null));
    const { quote, causes } = explainRenewal({ expiring, before, now }, await rulesOf(context, body.insurer));
    const [opened, closed] = [difference(now, before), difference(before, now)];
    return RenewalView.parse({
      ...{
        policy,
        endsOn: lastDay(body),
        opensOn: opensForRenewal(nextFirstDay(body)),
        cover: quote.cover,
        currency: quote.cover.currency,
        causes,
        opened,
        closed,
      },
      beforeMinor: expiring.worksheet.premium.total,
      nowMinor: quote.worksheet.premium.total,
      outcome: quote.outcome,
      score: { before: expiring.score, now: quote.score },
      grade: { before: expiring.grade, now: quote.grade },
      firm: firmChanges(before.firm, now.firm),
      losses: { before: declaredLosses(before.firm), now: declaredLosses(now.firm) },
      terms: termChanges(expiring.cover, quote.cover, coverageTitles(context)),
      answers: changedAnswers(context, oldFile, nowFile),
    });
  },
});

const coverageTitles = ({ content }: Context) => new Map([...content.catalogue.coverages].map(([id, { title }]) => [id, title]));

const difference = (some: Application, others: Application): z.infer<typeof Finding>[] => {
  const known = new Set(others.findings.map(({ id }) => id));
  return some.findings.filter(({ id }) => !known.has(id)).map(({ id, title, severity }) => ({ id, title, severity }));
};

function changedAnswers({ content }: Context, before: Stored<AssessmentFile>, now: Stored<AssessmentFile>): RenewalChange[] {
  const { assessmentBasis: rules } = content;
  const { byId } = rules.questionnaire;
  return [...byId.keys()].flatMap((id) => {
    const [was, is] = [before, now].map(({ body }) => body.answers.answers[id]?.value ?? 'unknown') as [string, string];
    return was === is ? [] : [{ id, title: questionWords(byId.get(id)!, rules), before: was, after: is }];
  });
}

/** When a policy ends early on `ends` (the first day without cover): a renewal that was submitted stays, and both sides are told of the days without cover. */
export async function tellRenewalGap(context: Context, { id, body }: Stored<PolicyFile>, ends: Day): Promise<void> {
  for (const renewal of await everyRecord(context.deskOf(body.insured), submissions, {})) {
    const { renews, state, cover } = renewal.body;
    const from = cover.from ?? nextFirstDay(body);
    if (renews !== id || state === 'closed' || from <= ends) continue;
    const { number } = body.policy;
    const text = {
      zh: `保单 ${number} 已提前解除：自 ${ends} 起至续保起保日 ${from} 前没有保障；需要衔接的，请撤回续保申请并重新投保`,
      en: `policy ${number} was ended before its time: from ${ends} until its renewal begins on ${from} there is no cover; where none may be missing, close the renewal and apply anew`,
    };
    for (const organisation of [body.insured, body.insurer])
      await tellOnce(context.deskOf(organisation), {
        ...{ kind: 'policy-cancelled', subject: `renewal-gap ${renewal.id} ${ends}`, assessment: null, weakness: null, dueAt: null, text },
      });
  }
}

export const startRenewal = operation({
  name: 'startRenewal',
  module: 'underwriting',
  summary: { zh: '提交续保申请', en: 'Submit a renewal, once, prefilled with last year’s cover and the assessment as it is now; a second one names the first' },
  who: 'submission:write',
  input: ofPolicy,
  output: SubmissionRecord,
  http: { method: 'POST', path: '/policies/{policy}/renewal', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { policy }) => {
    const { organisation } = await context.records.get(policies, policy);
    // Whoever renews locks the policy first, so that of two who do it at once the second finds what the first has submitted.
    const { body } = await context.deskOf(organisation).records.lock(policies, policy);
    const { assessment } = (await context.records.get(quotes, body.quote)).body;
    requireRenewable(body.policy);
    requireNoRenewal(await everyRecord(context, submissions, { assessment }), policy);
    return shown(await submit(context, { assessment, cover: coverOf(body, nextFirstDay(body)), insurer: body.insurer, renews: policy }));
  },
});

export const renewalOperations = [getRenewal, startRenewal];
