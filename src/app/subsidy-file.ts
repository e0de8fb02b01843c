import { z } from 'zod';
import { Language, dayOf, type Money } from '../domain/basics/index.ts';
import { grantsOf, makeAuthorityFile, netSubsidy, type AuthorityFile, type NamedGrant, type OpenScheme } from '../domain/subsidy/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { everyRecord } from './every-record.ts';
import type { ExportColumn } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { subsidyApplications, subsidySchemes } from './subsidy-records.ts';

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
    const applications = await everyRecord(context.deskOf(stored.organisation), subsidyApplications, { scheme: name });
    const file = makeAuthorityFile(stored.body.scheme, grantsOf(applications.map(({ body }) => body)), context.content.subsidyOffer.packages);
    const bytes = await bytesOf(context, stored, file, { format, language });
    return { file: Buffer.from(bytes).toString('base64'), mediaType: mediaTypes[format], name: `${stored.body.scheme.id}-${dayOf(context.now)}.${format}` };
  },
});

const amountOf =
  (minorOf: (grant: NamedGrant) => number) =>
  (grant: NamedGrant): Money => ({ currency: grant.currency, minor: minorOf(grant) });

/** The columns of the file, as `src/domain/subsidy/README.md` describes them. */
const authorityColumns: readonly ExportColumn<NamedGrant>[] = [
  ['text', '补贴方案', 'Scheme', ({ names }, language) => names.scheme[language]],
  ['text', '保单号', 'Policy', ({ policy }) => policy],
  ['text', '企业名称', 'Firm', ({ firm }) => firm],
  ['text', '统一社会信用代码', 'Credit code', ({ creditCode }) => creditCode],
  ['text', '行业', 'Industry', ({ names }, language) => names.industry[language]],
  ['text', '地区', 'Region', ({ region }) => region],
  ['day', '起保日', 'Begins', ({ begins }) => begins],
  ['text', '补贴档次', 'Tier', ({ names }, language) => names.tier[language]],
  ['text', '安全服务套餐', 'Package', ({ names }, language) => names.package[language]],
  ['money', '保险限额', 'Limit', amountOf(({ limitMinor }) => limitMinor)],
  ['money', '含税保费', 'Premium incl. VAT', amountOf(({ premiumMinor }) => premiumMinor)],
  ['money', '补贴金额', 'Subsidy', amountOf(({ subsidyMinor }) => subsidyMinor)],
  ['money', '已退回', 'Returned', amountOf(({ returnedMinor }) => returnedMinor)],
  ['money', '净补贴', 'Net', amountOf(netSubsidy)],
];

async function bytesOf(
  { documents, spreadsheets, now }: Context,
  { id: record, version, body: { scheme } }: Stored<OpenScheme>,
  { rows, ...totals }: AuthorityFile,
  { format, language }: { format: keyof typeof mediaTypes; language: Language },
): Promise<Uint8Array> {
  if (format !== 'pdf') {
    const columns = authorityColumns.map(([kind, zh, en]) => ({ kind, title: { zh, en } }));
    const sheet = { name: { zh: '补贴明细', en: 'Grants' }, columns, rows: rows.map((row) => authorityColumns.map(([, , , of]) => of(row, language) ?? null)) };
    return (await spreadsheets.write({ format, language, about: [], madeAt: now, sheets: [sheet] })).bytes;
  }
  const insurer = { name: scheme.authority[language], creditCode: null };
  const { title, budgetMinor, currency } = scheme;
  const data = { number: record.slice(-12), version, insurer, scheme: title, budgetMinor, currency, totals, grants: [...rows], issuedAt: now, dataAsOf: now };
  return documents.make({ kind: 'subsidy-file', language, data });
}
