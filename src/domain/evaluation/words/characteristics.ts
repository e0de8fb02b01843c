import type { Text } from '../../basics/index.ts';
import type { Industry } from '../../parties/index.ts';

const measures: Readonly<Record<string, Text>> = {
  score: { zh: '安全评分', en: 'Security score' },
  employees: { zh: '员工人数', en: 'Employees' },
  revenue: { zh: '营业收入（元）', en: 'Revenue (CNY)' },
};

const industries: Readonly<Record<Industry, Text>> = {
  finance: { zh: '金融业', en: 'Finance' },
  healthcare: { zh: '医疗卫生', en: 'Health care' },
  information: { zh: '信息技术与互联网', en: 'IT and internet' },
  education: { zh: '教育', en: 'Education' },
  public: { zh: '公共管理', en: 'Public administration' },
  retail: { zh: '批发零售与电商', en: 'Retail and e-commerce' },
  manufacturing: { zh: '制造业', en: 'Manufacturing' },
  automotive: { zh: '汽车及零部件', en: 'Automotive' },
  services: { zh: '商务与生活服务', en: 'Business and personal services' },
  construction: { zh: '建筑业', en: 'Construction' },
  agriculture: { zh: '农林牧渔', en: 'Agriculture' },
  mining: { zh: '采矿业', en: 'Mining' },
};

const sizes: Readonly<Record<string, Text>> = {
  micro: { zh: '微型（不足 10 人）', en: 'Micro (under 10)' },
  small: { zh: '小型（10 至 99 人）', en: 'Small (10 to 99)' },
  medium: { zh: '中型（100 至 299 人）', en: 'Medium (100 to 299)' },
  large: { zh: '大型（300 人以上）', en: 'Large (300 and more)' },
};

const byKey: Readonly<Record<string, Readonly<Record<string, Text>>>> = { industry: industries, size: sizes };

/** The reader's name of a line of the balance table, e.g. `industry: retail`. Unknown names stay as they are. */
export function characteristicName(name: string): Text {
  const [key = '', value = ''] = name.split(/:\s*/);
  const found = measures[name] ?? byKey[key]?.[value];
  if (found === undefined) return { zh: name, en: name };
  return key === 'industry'
    ? { zh: `行业：${found.zh}`, en: `Industry: ${found.en}` }
    : key === 'size'
      ? { zh: `规模：${found.zh}`, en: `Size: ${found.en}` }
      : found;
}
