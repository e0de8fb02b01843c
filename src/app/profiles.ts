import { z } from 'zod';
import { ProfileChoice, ProfileComparison, ProfileStanding, chooseProfile, compareProfiles, profileFor, profileStandings } from '../domain/assessment/index.ts';
import { Currency, Refusal, dayOf } from '../domain/basics/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { indicateQuote, type Application } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { AssessmentRecord, applicationAt, assessments, changedMeanwhile, reassess, record, type AssessmentFile } from './assessment.ts';
import { assessedFindings } from './counted-findings.ts';
import { openShown } from './finding-deeds.ts';
import { tellOnce } from './notices.ts';
import { operation, type Context } from './operation.ts';
import { rulesForApplicant } from './tariff.ts';

const byAssessment = z.strictObject({ assessment: z.string().max(100) });

const AssessmentProfiles = z
  .strictObject({
    inUse: z.string(),
    /** The one that fits industry and size, as long as nobody chose another. */
    fitting: z.string(),
    /** The latest choice, whether or not its profile is still in force. */
    choice: ProfileChoice.nullable(),
    profiles: z.array(ProfileStanding),
  })
  .meta({ id: 'AssessmentProfiles' });

export const getProfiles = operation({
  name: 'getProfiles',
  module: 'assessment',
  summary: { zh: '评估方案及其选用理由', en: 'Say under which profile an assessment is scored and why, and which others there are' },
  who: 'assessment:read',
  input: byAssessment,
  output: AssessmentProfiles,
  http: { method: 'GET', path: '/assessments/{assessment}/profiles', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment }) => {
    const { body } = await context.records.get(assessments, assessment);
    const rules = context.content.assessmentBasis;
    const today = dayOf(context.now);
    return {
      inUse: body.result.profile,
      fitting: profileFor(rules.profiles, body.firm, today).id,
      choice: body.profileChoice ?? null,
      profiles: profileStandings(rules, body.firm, today),
    };
  },
});

const Indication = z.strictObject({ outcome: z.enum(['quoted', 'referred', 'declined']), currency: Currency, minor: z.int() });

/** The yearly premium including VAT under each, minor units; `not-rated` where no cover was named, or the tariff does not take it. */
const IndicatedPrice = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('not-rated'), code: z.string().nullable(), detail: z.string() }),
  z.strictObject({ state: z.literal('rated'), before: Indication, after: Indication }),
]);

const PricedComparison = z.strictObject({ ...ProfileComparison.shape, price: IndicatedPrice }).meta({ id: 'PricedProfileComparison' });

export const compareProfile = operation({
  name: 'compareProfile',
  module: 'assessment',
  summary: { zh: '比较评估方案', en: 'Say how score, gate and price would be under another profile, and why; changes nothing' },
  who: 'assessment:read',
  input: byAssessment.extend({ profile: z.string().max(100), cover: RequestedCover.nullable() }),
  output: PricedComparison,
  http: { method: 'POST', path: '/assessments/{assessment}/profile-comparisons', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { assessment, profile, cover }) => {
    const stored = await context.records.get(assessments, assessment);
    const found = await assessedFindings(context, context.deskOf(stored.organisation), assessment, stored.body);
    const application = applicationAt(context, stored.body, found);
    const comparison = compareProfiles(application, context.content.assessmentBasis, profile);
    return { ...comparison, price: await priceUnder(context, cover === null ? null : { ...application, cover }, profile) };
  },
});

async function priceUnder(context: Context, application: Application | null, profile: string): Promise<z.infer<typeof IndicatedPrice>> {
  if (application === null) return { state: 'not-rated', code: null, detail: 'no cover was named' };
  const rules = await rulesForApplicant(context);
  const indicated = (one: Application): z.infer<typeof Indication> => {
    const { outcome, worksheet } = indicateQuote(one, rules);
    return { outcome, currency: worksheet.currency, minor: worksheet.premium.total };
  };
  try {
    return { state: 'rated', before: indicated(application), after: indicated({ ...application, profile }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { state: 'not-rated', code: error.code, detail: error.message };
  }
}

export const chooseAssessmentProfile = operation({
  name: 'chooseAssessmentProfile',
  module: 'assessment',
  summary: { zh: '改用评估方案', en: 'Score an assessment under another profile from now on, with the reason; null goes back to the one that fits' },
  who: 'profile:choose',
  input: byAssessment.extend({ version: z.int().min(1), profile: z.string().max(100).nullable(), reason: ProfileChoice.shape.reason }),
  output: AssessmentRecord,
  http: { method: 'PUT', path: '/assessments/{assessment}/profile', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { assessment, version, profile, reason }) => {
    const { owner, stored, found } = await openShown(context, assessment);
    if (stored.version !== version) throw changedMeanwhile(assessment, version, stored.version);
    const { actor, now } = context;
    const inForce = reassess(context, stored.body, found);
    const by = { user: actor.user, name: actor.name, organisation: actor.organisation, kind: actor.organisationKind };
    const scored = { inUse: inForce.profile, firm: stored.body.firm, organisation: stored.organisation };
    const profileChoice = chooseProfile({ profile, reason, at: now, by }, scored, context.content.assessmentBasis);
    const body = { ...stored.body, profileChoice };
    const result = reassess(context, body, found);
    const saved = await owner.records.save(assessments, assessment, version, { ...body, result });
    context.note({
      ...{ assessment, version: saved.version, profileBefore: inForce.profile, profileAfter: result.profile },
      ...{ scoreBefore: inForce.score, scoreAfter: result.score, gateBefore: String(inForce.gate.passed), gateAfter: String(result.gate.passed) },
    });
    await tellOwner(context, saved);
    return record(saved);
  },
});

async function tellOwner(context: Context, { id, version, organisation, body }: Stored<AssessmentFile>): Promise<void> {
  const { firm, result } = body;
  const title = context.content.assessmentBasis.profiles.profiles.find((one) => one.id === result.profile)!.title;
  const text = {
    zh: `${firm.name}的评估改按“${title.zh}”计分，理由见评估页`,
    en: `the assessment of ${firm.name} is now scored under “${title.en}”; the reason is on its page`,
  };
  await tellOnce(context.deskOf(organisation), {
    kind: 'profile-chosen',
    subject: `profile-chosen ${id} ${version}`,
    assessment: id,
    weakness: null,
    text,
    dueAt: null,
  });
}

export const profileOperations = [getProfiles, compareProfile, chooseAssessmentProfile];
