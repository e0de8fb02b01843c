import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { TextField } from '../../forms/field.tsx';
import { useCoverages, useSession } from '../../api/queries.ts';
import { dateTime, plainMoney } from '../../format.ts';
import { Section } from '../../parts/page.tsx';
import { Awaited, ProblemNote } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { AnotherOffer } from '../cover/another-offer.tsx';
import { useAnswer, useHandIn, useProgress } from '../insurer/workbench/queries.ts';
import type { Progress } from '../insurer/workbench/wire.ts';

type Offer = Progress['offers'][number];

interface Row {
  readonly id: string;
  readonly name: string;
  readonly of: (offer: Offer) => string;
  readonly figure?: boolean;
  /** What stands in the place of a term. */
  readonly act?: (offer: Offer) => ReactNode;
}

/**
 * Offers of one submission side by side, every term in the same words, so that they compare like with like; what differs stands out. `act` is what can
 * be done with each.
 */
export function OfferComparison({ offers, act }: { offers: readonly Offer[]; act?: (offer: Offer) => ReactNode }) {
  const { t, of, money } = useWords();
  const titles = new Map(useCoverages().data?.map((one) => [one.id, of(one.title)]));
  const amount = (offer: Offer, minor: number): string => plainMoney({ currency: offer.quote.cover.currency, minor });
  const coverages = [...new Set(offers.flatMap(({ quote }) => quote.cover.lines.map(({ coverage }) => coverage)))];
  const lineOf = (offer: Offer, coverage: string) => offer.quote.cover.lines.find((line) => line.coverage === coverage);
  const rows: Row[] = [
    { id: 'state', name: t('lists.state'), of: ({ state }) => t(`quoteState.${state}`) },
    {
      id: 'premium',
      name: t('workbench.premium'),
      figure: true,
      of: ({ quote }) => money({ currency: quote.worksheet.currency, minor: quote.worksheet.premium.total }),
    },
    { id: 'limit', name: t('workbench.termLimit'), figure: true, of: (offer) => amount(offer, offer.quote.cover.limitMinor) },
    { id: 'retention', name: t('workbench.termRetention'), figure: true, of: (offer) => amount(offer, offer.quote.cover.retentionMinor) },
    ...coverages.map((coverage): Row => ({
      id: coverage,
      name: titles.get(coverage) ?? coverage,
      figure: true,
      of: (offer) => {
        const line = lineOf(offer, coverage);
        if (line === undefined) return '--';
        return line.waitingHours === null
          ? amount(offer, line.subLimitMinor)
          : `${amount(offer, line.subLimitMinor)} · ${t('workbench.hours', { n: line.waitingHours })}`;
      },
    })),
    { id: 'until', name: t('workbench.validUntil'), of: ({ quote }) => dateTime(quote.validUntil).slice(0, 16) },
    ...(act ? [{ id: 'act', name: t('workbench.chooseRow'), of: () => '', act }] : []),
  ];
  const differs = ({ of: say }: Row): boolean => new Set(offers.map(say)).size > 1;
  const columns: Column<Row>[] = [
    { id: 'term', title: t('workbench.compareRow'), heads: true, cell: (row) => row.name },
    ...offers.map((offer): Column<Row> => ({
      id: offer.id,
      title: (
        <Link to="/quotes/$quote" params={{ quote: offer.id }}>
          {t('workbench.offer', { n: offer.offer })}
        </Link>
      ),
      label: t('workbench.offer', { n: offer.offer }),
      align: 'right',
      cell: (row) => (row.act ? row.act(offer) : differs(row) ? <strong>{row.of(offer)}</strong> : row.of(offer)),
    })),
  ];
  return (
    <Section title={t('workbench.compare')} note={t('workbench.compareNote')}>
      <Table caption={t('workbench.compare')} columns={columns} rows={rows} keyOf={(row) => row.id} dense />
    </Section>
  );
}

