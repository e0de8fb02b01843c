import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useJournal } from '../../api/queries.ts';
import { request } from '../../api/request.ts';
import type { JournalEntry } from '../../api/wire.ts';
import { dateTime } from '../../format.ts';
import { Page } from '../../parts/page.tsx';
import { Awaited, Empty, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';

function Verification() {
  const { t } = useWords();
  const verify = useMutation({ mutationFn: () => request<{ lines: number; broken: number | null; head: string }>('GET', '/api/journal/verification') });
  return (
    <div className="row">
      <Button onClick={() => verify.mutate()} loading={verify.isPending}>
        {t('lists.verify')}
      </Button>
      {verify.error && <ProblemNote problem={verify.error} />}
      {verify.data && (
        <p role="status" className={verify.data.broken === null ? 'good' : 'bad'}>
          {verify.data.broken === null
            ? t('lists.verified', { lines: verify.data.lines, head: verify.data.head.slice(0, 12) })
            : t('lists.broken', { line: verify.data.broken })}
        </p>
      )}
    </div>
  );
}

/** The organisation's journal, and the proof that nothing in it was changed. */
export function JournalPage() {
  const { t } = useWords();
  const journal = useJournal();
  const columns: Column<JournalEntry>[] = [
    { id: 'at', title: t('lists.at'), heads: true, cell: (one) => <span className="num">{dateTime(one.at)}</span> },
    { id: 'actor', title: t('lists.actor'), cell: (one) => <span className="break">{one.actor}</span> },
    { id: 'operation', title: t('lists.operation'), cell: (one) => <code>{one.operation}</code> },
    { id: 'outcome', title: t('lists.result'), cell: (one) => one.outcome },
    {
      id: 'facts',
      title: t('lists.facts'),
      wideOnly: true,
      cell: (one) => (
        <span className="break small">
          {Object.entries(one.facts)
            .map(([name, value]) => `${name}=${value}`)
            .join(' ')}
        </span>
      ),
    },
    { id: 'hash', title: t('lists.hash'), wideOnly: true, cell: (one) => <code>{one.hash.slice(0, 12)}</code> },
  ];
  return (
    <Page
      kind={t('lists.journal')}
      sentence={journal.data && journal.data.entries.length > 0 ? t('lists.journalSentence', { count: journal.data.entries.length }) : t('lists.journal')}
      wide
    >
      <Awaited query={journal}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Empty title={t('lists.journalNone')} />
          ) : (
            <>
              <Verification />
              <Table
                dense
                caption={t('lists.journal')}
                columns={columns}
                rows={entries}
                keyOf={(one) => String(one.sequence)}
                exported={{ from: '/api/exports/journal' }}
              />
            </>
          )
        }
      </Awaited>
    </Page>
  );
}
