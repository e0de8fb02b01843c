import type { Quote } from '../../../../src/domain/underwriting/index.ts';
import { useCoverages } from '../../../api/queries.ts';
import { plainMoney } from '../../../format.ts';
import { useWords } from '../../../words.ts';

type Adjustment = Quote['adjustments'][number];

/** Terms that differ from what was asked for: what was asked, what applies, why, and under which rule. Nothing when all are as asked. */
export function AdjustmentNotes({ adjustments, currency }: { adjustments: readonly Adjustment[]; currency: Quote['cover']['currency'] }) {
  const { t, of } = useWords();
  const titles = new Map(useCoverages().data?.map((one) => [one.id, of(one.title)]));
  if (adjustments.length === 0) return null;
  const shown = (term: Adjustment['term'], value: number): string =>
    term === 'retention' ? plainMoney({ currency, minor: value }) : t('workbench.hours', { n: value });
  const named = ({ term, coverage }: Adjustment): string =>
    term === 'retention' ? t('quote.retention') : `${t('quote.waiting')} · ${titles.get(coverage ?? '') ?? coverage}`;
  return (
    <section className="note note-warning" role="status">
      <div>
        <strong>{t('workbench.adjustedTitle')}</strong>
        <ul>
          {adjustments.map((one) => (
            <li key={`${one.rule}-${one.coverage}`} data-adjusted={one.rule}>
              {t('workbench.adjusted', {
                term: named(one),
                text: of(one.text),
                asked: shown(one.term, one.asked),
                applied: shown(one.term, one.applied),
                rule: one.rule,
              })}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
