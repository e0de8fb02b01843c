import { z } from 'zod';
import { daysBefore, Text, type Day, type Money } from '../../basics/index.ts';
import { longestDeferralDays, type RequestedCover } from '../../catalogue/index.ts';
import { plainMoney } from '../../notation/index.ts';
import { FirmFact, firmFactTitles, type FirmProfile } from '../../parties/index.ts';

/** One thing that is no longer as it was a year ago. Amounts are in major units; yes/no facts and industries are the words of the record. */
export const RenewalChange = z.strictObject({ id: z.string(), title: Text, before: z.string(), after: z.string() }).meta({ id: 'RenewalChange' });
export type RenewalChange = z.infer<typeof RenewalChange>;

/** The losses that a firm declares for its past three years. */
export const DeclaredLosses = z.strictObject({ count: z.int(), amountMinor: z.int(), open: z.int() }).meta({ id: 'DeclaredLosses' });
export type DeclaredLosses = z.infer<typeof DeclaredLosses>;

interface Row<T> {
  readonly id: string;
  readonly title: Text;
  readonly of: (one: T) => string;
}

const changed = <T>(rows: readonly Row<T>[], before: T, now: T): RenewalChange[] =>
  rows.map(({ id, title, of }) => ({ id, title, before: of(before), after: of(now) })).filter((one) => one.before !== one.after);

const yesNo = (flag: boolean): string => (flag ? 'yes' : 'no');
const spent = (amount: Money | null): string => (amount === null ? '--' : plainMoney(amount));

const firmRows: readonly Row<FirmProfile>[] = [
  { id: 'name', title: { zh: '企业名称', en: 'Name' }, of: ({ name }) => name },
  { id: 'creditCode', title: { zh: '统一社会信用代码', en: 'Credit code' }, of: ({ creditCode }) => creditCode ?? '--' },
  { id: 'industry', title: { zh: '行业', en: 'Industry' }, of: ({ industry }) => industry },
  { id: 'employees', title: { zh: '员工人数', en: 'Employees' }, of: ({ employees }) => String(employees) },
  { id: 'annualRevenue', title: { zh: '年营业收入（元）', en: 'Yearly revenue (CNY)' }, of: ({ annualRevenue }) => plainMoney(annualRevenue) },
  { id: 'personalRecords', title: { zh: '个人信息人数', en: 'Persons whose data it holds' }, of: ({ personalRecords }) => String(personalRecords) },
  { id: 'securitySpend', title: { zh: '年安全投入（元）', en: 'Yearly spending on security (CNY)' }, of: ({ securitySpend }) => spent(securitySpend) },
  { id: 'assets', title: { zh: '申报资产数', en: 'Declared assets' }, of: ({ assets }) => String(assets.length) },
  ...FirmFact.options.map((id): Row<FirmProfile> => ({ id, title: firmFactTitles[id], of: (firm) => yesNo(firm[id]) })),
];

/** What the firm says of itself now and did not a year ago, in the order of the application. */
export const firmChanges = (before: FirmProfile, now: FirmProfile): RenewalChange[] => changed(firmRows, before, now);

/** The declared losses of a firm together; minor units of its own currency. */
export const declaredLosses = ({ pastClaims }: Pick<FirmProfile, 'pastClaims'>): DeclaredLosses => ({
  count: pastClaims.length,
  amountMinor: pastClaims.reduce((sum, { amount }) => sum + amount.minor, 0),
  open: pastClaims.filter(({ closed }) => !closed).length,
});

/** The terms that the new year would have and the old one has not; `titles` names coverages, by id where it does not know one. */
export function termChanges(before: RequestedCover, now: RequestedCover, titles: ReadonlyMap<string, Text>): RenewalChange[] {
  const amountOf = (cover: RequestedCover, minor: number): string => plainMoney({ currency: cover.currency, minor });
  const coverages = [...new Set([...before.lines, ...now.lines].map(({ coverage }) => coverage))];
  const rows: Row<RequestedCover>[] = [
    { id: 'limit', title: { zh: '限额（元）', en: 'Limit (CNY)' }, of: (cover) => amountOf(cover, cover.limitMinor) },
    { id: 'retention', title: { zh: '免赔额（元）', en: 'Retention (CNY)' }, of: (cover) => amountOf(cover, cover.retentionMinor) },
    ...coverages.flatMap((coverage): Row<RequestedCover>[] => {
      const title = titles.get(coverage) ?? { zh: coverage, en: coverage };
      const lineOf = (cover: RequestedCover) => cover.lines.find((line) => line.coverage === coverage);
      return [
        {
          id: `sub-limit ${coverage}`,
          title: { zh: `${title.zh}分项限额（元）`, en: `Sub-limit of ${title.en} (CNY)` },
          of: (cover) => (lineOf(cover) ? amountOf(cover, lineOf(cover)!.subLimitMinor) : '--'),
        },
        {
          id: `waiting ${coverage}`,
          title: { zh: `${title.zh}等待期（小时）`, en: `Waiting period of ${title.en} (hours)` },
          of: (cover) => String(lineOf(cover)?.waitingHours ?? '--'),
        },
      ];
    }),
  ];
  return changed(rows, before, now);
}

/** The first day on which a cover that begins on `begins` can be asked for. */
export const opensForRenewal = (begins: Day): Day => daysBefore(begins, longestDeferralDays);
