import type { Incident, InsurerTerms, Replay } from '../../../src/domain/catalogue/index.ts';
import type { Money } from '../../../src/domain/basics/index.ts';
import { Amount } from '../../parts/amount.tsx';
import { Section } from '../../parts/page.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import type { Replayed } from './queries.ts';
import './wordings.css';

interface Row {
  readonly incident: Incident;
  readonly replay: Replay;
}

type Paid = Replay['payments'][number];

const moneyOf = ({ currency }: Incident, minor: number): Money => ({ currency, minor });

function signed(minor: number, text: string): string {
  return minor > 0 ? `+${text}` : text;
}

/** An amount, and below it the clause that explains most of the distance to the best payer. */
function Payment({ incident, payment }: { incident: Incident; payment: Paid }) {
  const { t, of, money } = useWords();
  const decisive = payment.differences[0];
  return (
    <>
      <Amount money={moneyOf(incident, payment.paidMinor)} />
      <span className="faint small deciding-clause">
        {decisive === undefined ? t('wordings.best') : `${of(decisive.title)} (${signed(decisive.deltaMinor, money(moneyOf(incident, decisive.deltaMinor)))})`}
      </span>
    </>
  );
}

/** Every incident under every wording. */
export function ReplayMatrix({ incidents, replays, insurers }: Replayed & { insurers: readonly InsurerTerms[] }) {
  const { t, of } = useWords();
  const rows = incidents.map((incident, i): Row => ({ incident, replay: replays[i]! }));
  const columns: Column<Row>[] = [
    { id: 'incident', title: t('wordings.incident'), heads: true, cell: ({ incident }) => <span className="incident-name">{of(incident.title)}</span> },
    { id: 'loss', title: t('wordings.loss'), align: 'right', cell: ({ incident, replay }) => <Amount money={moneyOf(incident, replay.lossMinor)} /> },
    ...insurers.map((terms, i): Column<Row> => ({
      id: terms.id,
      title: of(terms.insurer),
      align: 'right',
      cell: ({ incident, replay }) => <Payment incident={incident} payment={replay.payments[i]!} />,
    })),
  ];
  return (
    <Section title={t('wordings.matrix')} note={t('wordings.matrixNote')}>
      <Table dense caption={t('wordings.matrix')} columns={columns} rows={rows} keyOf={({ incident }) => incident.id} />
      {rows.map((row) => (
        <Details key={row.incident.id} {...row} insurers={insurers} />
      ))}
    </Section>
  );
}

/** What happened, where it is told, how the losses were set, and every clause that makes a distance. */
function Details({ incident, replay, insurers }: Row & { insurers: readonly InsurerTerms[] }) {
  const { t, of, money } = useWords();
  const named = new Map(insurers.map((terms) => [terms.id, of(terms.insurer)]));
  return (
    <details className="incident">
      <summary>{of(incident.title)}</summary>
      <p>{of(incident.outline)}</p>
      <p className="faint">
        {t('wordings.assumed')}: {of(incident.assumed)}
      </p>
      <p>
        {t('wordings.sources')}:{' '}
        {incident.sources.map((source) => (
          <a key={source.url} href={source.url} rel="noreferrer">
            {source.name} [{source.provenance}]{' '}
          </a>
        ))}
      </p>
      <h3>{t('wordings.explained')}</h3>
      {replay.payments.flatMap((payment) =>
        payment.against === null
          ? []
          : [
              <div key={payment.insurer}>
                <p>{t('wordings.explainedRow', { insurer: named.get(payment.insurer), against: named.get(payment.against) })}</p>
                <ul>
                  {payment.differences.map((difference) => (
                    <li key={difference.dimensions.join()}>
                      {of(difference.title)} <span className="num">{signed(difference.deltaMinor, money(moneyOf(incident, difference.deltaMinor)))}</span>
                    </li>
                  ))}
                </ul>
              </div>,
            ],
      )}
    </details>
  );
}
