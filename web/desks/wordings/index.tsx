import { Page } from '../../parts/page.tsx';
import { Awaited, AwaitedPage } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { ComparisonTables, WordingDocuments } from './comparison.tsx';
import { useComparison, useReplay, type Comparison } from './queries.ts';
import { ReplayMatrix } from './replay.tsx';
import { WaitingSensitivity } from './sensitivity.tsx';

function Compared(comparison: Comparison) {
  const { t } = useWords();
  const replay = useReplay();
  const { insurers, rows } = comparison;
  return (
    <Page kind={t('wordings.kind')} sentence={t('wordings.sentence', { insurers: insurers.length, count: rows.filter((row) => row.differs).length })} wide>
      <Awaited query={replay}>
        {(found) => (
          <>
            <ReplayMatrix {...found} insurers={insurers} />
            <WaitingSensitivity replayed={found} insurers={insurers} />
          </>
        )}
      </Awaited>
      <ComparisonTables {...comparison} />
      <WordingDocuments insurers={insurers} />
    </Page>
  );
}

/** The insurers' wordings side by side, and what each pays of published incidents. */
export function Wordings() {
  const comparison = useComparison();
  return <AwaitedPage query={comparison}>{(found) => <Compared {...found} />}</AwaitedPage>;
}
