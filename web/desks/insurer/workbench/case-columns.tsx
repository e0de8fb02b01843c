import { Link } from '@tanstack/react-router';
import { number, plainMoney } from '../../../format.ts';
import type { Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { hoursUntil } from './views.ts';
import type { CaseRow } from './wire.ts';

/** The clock of a case in its queue: late or how long is left, in words and colour. */
export function CaseClock({ dueAt }: { dueAt: string | null }) {
  const { t } = useWords();
  if (dueAt === null) return <>--</>;
  const hours = hoursUntil(dueAt);
  return (
    <span className={Date.parse(dueAt) < Date.now() ? 'bad' : ''}>
      {Date.parse(dueAt) < Date.now() ? t('workbench.late', { hours: -hours }) : t('workbench.left', { hours })}
    </span>
  );
}

/** The columns of the desk. A row that has the focus is previewed. */
export function useCaseColumns({ onFocus }: { onFocus: (submission: string) => void }): Column<CaseRow>[] {
  const { t } = useWords();
  return [
    {
      id: 'firm',
      title: t('workbench.firm'),
      heads: true,
      cell: (row) => (
        <Link to="/underwriting/$submission" params={{ submission: row.submission }} onFocus={() => onFocus(row.submission)}>
          {row.firm}
        </Link>
      ),
    },
    {
      id: 'industry',
      title: t('workbench.industry'),
      wideOnly: true,
      cell: ({ summary }) => (summary ? t(`industry.${summary.industry as 'services'}`) : '--'),
    },
    {
      id: 'limit',
      title: t('workbench.limit'),
      align: 'right',
      cell: ({ summary }) => (summary ? number(summary.limitMinor / 1_000_000) : '--'),
    },
    { id: 'score', title: t('workbench.score'), align: 'right', cell: ({ summary }) => (summary ? `${number(summary.score, 0)} ${summary.grade}` : '--') },
    {
      id: 'gate',
      title: t('workbench.gate'),
      cell: ({ summary }) =>
        summary ? <span className={summary.gatePassed ? 'good' : 'bad'}>{t(summary.gatePassed ? 'lists.passed' : 'lists.missed')}</span> : '--',
    },
    {
      id: 'premium',
      title: t('workbench.premium'),
      align: 'right',
      cell: ({ summary }) => (summary ? plainMoney({ currency: summary.currency, minor: summary.premiumMinor }) : '--'),
    },
    { id: 'exceptions', title: t('workbench.exceptions'), align: 'right', cell: ({ summary }) => (summary ? summary.exceptions : '--') },
    { id: 'age', title: t('workbench.age'), cell: ({ dueAt }) => <CaseClock dueAt={dueAt} /> },
    { id: 'broker', title: t('workbench.broker'), wideOnly: true, cell: ({ broker }) => broker ?? t('workbench.direct') },
    {
      id: 'assignee',
      title: t('workbench.assignee'),
      wideOnly: true,
      cell: ({ assignee, openBy, proposed }) => (
        <>
          {assignee ?? '--'}
          {proposed && <span className="outcome outcome-referred"> {t('workbench.proposed')}</span>}
          {openBy !== null && <span className="faint"> · {t('workbench.openBy', { name: openBy })}</span>}
        </>
      ),
    },
  ];
}
