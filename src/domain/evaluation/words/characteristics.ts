import type { Text } from '../../basics/index.ts';
import { industryTitles } from '../../parties/index.ts';

const measures: Readonly<Record<string, Text>> = {
  score: { zh: '安全评分', en: 'Security score' },
  employees: { zh: '员工人数', en: 'Employees' },
  revenue: { zh: '营业收入（元）', en: 'Revenue (CNY)' },
};

const sizes: Readonly<Record<string, Text>> = {
  micro: { zh: '微型（不足 10 人）', en: 'Micro (under 10)' },
  small: { zh: '小型（10 至 99 人）', en: 'Small (10 to 99)' },
  medium: { zh: '中型（100 至 299 人）', en: 'Medium (100 to 299)' },
  large: { zh: '大型（300 人以上）', en: 'Large (300 and more)' },
};

const byKey: Readonly<Record<string, Readonly<Record<string, Text>>>> = { industry: industryTitles, size: sizes };

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
