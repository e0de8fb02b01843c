import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useSession } from '../../../api/queries.ts';
import { dateTime, number } from '../../../format.ts';
import { Amount } from '../../../parts/amount.tsx';
import { Awaited } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';
import { FiredRules, MissingList } from './case-parts.tsx';
import { useCase, useClaim } from './queries.ts';
import type { CaseRow } from './wire.ts';

/** A case beside the list: what it is, what fired, what is missing, and the next step. */
export function CasePreview({ row, onRelease }: { row: CaseRow; onRelease?: () => void }) {
  const { t } = useWords();
  const found = useCase(row.submission);
  const claim = useClaim(row.submission);
  const may = useSession().data?.permissions.includes('case:decide') ?? false;
  return (
    <>
      <h2>{row.firm}</h2>
      {row.summary && (
        <dl className="facts facts-tight">
          <div>
            <dt>{t('workbench.premium')}</dt>
            <dd>
              <Amount money={{ currency: row.summary.currency, minor: row.summary.premiumMinor }} />
            </dd>
          </div>
          <div>
            <dt>{t('workbench.score')}</dt>
            <dd>
              {number(row.summary.score, 1)} {row.summary.grade}
            </dd>
          </div>
          <div>
            <dt>{t('workbench.validUntil')}</dt>
            <dd className="num">{dateTime(row.summary.validUntil).slice(0, 16)}</dd>
          </div>
        </dl>
      )}
      {row.blockedSince !== null && <p className="note note-warning">{t('workbench.clearanceSince', { since: dateTime(row.blockedSince).slice(0, 16) })}</p>}
      <div className="desk-actions">
        {onRelease && (
          <Button type="primary" onClick={onRelease}>
            {t('workbench.release')}
          </Button>
        )}
        <Link to="/underwriting/$submission" params={{ submission: row.submission }} className="action">
          {t('workbench.open')}
        </Link>
        {may && row.queue === 'person' && row.assignee === null && (
          <Button loading={claim.isPending} onClick={() => claim.mutate(undefined)}>
            {t('workbench.claim')}
          </Button>
        )}
      </div>
      <Awaited query={found} rows={3}>
        {(view) => (
          <>
            <FiredRules view={view} />
            <MissingList view={view} />
          </>
        )}
      </Awaited>
    </>
  );
}
