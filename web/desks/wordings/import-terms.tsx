import { useState } from 'react';
import type { InsurerTerms } from '../../../src/domain/catalogue/index.ts';
import { Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import type { useImportedTerms } from './queries.ts';

/** Takes a file of terms in, says what is wrong with it place by place, and offers the standard terms as a template. */
export function ImportTerms({ own, imported }: { own: InsurerTerms; imported: ReturnType<typeof useImportedTerms> }) {
  const { t } = useWords();
  const [wrong, setWrong] = useState<string | null>(null);
  const template = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify({ ...own, id: 'my-insurer', own: false }, null, 2))}`;
  const take = async (file: File | undefined) => {
    if (!file) return;
    setWrong(null);
    try {
      const read: unknown = JSON.parse(await file.text());
      imported.mutate(Array.isArray(read) ? read : [read]);
    } catch (error) {
      setWrong(t('wordings.importNotJson', { why: error instanceof Error ? error.message : String(error) }));
    }
  };
  return (
    <Section title={t('wordings.importTitle')} note={t('wordings.importNote')}>
      {imported.error && <ProblemNote problem={imported.error} />}
      {wrong && (
        <p className="note note-problem" role="alert">
          {wrong}
        </p>
      )}
      <p>
        <input
          type="file"
          className="terms-file"
          accept=".json,application/json"
          aria-label={t('wordings.importTitle')}
          onChange={(event) => void take(event.target.files?.[0])}
        />{' '}
        <a className="action" href={template} download="terms-template.json">
          {t('wordings.importTemplate')}
        </a>{' '}
        {imported.data && (
          <button type="button" className="action" onClick={() => imported.reset()}>
            {t('wordings.importDrop')}
          </button>
        )}
      </p>
    </Section>
  );
}
