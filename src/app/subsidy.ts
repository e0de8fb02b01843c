import { z } from 'zod';
import { Day, Instant, Language, Refusal, Text, dayOf, instantFromMillis, instantMillis } from '../domain/basics/index.ts';
import {
  OpenScheme,
  SecurityPackage,
  SubsidyApplication,
  SubsidyScheme,
  burnDown,
  decideApplication,
  decideSubsidy,
  hasLapsed,
  lapseApplication,
  makeAuthorityFile,
  matchLimits,
  returnSubsidy,
  takesMinor,
  withReserved,
  withdrawApplication,
  type AuthorityFile,
  type SubsidyDecision,
  type SubsidyGrant,
  type SubsidyRequest,
} from '../domain/subsidy/index.ts';
import type { IssuedQuote } from '../domain/underwriting/index.ts';
import type { Cell, SheetColumn, Stored } from '../io/interfaces.ts';
import { assessments } from './assessment.ts';
import { amount, exportOf, joined } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { bookAtInsurer, everything, lockApplication, requireOpen, saveApplication, subsidyApplications, subsidySchemes } from './subsidy-records.ts';
import { everyRecord } from './underwriting-cases.ts';
import { quotes, shown } from './underwriting.ts';

const id = z.string().max(100);
const stamp = { id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant };
const ApplicationRecord = z.strictObject({ ...stamp, ...SubsidyApplication.shape }).meta({ id: 'SubsidyApplicationRecord' });

/** A scheme as firms see it: its rules and what its budget still holds. */
const SchemeOnOffer = z
  .strictObject({
    id: z.string(),
    authority: z.string(),
    scheme: SubsidyScheme,
    state: OpenScheme.shape.state,
    leftMinor: z.int(),
    matrix: z.array(z.strictObject({ package: z.string(), level: SecurityPackage.shape.level, priceMinor: z.int(), limitMinor: z.int().nullable() })),
  })
  .meta({ id: 'SchemeOnOffer' });

const onOffer = ({ content }: Context, { id: record, organisation, body }: Stored<OpenScheme>): z.infer<typeof SchemeOnOffer> => ({
  id: record,
  authority: organisation,
  scheme: body.scheme,
  state: body.state,
  leftMinor: body.scheme.budgetMinor - body.reservedMinor,
  matrix: matchLimits(packagesOnSale(content), body.scheme),
});

const packagesOnSale = ({ subsidyOffer }: Context['content']): SecurityPackage[] =>
  [...subsidyOffer.packages.values()].sort((a, b) => a.priceMinor - b.priceMinor);

/** Every scheme that any authority has opened, oldest first. */
async function schemesEverywhere(context: Context): Promise<Stored<OpenScheme>[]> {
  const authorities = await context.organisationsOf('authority');
  const found = await Promise.all(authorities.map((one) => everything(context, one.id, subsidySchemes)));
  return found.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

export const listSecurityPackages = operation({
  name: 'listSecurityPackages',
  module: 'subsidy',
  summary: { zh: '安全服务套餐与补贴方案', en: 'List security packages, and the open subsidy schemes with the limit that each package is matched with' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ packages: z.array(SecurityPackage), schemes: z.array(SchemeOnOffer) }),
  http: { method: 'GET', path: '/security-packages', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const open = (await schemesEverywhere(context)).filter(({ body }) => body.state === 'open');
    return { packages: packagesOnSale(context.content), schemes: open.map((one) => onOffer(context, one)) };
  },
});

export const exportSecurityPackages = exportOf(listSecurityPackages, {
  rows: ({ packages }) => packages,
  columns: [
    ['text', '安全服务套餐', 'Package', ({ title }, language) => title[language]],
    ['text', '服务商', 'Vendor', ({ vendor }) => vendor.name],
    ['text', '防护档次', 'Level', ({ level }) => level],
    ['money', '价格', 'Price a year', ({ currency, priceMinor }) => amount(currency, priceMinor)],
    ['prose', '控制措施', 'Controls', ({ controls }) => joined(controls)],
    ['day', '生效日期', 'Effective from', ({ effectiveFrom }) => effectiveFrom],
    ['text', '编号', 'Id', ({ id: one }) => one],
  ],
});

