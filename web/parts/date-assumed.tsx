import { useWords } from '../words.ts';

/** Marks a date that no report states: it is the day on which the report was uploaded. Nothing where the date is stated. */
export function DateAssumed({ dateAssumed }: { dateAssumed?: boolean | undefined }) {
  const { t } = useWords();
  return dateAssumed ? (
    <span className="faint" title={t('derivation.dateAssumedNote')}>
      {' '}
      {t('derivation.dateAssumed')}
    </span>
  ) : null;
}
