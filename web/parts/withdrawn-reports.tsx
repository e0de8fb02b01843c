import type { WithdrawnReport } from '../api/wire.ts';
import { dateTime, number } from '../format.ts';
import { useWords } from '../words.ts';
import { Icon } from './icon.tsx';
import { Section } from './page.tsx';

/** Reports that were taken back, the latest first: they count for nothing, and whoever reads the assessment sees that they were there. */
export function WithdrawnReports({ withdrawn }: { withdrawn: readonly WithdrawnReport[] }) {
  const { t } = useWords();
  if (withdrawn.length === 0) return null;
  return (
    <Section title={t('reports.withdrawn.title')} note={t('reports.withdrawn.note')}>
      <ul className="desk-lines">
        {[...withdrawn].reverse().map((one) => (
          <li key={`${one.id} ${one.withdrawnAt}`}>
            <strong className="break">{one.name}</strong> · {one.format ?? t('reports.withdrawn.unread')}
            {one.findings !== null && <> · {t('reports.withdrawn.findings', { count: number(one.findings) })}</>}
            {one.severe > 0 && (
              <span className="bad">
                {' '}
                <Icon name="alert" size={14} /> {t('reports.withdrawn.severe', { count: number(one.severe) })}
              </span>
            )}
            <br />
            <span className="faint">
              {t('reports.withdrawn.handed', { at: dateTime(one.submittedAt), by: one.submittedBy ?? '--' })} ·{' '}
              {t('reports.withdrawn.taken', { at: dateTime(one.withdrawnAt), by: one.withdrawnBy })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