/** Throws a Refusal `unknown-scheme` or `unknown-package`, each with what there is. */
function fromOffer<T>(map: ReadonlyMap<string, T>, name: string, code: 'unknown-scheme' | 'unknown-package'): T {
  const found = map.get(name);
  if (found === undefined) {
    const there = [...map.keys()].join(', ');
    throw code === 'unknown-scheme'
      ? new Refusal('absent', 'unknown-scheme', `there is no scheme \`${name}\`; there are ${there}`, { scheme: name })
      : new Refusal('absent', 'unknown-package', `there is no security package \`${name}\`; there are ${there}`, { package: name });
  }
  return found;
}

export const openSubsidyScheme = operation({
  name: 'openSubsidyScheme',
  module: 'subsidy',
  summary: { zh: '启用补贴方案', en: 'Open a subsidy scheme with its budget; its rules are frozen as they stand' },
  who: 'subsidy:decide',
  input: z.strictObject({ scheme: id, budgetMinor: z.int().min(0).nullable() }),
  output: SchemeOnOffer,
  http: { method: 'POST', path: '/subsidy-schemes', status: 201, body: 'json' },
  effect: 'write',
  run: async (context, { scheme: name, budgetMinor }) => {
    const rules = fromOffer(context.content.subsidyOffer.schemes, name, 'unknown-scheme');
    const own = await everything(context, context.actor.organisation, subsidySchemes);
    if (own.some(({ body }) => body.scheme.id === name))
      throw new Refusal('conflict', 'scheme-already-open', `the scheme \`${name}\` was opened already`, { scheme: name });
    const stored = await context.records.insert(subsidySchemes, {
      scheme: { ...rules, budgetMinor: budgetMinor ?? rules.budgetMinor },
      state: 'open',
      reservedMinor: 0,
      opened: { at: context.now, by: context.actor.name },
    });
    context.note({ scheme: stored.id, budget: stored.body.scheme.budgetMinor });
    return onOffer(context, stored);
  },
});

export const closeSubsidyScheme = operation({
  name: 'closeSubsidyScheme',
  module: 'subsidy',
  summary: { zh: '停止或恢复受理', en: 'Stop or resume taking applications; what was asked for already stays' },
  who: 'subsidy:decide',
  input: z.strictObject({ scheme: id, state: OpenScheme.shape.state }),
  output: SchemeOnOffer,
  http: { method: 'POST', path: '/subsidy-schemes/{scheme}/state', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { scheme, state }) => {
    const { body, version } = await context.records.lock(subsidySchemes, scheme);
    context.note({ scheme, state });
    return onOffer(context, await context.records.save(subsidySchemes, scheme, version, { ...body, state }));
  },
});

const SchemeFile = z
  .strictObject({
    ...SchemeOnOffer.shape,
    reservedMinor: z.int(),
    applications: z.array(ApplicationRecord),
    /** What is left after the granted covers that begin on or before each day. */
    burnDown: z.array(z.strictObject({ day: Day, grants: z.int(), leftMinor: z.int() })),
    byState: z.array(z.strictObject({ state: SubsidyApplication.shape.state, applications: z.int(), amountMinor: z.int() })),
  })
  .meta({ id: 'SubsidySchemeFile' });

const grantedOf = (applications: readonly Stored<SubsidyApplication>[]): SubsidyGrant[] =>
  applications.filter(({ body }) => body.state === 'granted' || body.state === 'returned').map(({ body }) => body.grant);

/** Applications of a scheme by state, in the order of their life, with what was asked for. */
function countByState(applications: readonly Stored<SubsidyApplication>[]): z.infer<typeof SchemeFile>['byState'] {
  return SubsidyApplication.shape.state.options.flatMap((state) => {
    const those = applications.filter(({ body }) => body.state === state);
    return those.length === 0 ? [] : [{ state, applications: those.length, amountMinor: those.reduce((sum, { body }) => sum + body.grant.subsidyMinor, 0) }];
  });
}

