import { useState } from 'react';
import type { Contradiction, DimensionResult, IndicatorResult } from '../../../../src/domain/assessment/index.ts';
import type { AssessmentRecord, CountedFinding } from '../../../api/wire.ts';
import { useContradictions, useControls } from '../../../api/queries.ts';
import { day, none, number, percent } from '../../../format.ts';
import { DateAssumed } from '../../../parts/date-assumed.tsx';
import { Section } from '../../../parts/page.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { Versions } from '../../../parts/versions.tsx';
import { useWords } from '../../../words.ts';
import './derivation.css';
import { authorsOf } from './authors.ts';
import { evidenceWords } from './evidence-words.ts';
import { IndicatorPanel, isWeighed, Resolve } from './indicator-panel.tsx';

type Titles = ReadonlyMap<string, string>;

/** The names of controls in the reader's language, as the catalogue gives them. */
export function useControlTitles(): Titles {
  const { of } = useWords();
  const controls = useControls().data ?? [];
  return new Map(controls.map(({ id, title }) => [id, of(title)]));
}

function Evidence({ record, indicator, findings }: { record: AssessmentRecord; indicator: IndicatorResult; findings: ReadonlyMap<string, CountedFinding> }) {
  const words = useWords();
  const { t } = words;
  if (indicator.evidence.length === 0 && indicator.value === 'not-applicable') return none;
  if (indicator.evidence.length === 0) return <span className="faint">{t('assessment.noEvidence')}</span>;
  return (
    <ul className="evidence">
      {indicator.evidence.map((one, i) => (
        <li key={`${one.reference}-${i}`}>
          {t(`evidence.${one.kind}`)} · <span className="break">{evidenceWords(one, record, findings.get(one.reference), words)}</span>
          {one.on && <span className="num"> · {one.on}</span>}
          <DateAssumed {...one} />
          {authorsOf(one, record, findings.get(one.reference)).map((name) => (
            <span key={name}> · {name}</span>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** What an indicator counts for in its dimension. */
const figuresOfIndicator = [
  { id: 'counted', of: ({ effective }: IndicatorResult) => percent(effective, 0) },
  { id: 'range', of: ({ low, high }: IndicatorResult) => `${percent(low, 0)}–${percent(high, 0)}` },
  { id: 'weight', of: ({ weight }: IndicatorResult) => number(weight, 1) },
  { id: 'confidence', of: ({ confidence }: IndicatorResult) => number(confidence, 2) },
] as const;

function Indicators({
  record,
  indicators,
  titles,
  findings,
  onOpen,
}: {
  record: AssessmentRecord;
  indicators: readonly IndicatorResult[];
  titles: Titles;
  findings: ReadonlyMap<string, CountedFinding>;
  onOpen: (control: string) => void;
}) {
  const { t } = useWords();
  const weighed = indicators.every(isWeighed) ? figuresOfIndicator : [];
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('assessment.derivation')}>
      <table className="table table-dense">
        <thead>
          <tr>
            <th scope="col">{t('assessment.indicator')}</th>
            <th scope="col">{t('assessment.value')}</th>
            {weighed.map(({ id }) => (
              <th key={id} scope="col" className="right">
                {t(`assessment.${id}`)}
              </th>
            ))}
            <th scope="col">{t('assessment.evidence')}</th>
          </tr>
        </thead>
        <tbody>
          {indicators.map((one) => (
            <tr key={one.control}>
              <th scope="row" data-label={t('assessment.indicator')}>
                <button
                  type="button"
                  className="row-open"
                  aria-label={t('derivation.open', { title: titles.get(one.control) ?? one.control })}
                  onClick={() => onOpen(one.control)}
                >
                  {titles.get(one.control) ?? one.control}
                </button>
              </th>
              <td data-label={t('assessment.value')}>
                {t(`answer.${one.value}`)}
                {one.contradicted && <span className="label label-must-fix">{t('assessment.contradicted')}</span>}
              </td>
              {weighed.map(({ id, of }) => (
                <td key={id} data-label={t(`assessment.${id}`)} className="right num">
                  {one.value === 'not-applicable' ? none : of(one)}
                </td>
              ))}
              <td data-label={t('assessment.evidence')}>
                <Evidence record={record} indicator={one} findings={findings} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The figures that the vulnerability dimension is scored from, and the sum that they make. */
function VulnerabilityFormula({ record: { result }, score }: { record: AssessmentRecord; score: number }) {
  const { t } = useWords();
  const { vulnerability: figures } = result;
  if (figures === undefined) return <p className="faint">{t('derivation.figures.before')}</p>;
  const { share, history, seen, unseen } = figures;
  const lines = [
    ['share', percent(share, 1)],
    ['history', percent(history, 1)],
    ['seen', percent(seen, 1)],
    ['unseen', percent(unseen, 0)],
  ] as const;
  const shown = (value: number): string => number(value, 3);
  return (
    <>
      <dl className="facts">
        {lines.map(([id, value]) => (
          <div key={id}>
            <dt>{t(`derivation.figures.${id}`)}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="num break">
        100 × (1 − {shown(share)}) × {shown(history)} × ({shown(seen)} + (1 − {shown(seen)}) × {shown(unseen)}) = {number(score, 1)}
      </p>
      <p className="faint">{t('derivation.notWeighed')}</p>
    </>
  );
}

function DimensionPart({
  record,
  dimension,
  indicators,
  titles,
  findings,
  onOpen,
}: {
  record: AssessmentRecord;
  dimension: DimensionResult;
  indicators: readonly IndicatorResult[];
  titles: Titles;
  findings: ReadonlyMap<string, CountedFinding>;
  onOpen: (control: string) => void;
}) {
  const { t } = useWords();
  return (
    <details className="derive">
      <summary>
        <span className="derive-name">{t(`dimension.${dimension.dimension}`)}</span>
        <span className="num">{number(dimension.score, 1)}</span>
        <span className="faint num">
          {t('assessment.weight')} {percent(dimension.weight, 0)} · {t('assessment.confidence')} {number(dimension.confidence, 2)}
        </span>
      </summary>
      {dimension.dimension === 'vulnerabilities' && <VulnerabilityFormula record={record} score={dimension.score} />}
      {indicators.length > 0 && <Indicators record={record} indicators={indicators} titles={titles} findings={findings} onOpen={onOpen} />}
    </details>
  );
}

/** What was declared and what was observed against it, before everything else, with the two ways out. */
export function Contradictions({ record }: { record: AssessmentRecord }) {
  const { t, of } = useWords();
  const found = useContradictions(record.id, record.version).data ?? [];
  if (found.length === 0) return null;
  const columns: Column<Contradiction>[] = [
    { id: 'title', title: t('assessment.indicator'), heads: true, cell: (one) => of(one.title) },
    {
      id: 'declared',
      title: t('derivation.declared'),
      cell: ({ attested: { value, on } }) => [t(`answer.${value}`), on].filter((part) => part !== null).join(' · '),
    },
    {
      id: 'observed',
      title: t('derivation.observed'),
      cell: (one) => (
        <ul>
          {one.observed.map(({ finding, title, tool }) => (
            <li key={finding} className="break">
              {title} · {tool}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Section title={t('derivation.pinned')} note={t('derivation.pinnedNote', { count: found.length })}>
      <Table dense caption={t('derivation.pinned')} columns={columns} rows={found} keyOf={({ control }) => control} />
      <Resolve record={record} of={found.map(({ fact }) => (fact === null ? 'answer' : 'fact'))} />
    </Section>
  );
}

const dayMillis = 86_400_000;

interface SourceLine {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly dateAssumed: boolean;
  readonly results: number | null;
}

/** The latest report of each format, and the questionnaire by its newest answer. */
function sourceLines({ reports, answers }: AssessmentRecord, questionnaire: string): SourceLine[] {
  const byFormat = new Map<string, SourceLine>();
  for (const { format, state, scan, submittedAt, findings } of reports) {
    if (state !== 'read' || format === null || scan === null) continue;
    const at = scan.at ?? submittedAt;
    const known = byFormat.get(format);
    if (known === undefined || known.at < at) byFormat.set(format, { id: format, name: format, at, dateAssumed: scan.dateAssumed ?? false, results: findings });
  }
  const newest = Object.values(answers.answers)
    .map(({ on }) => on)
    .sort()
    .at(-1);
  return [
    ...byFormat.values(),
    ...(newest === undefined ? [] : [{ id: 'questionnaire', name: questionnaire, at: `${newest}T00:00:00+08:00`, dateAssumed: false, results: null }]),
  ];
}

const hasEvidence = ({ evidence }: IndicatorResult): boolean => evidence.length > 0;

/** Where the score comes from, how old each source is, and how much of each dimension has evidence at all. */
export function DataSources({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const lines = sourceLines(record, t('derivation.questionnaire'));
  const { result } = record;
  const columns: Column<SourceLine>[] = [
    { id: 'name', title: t('derivation.source'), heads: true, cell: (one) => one.name },
    {
      id: 'at',
      title: t('derivation.latest'),
      cell: (one) => (
        <>
          <span className="num">{day(one.at)}</span>
          <DateAssumed {...one} />
        </>
      ),
    },
    {
      id: 'age',
      title: t('derivation.age'),
      align: 'right',
      cell: (one) => {
        const days = Math.max(0, Math.floor((Date.parse(result.at) - Date.parse(one.at)) / dayMillis));
        return days === 0 ? t('derivation.today') : t('derivation.days', { n: days });
      },
    },
    { id: 'results', title: t('derivation.results'), align: 'right', cell: (one) => (one.results === null ? none : number(one.results)) },
  ];
  const shares = result.dimensions.flatMap(({ dimension }) => {
    const asked = result.indicators.filter((one) => one.dimension === dimension && one.value !== 'not-applicable');
    return asked.length === 0 ? [] : [[t(`dimension.${dimension}`), `${asked.filter(hasEvidence).length}/${asked.length}`] as const];
  });
  return (
    <Section title={t('derivation.sources')} note={t('derivation.sourcesNote')}>
      {lines.length > 0 && <Table dense caption={t('derivation.sources')} columns={columns} rows={lines} keyOf={({ id }) => id} />}
      <p className="faint">{t('derivation.coverageTitle')}</p>
      <dl className="source">
        {shares.map(([name, share]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{share}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** Dimension → indicator → evidence, with weights, ranges and confidence; closed until asked for. An indicator opens down to the raw records. */
export function Derivation({ record, findings }: { record: AssessmentRecord; findings: readonly CountedFinding[] }) {
  const titles = useControlTitles();
  const controls = useControls().data ?? [];
  const [open, setOpen] = useState<string | null>(null);
  const byId = new Map(findings.map((one) => [one.id, one]));
  const { result } = record;
  const indicator = result.indicators.find(({ control }) => control === open);
  return (
    <>
      {result.dimensions.map((dimension) => (
        <DimensionPart
          record={record}
          key={dimension.dimension}
          dimension={dimension}
          titles={titles}
          findings={byId}
          onOpen={setOpen}
          indicators={result.indicators.filter((one) => one.dimension === dimension.dimension)}
        />
      ))}
      <Versions versions={result.versions} />
      {indicator && (
        <IndicatorPanel record={record} indicator={indicator} control={controls.find(({ id }) => id === open)} findings={byId} onClose={() => setOpen(null)} />
      )}
    </>
  );
}
