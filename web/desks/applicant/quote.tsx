import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useRef } from 'react';
import { PremiumWaterfall } from '../../charts/premium-waterfall.tsx';
import { useQuote, useRequestQuote, useSession } from '../../api/queries.ts';
import type { QuoteRecord } from '../../api/wire.ts';
import { dateTime, number, percent } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { AwaitedPage, ProblemNote } from '../../parts/states.tsx';
import { Term } from '../../parts/term.tsx';
import { Versions } from '../../parts/versions.tsx';
import { useWords, type Wording } from '../../words.ts';
import { QuoteSubsidy } from '../subsidy/quote-subsidy.tsx';
import { SubmissionProgress } from './offers.tsx';
import { AdjustmentNotes } from './quote/adjustments.tsx';
import { OpenBefore, useOpenBefore } from './quote/open-before.tsx';
import { CoverTable } from './quote/cover-table.tsx';
import { WithdrawSubmission } from './quote/withdraw.tsx';
import { WorksheetView } from './quote/worksheet-view.tsx';

/** Neither bound nor replaced by a newer quote: it can still lead somewhere. */
const isOpen = ({ state }: QuoteRecord): boolean => state === 'quoted' || state === 'referred' || state === 'declined';

export const hasExpired = (record: QuoteRecord, now = new Date()): boolean => record.state === 'quoted' && Date.parse(record.quote.validUntil) < now.getTime();

export const totalOf = ({ quote: { worksheet } }: QuoteRecord) => ({ currency: worksheet.currency, minor: worksheet.premium.total });

/** Withdrawn, replaced or run out: nothing about it can still be done, whatever was decided. */
const hasEnded = (record: QuoteRecord): boolean => record.state === 'withdrawn' || record.state === 'expired' || hasExpired(record);

function sentenceOf(record: QuoteRecord, { t, money }: Wording): string {
  const { quote, state } = record;
  const premium = money(totalOf(record));
  const until = dateTime(quote.validUntil).slice(0, 16);
  if (state === 'bound') return t('quote.sentenceBound');
  if (state === 'withdrawn') return t('quote.sentenceWithdrawn');
  if (hasExpired(record)) return t('quote.sentenceExpired', { until });
  if (quote.outcome === 'quoted') return t('quote.sentenceQuoted', { premium, until });
  return quote.outcome === 'referred' ? t('quote.sentenceReferred', { premium }) : t('quote.sentenceDeclined', { premium, count: quote.reasons.length });
}

/** The figure of the page with what it is made of. */
function PremiumBox({ record }: { record: QuoteRecord }) {
  const { t } = useWords();
  const { quote } = record;
  const ended = hasEnded(record);
  const { currency, premium, rateOnLine, minimumApplied, clamped } = quote.worksheet;
  const rows: [string, number][] = [
    [t('quote.exVat'), premium.exVat],
    [t('quote.vat'), premium.vat],
    [t('quote.limit'), quote.cover.limitMinor],
    [t('quote.retention'), quote.cover.retentionMinor],
  ];
  return (
    <section className="figure-box">
      <p className="faint">{t(quote.binding ? 'quote.premium' : 'quote.indicative')}</p>
      <p className="figure">
        <Amount money={{ currency, minor: premium.total }} />
      </p>
      <p>
        <span className={ended ? 'outcome' : `outcome outcome-${quote.outcome}`}>
          {ended ? t(`quoteState.${record.state}`) : t(`outcome.${quote.outcome}`)}
        </span>{' '}
        <span className="faint">
          {t('quote.rateOnLine')} {percent(rateOnLine)} <Term name="rateOnLine" />
        </span>
      </p>
      <dl className="facts facts-tight">
        {rows.map(([name, minor]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Amount money={{ currency, minor }} />
            </dd>
          </div>
        ))}
      </dl>
      {minimumApplied && <p className="note">{t('quote.minimum')}</p>}
      {clamped.length > 0 && <p className="note note-warning">{t('quote.clamped')}</p>}
    </section>
  );
}

