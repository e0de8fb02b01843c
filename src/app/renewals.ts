import { z } from 'zod';
import { dayOf, instantFromMillis, instantMillis, Text } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { PremiumCause, explainRenewal, type Application } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { type AssessmentFile, assessments } from './assessment.ts';
import { type Context, operation } from './operation.ts';
import { type PolicyFile, policies } from './policy-file.ts';
import { rulesOf } from './tariff.ts';
import { SubmissionRecord, applicationOf, quotes, shown, submit } from './underwriting.ts';

const ofPolicy = z.strictObject({ policy: z.string().max(100) });
const Change = z.strictObject({ id: z.string(), title: Text, before: z.string(), after: z.string() });
const Finding = z.strictObject({ id: z.string(), title: z.string(), severity: z.string() });

const RenewalView = z
  .strictObject({
    policy: z.string(),
    endsOn: z.iso.date(),
    cover: RequestedCover,
    currency: z.string(),
    beforeMinor: z.int(),
    nowMinor: z.int(),
    outcome: z.enum(['quoted', 'referred', 'declined']),
    causes: z.array(PremiumCause),
    score: z.strictObject({ before: z.number(), now: z.number() }),
    answers: z.array(Change),
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
    const issued = await context.records.get(quotes, body.quote);
    const { assessment, assessmentVersion, quote: expiring } = issued.body;
    const nowFile = await context.records.get(assessments, assessment);
    const oldFile = await context.records.version(assessments, assessment, assessmentVersion);
    const before: Application = { ...(await applicationOf(context, oldFile, expiring.cover)), now: expiring.at };
    const now = await applicationOf(context, nowFile, coverOf(body, null));
    const { quote, causes } = explainRenewal({ expiring, before, now }, await rulesOf(context, body.insurer));
    const [opened, closed] = [difference(now, before), difference(before, now)];
    return RenewalView.parse({
      ...{ policy, endsOn: lastDay(body), cover: quote.cover, currency: quote.cover.currency, causes, opened, closed },
      beforeMinor: expiring.worksheet.premium.total,
      nowMinor: quote.worksheet.premium.total,
      outcome: quote.outcome,
      score: { before: expiring.score, now: quote.score },
      answers: changedAnswers(context, oldFile, nowFile),
    });
  },
});

const difference = (some: Application, others: Application): z.infer<typeof Finding>[] => {
  const known = new Set(others.findings.map(({ id }) => id));
  return some.findings.filter(({ id }) => !known.has(id)).map(({ id, title, severity }) => ({ id, title, severity }));
};

function changedAnswers({ content }: Context, before: Stored<AssessmentFile>, now: Stored<AssessmentFile>): z.infer<typeof Change>[] {
  const { byId } = content.assessmentBasis.questionnaire;
  return [...byId.keys()].flatMap((id) => {
    const [was, is] = [before, now].map(({ body }) => body.answers.answers[id]?.value ?? 'unknown') as [string, string];
    return was === is ? [] : [{ id, title: byId.get(id)!.asks ?? { zh: id, en: id }, before: was, after: is }];
  });
}

export const startRenewal = operation({
  name: 'startRenewal',
  module: 'underwriting',
  summary: { zh: '提交续保申请', en: 'Submit a renewal, prefilled with last year’s cover and the assessment as it is now' },
  who: 'submission:write',
  input: ofPolicy,
  output: SubmissionRecord,
  http: { method: 'POST', path: '/policies/{policy}/renewal', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { policy }) => {
    const { body } = await context.records.get(policies, policy);
    const { assessment } = (await context.records.get(quotes, body.quote)).body;
    return shown(await submit(context, { assessment, cover: coverOf(body, nextFirstDay(body)), insurer: body.insurer, renews: policy }));
  },
});

export const renewalOperations = [getRenewal, startRenewal];
