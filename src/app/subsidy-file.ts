import { z } from 'zod';
import { Language, dayOf } from '../domain/basics/index.ts';
import { grantsOf, makeAuthorityFile, type AuthorityFile, type OpenScheme, type SubsidyGrant } from '../domain/subsidy/index.ts';
import type { Cell, SheetColumn, Stored } from '../io/interfaces.ts';
import { type Context, operation } from './operation.ts';
import { everything, subsidyApplications, subsidySchemes } from './subsidy-records.ts';

const id = z.string().max(100);

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
    const file = makeAuthorityFile(stored.body.scheme, grantsOf(applications.map(({ body }) => body)));
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
