import { Link } from '@tanstack/react-router';
import { Page } from '../../parts/page.tsx';
import { Awaited, AwaitedPage } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { ComparisonTables, WordingDocuments } from './comparison.tsx';
import { ImportTerms } from './import-terms.tsx';
import { useComparison, useImportedTerms, useReplay, type Comparison } from './queries.ts';
import { ReplayMatrix } from './replay.tsx';
import { WaitingSensitivity } from './sensitivity.tsx';

function Compared(known: Comparison) {
  const { t } = useWords();
  const replay = useReplay();
  const imported = useImportedTerms();
  const comparison = imported.data ?? known;
  const { insurers, rows } = comparison;
  return (
    <Page
      kind={t('wordings.kind')}
      sentence={t('wordings.sentence', { insurers: insurers.length, count: rows.filter((row) => row.differs).length })}
      wide
      aside={
        <Link to="/responsibility" className="action">
          {t('responsibility.link')}
        </Link>
      }
    >
      <ImportTerms own={known.insurers[0]!} imported={imported} />
      <Awaited query={imported.data ? { ...replay, data: imported.data } : replay}>
        {(found) => (
          <>
            <ReplayMatrix {...found} insurers={insurers} />
            <WaitingSensitivity replayed={found} insurers={insurers} />
          </>
        )}
      </Awaited>
      <ComparisonTables {...comparison} />
      <WordingDocuments insurers={known.insurers} />
    </Page>
  );
}

/** The insurers' wordings side by side, and what each pays of published incidents. */
export function Wordings() {
  const comparison = useComparison();
  return <AwaitedPage query={comparison}>{(found) => <Compared {...found} />}</AwaitedPage>;
}
