import { useCallback } from 'react';
import { numberLines, type StudyFinding } from '../../../src/domain/evaluation/index.ts';
import type { Count } from '../../../src/domain/evaluation/index.ts';
import { BeforeAfter, type BeforeAfterRow } from '../../charts/before-after.tsx';
import { ForestPlot, type ForestRow, type ForestScale } from '../../charts/forest-plot.tsx';
import { LossRatioBands } from '../../charts/loss-ratio-bands.tsx';
import { SurvivalCurves } from '../../charts/survival-curve.tsx';
import { number } from '../../format.ts';
import { Section } from '../../parts/page.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords, type Wording } from '../../words.ts';
import { adjustedText, groupName, joinedName, partName } from './names.ts';
import type { StudyResult } from './wire.ts';

const countNamed = ({ report }: StudyFinding, name: string): Count | undefined => report?.estimates.find((one) => one.name === name)?.counts;

const beforeAfterRows = (findings: readonly StudyFinding[], { of }: Wording): BeforeAfterRow[] =>
  findings.flatMap((finding) => {
    const [before, after] = [countNamed(finding, 'share-before'), countNamed(finding, 'share-after')];
    return before && after ? [{ id: finding.metric, title: of(finding.title), before, after }] : [];
  });

/** How the numbers of a unit are written; shares in percentage points only when there are firms enough. */
function scaleOf(unit: string, few: boolean, { t }: Wording): ForestScale {
  if (unit === 'times') return { ratio: true, decimals: 2, factor: 1, unit: '' };
  if (unit === 'share')
    return few
      ? { ratio: false, decimals: 2, factor: 1, unit: t('impact.shareUnits') }
      : { ratio: false, decimals: 1, factor: 100, unit: t('impact.percentagePoints') };
  return { ratio: false, decimals: 1, factor: 1, unit: unit === 'points' ? t('impact.points') : unit === 'days' ? t('impact.days') : '' };
}

const rowOf = (id: string, label: string, { n, value, interval }: NonNullable<StudyFinding['main']>): ForestRow => ({
  id,
  label,
  n,
  value,
  low: interval?.low ?? null,
  high: interval?.high ?? null,
});

/** Whether the interval leaves out the value of no difference. */
const isClear = (row: ForestRow, { ratio }: ForestScale): boolean => {
  const zero = ratio ? 1 : 0;
  return row.low !== null && row.high !== null && (row.low > zero || row.high < zero);
};

/** Firms in the smallest group that is compared. */
const smallestGroup = ({ main, groups = [] }: StudyFinding): number => Math.min(main!.n, ...groups.map(({ firms }) => firms));

/** One plot for each unit: points, shares and ratios do not share an axis. */
function Forests({ findings }: { findings: readonly StudyFinding[] }) {
  const words = useWords();
  const { t } = words;
  const main = findings.filter((finding) => finding.main !== null && finding.main.value !== null);
  const units = [...new Set(main.map((finding) => finding.main!.unit))];
  return units.map((unit) => {
    const rows = main
      .filter((finding) => finding.main!.unit === unit)
      .map((finding, index) => rowOf(`${finding.metric}-${index}`, joinedName(finding.title, finding.splitBy?.title ?? null, words), finding.main!));
    const scale = scaleOf(
      unit,
      main.some((finding) => finding.main!.unit === unit && smallestGroup(finding) < 20),
      words,
    );
    return (
      <ForestPlot
        key={unit}
        title={t('impact.forest')}
        sentence={t('impact.forestSentence', { all: rows.length, clear: rows.filter((row) => isClear(row, scale)).length })}
        rows={rows}
        scale={scale}
      />
    );
  });
}

function Parts({ result }: { result: StudyResult }) {
  const words = useWords();
  const { t } = words;
  const rows = result.subgroups.filter(({ value }) => value !== null).map((line) => rowOf(line.label.en, partName(line.label.en, words), line));
  if (rows.length === 0) return null;
  const scale = scaleOf(
    result.subgroups[0]!.unit,
    // A part of a comparison counts both groups.
    rows.some(({ n }) => n < (result.design === 'did' ? 40 : 20)),
    words,
  );
  const values = rows.map(({ value }) => value! * scale.factor);
  const sentence = t('impact.forestPartSentence', { low: number(Math.min(...values), 1), high: number(Math.max(...values), 1) });
  return <ForestPlot title={t('impact.forestPart')} sentence={sentence} rows={rows} scale={scale} note={t('impact.forestPartNote')} />;
}

