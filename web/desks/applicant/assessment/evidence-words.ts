import { factTitles, type IndicatorResult } from '../../../../src/domain/assessment/index.ts';
import type { AssessmentRecord, CountedFinding } from '../../../api/wire.ts';
import type { useWords } from '../../../words.ts';

const scanMark = 'scan:';
const factMark = 'profile:';

/** What a piece of evidence says, in words: a finding's title, a scan that found nothing, a fact of the firm, or the answer that was given. */
export function evidenceWords(
  { reference }: Pick<IndicatorResult['evidence'][number], 'reference'>,
  { answers }: Pick<AssessmentRecord, 'answers'>,
  finding: Pick<CountedFinding, 'title'> | undefined,
  { t, of }: Pick<ReturnType<typeof useWords>, 't' | 'of'>,
): string {
  if (finding) return finding.title;
  if (reference.startsWith(scanMark)) return t('derivation.nothingFound', { format: reference.slice(scanMark.length) });
  const fact = Object.entries(factTitles).find(([id]) => reference === `${factMark}${id}`);
  if (fact) return t('derivation.ofProfile', { fact: of(fact[1]) });
  const answer = answers.answers[reference];
  return answer ? t('derivation.answered', { answer: t(`answer.${answer.value}`) }) : t('derivation.answerGone');
}