export const listSubsidySchemes = operation({
  name: 'listSubsidySchemes',
  module: 'subsidy',
  summary: { zh: '补贴方案台账', en: 'The authority’s schemes with budget, burn-down and applications; and those that could be opened' },
  who: 'subsidy:decide',
  input: z.strictObject({}),
  output: z.strictObject({ schemes: z.array(SchemeFile), closed: z.array(SubsidyScheme) }),
  http: { method: 'GET', path: '/subsidy-schemes', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const own = await everything(context, context.actor.organisation, subsidySchemes);
    const schemes = await Promise.all(own.map((one) => schemeFile(context, one)));
    const opened = new Set(own.map(({ body }) => body.scheme.id));
    return { schemes, closed: [...context.content.subsidyOffer.schemes.values()].filter((one) => !opened.has(one.id)) };
  },
});

export const exportSubsidySchemes = exportOf(listSubsidySchemes, {
  rows: ({ schemes }) => schemes,
  columns: [
    ['text', '补贴方案', 'Scheme', ({ scheme }, language) => scheme.title[language]],
    ['text', '状态', 'State', ({ state }) => state],
    ['money', '预算', 'Budget', ({ scheme }) => amount(scheme.currency, scheme.budgetMinor)],
    ['money', '已占用', 'Taken', ({ scheme, reservedMinor }) => amount(scheme.currency, reservedMinor)],
    ['money', '余额', 'Left', ({ scheme, leftMinor }) => amount(scheme.currency, leftMinor)],
    ['integer', '申请数', 'Applications', ({ applications }) => applications.length],
    ['day', '受理自', 'From', ({ scheme }) => scheme.from],
    ['day', '受理至', 'Until', ({ scheme }) => scheme.until],
  ],
});

async function schemeFile(context: Context, stored: Stored<OpenScheme>): Promise<z.infer<typeof SchemeFile>> {
  const applications = await everything(context, stored.organisation, subsidyApplications, { scheme: stored.id });
  return {
    ...onOffer(context, stored),
    reservedMinor: stored.body.reservedMinor,
    applications: applications.map(shown),
    burnDown: burnDown(stored.body.scheme, grantedOf(applications)).map((point) => ({ ...point })),
    byState: countByState(applications),
  };
}

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

/**
 * A quote as a request for a subsidy, of the firm as it was priced: what its file says since does not count. Throws a Refusal `quote-not-bindable` for
 * one that is no firm offer.
 */
async function requestFor(context: Context, quote: Stored<IssuedQuote>, chosen: SecurityPackage, region: string): Promise<SubsidyRequest> {
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

/** Grants that stand, of any authority, and which of them are of this quote's firm. */
interface Earlier {
  readonly grants: readonly SubsidyGrant[];
  readonly sameFirm: readonly string[];
}

/**
 * What stands against another grant for a quote: whatever has the credit code that was priced, and what rests on the same assessment. A firm that
 * applies for itself is one firm whatever code it gives; a broker applies for many, which only code and assessment tell apart.
 */
async function earlierGrants(context: Context, quote: Stored<IssuedQuote>, creditCode: string | null): Promise<Earlier> {
  const standing = (await earlierApplications(context, quote, creditCode)).filter(({ body }) => takesMinor(body) > 0 && !hasLapsed(body, context.now));
  const brokers = new Set((await context.organisationsOf('broker')).map(({ id: one }) => one));
  const grants: SubsidyGrant[] = [];
  const sameFirm: string[] = [];
  for (const { body } of standing) {
    const same = await isSameFirm(context, body, quote, brokers);
    if (!same && body.creditCode !== creditCode) continue;
    grants.push(body.grant);
    if (same) sameFirm.push(body.grant.policy);
  }
  return { grants, sameFirm };
}

/** Applications with a credit code, to any authority, and all that the applicant of a quote has made; each once. */
async function earlierApplications(context: Context, { body }: Stored<IssuedQuote>, creditCode: string | null): Promise<Stored<SubsidyApplication>[]> {
  const authorities = creditCode === null ? [] : await context.organisationsOf('authority');
  const byCode = await Promise.all(authorities.map((one) => everything(context, one.id, subsidyApplications, { creditCode: creditCode! })));
  const own = await everyRecord(context.deskOf(body.applicant), subsidyApplications, {});
  return [...new Map([...byCode.flat(), ...own].map((one) => [one.id, one])).values()];
}

/** Whether an earlier application is of the firm of a quote by what the firm cannot edit. */
async function isSameFirm(
  context: Context,
  earlier: SubsidyApplication,
  { id: name, body }: Stored<IssuedQuote>,
  brokers: ReadonlySet<string>,
): Promise<boolean> {
  if (earlier.applicant !== body.applicant) return false;
  if (earlier.quote === name || !brokers.has(body.applicant)) return true;
  return (await context.deskOf(earlier.insurer).records.get(quotes, earlier.quote)).body.assessment === body.assessment;
}

const leftOf = ({ body }: Stored<OpenScheme>): number => body.scheme.budgetMinor - body.reservedMinor;

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
  return consider(scheme, request, decideSubsidy({ ...request, sameFirm }, scheme.body.scheme, others, leftOf(scheme)));
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
    requireOpen(scheme);
    const request = await requestFor(context, quote, chosen, region);
    const { grants, sameFirm } = await earlierGrants(context, quote, request.firm.creditCode);
    const decision = decideSubsidy({ ...request, sameFirm }, scheme.body.scheme, grants, leftOf(scheme));
    if (decision.grant === null) throw notSubsidised(decision);
    return shown(await reserve(context, { scheme, quote, grant: decision.grant }));
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
  const applications = await everything(context, scheme.organisation, subsidyApplications, { scheme: scheme.id });
  let now = scheme;
  for (const one of applications.filter(({ body }) => hasLapsed(body, context.now)))
    ({ scheme: now } = await saveApplication(context, now, one, lapseApplication(one.body)));
  return now;
}

