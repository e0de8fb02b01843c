import { numberLines, type PilotFinding } from '../../../src/domain/evaluation/index.ts';
import { BeforeAfter, type BeforeAfterRow } from '../../charts/before-after.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { AwaitedPage } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import './impact.css';
import { usePilot } from './queries.ts';
import type { PilotStudy } from './wire.ts';

const countNamed = ({ estimates }: PilotFinding, name: string) => estimates.find((one) => one.name === name)?.counts;

function Numbers({ finding, firms }: { finding: PilotFinding; firms: number }) {
  const { t, of } = useWords();
  const lines = numberLines({ estimates: finding.estimates, tests: finding.tests, n: firms }).map((line, index) => ({ ...line, id: String(index) }));
  const columns: Column<(typeof lines)[number]>[] = [
    { id: 'label', title: t('chart.item'), heads: true, cell: (line) => of(line.label) },
    { id: 'value', title: t('impact.value'), align: 'right', cell: (line) => line.value },
    { id: 'interval', title: t('impact.interval'), cell: (line) => <span className="num">{of(line.interval)}</span> },
    { id: 'method', title: t('impact.method'), cell: (line) => <span className="small">{line.method}</span> },
  ];
  return lines.length === 0 ? null : <Table dense caption={of(finding.title)} columns={columns} rows={lines} keyOf={(line) => line.id} />;
}

function Item({ finding, firms }: { finding: PilotFinding; firms: number }) {
  const { t, of } = useWords();
  return (
    <section className="pilot-item">
      <h2>{of(finding.title)}</h2>
      <dl className="facts">
        <div>
          <dt>{t('impact.reported')}</dt>
          <dd>{of(finding.reported)}</dd>
        </div>
        <div>
          <dt>{t('impact.shows')}</dt>
          <dd>
            {of(finding.shows)}
            {finding.compliance && <> {of(finding.compliance)}</>}
          </dd>
        </div>
        <div>
          <dt>{t('impact.doesNotShow')}</dt>
          <dd>{of(finding.doesNotShow)}</dd>
        </div>
        {finding.notComputable && (
          <div>
            <dt>{t('impact.notComputable')}</dt>
            <dd>{of(finding.notComputable)}</dd>
          </div>
        )}
      </dl>
      <Numbers finding={finding} firms={firms} />
    </section>
  );
}

function PilotView({ pilot }: { pilot: PilotStudy }) {
  const { t, of } = useWords();
  const rows: BeforeAfterRow[] = pilot.findings.flatMap((finding) => {
    const [before, after] = [countNamed(finding, 'share-before'), countNamed(finding, 'share-after')];
    // The denominators of the prevalence are assumed, so that it is not drawn beside counts that were reported.
    return before && after && finding.metric !== 'severe-prevalence' ? [{ id: finding.id, title: of(finding.title), before, after }] : [];
  });
  return (
    <Page kind={`${t('impact.kind')} · ${of(pilot.title)}`} sentence={t('impact.pilotSentence', { firms: pilot.firms })} wide>
      <Source parts={[[t('impact.pilotSource'), of(pilot.source)]]} />
      <BeforeAfter rows={rows} />
      {pilot.findings.map((finding) => (
        <Item key={finding.id} finding={finding} firms={pilot.firms} />
      ))}
      <Section title={t('impact.pilotLimits')}>
        <div className="method-box">
          <ul>
            {pilot.limits.map((limit) => (
              <li key={limit.en}>{of(limit)}</li>
            ))}
          </ul>
        </div>
      </Section>
    </Page>
  );
}

/** The published pilot of 49 firms: its numbers as given, and beside each what it can carry. */
export function PilotPage() {
  const query = usePilot();
  return <AwaitedPage query={query}>{(pilot) => <PilotView pilot={pilot} />}</AwaitedPage>;
}
