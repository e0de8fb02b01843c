import { Refusal, type Text } from '../../basics/index.ts';
import type { StudyQuery } from '../cohort/query.ts';
import { readCompared, studyCompared } from '../designs/did.ts';
import { readMembers, studyGroups } from '../designs/groups.ts';
import { studySeries } from '../designs/interrupted.ts';
import { readPairs, studyPairs } from '../designs/paired.ts';
import { groupedBy, type RawRow } from '../designs/rows.ts';
import { studyStaggered } from '../designs/staggered.ts';
import { usualSettings } from '../designs/study.ts';
import { readWatched, studyWatched } from '../designs/survival.ts';
import type { Metric } from '../metric.ts';
import type { Design, Estimate, SignificanceTest, StudyReport } from '../model.ts';
import type { StudyCohort } from './cohort.ts';
import { firmsBehind } from './firms-behind.ts';
import { panelOf } from './panel-of.ts';
import type { StudyFinding } from './result.ts';
import { comparedTable, groupsTable, pairedTable, quarterlyTable, seriesTable, watchedTable, type Comparison, type StudyTable } from './tables.ts';

/** A comparison with the data it rests on. */
export interface Compared {
  readonly finding: StudyFinding;
  readonly table: StudyTable | null;
}

const tables: Record<Design, (cohort: StudyCohort, comparison: Comparison, query: StudyQuery) => StudyTable> = {
  paired: pairedTable,
  groups: groupsTable,
  did: comparedTable,
  survival: watchedTable,
  staggered: quarterlyTable,
  interrupted: seriesTable,
};

