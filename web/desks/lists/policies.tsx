import { Link } from '@tanstack/react-router';
import { usePolicies, useSession } from '../../api/queries.ts';
import type { PolicyRecord } from '../../api/wire.ts';
import { day, plainMoney } from '../../format.ts';
import { Page } from '../../parts/page.tsx';
import { Awaited, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useProposedCancellations } from '../cancellation/queries.ts';
import { useFirmSearch } from './search.tsx';

const lastDay = (to: string): string => day(new Date(Date.parse(to) - 1000).toISOString());

function List({ items }: { items: readonly PolicyRecord[] }) {
  const { t } = useWords();
  const may = useSession().data?.permissions.includes('case:decide') ?? false;
  const waiting = new Set(useProposedCancellations(may).data?.map(({ policy }) => policy));
  const { shown, field } = useFirmSearch(items, (one) => one.policy.insured.name);
  const columns: Column<PolicyRecord>[] = [
    {
      id: 'number',
      title: t('lists.number'),
      heads: true,
      cell: (one) => (
        <Link to="/policies/$policy" params={{ policy: one.id }} className="num">
          {one.policy.number}
        </Link>
      ),
    },
    { id: 'firm', title: t('lists.firm'), cell: (one) => one.policy.insured.name },
    {
      id: 'period',
      title: t('lists.period'),
      cell: (one) => (
        <span className="num">
          {day(one.policy.period.from)} ～ {lastDay(one.policy.period.to)}
          {one.policy.state === 'cancelled' && <span className="faint"> · {t('cancellation.state')}</span>}
          {waiting.has(one.id) && <span className="label label-must-fix">{t('cancellation.waitingMark')}</span>}
        </span>
      ),
    },
    {
      id: 'limit',
      title: t('lists.limit'),
      align: 'right',
      cell: (one) => plainMoney({ currency: one.policy.cover.currency, minor: one.policy.cover.limitMinor }),
    },
    { id: 'premium', title: t('lists.premium'), align: 'right', cell: (one) => plainMoney(one.policy.premium.total) },
  ];
  return (
    <>
      {field}
      <Table
        caption={t('lists.policies')}
        columns={columns}
        rows={shown}
        keyOf={(one) => one.id}
        onOpen={() => undefined}
        exported={{ from: '/api/exports/policies', all: shown.length < items.length }}
      />
    </>
  );
}

export function Policies() {
  const { t, money } = useWords();
  const page = usePolicies();
  const items = page.data?.items ?? [];
  const premium = money({ currency: 'CNY', minor: items.reduce((sum, one) => sum + one.policy.premium.total.minor, 0) });
  return (
    <Page
      kind={t('lists.policies')}
      sentence={items.length > 0 ? t('lists.policiesSentence', { count: items.length, premium }) : t('lists.policies')}
      aside={<Link to="/wordings">{t('wordings.link')}</Link>}
      wide
    >
      <Awaited query={page}>
        {(found) =>
          found.items.length === 0 ? (
            <Empty title={t('lists.policiesNone')}>
              <Link to="/quotes" className="action">
                {t('places.quotes')}
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
