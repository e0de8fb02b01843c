import { useEffect, useRef, useState } from 'react';
import { useLivePrice } from '../../applicant/apply/price-aside.tsx';
import type { AssessmentRecord } from '../../../api/wire.ts';
import { PremiumWaterfall } from '../../../charts/premium-waterfall.tsx';
import { signedMoney } from '../../../format.ts';
import { useWords } from '../../../words.ts';

/** The premium after the last change and what the change did; the amounts of one premium against the one before it. */
function useChange(minor: number | undefined): number | null {
  const last = useRef<number | undefined>(undefined);
  const [change, setChange] = useState<number | null>(null);
  useEffect(() => {
    if (minor === undefined || last.current === minor) return;
    setChange(last.current === undefined ? null : minor - last.current);
    last.current = minor;
  }, [minor]);
  return change;
}

/** How the premium of the cover at hand comes about, drawn anew with every change. */
export function LiveWaterfall({ record }: { record: AssessmentRecord }) {
  const { t, money, language } = useWords();
  const { price } = useLivePrice(record);
  const total = price.isPlaceholderData ? undefined : price.data?.worksheet.premium.total;
  const change = useChange(total);
  if (!price.data) return null;
  const { currency, premium, waterfall } = price.data.worksheet;
  const said = money({ currency, minor: premium.total });
  return (
    <section className={price.isPlaceholderData ? 'stale' : ''} data-premium={premium.total}>
      <p className="num live-change" role="status">
        {change === null
          ? t('cover.compose.first', { premium: said })
          : t('cover.compose.now', { premium: said, change: signedMoney({ currency, minor: change }, language) })}
      </p>
      <PremiumWaterfall bars={waterfall} currency={currency} />
    </section>
  );
}
