import type { Instant, Text } from '../../basics/index.ts';
import type { StudyQuery } from '../cohort/query.ts';
import { intervalText, plain, countText, pText } from '../words/numbers.ts';
import { characteristicName } from '../words/characteristics.ts';
import { numberLines } from './lines.ts';
import { drawnCurves, intervalPlots } from './pictures.ts';
import type { StudyFinding, StudyResult } from './result.ts';

/** A frozen run as a document tells it. */
export interface FrozenRun {
  readonly fingerprint: string;
  readonly query: StudyQuery;
  readonly result: StudyResult;
  readonly dataHash: string;
  readonly ranAt: Instant;
}

/** The names that a report needs besides the run itself. */
export interface ReportNames {
  readonly number: string;
  readonly version: number;
  readonly insurer: string;
  readonly source: Text;
}

/** The designs in words: what is compared with what. */
export const designTitles: Record<StudyResult['design'], Text> = {
  paired: { zh: '前后配对（无对照组）', en: 'Before and after, paired (no control group)' },
  groups: { zh: '两组比较', en: 'Two groups' },
  did: { zh: '双重差分（匹配对照）', en: 'Difference in differences (matched control)' },
  survival: { zh: '生存分析', en: 'Survival of open findings' },
  staggered: { zh: '分批起始（以尚未投保者为对照）', en: 'Staggered start (not yet insured as control)' },
  interrupted: { zh: '中断时间序列', en: 'Interrupted series' },
};

/** What the report of a study says, as plain data for whoever prints it. */
export function describeStudy(run: FrozenRun, names: ReportNames) {
  const { query, result } = run;
  return {
    number: names.number,
    version: names.version,
    insurer: { name: names.insurer, creditCode: null },
    question: query.question,
    answer: result.words,
    design: designTitles[result.design],
    source: names.source,
    firms: { insured: result.cohort.insured, control: result.cohort.control, unmatched: result.cohort.unmatched },
    excluded: result.cohort.excluded.map(({ reason, firms }) => ({ reason, firms })),
    plots: result.design === 'survival' ? [] : intervalPlots(result.findings, titleOf),
    curves: result.findings.map((finding) => ({ title: titleOf(finding), groups: drawnCurves(finding) })).filter(({ groups }) => groups.length > 0),
    findings: result.findings.map((finding) => ({
      title: titleOf(finding),
      words: finding.report?.words ?? finding.notComputable!,
      lines: finding.report === null ? [] : [...numberLines(finding.report), ...adjustedLine(finding.adjustedP, result.findings.length)],
      dropped: droppedByReason(finding.report?.dropped ?? []),
      caveats: (finding.report?.caveats ?? []).map(({ text }) => text),
    })),
    balance: result.cohort.balance.map(({ name, treated, control, difference }) => ({
      name: characteristicName(name),
      treated: meanShown(name, treated),
      control: meanShown(name, control),
      difference: shownOr(difference),
    })),
    shares: result.shares.map(({ title, counts, interval, notComputable }) => ({
      title,
      value: counts === null ? '—' : countText(counts),
      interval: counts === null ? notComputable! : intervalText(interval, plain, counts.of < 20),
    })),
    bands: result.lossRatio.bands.map(({ band, policies, value, interval }) => ({
      band,
      policies,
      value: shownOr(value),
      interval: intervalText(interval, plain),
    })),
    bandsNotComputable: result.lossRatio.notComputable,
    scoring: scoringPart(result),
    silent: result.silent.map(({ title, because }) => ({ title, because })),
    limits: result.limits,
    versions: [
      { title: { zh: '研究登记指纹', en: 'Fingerprint of the query' }, version: run.fingerprint },
      { title: { zh: '数据校验值', en: 'Hash of the data' }, version: run.dataHash },
      { title: { zh: '随机种子', en: 'Seed' }, version: String(query.seed) },
      ...Object.entries(query.versions).map(([name, version]) => ({ title: versionTitles[name] ?? { zh: name, en: name }, version })),
    ],
    issuedAt: run.ranAt,
    dataAsOf: query.asOf,
  };
}

/** Whether scores may be compared: what new rules did, and whether scores drift. Empty for a result of an earlier engine. */
function scoringPart({ versionChange, drift }: StudyResult) {
  const sentences = [versionChange?.words, drift?.stabilityWords, drift?.chartWords].filter((words) => words !== undefined);
  const estimates = versionChange?.estimates ?? [];
  return { sentences, lines: numberLines({ estimates, tests: [], n: versionChange?.firms ?? 0 }), bands: drift?.stability?.bands ?? [] };
}

const versionTitles: Readonly<Record<string, Text>> = {
  engine: { zh: '评估方法', en: 'Evaluation engine' },
  metrics: { zh: '指标目录', en: 'Metrics' },
  parameters: { zh: '评估参数', en: 'Assessment parameters' },
};

const titleOf = ({ title, splitBy }: StudyFinding): Text => (splitBy === null ? title : joined(title, splitBy.title));

const joined = (a: Text, b: Text): Text => ({ zh: `${a.zh} · 按${b.zh}分组`, en: `${a.en} · by ${b.en}` });

/** A mean of the balance table; money in whole yuan with thousands apart, since exponents are for no reader. */
const meanShown = (name: string, value: number | null): string => {
  if (value === null || name !== 'revenue') return shownOr(value);
  return String(Math.round(value / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
};

const shownOr = (value: number | null): string => (value === null ? '—' : plain(value));

const adjustedLine = (p: number | null, tests: number) =>
  p === null || tests < 2
    ? []
    : [{ label: { zh: '全部指标一并校正后', en: 'adjusted over all metrics' }, value: pText(p), interval: { zh: '—', en: '—' }, method: 'Holm' }];

function droppedByReason(dropped: readonly { readonly code: string; readonly reason: Text }[]): { readonly reason: Text; readonly rows: number }[] {
  const rows = new Map<string, { reason: Text; rows: number }>();
  for (const { code, reason } of dropped) rows.set(code, { reason, rows: (rows.get(code)?.rows ?? 0) + 1 });
  return [...rows.values()];
}
