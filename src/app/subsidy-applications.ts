import { z } from 'zod';
import { Day, Instant, Refusal, noteUpTo, saidIn, wordsUpTo } from '../domain/basics/index.ts';
import { SubsidyApplication, decideInTime, returnSubsidy, withdrawApplication } from '../domain/subsidy/index.ts';
import { amount, exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { bookAtInsurer, lockApplication, saveApplication, subsidyApplications } from './subsidy-records.ts';
import { shown } from './underwriting.ts';

const id = z.string().max(100);
const stamp = { id: z.string(), version: z.int(), organisation: z.string(), createdAt: Instant, updatedAt: Instant };
export const ApplicationRecord = z.strictObject({ ...stamp, ...SubsidyApplication.shape }).meta({ id: 'SubsidyApplicationRecord' });

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
    ['prose', '失效原因', 'Why it lapsed', ({ lapsed }, language) => lapsed && saidIn(lapsed.reason, language)],
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
  input: byApplication.extend({ decision: z.enum(['approved', 'refused']), reason: noteUpTo(500) }),
  output: ApplicationRecord,
  http: { method: 'POST', path: '/subsidy-applications/{application}/decision', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, { application: name, decision, reason }) => {
    await requireOwn(context, name);
    const { scheme, application } = await lockApplication(context, name);
    const body = decideInTime(application.body, decision, { at: context.now, by: context.actor.name, reason });
    const { application: after } = await saveApplication(context, scheme, application, body);
    if (after.body.state === 'granted') await bookAtInsurer(context, after, 'granted');
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
  input: byApplication.extend({ ends: Day, reason: wordsUpTo(500) }),
  output: ApplicationRecord,
  http: { method: 'POST', path: '/subsidy-applications/{application}/claw-back', status: 200, body: 'json' },
  effect: 'money',
  run: async (context, { application: name, ends, reason }) => {
    await requireOwn(context, name);
    const { scheme, application } = await lockApplication(context, name);
    const body = returnSubsidy(application.body, scheme.body.scheme, { at: context.now, by: context.actor.name, ends, reason });
    const { application: after } = await saveApplication(context, scheme, application, body);
    await bookAtInsurer(context, after, 'returned');
    context.note({ application: name, returned: body.returned!.amountMinor });
    return shown(after);
  },
});
