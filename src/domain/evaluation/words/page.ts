import type { Language } from '../../basics/index.ts';
import type { Estimate, SignificanceTest, StudyReport, SurvivalStep } from '../model.ts';
import { labelOf } from './labels.ts';
import { intervalText, pText, plain, smallSample } from './numbers.ts';

const headings = {
  zh: { estimates: '估计值', tests: '检验', table: '生存表', dropped: '未使用的行', caveats: '前提与限制', none: '无', line: '行' },
  en: {
    estimates: 'Estimates',
    tests: 'Tests',
    table: 'Survival table',
    dropped: 'Rows not used',
    caveats: 'Conditions and limits',
    none: 'none',
    line: 'line',
  },
} as const;

/** Columns of the survival table, in the order printed. */
const columns = {
  zh: ['组', '时间', '在险', '事件', '未发生比例', '下限', '上限'],
  en: ['group', 'time', 'at risk', 'events', 'survival', 'low', 'high'],
} as const;

/** A study as plain text: the sentence first, then numbers, table, rows left out, and limits. */
export function studyPage(report: StudyReport, language: Language): string {
  const words = headings[language];
  const sections = [
    section(
      words.estimates,
      report.estimates.map((one) => estimateLine(one, report.n, language)),
    ),
    section(
      words.tests,
      report.tests.map((one) => testLine(one, language)),
    ),
    report.table === undefined ? '' : section(words.table, tableLines(report.table, language)),
    section(
      words.dropped,
      report.dropped.map(({ line, unit, reason }) => `${words.line} ${line} ${unit}: ${reason[language]}`),
    ),
    section(
      words.caveats,
      report.caveats.map(({ text }) => text[language]),
    ),
  ];
  return [`${report.words[language]}\n`, ...sections.filter((text) => text !== '')].join('\n');

  function section(title: string, lines: readonly string[]): string {
    return `${title}\n${(lines.length > 0 ? lines : [words.none]).map((line) => `  ${line}\n`).join('')}`;
  }
}

function estimateLine({ name, value, interval, counts }: Estimate, n: number, language: Language): string {
  const shown = counts === undefined ? (value === null ? '—' : plain(value)) : `${counts.count}/${counts.of}`;
  const range = intervalText(interval, plain, (counts?.of ?? n) < smallSample);
  return `${labelOf(name)[language]}: ${shown}  [${range[language]}${interval === null ? '' : `; ${interval.method}`}]`;
}

const testLine = ({ name, statistic, p, method }: SignificanceTest, language: Language): string =>
  `${labelOf(name)[language]}: ${statistic === null ? '' : `${plain(statistic)}, `}${pText(p)}  [${method}]`;

function tableLines(table: readonly SurvivalStep[], language: Language): string[] {
  const share = (x: number | null): string => (x === null ? '—' : x.toFixed(3));
  const rows = table.map((step) => [
    step.group,
    plain(step.time),
    String(step.atRisk),
    String(step.events),
    share(step.survival),
    share(step.low),
    share(step.high),
  ]);
  return [columns[language], ...rows].map((cells) => cells.join('\t'));
}
