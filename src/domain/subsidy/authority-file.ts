import { z } from 'zod';
import type { SubsidyGrant, SubsidyScheme } from './model.ts';
import { budgetLeft, netSubsidy } from './budget.ts';

/** The file with which the subsidy is claimed from the authority: a row for each grant, and the totals that it must add up to. */
export interface AuthorityFile extends AuthorityTotals {
  readonly csv: string;
  /** The grants that the rows are of, in their order. */
  readonly rows: readonly SubsidyGrant[];
}

/** What the rows of the file must add up to. */
export const AuthorityTotals = z.strictObject({
  grants: z.int(),
  firms: z.int(),
  premiumMinor: z.int(),
  limitMinor: z.int(),
  subsidyMinor: z.int(),
  returnedMinor: z.int(),
  netMinor: z.int(),
  budgetLeftMinor: z.int(),
});
export type AuthorityTotals = z.infer<typeof AuthorityTotals>;

const head = [
  '补贴方案',
  '保单号',
  '企业名称',
  '统一社会信用代码',
  '行业',
  '地区',
  '起保日',
  '补贴档次',
  '安全服务套餐',
  '保险限额(元)',
  '保费(含税,元)',
  '补贴金额(元)',
  '已退回(元)',
  '净补贴(元)',
];

/** Makes the file of one scheme: CSV (RFC 4180) with Chinese headings, amounts in yuan with two digits, in the order of the policies. */
export function makeAuthorityFile(scheme: SubsidyScheme, grants: readonly SubsidyGrant[]): AuthorityFile {
  const own = grants.filter((grant) => grant.scheme === scheme.id).sort((a, b) => (a.policy < b.policy ? -1 : 1));
  const sum = (of: (grant: SubsidyGrant) => number): number => own.reduce((total, grant) => total + of(grant), 0);
  return {
    csv: [head, ...own.map(rowOf)].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join(''),
    rows: own,
    grants: own.length,
    firms: new Set(own.map(({ creditCode }) => creditCode)).size,
    premiumMinor: sum(({ premiumMinor }) => premiumMinor),
    limitMinor: sum(({ limitMinor }) => limitMinor),
    subsidyMinor: sum(({ subsidyMinor }) => subsidyMinor),
    returnedMinor: sum(({ returnedMinor }) => returnedMinor),
    netMinor: sum(netSubsidy),
    budgetLeftMinor: budgetLeft(scheme, own),
  };
}

function rowOf(grant: SubsidyGrant): string[] {
  const amounts = [grant.limitMinor, grant.premiumMinor, grant.subsidyMinor, grant.returnedMinor, netSubsidy(grant)].map(inYuan);
  return [grant.scheme, grant.policy, grant.firm, grant.creditCode, grant.industry, grant.region, grant.begins, grant.tier, grant.package, ...amounts];
}

const inYuan = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

/** A text that a spreadsheet would run as a formula is made plain by an apostrophe. */
function quoted(cell: string): string {
  const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
