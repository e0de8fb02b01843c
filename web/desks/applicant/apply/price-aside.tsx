import { useQuery } from '@tanstack/react-query';
import type { RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { usePrice, useQuestionnaire } from '../../../api/queries.ts';
import type { AssessmentRecord, Price } from '../../../api/wire.ts';
import { useCover } from '../../../forms/cover.ts';
import { useRested } from '../../../forms/field.tsx';
import { percent } from '../../../format.ts';
import { Amount } from '../../../parts/amount.tsx';
import { Term } from '../../../parts/term.tsx';
import { useWords } from '../../../words.ts';
import { AdjustmentNotes } from '../quote/adjustments.tsx';
import { questionsFor } from './questions-step.tsx';

/** Whether every question that is put to the firm has an answer; false while the questionnaire loads. */
function useAllAnswered(record: AssessmentRecord): boolean {
  const questionnaire = useQuestionnaire().data;
  if (!questionnaire) return false;
  const put = questionsFor(
    record,
    questionnaire.sections.flatMap((section) => section.questions),
    record.answers.answers,
  );
  return put.every((question) => record.answers.answers[question.id]);
}

function Reasons({ reasons }: { reasons: Price['reasons'] }) {
  const { of } = useWords();
  return (
    <ul className="aside-reasons">
      {reasons.slice(0, 5).map((reason, i) => (
        <li key={`${reason.code}-${i}`}>{of(reason.text)}</li>
      ))}
    </ul>
  );
}

/** What underwriting says; as long as questions are open it is no decision, so that its reasons are folded away. */
function Outcome({ answered, price: { outcome, reasons } }: { answered: boolean; price: Price }) {
  const { t } = useWords();
  if (answered)
    return (
      <>
        <p>
          <span className={`outcome outcome-${outcome}`}>{t(`outcome.${outcome}`)}</span>
        </p>
        {reasons.length > 0 && <Reasons reasons={reasons} />}
        {outcome === 'quoted' && <p className="faint">{t('apply.priceAlone')}</p>}
      </>
    );
  return (
    <>
      <p>{t('apply.priceOpen')}</p>
      {reasons.length > 0 && (
        <details className="why">
          <summary>{t('apply.priceOpenReasons', { n: Math.min(5, reasons.length) })}</summary>
          <Reasons reasons={reasons} />
        </details>
      )}
    </>
  );
}

/** The price of the cover at hand, asked for as soon as the hand rests. */
export function useLivePrice(record: AssessmentRecord) {
  const { cover: own, isSuggested } = useCover(record);
  const chosen = useQuery<RequestedCover | null>({ queryKey: ['cover', record.id], queryFn: () => null, enabled: false, initialData: null }).data ?? own;
  const cover = useRested(chosen, 120);
  return { cover, isSuggested, price: usePrice(record.id, record.version, cover && cover.lines.length > 0 ? cover : null) };
}

/** The price, or from what to what it may be while questions are open. */
function Figure({ answered, price: { worksheet, lowMinor, highMinor } }: { answered: boolean; price: Price }) {
  const { money } = useWords();
  const currency = worksheet.currency;
  if (answered || lowMinor === highMinor) return <Amount money={{ currency, minor: worksheet.premium.total }} />;
  return (
    <span className="num price-range">
      {money({ currency, minor: lowMinor })} ～ {money({ currency, minor: highMinor })}
    </span>
  );
}

function LivePrice({ record }: { record: AssessmentRecord }) {
  const { t, money } = useWords();
  const answered = useAllAnswered(record);
  const { cover, isSuggested, price } = useLivePrice(record);
  if (price.error)
    return (
      <p className="faint">
        {t('apply.priceUnknown')}
        {t('punctuation.colon')}
        {price.error.message}
      </p>
    );
  if (!price.data) return <p className="faint">{t('states.loading')}</p>;
  const { worksheet, lowMinor, highMinor } = price.data;
  const currency = worksheet.currency;
  return (
    <div className={price.isPlaceholderData ? 'stale' : ''}>
      <p className="price">
        <Figure answered={answered} price={price.data} />
      </p>
      <p className="price-strip" aria-hidden="true">
        {t('apply.livePrice')}
        <strong>
          <Figure answered={answered} price={price.data} />
        </strong>
      </p>
      {isSuggested && cover && <p className="faint">{t('apply.priceSuggested', { limit: money({ currency: cover.currency, minor: cover.limitMinor }) })}</p>}
      <p className="faint">
        {t('apply.perYear')} · {t('quote.rateOnLine')} {percent(worksheet.rateOnLine)} <Term name="rateOnLine" />
      </p>
      {answered && lowMinor !== highMinor && (
        <p>
          {t('apply.priceRange')}
          <br />
          <span className="num">
            {money({ currency, minor: lowMinor })} ～ {money({ currency, minor: highMinor })}
          </span>
        </p>
      )}
      <AdjustmentNotes adjustments={price.data.adjustments} currency={currency} />
      <Outcome answered={answered} price={price.data} />
    </div>
  );
}

/** What the cover at hand would cost as things stand, beside every step from the third on. */
export function PriceAside({ record }: { record: AssessmentRecord | null }) {
  const { t } = useWords();
  return (
    <section className="aside-box" aria-live="polite">
      <h2>
        {t('apply.livePrice')} <Term name="whatIf" />
      </h2>
      {record ? <LivePrice record={record} /> : <p className="faint">{t('apply.priceWaiting')}</p>}
      <p className="faint small">{t('apply.priceNote')}</p>
    </section>
  );
}
