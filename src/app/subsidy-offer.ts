import { z } from 'zod';
import { Refusal } from '../domain/basics/index.ts';
import { OpenScheme, SecurityPackage, SubsidyScheme, leftInScheme, matchLimits } from '../domain/subsidy/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import { amount, exportOf, joined } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { subsidySchemes } from './subsidy-records.ts';

/** A scheme as firms see it: its rules and what its budget still holds. */
export const SchemeOnOffer = z
  .strictObject({
    id: z.string(),
    authority: z.string(),
    scheme: SubsidyScheme,
    state: OpenScheme.shape.state,
    leftMinor: z.int(),
    matrix: z.array(z.strictObject({ package: z.string(), level: SecurityPackage.shape.level, priceMinor: z.int(), limitMinor: z.int().nullable() })),
  })
  .meta({ id: 'SchemeOnOffer' });

export const onOffer = ({ content }: Context, { id: record, organisation, body }: Stored<OpenScheme>): z.infer<typeof SchemeOnOffer> => ({
  id: record,
  authority: organisation,
  scheme: body.scheme,
  state: body.state,
  leftMinor: leftInScheme(body),
  matrix: matchLimits(packagesOnSale(content), body.scheme),
});

export const packagesOnSale = ({ subsidyOffer }: Context['content']): SecurityPackage[] =>
  [...subsidyOffer.packages.values()].sort((a, b) => a.priceMinor - b.priceMinor);

/** Every scheme that any authority has opened, oldest first. */
export async function schemesEverywhere(context: Context): Promise<Stored<OpenScheme>[]> {
  const authorities = await context.organisationsOf('authority');
  const found = await Promise.all(authorities.map((one) => everyRecord(context.deskOf(one.id), subsidySchemes)));
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
export function fromOffer<T>(map: ReadonlyMap<string, T>, name: string, code: 'unknown-scheme' | 'unknown-package'): T {
  const found = map.get(name);
  if (found === undefined) {
    const there = [...map.keys()].join(', ');
    throw code === 'unknown-scheme'
      ? new Refusal('absent', 'unknown-scheme', `there is no scheme \`${name}\`; there are ${there}`, { scheme: name })
      : new Refusal('absent', 'unknown-package', `there is no security package \`${name}\`; there are ${there}`, { package: name });
  }
  return found;
}
