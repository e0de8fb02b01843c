import { number } from '../../format.ts';
import { Section } from '../../parts/page.tsx';
import { Awaited, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useOwnHistory } from './queries.ts';
import type { FirmHistory } from './wire.ts';

type Look = FirmHistory['observations'][number] & { readonly rulesChanged: boolean };

/** Looks, newest first, each with whether its scores can be held against the one before. */
const looksOf = ({ observations }: FirmHistory): Look[] =>
  observations.map((look, index) => ({ ...look, rulesChanged: index > 0 && observations[index - 1]!.scoring !== look.scoring })).toReversed();

/** A firm's own assessments over time: numbers without percentages, because one firm is one. */
export function OwnHistory() {
  const { t } = useWords();
  const query = useOwnHistory(true);
  const columns: Column<Look>[] = [
    { id: 'on', title: t('impact.ownDay'), heads: true, cell: (look) => <span className="num">{look.on}</span> },
    {
      id: 'score',
      title: t('impact.ownScore'),
      align: 'right',
      cell: (look) => (
        <>
          {number(look.score, 1)}
          {look.rulesChanged && (
            <>
              <br />
              <small className="faint">{t('impact.ownRules')}</small>
            </>
          )}
        </>
      ),
    },
    {
      id: 'gate',
      title: t('impact.ownGate'),
      cell: (look) => <span className={look.gatePassed ? 'good' : 'bad'}>{t(look.gatePassed ? 'lists.passed' : 'lists.missed')}</span>,
    },
    {
      id: 'severe',
      title: t('impact.ownSevere'),
      align: 'right',
      cell: (look) => (look.scannedOn === null ? t('impact.ownNotScanned') : number(look.severeOpen.length)),
    },
  ];
  return (
    <Awaited query={query}>
      {({ firms }) =>
        firms.length === 0 ? (
          <Empty title={t('impact.ownNone')} />
        ) : (
          firms.map(({ name, history }) => (
            <Section key={history.firm} title={name} note={t('impact.ownNote')}>
              <Table caption={name} columns={columns} rows={looksOf(history)} keyOf={(look) => look.on} />
            </Section>
          ))
        )
      }
    </Awaited>
  );
}
