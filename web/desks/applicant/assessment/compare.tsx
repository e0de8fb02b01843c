import { useState } from 'react';
import { assetTitle, changeInTenths, ruleTitles, type Comparison, type FindingChange } from '../../../../src/domain/assessment/index.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { useCover } from '../../../forms/cover.ts';
import { day, number } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { Awaited } from '../../../parts/states.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { useComparison, useVersions, type Version } from './report-queries.ts';
import './compare.css';

/** Whole tenths of a point, with their sign. */
const points = (tenths: number): string => `${tenths > 0 ? '+' : ''}${number(tenths / 10, 1)}`;

/** What changed between two kept versions of the assessment, and why. */
export function CompareDates({ record }: { record: AssessmentRecord }) {
  const { t } = useWords();
  const versions = useVersions(record.id, record.version);
  return (
    <Section title={t('reports.compare.title')} {...((versions.data?.length ?? 0) < 2 ? {} : { note: t('reports.compare.note') })}>
      <Awaited query={versions} rows={3}>
        {(items) => (items.length < 2 ? <p className="faint">{t('reports.compare.one')}</p> : <ChosenDates record={record} items={items} />)}
      </Awaited>
    </Section>
  );
}

function ChosenDates({ record, items }: { record: AssessmentRecord; items: readonly Version[] }) {
  const { t } = useWords();
  const { cover } = useCover(record);
  const [chosen, setChosen] = useState<{ before: number; after: number } | null>(null);
  const pair = chosen ?? { before: firstWorthComparing(items), after: items[0]!.version };
  const ordered = pair.before < pair.after;
  const comparison = useComparison(record.id, ordered ? { ...pair, cover } : null);
  return (
    <>
      <div className="filters no-print">
        {(['before', 'after'] as const).map((side) => (
          <VersionPicker
            key={side}
            label={t(`reports.compare.${side}`)}
            items={items}
            value={pair[side]}
            onChange={(version) => setChosen({ ...pair, [side]: version })}
          />
        ))}
      </div>
      {ordered ? <Awaited query={comparison}>{(found) => <Compared found={found} />}</Awaited> : <p className="faint">{t('reports.compare.choose')}</p>}
    </>
  );
}

/** The first version in which anything was known, else the first. */
const firstWorthComparing = (items: readonly Version[]): number =>
  [...items].reverse().find(({ reports, version }) => reports > 0 && version < items[0]!.version)?.version ?? items.at(-1)!.version;

function VersionPicker({ label, items, value, onChange }: { label: string; items: readonly Version[]; value: number; onChange: (version: number) => void }) {
  const { t } = useWords();
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(Number(event.target.value))}>
      {items.map((one) => (
        <option key={one.version} value={one.version}>
          {label}: {t('reports.card.versionAt', { n: one.version, at: day(one.at), score: number(one.score, 1) })}
        </option>
      ))}
    </select>
  );
}

function Compared({ found }: { found: Comparison }) {
  const { t } = useWords();
  const { before, after, causes } = found;
  const tenths = changeInTenths(before.score, after.score, causes);
  const said = {
    before: number(before.score, 1),
    after: number(after.score, 1),
    change: points(tenths.change),
    firm: points(tenths.firm),
    rules: points(tenths.rules),
    time: points(tenths.time),
  };
  return (
    <>
      <p className="lead">{t('reports.compare.sentence', said)}</p>
      <Slopes found={found} />
      <Numbers found={found} />
      {found.reportsWithdrawn > 0 && <p className="section-note">{t('reports.compare.withdrawn', { count: found.reportsWithdrawn })}</p>}
      <FindingChanges items={found.findings} />
      <Lists found={found} />
    </>
  );
}

const height = 190;
const top = 14;
const yOf = (score: number): number => top + (1 - score / 100) * (height - 2 * top);

/** Where the names of the lines stand at the right: at their ends, moved apart just enough to be read. */
function namePlaces(dimensions: Comparison['dimensions']): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  let last = -Infinity;
  for (const { dimension, after } of [...dimensions].sort((a, b) => b.after - a.after)) {
    last = Math.max(yOf(after) + 4, last + 14);
    places.set(dimension, last);
  }
  return places;
}

/** A line for each dimension from its score before to its score after; the table beside it holds the same numbers. */
function Slopes({ found }: { found: Comparison }) {
  const { t } = useWords();
  const places = namePlaces(found.dimensions);
  const label = found.dimensions.map((one) => `${t(`dimensionShort.${one.dimension}`)} ${number(one.before, 1)} → ${number(one.after, 1)}`).join('; ');
  return (
    <figure className="slopes">
      <svg viewBox={`0 0 420 ${height + 40}`} role="img" aria-label={`${t('reports.compare.chart')}: ${label}`}>
        {[60, 260].map((x) => (
          <line key={x} x1={x} x2={x} y1={top} y2={height - top} className="slope-axis" />
        ))}
        {found.dimensions.map((one) => (
          <g key={one.dimension} className={one.after < one.before - 0.05 ? 'slope slope-down' : 'slope'}>
            <line x1={60} y1={yOf(one.before)} x2={260} y2={yOf(one.after)} />
            <circle cx={60} cy={yOf(one.before)} r={3} />
            <circle cx={260} cy={yOf(one.after)} r={3} />
            <text x={270} y={places.get(one.dimension)}>
              {t(`dimensionShort.${one.dimension}`)} {number(one.after, 1)}
            </text>
          </g>
        ))}
        <text x={52} y={yOf(100) + 4} textAnchor="end">
          100
        </text>
        <text x={52} y={yOf(0) + 4} textAnchor="end">
          0
        </text>
      </svg>
      <figcaption>{t('reports.compare.chart')}</figcaption>
    </figure>
  );
}

