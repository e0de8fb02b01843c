import { Refusal, roundMinor, type Day, type Text } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { ProtectionLevel, type SecurityPackage, type SubsidyGrant, type SubsidyScheme, type SubsidyTier } from './model.ts';
import { budgetLeft } from './budget.ts';

/** A premium for which a subsidy is asked. */
export interface SubsidyRequest {
  readonly policy: string;
  /** Policies and quotes that are known to be of the same firm, whatever credit code it gave for them. */
  readonly sameFirm?: readonly string[];
  readonly firm: FirmProfile;
  readonly region: string;
  readonly package: Pick<SecurityPackage, 'id' | 'level' | 'vendor'>;
  readonly begins: Day;
  readonly currency: SubsidyScheme['currency'];
  /** Premium including VAT. */
  readonly premiumMinor: number;
  readonly limitMinor: number;
}

/** Why no subsidy is paid. */
export interface SubsidyRefusal {
  readonly code:
    | 'outside-window'
    | 'not-eligible-industry'
    | 'not-eligible-region'
    | 'firm-too-large'
    | 'credit-code-missing'
    | 'currency-differs'
    | 'no-tier'
    | 'limit-above-level'
    | 'already-subsidised'
    | 'related-party'
    | 'budget-spent';
  readonly text: Text;
}

/** INVARIANT: subsidyMinor + insuredPaysMinor = the premium, which the insurer receives whole. */
export interface SubsidyDecision {
  readonly granted: boolean;
  readonly reasons: readonly SubsidyRefusal[];
  readonly tier: SubsidyTier | null;
  readonly subsidyMinor: number;
  readonly insuredPaysMinor: number;
  readonly insurerReceivesMinor: number;
  readonly budgetLeftMinor: number;
  readonly grant: SubsidyGrant | null;
}

/**
 * Decides a request against a scheme and the grants so far, of this and of other schemes: the highest tier that the package reaches pays min(rate · premium, cap), and no
 * more than the budget still holds (`left`, minor units; where `grants` are only some of the scheme's). A firm is subsidised once for days that overlap, whatever the scheme.
 */
export function decideSubsidy(
  request: SubsidyRequest,
  scheme: SubsidyScheme,
  grants: readonly SubsidyGrant[],
  left: number = budgetLeft(scheme, grants),
): SubsidyDecision {
  const tier = tierFor(scheme, request.package.level);
  const wanted = tier === null ? 0 : Math.min(roundMinor(tier.rate * request.premiumMinor, 'floor'), tier.capMinor);
  const subsidyMinor = Math.min(wanted, left);
  const reasons = reasonsAgainst(request, scheme, { tier, grants, subsidyMinor });
  if (reasons.length > 0 || tier === null) return { ...paidAlone(request), granted: false, reasons, tier, budgetLeftMinor: left, grant: null };
  return {
    granted: true,
    reasons,
    tier,
    subsidyMinor,
    insuredPaysMinor: request.premiumMinor - subsidyMinor,
    insurerReceivesMinor: request.premiumMinor,
    budgetLeftMinor: left - subsidyMinor,
    grant: grantOf(request, scheme, tier, subsidyMinor),
  };
}

/** The grant of a decision. Throws a Refusal `not-subsidised` with every reason against. */
export function requireGrant({ grant, reasons }: SubsidyDecision): SubsidyGrant {
  if (grant !== null) return grant;
  const faults = reasons.map(({ code, text }) => ({ path: 'subsidy', code, message: `${text.zh} ${text.en}` }));
  throw new Refusal('rule', 'not-subsidised', reasons.map(({ text }) => text.en).join('; '), { reasons: reasons.map(({ code }) => code).join(', ') }, faults);
}

const paidAlone = ({ premiumMinor }: SubsidyRequest) => ({ subsidyMinor: 0, insuredPaysMinor: premiumMinor, insurerReceivesMinor: premiumMinor });

const rank = (level: ProtectionLevel): number => ProtectionLevel.options.indexOf(level);

/** The tier of the highest level that the package reaches; the better rate among equals. */
function tierFor({ tiers }: SubsidyScheme, level: ProtectionLevel): SubsidyTier | null {
  const reached = tiers.filter((tier) => rank(tier.level) <= rank(level));
  return reached.toSorted((a, b) => rank(b.level) - rank(a.level) || b.rate - a.rate)[0] ?? null;
}

