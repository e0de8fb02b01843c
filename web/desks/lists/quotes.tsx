import { Link } from '@tanstack/react-router';
import { useQuotes } from '../../api/queries.ts';
import type { QuoteSummary } from '../../api/wire.ts';
import { dateTime, plainMoney } from '../../format.ts';
import { Page } from '../../parts/page.tsx';
import { Awaited, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useFirmSearch } from './search.tsx';

const isOpen = (one: QuoteSummary): boolean => one.state === 'quoted' && Date.parse(one.validUntil) > Date.now();
const stateOf = (one: QuoteSummary) => (one.state === 'quoted' && Date.parse(one.validUntil) <= Date.now() ? 'expired' : one.state);

function List({ items }: { items: readonly QuoteSummary[] }) {
  const { t } = useWords();
  const { shown, field } = useFirmSearch(items, (one) => one.firm);
  const columns: Column<QuoteSummary>[] = [
    {
      id: 'firm',
      title: t('lists.firm'),
      heads: true,
      cell: (one) => (
        <Link to="/quotes/$quote" params={{ quote: one.id }}>
          {one.firm}
        </Link>
      ),
    },
    { id: 'outcome', title: t('lists.outcome'), cell: (one) => <span className={`outcome outcome-${one.outcome}`}>{t(`outcome.${one.outcome}`)}</span> },
    { id: 'state', title: t('lists.state'), cell: (one) => t(`quoteState.${stateOf(one)}`) },
    { id: 'premium', title: t('lists.premium'), align: 'right', cell: (one) => plainMoney({ currency: one.currency, minor: one.totalMinor }) },
    { id: 'until', title: t('lists.until'), wideOnly: true, cell: (one) => <span className="num">{dateTime(one.validUntil).slice(0, 16)}</span> },
    { id: 'issued', title: t('lists.issued'), wideOnly: true, cell: (one) => <span className="num">{dateTime(one.issuedAt).slice(0, 16)}</span> },
  ];
  return (
    <>
      {field}
      <Table
        caption={t('lists.quotes')}
        columns={columns}
        rows={shown}
        keyOf={(one) => one.id}
        onOpen={() => undefined}
        exported={{ from: '/api/exports/quotes', all: shown.length < items.length }}
      />
    </>
  );
}

export function Quotes() {
  const { t } = useWords();
  const page = useQuotes();
  const items = page.data?.items ?? [];
  return (
    <Page
      kind={t('lists.quotes')}
      sentence={items.length > 0 ? t('lists.quotesSentence', { count: items.length, open: items.filter(isOpen).length }) : t('lists.quotes')}
      wide
    >
      <Awaited query={page}>
        {(found) =>
          found.items.length === 0 ? (
            <Empty title={t('lists.quotesNone')}>
              <Link to="/assessments" className="action">
                {t('places.assessments')}
              </Link>
            </Empty>
          ) : (
            <List items={found.items} />
          )
        }
      </Awaited>
    </Page>
  );
}
