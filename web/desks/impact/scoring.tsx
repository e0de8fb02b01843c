import { numberLines } from '../../../src/domain/evaluation/index.ts';
import { ScoreDrift } from '../../charts/score-drift.tsx';
import { number } from '../../format.ts';
import { Section } from '../../parts/page.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import type { StudyResult } from './wire.ts';

type Split = NonNullable<StudyResult['versionChange']>;
type Stability = NonNullable<NonNullable<StudyResult['drift']>['stability']>;

/** The change of the printed score in its two parts. */
function SplitTable({ estimates, firms }: Split) {
  const { t, of } = useWords();
  const rows = numberLines({ estimates, tests: [], n: firms });
  const columns: Column<(typeof rows)[number]>[] = [
    { id: 'label', title: t('impact.part'), heads: true, cell: (row) => of(row.label) },
    { id: 'value', title: t('impact.pointsGained'), align: 'right', cell: (row) => row.value },
    { id: 'interval', title: t('impact.interval'), cell: (row) => <span className="num">{of(row.interval)}</span> },
  ];
  return <Table caption={t('impact.versionChange')} columns={columns} rows={rows} keyOf={(row) => row.label.en} />;
}

function BandTable({ bands }: { bands: Stability['bands'] }) {
  const { t } = useWords();
  const columns: Column<Stability['bands'][number]>[] = [
    { id: 'band', title: t('impact.band'), heads: true, cell: (one) => one.band },
    { id: 'before', title: t('impact.firmsBefore'), align: 'right', cell: (one) => number(one.before) },
    { id: 'after', title: t('impact.firmsLatest'), align: 'right', cell: (one) => number(one.after) },
  ];
  return <Table caption={t('impact.stability')} columns={columns} rows={bands} keyOf={(one) => one.band} />;
}

/** Whether scores of different days may be compared: what new rules did, how far the distribution moved, and the mean month by month. */
export function Scoring({ result }: { result: StudyResult }) {
  const { t, of } = useWords();
  const { versionChange, drift } = result;
  if (drift === undefined) return null;
  return (
    <Section title={t('impact.scoring')} note={t('impact.scoringNote')}>
      <div className="impact-reading">
        {versionChange ? (
          <>
            <p>{of(versionChange.words)}</p>
            {versionChange.estimates.length > 0 && <SplitTable {...versionChange} />}
          </>
        ) : (
          <p>{t('impact.sameRules')}</p>
        )}
        <p>{of(drift.stabilityWords)}</p>
        {drift.stability && <BandTable bands={drift.stability.bands} />}
        {drift.points.length > 0 ? <ScoreDrift points={drift.points} sentence={of(drift.chartWords)} /> : <p>{of(drift.chartWords)}</p>}
      </div>
    </Section>
  );
}
