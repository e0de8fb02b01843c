import type { QuoteRecord } from '../../../api/wire.ts';
import { Icon } from '../../../parts/icon.tsx';
import { useWords } from '../../../words.ts';
import { useProgress } from '../../insurer/workbench/queries.ts';
import type { Progress } from '../../insurer/workbench/wire.ts';

type Condition = Progress['contingencies'][number];

/** Conditions of a quote that must be met before it can be bound; null until they are known. */
export function useOpenBefore({ id, submission }: QuoteRecord): readonly Condition[] | null {
  const progress = useProgress(submission).data;
  if (progress === undefined) return null;
  return progress.contingencies.filter(({ quote, stage, state }) => quote === id && stage === 'pre-bind' && (state === 'open' || state === 'handed-in'));
}

/** What is still to be met before binding; nothing when all is. */
export function OpenBefore({ open }: { open: readonly Condition[] }) {
  const { t, of } = useWords();
  if (open.length === 0) return null;
  return (
    <p className="note note-warning" role="status">
      <Icon name="alert" />
      <span>
        <strong>{t('workbench.openBefore', { open: open.length, titles: open.map(({ title }) => of(title)).join(t('punctuation.list')) })}</strong>{' '}
        {t('workbench.openBeforeNext')}
      </span>
    </p>
  );
}