function Reasons({ record }: { record: QuoteRecord }) {
  const { t, of } = useWords();
  const { reasons } = record.quote;
  const ended = record.remarks.findLast(({ kind }) => kind === 'withdrawn');
  const open = useOpenBefore(record);
  return (
    <section className="figure-box">
      <h2>{t('quote.reasons')}</h2>
      {ended && (
        <p>
          {ended.reason} <span className="faint">{`${ended.name} · ${dateTime(ended.at)}`}</span>
        </p>
      )}
      {open !== null && <OpenBefore open={open} />}
      {reasons.length === 0 ? (
        !hasEnded(record) &&
        open?.length === 0 && (
          <p className="good">
            <Icon name="check" /> {t('quote.noReasons')}
          </p>
        )
      ) : (
        <ul className="blockers">
          {reasons.map((reason, i) => (
            <li key={`${reason.code}-${i}`}>
              <Icon name={record.quote.outcome === 'declined' ? 'stop' : 'alert'} size={16} />
              <span>
                {of(reason.text)}
                {reason.guideline && (
                  <span className="faint">
                    {' '}
                    · {t('quote.guideline')} {reason.guideline}
                  </span>
                )}
                {reason.authority && (
                  <span className="faint">
                    {' '}
                    · {t('quote.authority')} {t(`authority.${reason.authority}`)}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Actions({ record }: { record: QuoteRecord }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const again = useRequestQuote();
  const key = useRef(crypto.randomUUID());
  const session = useSession().data;
  const may = session?.permissions ?? [];
  const isFirm = session?.organisation?.kind !== 'insurer';
  const open = useOpenBefore(record);
  const binds = record.state === 'quoted' && record.quote.binding && !hasExpired(record) && isFirm && may.includes('policy:bind');
  const requote = () =>
    again.mutate(
      { submission: record.submission, key: key.current },
      { onSuccess: (next) => void navigate({ to: '/quotes/$quote', params: { quote: next.id } }) },
    );
  return (
    <>
      {again.error && <ProblemNote problem={again.error} />}
      {record.policy && (
        <Link to="/policies/$policy" params={{ policy: record.policy }} className="action action-main">
          {t('quote.openPolicy')}
        </Link>
      )}
      {may.includes('assessment:read') && isOpen(record) && (
        <Link to="/assessments/$assessment/fixes" params={{ assessment: record.assessment }} className="action">
          {t('quote.openFixes')}
        </Link>
      )}
      {may.includes('quote:request') && isOpen(record) && (
        <Button onClick={requote} loading={again.isPending}>
          {t('quote.requote')}
        </Button>
      )}
      {binds && open?.length === 0 && (
        <Link to="/quotes/$quote/bind" params={{ quote: record.id }} className="action action-main">
          {t('quote.bind')}
        </Link>
      )}
      {binds && open !== null && open.length > 0 && (
        <Button type="primary" disabled title={t('workbench.openBeforeNext')}>
          {t('quote.bind')}
        </Button>
      )}
    </>
  );
}

function QuoteView({ record }: { record: QuoteRecord }) {
  const words = useWords();
  const { t } = words;
  const { quote } = record;
  const session = useSession().data;
  const mayWithdraw = isOpen(record) && session?.organisation?.kind !== 'insurer' && (session?.permissions ?? []).includes('submission:write');
  return (
    <Page kind={`${t('quote.kind')} · ${record.firm}`} sentence={sentenceOf(record, words)} wide aside={<Actions record={record} />}>
      <div className="two">
        <PremiumBox record={record} />
        <Reasons record={record} />
      </div>
      <AdjustmentNotes adjustments={quote.adjustments} currency={quote.cover.currency} />
      <Source
        parts={[
          [t('quote.issued'), dateTime(record.issuedAt)],
          [t('quote.until'), dateTime(quote.validUntil)],
          [t('quote.assessmentVersion', { n: record.assessmentVersion }), `${number(quote.score, 1)} ${quote.grade}`],
        ]}
      />
      <SubmissionProgress submission={record.submission} quote={record.id} />
      <PremiumWaterfall bars={quote.worksheet.waterfall} currency={quote.worksheet.currency} />
      <Section title={t('quote.cover')}>
        <CoverTable cover={quote.cover} />
      </Section>
      {!hasEnded(record) && <QuoteSubsidy record={record} />}
      <Section
        title={t('quote.worksheet')}
        note={
          <>
            {t('quote.worksheetNote')} <Term name="worksheet" />
          </>
        }
      >
        <WorksheetView worksheet={quote.worksheet} />
      </Section>
      {mayWithdraw && <WithdrawSubmission submission={record.submission} />}
      <Versions versions={quote.versions} />
    </Page>
  );
}

/** S7: the outcome with its reasons, the price with every step of it, the cover, and the way to bind. */
export function QuotePage() {
  const { quote } = useParams({ from: '/inside/quotes/$quote' });
  const record = useQuote(quote);
  return <AwaitedPage query={record}>{(found) => <QuoteView record={found} />}</AwaitedPage>;
}