function Survivals({ findings }: { findings: readonly StudyFinding[] }) {
  const words = useWords();
  const name = useCallback((group: string) => groupName(group, words), [words]);
  return findings.map((finding, index) =>
    finding.report?.table && finding.report.table.length > 0 ? <SurvivalCurves key={index} table={finding.report.table} name={name} /> : null,
  );
}

/** Every drawing that the study has data for, and a sentence where it has none. */
export function Charts({ result }: { result: StudyResult }) {
  const words = useWords();
  const { t, of } = words;
  const rows = beforeAfterRows(result.findings, words);
  return (
    <>
      {rows.length > 0 && <BeforeAfter rows={rows} />}
      {result.design === 'survival' ? <Survivals findings={result.findings} /> : <Forests findings={result.findings} />}
      <Parts result={result} />
      {result.lossRatio.notComputable === null ? (
        <LossRatioBands bands={result.lossRatio.bands} />
      ) : (
        <Section title={t('impact.lossRatioByBand')}>
          <p className="note">{of(result.lossRatio.notComputable)}</p>
        </Section>
      )}
    </>
  );
}

interface NumberRow {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly interval: string;
  readonly method: string;
}

function Numbers({ finding }: { finding: StudyFinding }) {
  const { t, of } = useWords();
  const lines = finding.report === null ? [] : numberLines(finding.report);
  const rows: NumberRow[] = lines.map((line, index) => ({
    id: String(index),
    label: of(line.label),
    value: line.value,
    interval: of(line.interval),
    method: line.method,
  }));
  if (finding.adjustedP !== null)
    rows.push({
      id: 'holm',
      label: t('impact.adjusted'),
      value: adjustedText(finding.adjustedP),
      interval: '—',
      method: 'Holm',
    });
  const columns: Column<NumberRow>[] = [
    { id: 'label', title: t('chart.item'), heads: true, cell: (row) => row.label },
    { id: 'value', title: t('impact.value'), align: 'right', cell: (row) => row.value },
    { id: 'interval', title: t('impact.interval'), cell: (row) => <span className="num">{row.interval}</span> },
    { id: 'method', title: t('impact.method'), cell: (row) => <span className="small">{row.method}</span> },
  ];
  return (
    <details className="impact-numbers">
      <summary>{t('impact.numbers')}</summary>
      <Table dense caption={of(finding.title)} columns={columns} rows={rows} keyOf={(row) => row.id} />
      <Dropped finding={finding} />
      {finding.report !== null && finding.report.caveats.length > 0 && (
        <>
          <h4>{t('impact.caveats')}</h4>
          <ul className="method-box small">
            {finding.report.caveats.map((one) => (
              <li key={one.code}>{of(one.text)}</li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

const droppedShown = 50;

/** Rows that were not used, each with its place and reason. */
function Dropped({ finding }: { finding: StudyFinding }) {
  const { t, of } = useWords();
  const dropped = finding.report?.dropped ?? [];
  if (dropped.length === 0 && finding.leftOut.length === 0) return null;
  return (
    <>
      <h4>
        {t('impact.missing')} {dropped.length > 0 && `(${dropped.length})`}
      </h4>
      <ul className="small">
        {finding.leftOut.map((one) => (
          <li key={one.code}>{t('impact.leftOutLine', { reason: of(one.reason), count: one.firms })}</li>
        ))}
        {dropped.slice(0, droppedShown).map((row) => (
          <li key={`${row.line}-${row.unit}`}>
            <code>{row.unit}</code> {t('impact.row', { line: row.line })}
            {t('punctuation.list')}
            {of(row.reason)}
          </li>
        ))}
        {dropped.length > droppedShown && <li>…</li>}
      </ul>
    </>
  );
}

/** What was found on each metric, in words first. */
export function Findings({ study, findings }: { study: string; findings: readonly StudyFinding[] }) {
  const words = useWords();
  const { t, of } = words;
  return findings.map((finding, index) => (
    <Section
      key={index}
      title={joinedName(finding.title, finding.splitBy?.title ?? null, words)}
      actions={
        finding.report !== null && (
          <a
            className="action"
            href={`/api/studies/${study}/data?finding=${index}`}
            download
            aria-label={t('impact.csvNamed', { metric: joinedName(finding.title, finding.splitBy?.title ?? null, words) })}
          >
            {t('impact.csv')}
          </a>
        )
      }
    >
      <p>{of(finding.report?.words ?? finding.notComputable!)}</p>
      {finding.report !== null && <Numbers finding={finding} />}
    </Section>
  ));
}
