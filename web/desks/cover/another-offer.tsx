import { Button } from 'antd';
import { useState } from 'react';
import { usePrice, useSession } from '../../api/queries.ts';
import type { QuoteRecord, RequestedCover } from '../../api/wire.ts';
import { atLimit } from '../../forms/cover.ts';
import { Section } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { useAddOffer } from '../insurer/workbench/queries.ts';
import './cover.css';
import { CoverTerms } from './cover-terms.tsx';

const sameTerms = (a: RequestedCover, b: RequestedCover): boolean =>
  a.limitMinor === b.limitMinor && a.retentionMinor === b.retentionMinor && JSON.stringify(a.lines) === JSON.stringify(b.lines);

/** What these terms would come to beside the offer that they start from. */
function WouldBe({ from, cover }: { from: QuoteRecord; cover: RequestedCover }) {
  const { t, money } = useWords();
  const price = usePrice(from.assessment, from.assessmentVersion, cover);
  if (price.error) return <ProblemNote problem={price.error} />;
  if (!price.data) return <p className="faint">{t('states.loading')}</p>;
  const { outcome, worksheet } = price.data;
  const { currency } = worksheet;
  return (
    <p aria-live="polite" className={price.isPlaceholderData ? 'stale' : ''}>
      <strong>
        {t('workbench.whatIfTotal', {
          now: money({ currency, minor: worksheet.premium.total }),
          before: money({ currency, minor: from.quote.worksheet.premium.total }),
        })}
      </strong>{' '}
      <span className={`outcome outcome-${outcome}`}>{t(`outcome.${outcome}`)}</span>
    </p>
  );
}

/** One more offer beside those that stand, with other terms: tried first, then made. Nothing while no offer stands, or while as many stand as may. */
export function AnotherOffer({ submission, offers, atMost }: { submission: string; offers: readonly QuoteRecord[]; atMost: number }) {
  const { t } = useWords();
  const may = useSession().data?.permissions.includes('quote:request') ?? false;
  const from = offers.at(-1);
  const add = useAddOffer(submission);
  const [draft, setDraft] = useState<RequestedCover | null>(null);
  if (!may || from === undefined || from.state === 'bound' || from.state === 'withdrawn') return null;
  const cover = draft ?? from.quote.cover;
  const known = offers.some(({ quote }) => sameTerms(quote.cover, cover));
  if (offers.length >= atMost) return <p className="faint">{t('workbench.offersFull', { n: atMost })}</p>;
  return (
    <Section title={t('workbench.anotherOffer')} note={t('workbench.anotherNote', { n: atMost })}>
      <details className="why" data-another-offer key={offers.length}>
        <summary>{t('workbench.anotherTerms')}</summary>
        <div className="terms-grid">
          <CoverTerms cover={cover} onChange={setDraft} atLimit={atLimit} />
        </div>
        {known ? <p className="faint">{t('workbench.anotherSame')}</p> : <WouldBe from={from} cover={cover} />}
        {add.error && <ProblemNote problem={add.error} />}
        <Button type="primary" disabled={known} loading={add.isPending} onClick={() => add.mutate(cover, { onSuccess: () => setDraft(null) })}>
          {t('workbench.anotherMake')}
        </Button>
      </details>
    </Section>
  );
}