/** One comparison of a study: its table, and what the design says about it. What cannot be computed is said, with the reason, and never thrown. */
export function compare(cohort: StudyCohort, comparison: Comparison, query: StudyQuery, metrics: ReadonlyMap<string, Metric>): Compared {
  const subject = metrics.get(comparison.metric);
  if (subject === undefined)
    throw new Refusal('bad-input', 'unknown-metric', `the catalogue has no metric \`${comparison.metric}\``, { metric: comparison.metric });
  const known = { metric: subject.id, title: subject.title, unit: subject.unit, forcedByGate: subject.forcedByGate, splitBy: splitOf(comparison, metrics) };
  const nothing = { report: null, main: null, p: null, adjustedP: null };
  let table: StudyTable | null = null;
  try {
    table = tables[query.design](cohort, comparison, query);
    const behind = firmsBehind(table, query.design, cohort);
    const report = spoken(reportOf(table, query, subject));
    return {
      table,
      finding: {
        ...known,
        report: query.design === 'survival' ? ofFirms(report, behind.groups) : report,
        notComputable: null,
        leftOut: [...table.leftOut],
        ...behind,
        ...headlineOf(report, subject),
      },
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { table, finding: { ...known, ...nothing, notComputable: whyNot(error), leftOut: [...(table?.leftOut ?? [])] } };
  }
}

/** Says of times to repair that they are those of vulnerabilities, several to a firm, so that the sample is smaller than it looks. */
function ofFirms(report: StudyReport, groups: StudyFinding['groups'] = []): StudyReport {
  const firms = groups.reduce((sum, group) => sum + group.firms, 0);
  if (firms === report.n) return report;
  const byFirm = report.tests.some(({ method }) => method.includes('clusters'));
  const text = {
    zh: `统计单位是 ${firms} 家企业的 ${report.n} 个漏洞：同一企业的漏洞往往一起修复，并不独立，因此区间偏窄${byFirm ? '；p 值按企业整体置换' : '、p 值偏小'}。`,
    en: `The units are ${report.n} vulnerabilities of ${firms} firms: a firm often repairs its own together, so they are not independent; intervals are too narrow${byFirm ? ', while p deals whole firms to the groups' : ' and p too small'}.`,
  };
  return {
    ...report,
    words: { zh: `${report.words.zh}${text.zh}`, en: `${report.words.en} ${text.en}` },
    caveats: [{ code: 'several-per-firm', text }, ...report.caveats.filter(({ code }) => code !== 'depending-units')],
  };
}

const splitOf = ({ splitBy }: Comparison, metrics: ReadonlyMap<string, Metric>): StudyFinding['splitBy'] =>
  splitBy === null ? null : { metric: splitBy, title: metrics.get(splitBy)?.title ?? { zh: splitBy, en: splitBy } };

function reportOf({ rows }: StudyTable, { design, seed }: StudyQuery, subject: Metric): StudyReport {
  const settings = { ...usualSettings, seed, subject };
  switch (design) {
    case 'paired':
      return studyPairs(readPairs(rows), settings);
    case 'groups':
      return studyGroups(readMembers(rows), settings);
    case 'did':
      return studyCompared(readCompared(rows), settings);
    case 'survival':
      return studyWatched(readWatched(rows), settings);
    case 'staggered':
      return studyStaggered(panelOf(rows), settings);
    case 'interrupted':
      return studySeries(seriesOf(rows), settings);
  }
}

/** The mean of each quarter in which a firm has a value, around the start. */
function seriesOf(rows: readonly RawRow[]) {
  const known = rows.filter(({ cells }) => cells['value'] !== '');
  const quarters = [...groupedBy(known, ({ cells }) => cells['period']!)].sort(([a], [b]) => Number(a) - Number(b));
  const meanOf = (own: readonly RawRow[]): number => own.reduce((sum, { cells }) => sum + Number(cells['value']), 0) / own.length;
  return { values: quarters.map(([, own]) => meanOf(own)), interruption: quarters.filter(([period]) => Number(period) < 0).length };
}

/** Labels of groups in the reader's language: tables name them in one language only, so that the command line reads them too. */
const labels: readonly (readonly [RegExp, string])[] = [
  [/\buninsured\b/g, '未投保'],
  [/\binsured\b/g, '已投保'],
  [/\bwithout\b/g, '起点无此措施'],
  [/\bwith\b/g, '起点有此措施'],
];

/** The name of a group in both languages. */
export const groupLabel = (label: string): Text => ({ zh: labels.reduce((text, [word, name]) => text.replace(word, name), label), en: label });

const spoken = (report: StudyReport): StudyReport => ({ ...report, words: { zh: groupLabel(report.words.zh).zh, en: report.words.en } });

const mainEstimates =
  /^(change-of-share|mean-change|difference-of-shares|difference-of-means|rate-ratio|difference-in-differences|restricted-mean-difference|effect|level-change)(?=$|\[| )/;

/** A description of one group has no comparison; its median stands for it. */
const mainOf = (estimates: readonly Estimate[]): Estimate | undefined =>
  estimates.find(({ name }) => mainEstimates.test(name) && !name.startsWith('mean-change[')) ?? estimates.find(({ name }) => name.startsWith('median-time'));

/** The test that the sentence speaks of: the permutation where its caveat says that the t test is doubtful, else the first. */
const decidingTest = ({ tests, caveats }: StudyReport): SignificanceTest | undefined =>
  (caveats.some(({ code }) => code === 'few-clusters' || code === 'few-firms')
    ? tests.find(({ method }) => /^(permutation|sign flips)/.test(method))
    : undefined) ?? tests.find(({ name }) => !name.startsWith('path-before'));

function headlineOf(report: StudyReport, subject: Metric): Pick<StudyFinding, 'main' | 'p' | 'adjustedP'> {
  const main = mainOf(report.estimates);
  const p = decidingTest(report)?.p ?? null;
  if (main === undefined) return { main: null, p, adjustedP: null };
  const unit = main.name.startsWith('rate-ratio') ? 'times' : subject.unit;
  return { main: { label: subject.title, n: report.n, value: main.value, interval: main.interval, unit }, p, adjustedP: null };
}

const refusals: Readonly<Record<string, Text>> = {
  'no-usable-rows': { zh: '没有一家企业同时具备所需的记录，无法计算。', en: 'No firm has all the records needed, so nothing can be computed.' },
  'empty-group': { zh: '比较需要两组企业，其中一组为空。', en: 'A comparison needs two groups of firms, and one of them is empty.' },
};

const whyNot = (refusal: Refusal): Text => refusals[refusal.code] ?? { zh: `无法计算：${refusal.message}`, en: `Not computable: ${refusal.message}` };
