import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { CheckField } from '../../forms/field.tsx';
import { dateTime } from '../../format.ts';
import { Page } from '../../parts/page.tsx';
import { Awaited, Empty, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import './notices.css';
import { useMarkNotices, useNotices, type NoticeRecord } from './queries.ts';

/** Which kinds call for action, and so are marked in the colour of urgency. */
const urgent: ReadonlySet<NoticeRecord['kind']> = new Set([
  'became-known-exploited',
  'deadline-passed',
  'dispute-overdue',
  'acceptance-ended',
  'decision-asked',
  'cancellation-proposed',
]);

/** Which kinds are opened at the desk of decisions, from either side. */
const decisionKinds: ReadonlySet<NoticeRecord['kind']> = new Set(['decision-asked', 'decision-made']);

/** What the instant of a notice is: a deadline that is new, or one that has passed; of any other kind, the deadline as it was. */
const deadlineOf: Partial<Record<NoticeRecord['kind'], 'new' | 'past'>> = {
  'became-known-exploited': 'new',
  'no-longer-known-exploited': 'new',
  'acceptance-ended': 'new',
  'deadline-passed': 'past',
  'dispute-overdue': 'past',
};

function NoticeLine({ notice, onMark }: { notice: NoticeRecord; onMark: (read: boolean) => void }) {
  const { t, of } = useWords();
  const { assessment, weakness, read } = notice;
  return (
    <li className={read ? '' : 'notice-unread'}>
      <div>
        <span className="marks">
          <span className={`label ${urgent.has(notice.kind) ? 'label-must-fix' : 'label-advice'}`}>{t(`tracked.notices.type.${notice.kind}`)}</span>
          <span className="faint num">{dateTime(notice.at)}</span>
          {!read && <span className="only-heard">{t('tracked.notices.unread')}</span>}
        </span>
        <p className="break">{of(notice.text)}</p>
        {notice.dueAt && <span className="faint num">{t(`tracked.notices.due.${deadlineOf[notice.kind] ?? 'due'}`, { time: dateTime(notice.dueAt) })}</span>}
      </div>
      <span className="row">
        {decisionKinds.has(notice.kind) && (
          <Link to="/decisions" search={{ state: notice.kind === 'decision-asked' ? 'awaiting' : 'decided' }} onClick={() => read || onMark(true)}>
            {t('tracked.notices.open')}
          </Link>
        )}
        {notice.policy && (
          <Link to="/policies/$policy" params={{ policy: notice.policy }} hash="cancellation" onClick={() => read || onMark(true)}>
            {t('tracked.notices.open')}
          </Link>
        )}
        {assessment && weakness && !decisionKinds.has(notice.kind) && (
          <Link to="/assessments/$assessment/fixes" params={{ assessment }} search={{ show: 'all', open: weakness }} onClick={() => read || onMark(true)}>
            {t('tracked.notices.open')}
          </Link>
        )}
        <Button size="small" onClick={() => onMark(!read)}>
          {t(read ? 'tracked.notices.markUnread' : 'tracked.notices.markRead')}
        </Button>
      </span>
    </li>
  );
}

/** What the organisation was told, newest first, with what each member has read. */
export function Notices() {
  const { t } = useWords();
  const notices = useNotices(true);
  const mark = useMarkNotices();
  const [onlyUnread, setOnlyUnread] = useState(false);
  const unread = notices.data?.filter(({ read }) => !read) ?? [];
  return (
    <Page
      kind={t('tracked.notices.kind')}
      sentence={unread.length === 0 ? t('tracked.notices.sentenceNone') : t('tracked.notices.sentence', { count: unread.length })}
      aside={
        unread.length > 0 && (
          <Button loading={mark.isPending} onClick={() => mark.mutate({ notices: unread.map(({ id }) => id), read: true })}>
            {t('tracked.notices.markAll')}
          </Button>
        )
      }
    >
      {mark.error && <ProblemNote problem={mark.error} />}
      <Awaited query={notices}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t('tracked.notices.none')}>
              <p>{t('tracked.notices.noneNext')}</p>
            </Empty>
          ) : (
            <>
              <CheckField label={t('tracked.notices.onlyUnread')} checked={onlyUnread} onChange={setOnlyUnread} />
              <ul className="notice-list">
                {all
                  .filter(({ read }) => !onlyUnread || !read)
                  .map((notice) => (
                    <NoticeLine key={notice.id} notice={notice} onMark={(read) => mark.mutate({ notices: [notice.id], read })} />
                  ))}
              </ul>
            </>
          )
        }
      </Awaited>
    </Page>
  );
}
