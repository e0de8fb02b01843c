import { z } from 'zod';
import { Day } from '../domain/basics/index.ts';
import { OpenScheme, SubsidyApplication, SubsidyScheme, burnDown, countByState, grantsOf, openScheme } from '../domain/subsidy/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { amount, exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { ApplicationRecord } from './subsidy-applications.ts';
import { SchemeOnOffer, fromOffer, onOffer } from './subsidy-offer.ts';
import { subsidyApplications, subsidySchemes } from './subsidy-records.ts';
import { shown } from './underwriting.ts';

const id = z.string().max(100);

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
    const beside = (await everyRecord(context.deskOf(context.actor.organisation), subsidySchemes)).map(({ body }) => body);
    const opened = { at: context.now, by: context.actor.name };
    const stored = await context.records.insert(subsidySchemes, openScheme(rules, { budgetMinor, opened, beside }));
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
    const own = await everyRecord(context.deskOf(context.actor.organisation), subsidySchemes);
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
  const applications = await everyRecord(context.deskOf(stored.organisation), subsidyApplications, { scheme: stored.id });
  const bodies = applications.map(({ body }) => body);
  return {
    ...onOffer(context, stored),
    reservedMinor: stored.body.reservedMinor,
    applications: applications.map(shown),
    burnDown: burnDown(stored.body.scheme, grantsOf(bodies)).map((point) => ({ ...point })),
    byState: countByState(bodies),
  };
}
