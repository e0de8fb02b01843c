import { Link } from '@tanstack/react-router';
import { useSubmissions } from '../../api/queries.ts';
import type { SubmissionRecord } from '../../api/wire.ts';
import { dateTime, plainMoney } from '../../format.ts';
import { Page } from '../../parts/page.tsx';
import { Awaited, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useFirmSearch } from './search.tsx';

/** The columns of a list of submissions, for the list and for the insurer's home. */
export function useSubmissionColumns(): Column<SubmissionRecord>[] {
  const { t } = useWords();
  return [
    {
      id: 'firm',
      title: t('lists.firm'),
      heads: true,
      cell: (one) => (
        <Link to="/submissions/$submission" params={{ submission: one.id }}>
          {one.firm}
        </Link>
      ),
    },
    { id: 'state', title: t('lists.state'), cell: (one) => <span className={`outcome outcome-${one.state}`}>{t(`submissionState.${one.state}`)}</span> },
    { id: 'limit', title: t('lists.limit'), align: 'right', cell: (one) => plainMoney({ currency: one.cover.currency, minor: one.cover.limitMinor }) },
    {
      id: 'retention',
      title: t('lists.retention'),
      align: 'right',
      wideOnly: true,
      cell: (one) => plainMoney({ currency: one.cover.currency, minor: one.cover.retentionMinor }),
    },
    { id: 'created', title: t('lists.created'), wideOnly: true, cell: (one) => <span className="num">{dateTime(one.createdAt).slice(0, 16)}</span> },
  ];
}

function List({ items }: { items: readonly SubmissionRecord[] }) {
  const { t } = useWords();
  const { shown, field } = useFirmSearch(items, (one) => one.firm);
  return (
    <>
      {field}
      <Table
        caption={t('lists.submissions')}
        columns={useSubmissionColumns()}
        rows={shown}
        keyOf={(one) => one.id}
        onOpen={() => undefined}
        exported={{ from: '/api/exports/submissions', all: shown.length < items.length }}
      />
    </>
  );
}

export function Submissions() {
  const { t } = useWords();
  const page = useSubmissions();
  const items = page.data?.items ?? [];
  const open = items.filter((one) => one.state === 'open' || one.state === 'referred').length;
  return (
    <Page
      kind={t('lists.submissions')}
      sentence={items.length > 0 ? t('lists.submissionsSentence', { count: items.length, open }) : t('lists.submissions')}
      wide
    >
      <Awaited query={page}>{(found) => (found.items.length === 0 ? <Empty title={t('lists.submissionsNone')} /> : <List items={found.items} />)}</Awaited>
    </Page>
  );
}
