import { clock } from '../format.ts';
import { ProblemNote } from '../parts/states.tsx';
import { useWords } from '../words.ts';
import type { Saving } from './autosave.ts';

/** “已保存 10:42:05”, or why it is not. */
export function SaveState({ saving }: { saving: Saving }) {
  const { t } = useWords();
  if (saving.state === 'refused' && saving.problem && saving.problem.status !== 0)
    return <ProblemNote problem={saving.problem} onRetry={() => void saving.flush()} />;
  const said = {
    clean: '',
    waiting: t('states.unsaved'),
    saving: t('states.saving'),
    saved: t('states.saved', { time: clock(saving.at ?? new Date().toISOString()) }),
    refused: t('states.offlineDraft'),
  }[saving.state];
  return (
    <p className="save-state num" role="status">
      {said}
    </p>
  );
}
