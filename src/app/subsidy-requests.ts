import { z } from 'zod';
import { Refusal, Text } from '../domain/basics/index.ts';
import {
  askForSubsidy,
  decideSubsidy,
  hasLapsed,
  lapseApplication,
  lapseReasons,
  leftInScheme,
  requireGrant,
  requireOpen,
  withReserved,
  type OpenScheme,
  type SecurityPackage,
  type SubsidyApplication,
  type SubsidyDecision,
  type SubsidyGrant,
  type SubsidyRequest,
} from '../domain/subsidy/index.ts';
import type { IssuedQuote } from '../domain/underwriting/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { operation, type Context } from './operation.ts';
import { ApplicationRecord } from './subsidy-applications.ts';
import { earlierGrants, requestFor } from './subsidy-decision.ts';
import { SchemeOnOffer, fromOffer, onOffer, packagesOnSale, schemesEverywhere } from './subsidy-offer.ts';
import { saveApplication, subsidyApplications, subsidySchemes } from './subsidy-records.ts';
import { quotes, shown } from './underwriting.ts';

const id = z.string().max(100);

const Considered = z
  .strictObject({
    scheme: z.string(),
    package: z.string(),
    granted: z.boolean(),
    reasons: z.array(z.strictObject({ code: z.string(), text: Text })),
    grossMinor: z.int(),
    subsidyMinor: z.int(),
    netMinor: z.int(),
  })
  .meta({ id: 'ConsideredSubsidy' });

const consider = (scheme: Stored<OpenScheme>, request: SubsidyRequest, decision: SubsidyDecision): z.infer<typeof Considered> => ({
  scheme: scheme.id,
  package: request.package.id,
  granted: decision.granted,
  reasons: decision.reasons.map((reason) => ({ ...reason })),
  grossMinor: request.premiumMinor,
  subsidyMinor: decision.subsidyMinor,
  netMinor: decision.insuredPaysMinor,
});

export const previewSubsidies = operation({
  name: 'previewSubsidies',
  module: 'subsidy',
  summary: {
    zh: '补贴试算',
    en: 'Say for each open scheme and security package what a quote would cost gross, subsidised and net, or why it is not subsidised',
  },
  who: 'subsidy:read',
  input: z.strictObject({ quote: id, region: z.string().max(60).optional() }),
  output: z.strictObject({ options: z.array(Considered), schemes: z.array(SchemeOnOffer), applications: z.array(ApplicationRecord) }),
  http: { method: 'GET', path: '/quotes/{quote}/subsidies', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { quote: name, region }) => {
    const quote = await context.records.get(quotes, name);
    const open = (await schemesEverywhere(context)).filter(({ body }) => body.state === 'open');
    const { items: own } = await context.records.list(subsidyApplications, { where: { quote: name }, limit: 200 });
    const applications = own.map(shown);
    const schemes = open.map((one) => onOffer(context, one));
    if (!quote.body.quote.binding || quote.body.state !== 'quoted') return { options: [], schemes, applications };
    const options = await Promise.all(
      open.flatMap((scheme) => packagesOnSale(context.content).map((chosen) => previewOne(context, quote, { scheme, chosen, region }))),
    );
    return { options, schemes, applications };
  },
});

async function previewOne(
  context: Context,
  quote: Stored<IssuedQuote>,
  { scheme, chosen, region }: { scheme: Stored<OpenScheme>; chosen: SecurityPackage; region: string | undefined },
): Promise<z.infer<typeof Considered>> {
  const request = await requestFor(context, quote, chosen, region ?? scheme.body.scheme.eligible.regions?.[0] ?? '');
  const { grants, sameFirm } = await earlierGrants(context, quote, request.firm.creditCode);
  const others = grants.filter(({ policy }) => policy !== quote.id);
  return consider(scheme, request, decideSubsidy({ ...request, sameFirm }, scheme.body.scheme, others, leftInScheme(scheme.body)));
}

export const applyForSubsidy = operation({
  name: 'applyForSubsidy',
  module: 'subsidy',
  summary: { zh: '申请保费补贴', en: 'Apply for a subsidy of a quote; its amount is taken out of the budget until it is decided or lapses' },
  who: 'subsidy:apply',
  input: z.strictObject({ quote: id, scheme: id, package: id, region: z.string().min(1).max(60) }),
  output: ApplicationRecord,
  http: { method: 'POST', path: '/quotes/{quote}/subsidy-applications', status: 201, body: 'json' },
  effect: 'money',
  run: async (context, { quote: name, scheme: schemeId, package: packageId, region }) => {
    const chosen = fromOffer(context.content.subsidyOffer.packages, packageId, 'unknown-package');
    const { organisation: insurer, body } = await context.records.get(quotes, name);
    if (body.applicant !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
    const quote = await context.deskOf(insurer).records.lock(quotes, name);
    const scheme = await lockSchemes(context, schemeId);
    requireOpen(scheme.body);
    const request = await requestFor(context, quote, chosen, region);
    const { grants, sameFirm } = await earlierGrants(context, quote, request.firm.creditCode);
    const decision = decideSubsidy({ ...request, sameFirm }, scheme.body.scheme, grants, leftInScheme(scheme.body));
    return shown(await reserve(context, { scheme, quote, grant: requireGrant(decision) }));
  },
});

/** Every scheme is locked, always in the same order: one firm could ask two of them at once. Lapsed applications give their money back first. */
async function lockSchemes(context: Context, wanted: string): Promise<Stored<OpenScheme>> {
  const all = await schemesEverywhere(context);
  const locked: Stored<OpenScheme>[] = [];
  for (const { id: one, organisation } of all) locked.push(await context.deskOf(organisation).records.lock(subsidySchemes, one));
  const scheme = locked.find((one) => one.id === wanted);
  if (scheme === undefined) throw new Refusal('absent', 'unknown-scheme', `there is no scheme \`${wanted}\``, { scheme: wanted });
  return releaseLapsed(context, scheme);
}

async function releaseLapsed(context: Context, scheme: Stored<OpenScheme>): Promise<Stored<OpenScheme>> {
  const applications = await everyRecord(context.deskOf(scheme.organisation), subsidyApplications, { scheme: scheme.id });
  let now = scheme;
  for (const one of applications.filter(({ body }) => hasLapsed(body, context.now)))
    ({ scheme: now } = await saveApplication(context, now, one, lapseApplication(one.body, { at: context.now, reason: lapseReasons.expired })));
  return now;
}

async function reserve(
  context: Context,
  { scheme, quote, grant }: { scheme: Stored<OpenScheme>; quote: Stored<IssuedQuote>; grant: SubsidyGrant },
): Promise<Stored<SubsidyApplication>> {
  const authority = context.deskOf(scheme.organisation);
  await authority.records.save(subsidySchemes, scheme.id, scheme.version, withReserved(scheme.body, grant.subsidyMinor));
  const asked = { at: context.now, by: context.actor.name };
  const { applicant, quote: priced } = quote.body;
  const application = await authority.records.insert(
    subsidyApplications,
    askForSubsidy({ scheme: scheme.id, quote: quote.id, applicant, insurer: quote.organisation, grant, validUntil: priced.validUntil, asked }),
  );
  for (const [to, relation] of [
    [quote.body.applicant, 'applicant'],
    [quote.organisation, 'insurer'],
  ] as const)
    await authority.grants.give({ record: application.id, to, relation, from: context.now, until: null });
  context.note({ application: application.id, scheme: scheme.id, amount: grant.subsidyMinor });
  return application;
}
