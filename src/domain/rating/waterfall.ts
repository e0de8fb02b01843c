import { minorPerMajor, roundMinor, type Text } from '../basics/index.ts';
import type { WaterfallBar } from './model.ts';
import type { ShownPrice } from './price.ts';
import type { ShownPeril } from './risk.ts';

type Kind = WaterfallBar['kind'];

const barLabels: Record<Kind, Text> = {
  base: { zh: '参照企业的基准年损失', en: 'Base yearly loss of the reference firm' },
  size: { zh: '企业规模与数据量', en: 'Size of the firm and of its data' },
  industry: { zh: '行业', en: 'Industry' },
  control: { zh: '安全措施', en: 'Security controls' },
  finding: { zh: '漏洞与暴露面', en: 'Findings and exposure' },
  adjustment: { zh: '自身经验与核保调整', en: 'Own experience and schedule rating' },
  cover: { zh: '免赔额、限额与等待期', en: 'Retention, limits and waiting period' },
  load: { zh: '风险附加、费用与利润', en: 'Risk load, expenses and profit' },
  minimum: { zh: '最低保费', en: 'Minimum premium' },
  tax: { zh: '增值税', en: 'VAT' },
};

/**
 * The bars from the reference firm's expected loss to the premium including VAT: each bar is what one more group of facts does to the figure. Levels are rounded and the bars
 * are their differences, so that they sum to the total exactly.
 */
export function waterfall(price: ShownPrice): WaterfallBar[] {
  const levels = levelsOf(price);
  return levels.map(([kind, minor], i) => ({ id: kind, label: barLabels[kind], kind, deltaMinor: minor - (levels[i - 1]?.[1] ?? 0) }));
}

function levelsOf(price: ShownPrice): [Kind, number][] {
  const { parts, premium } = price;
  const rounded = (major: number): number => roundMinor(major * minorPerMajor(premium.currency), 'half-even');
  const adjusted: [Kind, number][] = price.further === null ? [] : [['adjustment', sumPerils(price, (_, i) => price.rates[i]!, industryGroundUp)]];
  const computed: [Kind, number][] = [
    [
      'base',
      sumPerils(
        price,
        ({ frequency }) => frequency.base * frequency.exposure,
        ({ groundUp }) => groundUp.reference,
      ),
    ],
    ['size', sumPerils(price, beforeIndustry, ({ groundUp }) => groundUp.own)],
    ['industry', sumPerils(price, beforeSecurity, industryGroundUp)],
    ['control', sumPerils(price, (peril, i) => beforeSecurity(peril) * price.security[i]!.withControls, industryGroundUp)],
    ['finding', sumPerils(price, (peril, i) => beforeSecurity(peril) * price.security[i]!.used, industryGroundUp)],
    ...adjusted,
    ['cover', parts.expectedLoss],
  ];
  const load: [Kind, number] = ['load', parts.minimum === 0 ? premium.exVat : rounded(parts.charged - parts.minimum)];
  const minimum: [Kind, number][] = parts.minimum === 0 ? [] : [['minimum', premium.exVat]];
  return [...computed.map(([kind, major]): [Kind, number] => [kind, rounded(major)]), load, ...minimum, ['tax', premium.total]];
}

const sumPerils = ({ risk }: ShownPrice, rate: (peril: ShownPeril, i: number) => number, paid: (peril: ShownPeril) => number): number =>
  risk.perils.reduce((sum, peril, i) => sum + rate(peril, i) * paid(peril), 0);

const beforeIndustry = ({ frequency }: ShownPeril): number => frequency.base * frequency.exposure * frequency.size;
const beforeSecurity = (peril: ShownPeril): number => beforeIndustry(peril) * peril.frequency.industry;

const industryGroundUp = ({ groundUp }: ShownPeril): number => groundUp.industry;