function notSubsidised({ reasons }: SubsidyDecision): Refusal {
  const faults = reasons.map(({ code, text }) => ({ path: 'subsidy', code, message: `${text.zh} ${text.en}` }));
  return new Refusal('rule', 'not-subsidised', reasons.map(({ text }) => text.en).join('; '), { reasons: reasons.map(({ code }) => code).join(', ') }, faults);
}

async function reserve(
  context: Context,
  { scheme, quote, grant }: { scheme: Stored<OpenScheme>; quote: Stored<IssuedQuote>; grant: SubsidyGrant },
): Promise<Stored<SubsidyApplication>> {
  const authority = context.deskOf(scheme.organisation);
  await authority.records.save(subsidySchemes, scheme.id, scheme.version, withReserved(scheme.body, grant.subsidyMinor));
  const application = await authority.records.insert(subsidyApplications, {
    scheme: scheme.id,
    quote: quote.id,
    applicant: quote.body.applicant,
    insurer: quote.organisation,
    creditCode: grant.creditCode,
    state: 'waiting',
    grant,
    policy: null,
    validUntil: quote.body.quote.validUntil,
    asked: { at: context.now, by: context.actor.name },
    decided: null,
    returned: null,
  });
  for (const [to, relation] of [
    [quote.body.applicant, 'applicant'],
    [quote.organisation, 'insurer'],
  ] as const)
    await authority.grants.give({ record: application.id, to, relation, from: context.now, until: null });
  context.note({ application: application.id, scheme: scheme.id, amount: grant.subsidyMinor });
  return application;
}

const byApplication = z.strictObject({ application: id });

