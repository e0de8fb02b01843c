import { Refusal, dayOf, instantFromMillis, instantMillis } from '../domain/basics/index.ts';
import {
  bindApplication,
  decideSubsidy,
  grantsAgainst,
  hasLapsed,
  lapseApplication,
  lapseReasons,
  leftInScheme,
  regrantApplication,
  requireShown,
  restsOnAssessment,
  stands,
  takesMinor,
  type AskedQuote,
  type BoundPolicy,
  type EarlierApplication,
  type OpenScheme,
  type SubsidyApplication,
  type SubsidyRequest,
} from '../domain/subsidy/index.ts';
import type { IssuedQuote } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments } from './assessment.ts';
import { everyRecord } from './every-record.ts';
import { isBroker, type Context } from './operation.ts';
import { quotes } from './submission-records.ts';
import { bookAtInsurer, lockOpenApplication, saveApplication, subsidyApplications, tellRegranted } from './subsidy-records.ts';

/**
 * A quote as a request for a subsidy, of the firm as it was priced: what its file says since does not count. Throws a Refusal `quote-not-bindable` for
 * one that is no firm offer.
 */
export async function requestFor(context: Context, quote: Stored<IssuedQuote>, chosen: SubsidyRequest['package'], region: string): Promise<SubsidyRequest> {
  const { body } = quote;
  if (!body.quote.binding || body.state !== 'quoted')
    throw new Refusal('rule', 'quote-not-bindable', `the quote is ${body.state}; a subsidy goes with one that can be bound`, { state: body.state });
  const priced = await context.deskOf(body.applicant).records.version(assessments, body.assessment, body.assessmentVersion);
  const { cover, worksheet } = body.quote;
  return {
    policy: quote.id,
    firm: { ...priced.body.firm, ...body.quote.insured },
    region,
    package: chosen,
    begins: cover.from ?? dayOf(instantFromMillis(instantMillis(context.now) + 86_400_000)),
    currency: cover.currency,
    premiumMinor: worksheet.premium.total,
    limitMinor: cover.limitMinor,
  };
}

/** What stands against another grant for a quote, given by any authority. */
export async function earlierGrants(context: Context, quote: Stored<IssuedQuote>, creditCode: string | null): Promise<ReturnType<typeof grantsAgainst>> {
  const { applicant, assessment } = quote.body;
  const byBroker = await isBroker(context, applicant);
  const asked: AskedQuote = { quote: quote.id, applicant, assessment, creditCode, byBroker };
  const earlier: EarlierApplication[] = [];
  for (const { body: application } of await earlierApplications(context, quote, creditCode))
    if (stands(application, context.now)) earlier.push({ application, assessment: await assessmentOf(context, application, asked) });
  return grantsAgainst(earlier, asked);
}

async function assessmentOf({ deskOf }: Context, earlier: SubsidyApplication, asked: AskedQuote): Promise<string | null> {
  return restsOnAssessment(earlier, asked) ? (await deskOf(earlier.insurer).records.get(quotes, earlier.quote)).body.assessment : null;
}

/** Applications with a credit code, to any authority, and all that the applicant of a quote has made; each once. */
async function earlierApplications(context: Context, { body }: Stored<IssuedQuote>, creditCode: string | null): Promise<Stored<SubsidyApplication>[]> {
  const authorities = creditCode === null ? [] : await context.organisationsOf('authority');
  const byCode = await Promise.all(authorities.map((one) => everyRecord(context.deskOf(one.id), subsidyApplications, { creditCode: creditCode! })));
  const own = await everyRecord(context.deskOf(body.applicant), subsidyApplications, {});
  return [...new Map([...byCode.flat(), ...own].map((one) => [one.id, one])).values()];
}

interface Asked {
  readonly scheme: Stored<OpenScheme>;
  readonly application: Stored<SubsidyApplication>;
}

/** What becomes of an application that hopes for a policy when its quote stands as it does now: decided again by the rules of its scheme, never for more than before. */
async function decideAgain(context: Context, quote: Stored<IssuedQuote>, { scheme, application }: Asked, begins?: string): Promise<SubsidyApplication> {
  const { body } = application;
  if (hasLapsed(body, context.now)) return lapseApplication(body, { at: context.now, reason: lapseReasons.expired });
  const request = await requestFor(context, quote, packageOf(context, scheme.body, body), body.grant.region);
  const { grants, sameFirm } = await earlierGrants(context, quote, request.firm.creditCode);
  const others = grants.filter(({ policy }) => policy !== quote.id);
  const left = leftInScheme(scheme.body) + takesMinor(body);
  const decision = decideSubsidy({ ...request, ...(begins === undefined ? {} : { begins }), sameFirm }, scheme.body.scheme, others, left);
  return regrantApplication(body, decision, context.now);
}

/** The package of a grant; one that is no longer sold counts at the level of its tier. */
function packageOf({ content }: Context, { scheme }: OpenScheme, { grant }: SubsidyApplication): SubsidyRequest['package'] {
  const { level } = scheme.tiers.find(({ id }) => id === grant.tier)!;
  return content.subsidyOffer.packages.get(grant.package) ?? { id: grant.package, level, vendor: { name: '', creditCode: null } };
}

/** When the premium or the cover of an offer changes: what was applied for on it is decided again, and the firm is told. The quote must be locked. */
export async function regrantSubsidy(context: Context, quote: Stored<IssuedQuote>): Promise<void> {
  const open = await lockOpenApplication(context, quote.id);
  if (open === null) return;
  const { application } = await saveApplication(context, open.scheme, open.application, await decideAgain(context, quote, open));
  if (application.body.state !== 'lapsed') await tellRegranted(context, application);
}

/**
 * When a quote is bound: its application is decided once more for the first day of the cover, learns of the policy, and what was approved is granted and
 * booked. `shownMinor` is the subsidy that whoever binds was shown; left out, what is on record. A quote without an application is bound alone. Throws a
 * Refusal `subsidy-changed` (conflict) where it comes to another amount.
 */
export async function takeUpSubsidy(context: Context, quote: Stored<IssuedQuote>, policy: BoundPolicy, shownMinor: number | undefined): Promise<void> {
  const open = await lockOpenApplication(context, quote.id);
  const after = open === null ? null : await decideAgain(context, quote, open, policy.begins);
  requireShown(shownMinor ?? open?.application.body.grant.subsidyMinor ?? 0, after);
  if (open === null || after === null) return;
  const body = after.state === 'lapsed' ? after : bindApplication(after, policy);
  const { application } = await saveApplication(context, open.scheme, open.application, body);
  if (application.body.state === 'granted') await bookAtInsurer(context, application, 'granted');
}