function Asked({ progress, may }: { progress: Progress; may: boolean }) {
  const { t } = useWords();
  const answer = useAnswer(progress.submission);
  const [text, setText] = useState('');
  if (progress.requests.length === 0) return null;
  return (
    <Section title={t('workbench.requests')}>
      <ul className="desk-lines">
        {progress.requests.map((request) => (
          <li key={request.id}>
            {t('workbench.asked', { name: request.name, text: request.text })}
            <br />
            {request.answer ? <span className="faint">{t('workbench.answered', { text: request.answer.text })}</span> : null}
            {!request.answer && may && (
              <>
                <TextField label={t('workbench.answerText')} value={text} onChange={setText} />
                <Button
                  type="primary"
                  disabled={text.trim() === ''}
                  loading={answer.isPending}
                  onClick={() => answer.mutate({ request: request.id, text }, { onSuccess: () => setText('') })}
                >
                  {t('workbench.answer')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {answer.error && <ProblemNote problem={answer.error} />}
    </Section>
  );
}

function Conditions({ progress, may }: { progress: Progress; may: boolean }) {
  const { t, of } = useWords();
  const hand = useHandIn(progress.submission);
  const [note, setNote] = useState('');
  if (progress.contingencies.length === 0) return null;
  return (
    <Section title={t('workbench.contingencies')}>
      <ul className="desk-lines">
        {progress.contingencies.map((one) => (
          <li key={one.id}>
            <strong>{of(one.title)}</strong> {t(`workbench.stages.${one.stage}`)} · {t(`workbench.contingencyStates.${one.state}`)}
            {one.due && ` · ${t('workbench.due', { day: one.due })}`}
            <p className="faint">{of(one.state === 'waived' && one.warranty ? one.warranty.text : one.text)}</p>
            {one.state === 'open' && may && (
              <>
                <TextField label={t('workbench.handInText')} value={note} onChange={setNote} />
                <Button
                  disabled={note.trim() === ''}
                  loading={hand.isPending}
                  onClick={() => hand.mutate({ id: one.id, note }, { onSuccess: () => setNote('') })}
                >
                  {t('workbench.handIn')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {hand.error && <ProblemNote problem={hand.error} />}
    </Section>
  );
}

/** The way from the comparison to one offer: to its page, and on from there to binding; the one that is open says so. */
function ChooseOffer({ offer, shown }: { offer: Offer; shown: string }) {
  const { t } = useWords();
  const binds = useSession().data?.permissions.includes('policy:bind') ?? false;
  if (offer.id === shown) return <span className="faint">{t('workbench.offerShown')}</span>;
  return (
    <Link to="/quotes/$quote" params={{ quote: offer.id }} className="action">
      {t(binds && offer.state === 'quoted' ? 'workbench.chooseOffer' : 'workbench.openOffer', { n: offer.offer })}
    </Link>
  );
}

/** Where a submission stands, as the applicant sees it: what is asked, what must be met, the offers side by side. `quote` is the offer of the page. */
export function SubmissionProgress({ submission, quote }: { submission: string; quote: string }) {
  const { t } = useWords();
  const progress = useProgress(submission);
  const may = useSession().data?.permissions.includes('submission:write') ?? false;
  return (
    <Awaited query={progress} rows={3}>
      {(found) => (
        <>
          {found.clearance.state === 'blocked' && found.clearance.since && (
            <p className="note note-warning">{t('workbench.progressBlocked', { since: dateTime(found.clearance.since).slice(0, 16) })}</p>
          )}
          {found.offers.map(
            ({ id, settled }) =>
              settled && (
                <p key={id} className={`note ${settled.outcome === 'approved' ? 'note-good' : ''}`}>
                  {t(settled.outcome === 'approved' ? 'workbench.approvedBy' : 'workbench.declinedBy', { reason: settled.reason })}
                </p>
              ),
          )}
          <Asked progress={found} may={may} />
          <Conditions progress={found} may={may} />
          {found.offers.length > 1 && <OfferComparison offers={found.offers} act={(offer) => <ChooseOffer offer={offer} shown={quote} />} />}
          <AnotherOffer submission={submission} offers={found.offers} atMost={found.offersAtMost} />
        </>
      )}
    </Awaited>
  );
}