interface Line {
  readonly id: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  /** In tenths. */
  readonly causes: Comparison['causes'] | null;
}

function linesOf({ before, after, causes, dimensions }: Comparison, { t, money }: ReturnType<typeof useWords>): Line[] {
  const gate = (passed: boolean): string => t(passed ? 'reports.compare.passed' : 'reports.compare.missed');
  const scored = (id: string, name: string, then: number, now: number, why: Comparison['causes']): Line => {
    const { change, ...causesOfIt } = changeInTenths(then, now, why);
    return { id, name, before: number(then, 1), after: number(now, 1), change: points(change), causes: causesOfIt };
  };
  const premium = before.premium && after.premium;
  return [
    scored('score', t('reports.compare.score'), before.score, after.score, causes),
    ...dimensions.map((one) => scored(one.dimension, t(`dimension.${one.dimension}`), one.before, one.after, one)),
    { id: 'gate', name: t('reports.compare.gate'), before: gate(before.gatePassed), after: gate(after.gatePassed), change: '', causes: null },
    ...(premium
      ? [{ id: 'premium', name: t('reports.compare.premium'), before: money(before.premium!), after: money(after.premium!), change: '', causes: null }]
      : []),
  ];
}

function Numbers({ found }: { found: Comparison }) {
  const words = useWords();
  const { t } = words;
  const columns: Column<Line>[] = [
    { id: 'name', title: t('reports.compare.item'), heads: true, cell: (one) => one.name },
    { id: 'before', title: t('reports.compare.before'), align: 'right', cell: (one) => one.before },
    { id: 'after', title: t('reports.compare.after'), align: 'right', cell: (one) => one.after },
    { id: 'change', title: t('reports.compare.change'), align: 'right', cell: (one) => <strong>{one.change}</strong> },
    ...(['firm', 'rules', 'time'] as const).map((cause) => ({
      id: cause,
      title: t(`reports.compare.${cause}`),
      align: 'right' as const,
      wideOnly: true,
      cell: (one: Line) => (one.causes === null ? '' : points(one.causes[cause])),
    })),
  ];
  return <Table dense caption={t('reports.compare.title')} columns={columns} rows={linesOf(found, words)} keyOf={({ id }) => id} />;
}

function FindingChanges({ items }: { items: readonly FindingChange[] }) {
  const { t, of } = useWords();
  if (items.length === 0) return null;
  const columns: Column<FindingChange>[] = [
    {
      id: 'kind',
      title: t('reports.compare.kind'),
      bare: true,
      cell: (one) => <span className={one.kind === 'fixed' ? 'good' : ''}>{t(`reports.compare.kinds.${one.kind}`)}</span>,
    },
    { id: 'what', title: t('reports.compare.what'), heads: true, cell: (one) => one.title },
    { id: 'asset', title: t('reports.compare.asset'), cell: (one) => <span className="break">{of(assetTitle(one.asset))}</span> },
  ];
  return (
    <>
      <h3>{t('reports.compare.findings')}</h3>
      <Table dense caption={t('reports.compare.findings')} columns={columns} rows={items.slice(0, 100)} keyOf={({ id }) => id} />
    </>
  );
}

function Lists({ found }: { found: Comparison }) {
  const { t, of } = useWords();
  const lists: [string, string[]][] = [
    [t('reports.compare.gone'), found.gate.gone.map(of)],
    [t('reports.compare.added'), found.gate.added.map(of)],
    [
      t('reports.compare.answers'),
      found.answers.map(
        ({ title, before, after }) => `${of(title)}: ${t('reports.compare.answer', { before: t(`answer.${before}`), after: t(`answer.${after}`) })}`,
      ),
    ],
    [t('reports.compare.expired'), found.expired.map(({ title, until }) => t('reports.compare.expiredOn', { title: of(title), until }))],
    [t('reports.compare.versions'), ruleTitles.filter((one) => found.rules.some(({ title }) => title === one)).map((one) => t(`reports.compare.rule.${one}`))],
  ];
  return lists
    .filter(([, items]) => items.length > 0)
    .map(([title, items]) => (
      <details key={title} className="compare-list">
        <summary>
          {title} ({items.length})
        </summary>
        <ul>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      </details>
    ));
}