export const listSubsidyApplications = operation({
  name: 'listSubsidyApplications',
  module: 'subsidy',
  summary: { zh: '补贴申请列表', en: 'List subsidy applications, newest first' },
  who: 'subsidy:read',
  input: z.strictObject({ quote: id.optional(), after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  output: z.strictObject({ items: z.array(ApplicationRecord), next: z.string().nullable() }),
  http: { method: 'GET', path: '/subsidy-applications', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { quote, ...page }) => {
    const { items, next } = await context.records.list(subsidyApplications, { ...page, ...(quote === undefined ? {} : { where: { quote } }) });
    return { items: items.map(shown), next };
  },
});

export const exportSubsidyApplications = exportOf(listSubsidyApplications, {
  rows: ({ items }) => items,
  columns: [
    ['text', '企业', 'Firm', ({ grant }) => grant.firm],
    ['text', '统一社会信用代码', 'Credit code', ({ creditCode }) => creditCode],
    ['text', '状态', 'State', ({ state }) => state],
    ['text', '套餐', 'Package', ({ grant }) => grant.package],
    ['text', '档次', 'Tier', ({ grant }) => grant.tier],
    ['money', '保费（含税）', 'Premium incl. VAT', ({ grant }) => amount(grant.currency, grant.premiumMinor)],
    ['money', '补贴', 'Subsidy', ({ grant }) => amount(grant.currency, grant.subsidyMinor)],
    ['money', '已退回', 'Returned', ({ grant }) => amount(grant.currency, grant.returnedMinor)],
    ['day', '起保日', 'Begins', ({ grant }) => grant.begins],
    ['instant', '申请时间', 'Applied', ({ asked }) => asked.at],
    ['prose', '审核意见', 'Remark', ({ decided }) => decided?.reason],
  ],
});

export const withdrawSubsidyApplication = operation({
  name: 'withdrawSubsidyApplication',
  module: 'subsidy',
  summary: { zh: '撤回补贴申请', en: 'Withdraw an application that is not bound yet; the money goes back into the budget' },
  who: 'subsidy:apply',
  input: byApplication,
  output: ApplicationRecord,
  http: { method: 'POST', path: '/subsidy-applications/{application}/withdrawal', status: 200, body: 'json' },
  effect: 'write',
  run: async (context, { application: name }) => {
    const { scheme, application } = await lockApplication(context, name);
    if (application.body.applicant !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
    context.note({ application: name });
    return shown((await saveApplication(context, scheme, application, withdrawApplication(application.body))).application);
  },
});

export const decideSubsidyApplication = operation({
  name: 'decideSubsidyApplication',
  module: 'subsidy',
  summary: { zh: '审核补贴申请', en: 'Approve or refuse an application, with a reason' },
  who: 'subsidy:decide',
  input: byApplication.extend({ decision: z.enum(['approved', 'refused']), reason: z.string().max(500) }),
  output: ApplicationRecord,
  http: { method: 'POST', path: '/subsidy-applications/{application}/decision', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, { application: name, decision, reason }) => {
    await requireOwn(context, name);
    const { scheme, application } = await lockApplication(context, name);
    const body = hasLapsed(application.body, context.now)
      ? lapseApplication(application.body)
      : decideApplication(application.body, decision, { at: context.now, by: context.actor.name, reason });
    const { application: after } = await saveApplication(context, scheme, application, body);
    if (after.body.state === 'granted') await bookAtInsurer(context, after, 'granted', context.now);
    context.note({ application: name, state: after.body.state, amount: after.body.grant.subsidyMinor });
    return shown(after);
  },
});

/** Throws a Refusal `not-found` for an application to another authority. */
async function requireOwn(context: Context, name: string): Promise<void> {
  const { organisation } = await context.records.get(subsidyApplications, name);
  if (organisation !== context.actor.organisation) throw new Refusal('absent', 'not-found', 'no such record');
}

export const clawBackSubsidy = operation({
  name: 'clawBackSubsidy',
  module: 'subsidy',
  summary: { zh: '追回补贴', en: 'Take back the subsidy of a cover that ended early, by the rules of its scheme' },
  who: 'subsidy:decide',
  input: byApplication.extend({ ends: Day, reason: z.string().min(1).max(500) }),
  output: ApplicationRecord,
  http: { method: 'POST', path: '/subsidy-applications/{application}/claw-back', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, { application: name, ends, reason }) => {
    await requireOwn(context, name);
    const { scheme, application } = await lockApplication(context, name);
    const body = returnSubsidy(application.body, scheme.body.scheme, { at: context.now, by: context.actor.name, ends, reason });
    const { application: after } = await saveApplication(context, scheme, application, body);
    await bookAtInsurer(context, after, 'returned', context.now);
    context.note({ application: name, returned: body.returned!.amountMinor });
    return shown(after);
  },
});

const mediaTypes = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', pdf: 'application/pdf' } as const;

export const getAuthorityFile = operation({
  name: 'getAuthorityFile',
  module: 'subsidy',
  summary: { zh: '补贴申报文件', en: 'The file of a scheme for the authority: a row for each grant to the fen, and totals that re-add' },
  who: 'subsidy:decide',
  input: z.strictObject({ scheme: id, format: z.enum(['csv', 'xlsx', 'pdf']).default('csv'), language: Language.default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.enum([mediaTypes.csv, mediaTypes.xlsx, mediaTypes.pdf]), name: z.string() }),
  http: { method: 'GET', path: '/subsidy-schemes/{scheme}/file', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { scheme: name, format, language }) => {
    const stored = await context.records.get(subsidySchemes, name);
    const applications = await everything(context, stored.organisation, subsidyApplications, { scheme: name });
    const file = makeAuthorityFile(stored.body.scheme, grantedOf(applications));
    const bytes = await bytesOf(context, stored, file, { format, language });
    return { file: Buffer.from(bytes).toString('base64'), mediaType: mediaTypes[format], name: `${stored.body.scheme.id}-${dayOf(context.now)}.${format}` };
  },
});

const authorityColumns: readonly SheetColumn[] = [
  { kind: 'text', title: { zh: '保单号', en: 'Policy' } },
  { kind: 'text', title: { zh: '企业名称', en: 'Firm' } },
  { kind: 'text', title: { zh: '统一社会信用代码', en: 'Credit code' } },
  { kind: 'text', title: { zh: '行业', en: 'Industry' } },
  { kind: 'text', title: { zh: '地区', en: 'Region' } },
  { kind: 'day', title: { zh: '起保日', en: 'Begins' } },
  { kind: 'text', title: { zh: '补贴档次', en: 'Tier' } },
  { kind: 'text', title: { zh: '安全服务套餐', en: 'Package' } },
  { kind: 'money', title: { zh: '保险限额', en: 'Limit' } },
  { kind: 'money', title: { zh: '保费（含税）', en: 'Premium incl. VAT' } },
  { kind: 'money', title: { zh: '补贴金额', en: 'Subsidy' } },
  { kind: 'money', title: { zh: '已退回', en: 'Returned' } },
  { kind: 'money', title: { zh: '净补贴', en: 'Net' } },
];

function authorityCells(grant: SubsidyGrant): Cell[] {
  const { limitMinor, premiumMinor, subsidyMinor, returnedMinor } = grant;
  const amounts = [limitMinor, premiumMinor, subsidyMinor, returnedMinor, subsidyMinor - returnedMinor].map((minor) => ({ currency: grant.currency, minor }));
  return [grant.policy, grant.firm, grant.creditCode, grant.industry, grant.region, grant.begins, grant.tier, grant.package, ...amounts];
}

async function bytesOf(
  { documents, spreadsheets, now }: Context,
  { id: record, version, body: { scheme } }: Stored<OpenScheme>,
  { csv, rows, ...totals }: AuthorityFile,
  { format, language }: { format: keyof typeof mediaTypes; language: Language },
): Promise<Uint8Array> {
  // Spreadsheets of this world read CSV as UTF-8 only when it says so in its first three bytes.
  if (format === 'csv') return Buffer.from(`\ufeff${csv}`);
  if (format === 'xlsx') {
    const sheet = { name: { zh: '补贴明细', en: 'Grants' }, columns: authorityColumns, rows: rows.map(authorityCells) };
    return (await spreadsheets.write({ format, language, about: [], madeAt: now, sheets: [sheet] })).bytes;
  }
  const insurer = { name: scheme.authority[language], creditCode: null };
  const { title, budgetMinor, currency } = scheme;
  const data = { number: record.slice(-12), version, insurer, scheme: title, budgetMinor, currency, totals, grants: [...rows], issuedAt: now, dataAsOf: now };
  return documents.make({ kind: 'subsidy-file', language, data });
}

export const subsidyOperations = [
  listSecurityPackages,
  exportSecurityPackages,
  openSubsidyScheme,
  closeSubsidyScheme,
  listSubsidySchemes,
  exportSubsidySchemes,
  previewSubsidies,
  applyForSubsidy,
  listSubsidyApplications,
  exportSubsidyApplications,
  withdrawSubsidyApplication,
  decideSubsidyApplication,
  clawBackSubsidy,
  getAuthorityFile,
];
