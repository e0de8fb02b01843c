import { Refusal, type Text } from '../../basics/index.ts';
import { Characteristic, type StudyQuery } from '../cohort/query.ts';
import { holmAdjusted } from '../methods/holm.ts';
import type { Metric } from '../metric.ts';
import { buildCohort, candidateOf, type StudyCohort } from './cohort.ts';
import { compare, type Compared } from './compare.ts';
import { describeShares, lossRatioByBand, silentMetrics, type ScoreBand } from './describe.ts';
import { driftOf } from './drift.ts';
import type { FirmHistory } from './history.ts';
import { designsFor, isScore, splittingMetrics } from './readings.ts';
import type { ForestLine, StudyFinding, StudyResult } from './result.ts';
import type { StudyTable } from './tables.ts';
import { versionChangeOf } from './version-change.ts';
import { wordsWithAdjustedP } from '../words/adjusted.ts';

/** The paper that a study needs: the metrics of the catalogue and the bands of scores. */
export interface StudyPaper {
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly bands: readonly ScoreBand[];
}

/** A result with the data that each finding rests on; `tables[i]` belongs to `findings[i]`. */
export interface FinishedStudy {
  readonly result: StudyResult;
  readonly tables: readonly (StudyTable | null)[];
}

/** Refuses limits of a cohort that exclude each other, which would otherwise be a study of nobody. */
export function requireSoundCohort({ startFrom, startUntil, scoreFrom, scoreUntil }: StudyQuery['cohort']): void {
  if (startFrom !== null && startUntil !== null && startFrom > startUntil)
    throw new Refusal('bad-input', 'reversed-dates', `the first start of cover, ${startFrom}, is later than the last, ${startUntil}`, {
      field: 'cohort.startUntil',
      from: startFrom,
      until: startUntil,
    });
  if (scoreFrom !== null && scoreUntil !== null && scoreFrom > scoreUntil)
    throw new Refusal('bad-input', 'reversed-scores', `the lower limit of scores, ${scoreFrom}, is above the upper one, ${scoreUntil}`, {
      field: 'cohort.scoreUntil',
      from: scoreFrom,
      until: scoreUntil,
    });
}

/** Refuses a study that asks for a metric twice, or splits by one twice: each would count as a test of its own. */
export function requireMetricsOnce({ metrics, splitBy }: Pick<StudyQuery, 'metrics' | 'splitBy'>): void {
  for (const [field, ids] of Object.entries({ metrics, splitBy })) {
    const metric = ids.find((id, at) => ids.indexOf(id) !== at);
    if (metric !== undefined)
      throw new Refusal('bad-input', 'repeated-metric', `\`${field}\` names the metric \`${metric}\` more than once`, { field, metric });
  }
}

/** Refuses a query that its design cannot carry, before anything is computed. */
export function requireSoundQuery(query: StudyQuery, metrics: ReadonlyMap<string, Metric>): void {
  const { design, control, splitBy } = query;
  requireSoundCohort(query.cohort);
  for (const id of query.metrics) {
    if (!metrics.has(id)) throw new Refusal('bad-input', 'unknown-metric', `the catalogue has no metric \`${id}\``, { metric: id });
    if (!designsFor(id).includes(design))
      throw new Refusal('rule', 'metric-does-not-fit-design', `the records on \`${id}\` cannot carry the design \`${design}\``, { metric: id, design });
  }
  for (const id of splitBy)
    if (!splittingMetrics.includes(id)) throw new Refusal('bad-input', 'unknown-split', `firms cannot be split by \`${id}\``, { metric: id });
  if (splitBy.length > 0 && design !== 'groups' && design !== 'survival')
    throw new Refusal('rule', 'split-does-not-fit-design', `the design \`${design}\` compares by cover, not by what firms had at the start`, { design });
  const needsMatched = design === 'did' || (design === 'groups' && splitBy.length === 0);
  if (needsMatched && control.kind !== 'matched') throw controlNeeded(design, 'matched');
  if (design === 'staggered' && control.kind !== 'not-yet-treated') throw controlNeeded(design, 'not-yet-treated');
  if (query.metrics.includes('claims-frequency') && splitBy.length === 0)
    throw new Refusal('rule', 'split-needed', 'claims are recorded for insured firms only: compare by what they had at the start', {
      metric: 'claims-frequency',
    });
}

