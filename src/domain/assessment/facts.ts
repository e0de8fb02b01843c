import type { Day, Text } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import type { FactId } from './model.ts';
import type { AssessmentParameters } from './parameters.ts';
import { repairRatePerDay } from './weigh-findings.ts';

type Numbers = AssessmentParameters['values'];
type FactReader = (firm: FirmProfile, numbers: Numbers, today: Day) => number | null;

/** How far a fact of the profile meets its control, in [0, 1]; null when the profile is silent. */
export function readFact(fact: FactId, firm: FirmProfile, numbers: Numbers, today: Day): number | null {
  const coverage = readers[fact](firm, numbers, today);
  return coverage === null ? null : Math.min(1, Math.max(0, coverage));
}

const readers: Record<FactId, FactReader> = {
  'security-spend-share': (firm, numbers) => {
    if (firm.securitySpend === null || firm.securitySpend.currency !== firm.annualRevenue.currency || firm.annualRevenue.minor <= 0) return null;
    return firm.securitySpend.minor / firm.annualRevenue.minor / numbers['spend.good-share'];
  },
  'assets-declared': (firm) => (firm.assets.length > 0 ? 1 : 0),
  'credit-code': (firm) => (firm.creditCode === null ? null : 1),
  'size-known': (firm) => (firm.annualRevenue.minor > 0 ? 1 : 0),
  'claims-free': (firm, _, today) => 0.5 ** claimsInThreeYears(firm, today),
  'repair-pace': (firm, numbers) => (firm.repairs === null ? null : 1 - repairSlowness(firm, numbers)),
  'industry-risk': (firm, numbers) => 1 - industryRisk(firm, numbers),
  'regulated-industry': (firm) => (firm.criticalInfrastructure ? 0 : 1),
};

/** What each fact is called where a score rests on it. */
export const factTitles: Readonly<Record<FactId, Text>> = {
  'security-spend-share': { zh: '安全投入占营业收入的比例', en: 'Security spending as a share of revenue' },
  'assets-declared': { zh: '申报的资产', en: 'Declared assets' },
  'credit-code': { zh: '统一社会信用代码', en: 'Unified social credit code' },
  'size-known': { zh: '年营业收入', en: 'Yearly revenue' },
  'claims-free': { zh: '近三年的网络安全损失', en: 'Cyber losses of the past three years' },
  'repair-pace': { zh: '漏洞修复速度', en: 'Pace of repair' },
  'industry-risk': { zh: '所处行业', en: 'Industry' },
  'regulated-industry': { zh: '是否运营关键信息基础设施', en: 'Whether it operates critical information infrastructure' },
};

/** Where the firm's median time to repair lies between fast (0) and slow (1). */
export function repairSlowness(firm: FirmProfile, numbers: Numbers): number {
  const medianDays = Math.LN2 / repairRatePerDay(firm.repairs, numbers);
  const fast = numbers['history.repair-fast-days'];
  return Math.min(1, Math.max(0, (medianDays - fast) / (numbers['history.repair-slow-days'] - fast)));
}

/** The industry's relative frequency of loss, scaled to [0, 1] between the lowest and the highest that the scale knows. */
export function industryRisk(firm: FirmProfile, numbers: Numbers): number {
  const lowest = numbers['industry.lowest-risk'];
  return Math.min(1, Math.max(0, (numbers[`industry.${firm.industry}`] - lowest) / (numbers['industry.highest-risk'] - lowest)));
}

/** How many past claims count: those of the three years before `today`, wherever claims are asked about. */
export function claimsInThreeYears({ pastClaims }: Pick<FirmProfile, 'pastClaims'>, today: Day): number {
  const threeYearsAgo = `${Number(today.slice(0, 4)) - 3}${today.slice(4)}`;
  return pastClaims.filter(({ on }) => on >= threeYearsAgo).length;
}

/** h of the vulnerability dimension: 1 less what past claims and slow repair take away (methods §2.0). */
export function historyFactor(firm: FirmProfile, today: Day, numbers: Numbers): number {
  const claims = claimsInThreeYears(firm, today);
  return 1 - numbers['history.claims-most'] * (1 - 0.5 ** claims) - numbers['history.repair-most'] * repairSlowness(firm, numbers);
}
