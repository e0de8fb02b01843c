import { useQuery } from '@tanstack/react-query';
import type { RequestedCover } from '../../../../src/domain/catalogue/index.ts';
import { usePrice } from '../../../api/queries.ts';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { useCover } from '../../../forms/cover.ts';
import { useRested } from '../../../forms/field.tsx';
import { percent } from '../../../format.ts';
import { Amount } from '../../../parts/amount.tsx';
import { Term } from '../../../parts/term.tsx';
import { useWords } from '../../../words.ts';

function LivePrice({ record }: { record: AssessmentRecord }) {
  const { t, of, money } = useWords();
  const own = useCover(record).cover;
  const chosen = useQuery<RequestedCover | null>({ queryKey: ['cover', record.id], queryFn: () => null, enabled: false, initialData: null }).data ?? own;
  const cover = useRested(chosen, 400);
  const price = usePrice(record.id, record.version, cover && cover.lines.length > 0 ? cover : null);
  if (price.error)
    return (
      <p className="faint">
        {t('apply.priceUnknown')}：{price.error.message}
      </p>
    );
  if (!price.data) return <p className="faint">{t('states.loading')}</p>;
  const { worksheet, lowMinor, highMinor, outcome, reasons } = price.data;
  const currency = worksheet.currency;
  return (
    <div className={price.isPlaceholderData ? 'stale' : ''}>
      <p className="price">
        <Amount money={{ currency, minor: worksheet.premium.total }} />
      </p>
      <p className="faint">
        {t('apply.perYear')} · {t('quote.rateOnLine')} {percent(worksheet.rateOnLine)} <Term name="rateOnLine" />
      </p>
      {lowMinor !== highMinor && (
        <p>
          {t('apply.priceRange')}
          <br />
          <span className="num">
            {money({ currency, minor: lowMinor })} ～ {money({ currency, minor: highMinor })}
          </span>
        </p>
      )}
      <p>
        <span className={`outcome outcome-${outcome}`}>{t(`outcome.${outcome}`)}</span>
      </p>
      {reasons.length > 0 && (
        <ul className="aside-reasons">
          {reasons.slice(0, 5).map((reason, i) => (
            <li key={`${reason.code}-${i}`}>{of(reason.text)}</li>
          ))}
        </ul>
      )}
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