const controlNeeded = (design: string, kind: string): Refusal =>
  new Refusal('rule', 'control-group-needed', `the design \`${design}\` needs the control group \`${kind}\``, { design, control: kind });

/**
 * Runs a study on firm histories. Pure: equal query, histories and paper give equal results. What cannot be computed stands in the result with its reason; only an
 * unsound query is refused (see `requireSoundQuery`).
 */
export function runStudy(query: StudyQuery, histories: readonly FirmHistory[], paper: StudyPaper): FinishedStudy {
  requireSoundQuery(query, paper.metrics);
  const cohort = buildCohort(histories, query);
  const day = query.asOf.slice(0, 10);
  const compared = query.metrics.flatMap((metric) => splitsOf(query).map((splitBy) => compare(cohort, { metric, splitBy }, query, paper.metrics)));
  const findings = adjusted(compared.map(({ finding }) => finding));
  const result: StudyResult = {
    design: query.design,
    asOf: query.asOf,
    words: answer(findings),
    cohort: {
      insured: cohort.insured.length,
      control: cohort.control.length,
      unmatched: cohort.unmatched,
      excluded: [...cohort.excluded],
      balance: [...cohort.balance],
    },
    findings,
    subgroups: subgroupsOf(cohort, query, paper.metrics),
    shares: describeShares(cohort.everybody, day, paper.metrics),
    versionChange: versionChangeOf(cohort, query.followUpDays),
    drift: driftOf(cohort, paper.bands),
    lossRatio: lossRatioByBand(cohort.insured, day, paper.bands),
    silent: silentMetrics(paper.metrics),
    limits: limitsOf(query, cohort),
  };
  return { result, tables: compared.map(({ table }: Compared) => table) };
}

const splitsOf = ({ splitBy }: StudyQuery): readonly (string | null)[] => (splitBy.length === 0 ? [null] : splitBy);

/** The first finding that could be computed answers; else the first reason why there is no answer. */
function answer(findings: readonly StudyFinding[]): Text {
  const found = findings.find(({ report }) => report !== null);
  return found?.report?.words ?? findings[0]!.notComputable!;
}

/** Several tests in one study are adjusted together, so that the luckiest of them does not speak alone. */
function adjusted(findings: readonly StudyFinding[]): StudyFinding[] {
  const tested = findings.filter(({ p }) => p !== null);
  const ps = holmAdjusted(tested.map(({ p }) => p!));
  const byFinding = new Map(tested.map((finding, index) => [finding, ps[index]!]));
  return findings.map((finding) => withAdjustedP(finding, byFinding.get(finding) ?? null, tested.length));
}

/** A finding with its adjusted p, which its sentence then tells and goes by. */
function withAdjustedP(finding: StudyFinding, adjustedP: number | null, tests: number): StudyFinding {
  const { report, p } = finding;
  if (report === null || p === null || adjustedP === null || tests < 2) return { ...finding, adjustedP };
  return { ...finding, adjustedP, report: { ...report, words: wordsWithAdjustedP(report.words, { p, adjustedP, tests }) } };
}

/** Fewest insured firms for which a part of the cohort is shown by itself. */
const fewestInPart = 5;

/** The first metric again in each industry, size and product: for looking, not for proving. */
function subgroupsOf(cohort: StudyCohort, query: StudyQuery, metrics: ReadonlyMap<string, Metric>): ForestLine[] {
  if (query.design !== 'paired' && query.design !== 'did') return [];
  return Characteristic.options.flatMap((key) => {
    const values = [...new Set(cohort.insured.map((firm) => candidateOf(firm)[key]))].filter((value) => value !== null).sort();
    return values.length < 2 ? [] : values.flatMap((value) => partOf(cohort, query, metrics, { key, value }));
  });
}

