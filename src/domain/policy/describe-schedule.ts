import type { Instant, Text } from '../basics/index.ts';
import type { Catalogue, CoverLine } from '../catalogue/index.ts';
import type { Policy } from './model.ts';

/** The names that a schedule needs besides the policy itself. */
export interface ScheduleNames {
  readonly insurer: string;
  readonly catalogue: Catalogue;
  /** What the wording takes out of every coverage, in its words; printed before the exclusions of each. */
  readonly scope?: readonly Text[];
  /** The special conditions, in the order in which they are printed. */
  readonly conditions: readonly Text[];
  /** Titles of the parameters that are judgement, by key; keys without a title stand as they are. */
  readonly parameterTitles?: ReadonlyMap<string, Text>;
  /** When the document is made; the instant of binding where none is given. */
  readonly issuedAt?: Instant;
}

/** What the policy schedule (保单明细表) says, as plain data for whoever prints it. Throws an Error for a coverage that the catalogue lacks. */
export function describeSchedule(policy: Policy, names: ScheduleNames) {
  const { number, version, insured, period, cover, worksheet, security } = policy;
  return {
    number,
    version,
    insurer: { name: names.insurer, creditCode: null },
    insured,
    period,
    currency: cover.currency,
    limitMinor: cover.limitMinor,
    retentionMinor: cover.retentionMinor,
    lines: cover.lines.map((line) => describeLine(line, names.catalogue)),
    premium: { exVat: policy.premium.exVat.minor, vat: policy.premium.vat.minor, total: policy.premium.total.minor },
    story: {
      bars: worksheet.waterfall.map(({ label, deltaMinor }) => ({ label, deltaMinor })),
      expectedLossMinor: worksheet.expectedLossMinor,
      rateOnLine: worksheet.rateOnLine,
      minimumApplied: worksheet.minimumApplied,
    },
    security,
    conditions: names.conditions,
    exclusions: exclusionsOf(cover.lines, names),
    versions: Object.entries(policy.versions)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, value]) => ({ title: versionTitles[what] ?? { zh: what, en: what }, version: value })),
    priors: worksheet.priors.map((key) => names.parameterTitles?.get(key) ?? { zh: key, en: key }),
    issuedAt: names.issuedAt ?? policy.boundAt,
    dataAsOf: policy.boundAt,
    quotation: policy.quote,
  };
}

function describeLine({ coverage: id, subLimitMinor, waitingHours }: CoverLine, { coverages }: Catalogue) {
  const coverage = coverages.get(id);
  if (coverage === undefined) throw new Error(`no coverage \`${id}\``);
  return { title: coverage.title, class: coverage.class, subLimitMinor, waitingHours, trigger: coverage.trigger };
}

/** Exclusions under the coverage that they limit; what the whole policy or every coverage bought excludes is said once, first, under `coverage: null`. */
function exclusionsOf(lines: readonly CoverLine[], { catalogue: { coverages }, scope = [] }: ScheduleNames): { coverage: Text | null; items: Text[] }[] {
  const bought = lines.map(({ coverage }) => coverages.get(coverage)!);
  const isShared = ({ zh }: Text): boolean => bought.length > 1 && bought.every(({ exclusions }) => exclusions.some((one) => one.zh === zh));
  const groups = [
    { coverage: null, items: [...scope, ...(bought[0]?.exclusions.filter(isShared) ?? [])] },
    ...bought.map(({ title, exclusions }) => ({ coverage: title, items: exclusions.filter((one) => !isShared(one)) })),
  ];
  return groups.filter(({ items }) => items.length > 0);
}

const versionTitles: Record<string, Text> = {
  answers: { zh: '问卷回答', en: 'Answers' },
  catalogue: { zh: '产品目录', en: 'Catalogue' },
  controls: { zh: '控制项库', en: 'Controls' },
  engine: { zh: '评估引擎', en: 'Assessment engine' },
  findings: { zh: '漏洞与发现', en: 'Findings' },
  firm: { zh: '企业信息', en: 'Facts of the firm' },
  guidelines: { zh: '核保规则', en: 'Underwriting guidelines' },
  outlook: { zh: '威胁情报', en: 'Threat outlook' },
  parameters: { zh: '评估参数', en: 'Assessment parameters' },
  profile: { zh: '评估方案', en: 'Assessment profile' },
  profiles: { zh: '评估方案库', en: 'Assessment profiles' },
  questionnaire: { zh: '问卷', en: 'Questionnaire' },
  ratebook: { zh: '费率表', en: 'Ratebook' },
  ratebookHash: { zh: '费率表校验值', en: 'Hash of the ratebook' },
  scans: { zh: '扫描范围', en: 'Scope of the scans' },
  wording: { zh: '保险条款校验值', en: 'Hash of the wording' },
};