interface Considered {
  readonly tier: SubsidyTier | null;
  readonly grants: readonly SubsidyGrant[];
  readonly subsidyMinor: number;
}

type Rule = readonly [code: SubsidyRefusal['code'], broken: boolean, text: Text];

function reasonsAgainst(request: SubsidyRequest, scheme: SubsidyScheme, { tier, grants, subsidyMinor }: Considered): SubsidyRefusal[] {
  const most = scheme.limits[request.package.level];
  const rules: Rule[] = [
    ...eligibilityRules(request, scheme),
    ['no-tier', tier === null || most === undefined, { zh: '所购安全服务套餐未达到任何补贴档次', en: 'the package reaches no tier of the scheme' }],
    [
      'limit-above-level',
      most !== undefined && request.limitMinor > most,
      { zh: '保险限额高于该套餐档次可匹配的限额', en: 'the limit is higher than the package’s level is matched with' },
    ],
    [
      'already-subsidised',
      grants.some((grant) => sameFirmAndTime(grant, request)),
      { zh: '该企业同期已享受保费补贴，不得叠加', en: 'the firm’s premium is subsidised already for this time' },
    ],
    ['related-party', isRelated(request), { zh: '安全服务由本企业自身提供，不予补贴', en: 'the firm bought the package from itself' }],
    ['budget-spent', tier !== null && subsidyMinor === 0, { zh: '补贴预算已用完', en: 'the budget is spent' }],
  ];
  return rules.filter(([, broken]) => broken).map(([code, , text]) => ({ code, text }));
}

function eligibilityRules({ firm, region, begins, currency }: SubsidyRequest, { eligible, from, until, ...scheme }: SubsidyScheme): Rule[] {
  const { industries, regions, mostEmployees, mostRevenueMinor } = eligible;
  const tooLarge = (mostEmployees !== null && firm.employees > mostEmployees) || (mostRevenueMinor !== null && firm.annualRevenue.minor > mostRevenueMinor);
  return [
    ['outside-window', begins < from || begins > until, { zh: '起保日不在补贴期内', en: 'the cover does not begin within the scheme' }],
    ['not-eligible-industry', industries !== null && !industries.includes(firm.industry), { zh: '所属行业不在补贴范围', en: 'the industry is not eligible' }],
    ['not-eligible-region', regions !== null && !regions.includes(region), { zh: '注册地不在补贴范围', en: 'the region is not eligible' }],
    ['firm-too-large', tooLarge, { zh: '企业规模超过补贴标准', en: 'the firm is larger than the scheme allows' }],
    ['credit-code-missing', firm.creditCode === null, { zh: '缺少统一社会信用代码', en: 'the firm has no unified social credit code' }],
    ['currency-differs', currency !== scheme.currency, { zh: '保费币种与补贴币种不一致', en: 'premium and scheme are in different currencies' }],
  ];
}

const daysOfYear = 365;

/** Whether an earlier grant still stands for days that the new cover would begin in, or the same policy was granted before. */
function sameFirmAndTime(grant: SubsidyGrant, { firm, begins, policy, sameFirm = [] }: SubsidyRequest): boolean {
  if (grant.returnedMinor >= grant.subsidyMinor) return false;
  const days = Math.abs(Date.parse(begins) - Date.parse(grant.begins)) / 86_400_000;
  return grant.policy === policy || ((grant.creditCode === firm.creditCode || sameFirm.includes(grant.policy)) && days < daysOfYear);
}

const isRelated = ({ firm, package: { vendor } }: SubsidyRequest): boolean => vendor.creditCode !== null && vendor.creditCode === firm.creditCode;

const grantOf = (request: SubsidyRequest, scheme: SubsidyScheme, tier: SubsidyTier, subsidyMinor: number): SubsidyGrant => ({
  scheme: scheme.id,
  policy: request.policy,
  firm: request.firm.name,
  creditCode: request.firm.creditCode!,
  industry: request.firm.industry,
  region: request.region,
  tier: tier.id,
  package: request.package.id,
  begins: request.begins,
  currency: request.currency,
  premiumMinor: request.premiumMinor,
  limitMinor: request.limitMinor,
  subsidyMinor,
  returnedMinor: 0,
});