/** Matched controls go with the industry or size that they share; a product divides insured firms only, so that no part is shown by product in a comparison. */
function partOf(cohort: StudyCohort, query: StudyQuery, metrics: ReadonlyMap<string, Metric>, part: { key: Characteristic; value: string }): ForestLine[] {
  const belongs = (firm: FirmHistory): boolean => candidateOf(firm)[part.key] === part.value;
  const insured = cohort.insured.filter(belongs);
  const control = cohort.control.filter(belongs);
  if (insured.length < fewestInPart || (query.design === 'did' && control.length < fewestInPart)) return [];
  const { finding } = compare({ ...cohort, insured, control }, { metric: query.metrics[0]!, splitBy: null }, query, metrics);
  const label = `${part.key}:${part.value}`;
  return finding.main === null ? [] : [{ ...finding.main, label: { zh: label, en: label } }];
}

const always: readonly Text[] = [
  {
    zh: '企业的状态取自每次评估；评估之间发生而又消失的情况看不到。修复日期取确认修复的那次复测日期。',
    en: 'How a firm is comes from its assessments; what came and went between them is not seen. Repairs are dated to the scan that confirmed them.',
  },
  {
    zh: '“没有证据”按没有该项措施计，因此覆盖率的上升也可能只是证据变多。',
    en: 'A control without evidence counts as absent, so coverage also rises when only the evidence grows.',
  },
];

const bySituation: Readonly<Record<'none' | 'matched' | 'not-yet-treated' | 'scored', Text>> = {
  none: {
    zh: '没有对照组：只能说明投保企业前后的变化，不能说明是保险带来的。',
    en: 'No control group: this shows how insured firms changed, not that insurance changed them.',
  },
  matched: {
    zh: '对照企业按已记录的特征匹配；没有记录的差异（管理层意愿、预算等）仍可能存在。对照企业是做过评估而未投保的企业，本身经过选择。',
    en: 'Controls are matched on what is recorded; what is not (will of the management, budget) may differ. They are firms that were assessed and not insured: a selection of their own.',
  },
  'not-yet-treated': {
    zh: '以尚未投保的企业为对照；如果企业因为预期要投保而提前整改，效果会被低估或错置。',
    en: 'Firms not yet insured are the control; if firms repair early because they expect cover, the effect is understated or misplaced.',
  },
  scored: {
    zh: '按评分区间选取企业会带来向均值回归：低分企业即使什么都不做，下一次评分平均也会升高。',
    en: 'Choosing firms by score brings regression to the mean: low scores rise on average even if nothing is done.',
  },
};

/** Scores rest on what was known of threats when they were computed. */
const threatsMove: Text = {
  zh: '评分按计算当日的威胁态势衡量漏洞（按新规则重算的旧评分用今天的态势）：威胁变化时，企业没有变化，评分也会变。',
  en: "Scores weigh vulnerabilities by the threat outlook of the day they are computed (old scores under new rules by today's): when threats change, scores move though the firm did not.",
};

function limitsOf({ control, metrics, cohort: { scoreFrom, scoreUntil } }: StudyQuery, cohort: StudyCohort): Text[] {
  const few = cohort.insured.length < 20 ? [fewFirms(cohort.insured.length)] : [];
  const threats = metrics.some(isScore) ? [threatsMove] : [];
  return [bySituation[control.kind], ...(scoreFrom === null && scoreUntil === null ? [] : [bySituation.scored]), ...few, ...threats, ...always];
}

const fewFirms = (n: number): Text => ({
  zh: `只有 ${n} 家投保企业：只看个数和区间，不看百分比。`,
  en: `Only ${n} insured firms: read counts and intervals, not percentages.`,
});
