import { Link } from '@tanstack/react-router';
import { useAssessments, useSession } from '../../api/queries.ts';
import type { AssessmentSummary } from '../../api/wire.ts';
import { dateTime, number } from '../../format.ts';
import { Page } from '../../parts/page.tsx';
import { Awaited, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useFirmSearch } from './search.tsx';

function List({ items }: { items: readonly AssessmentSummary[] }) {
  const { t } = useWords();
  const { shown, field } = useFirmSearch(items, (one) => one.firm);
  const columns: Column<AssessmentSummary>[] = [
    {
      id: 'firm',
      title: t('lists.firm'),
      heads: true,
      cell: (one) => (
        <Link to="/assessments/$assessment" params={{ assessment: one.id }}>
          {one.firm}
        </Link>
      ),
    },
    {
      id: 'score',
      title: t('lists.score'),
      align: 'right',
      cell: (one) => (one.confidence < 0.4 ? `${number(one.low)}–${number(one.high)}` : number(one.score, 1)),
    },
    { id: 'grade', title: t('lists.grade'), cell: (one) => one.grade },
    {
      id: 'gate',
      title: t('lists.gate'),
      cell: (one) => <span className={one.gatePassed ? 'good' : 'bad'}>{t(one.gatePassed ? 'lists.passed' : 'lists.missed')}</span>,
    },
    { id: 'reports', title: t('lists.reports'), align: 'right', wideOnly: true, cell: (one) => number(one.reports) },
    { id: 'updated', title: t('lists.updated'), wideOnly: true, cell: (one) => <span className="num">{dateTime(one.updatedAt)}</span> },
  ];
  return (
    <>
      {field}
      <Table
        caption={t('lists.assessments')}
        columns={columns}
        rows={shown}
        keyOf={(one) => one.id}
        onOpen={() => undefined}
        exported={{ from: '/api/exports/assessments', all: shown.length < items.length }}
      />
    </>
  );
}

/** The assessments that this organisation made, or was given to read. */
export function Assessments() {
  const { t } = useWords();
  const page = useAssessments();
  const may = useSession().data?.permissions ?? [];
  const items = page.data?.items ?? [];
  const start = may.includes('assessment:write') && (
    <Link to="/apply/$assessment/$step" params={{ assessment: 'new', step: 'firm' }} className="action action-main">
      {t('lists.start')}
    </Link>
  );
  return (
    <Page
      kind={t('lists.assessments')}
      sentence={
        items.length > 0
          ? t('lists.assessmentsSentence', { count: items.length, passed: items.filter((one) => one.gatePassed).length })
          : t('lists.assessments')
      }
      wide
      aside={start}
    >
      <Awaited query={page}>
        {(found) => (found.items.length === 0 ? <Empty title={t('lists.assessmentsNone')}>{start}</Empty> : <List items={found.items} />)}
      </Awaited>
    </Page>
  );
}
