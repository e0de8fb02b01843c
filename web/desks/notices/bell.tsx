import { Link } from '@tanstack/react-router';
import type { Session } from '../../api/wire.ts';
import { dateTime } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Disclosure } from '../../parts/menu.tsx';
import { useWords } from '../../words.ts';
import './notices.css';
import { useNotices } from './queries.ts';

const shownInBell = 5;

/** The bell of the frame: how many notices are unread, and the latest of them. */
export function Bell({ session }: { session: Session }) {
  const { t, of } = useWords();
  const allowed = session.permissions.includes('firm:read');
  const notices = useNotices(allowed).data ?? [];
  const unread = notices.filter(({ read }) => !read);
  if (!allowed) return null;
  return (
    <Disclosure
      className="bell"
      label={unread.length === 0 ? t('tracked.notices.bellNone') : t('tracked.notices.bell', { count: unread.length })}
      button={
        <>
          <Icon name="bell" />
          {unread.length > 0 && (
            <span className="bell-count" aria-hidden="true">
              {unread.length > 99 ? '99+' : unread.length}
            </span>
          )}
        </>
      }
    >
      {(close) => (
        <>
          {unread.length === 0 && <p className="faint">{t('tracked.notices.sentenceNone')}</p>}
          {unread.slice(0, shownInBell).map((notice) => (
            <Link key={notice.id} to="/notices" onClick={close} className="bell-notice">
              <span>{of(notice.text)}</span>
              <span className="faint num">{dateTime(notice.at)}</span>
            </Link>
          ))}
          <Link to="/notices" onClick={close}>
            {t('tracked.notices.all')}
          </Link>
        </>
      )}
    </Disclosure>
  );
}
