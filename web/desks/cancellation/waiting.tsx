import { Link } from '@tanstack/react-router';
import { useSession } from '../../api/queries.ts';
import { dateTime } from '../../format.ts';
import { Section } from '../../parts/page.tsx';
import { Table } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { useProposedCancellations } from './queries.ts';

/** The cancellations that wait for a second person, each with the way to where it is signed; nothing where none waits. */
export function WaitingCancellations() {
  const { t, of } = useWords();
  const may = useSession().data?.permissions.includes('case:decide') ?? false;
  const items = useProposedCancellations(may).data ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={`${t('cancellation.waiting')} (${items.length})`} note={t('cancellation.waitingNote')}>
      <Table
        caption={t('cancellation.waiting')}
        rows={items}
        keyOf={({ policy }) => policy}
        exported={{ from: '/api/exports/cancellation-proposals' }}
        columns={[
          {
            id: 'number',
            title: t('cancellation.policyNumber'),
            heads: true,
            cell: ({ policy, number }) => (
              <Link to="/policies/$policy" params={{ policy }} hash="cancellation" className="num">
                {number}
              </Link>
            ),
          },
          { id: 'firm', title: t('cancellation.firm'), cell: ({ firm }) => firm },
          { id: 'ground', title: t('cancellation.ground'), cell: ({ ground }) => of(ground) },
          {
            id: 'needs',
            title: t('cancellation.waitsFor'),
            cell: ({ needs, signedByMe }) => (
              <>
                {of(needs)}
                {signedByMe && <span className="faint"> · {t('cancellation.signedByMe')}</span>}
              </>
            ),
          },
          {
            id: 'by',
            title: t('cancellation.proposedBy'),
            cell: ({ by, at }) => (
              <>
                {by} <span className="faint num">{dateTime(at).slice(0, 16)}</span>
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}
