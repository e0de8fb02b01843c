import { useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { PremiumWaterfall } from '../../../charts/premium-waterfall.tsx';
import { useSession } from '../../../api/queries.ts';
import { dateTime } from '../../../format.ts';
import { Amount } from '../../../parts/amount.tsx';
import { Page, Section } from '../../../parts/page.tsx';
import { Source } from '../../../parts/provenance.tsx';
import { AwaitedPage } from '../../../parts/states.tsx';
import { Versions } from '../../../parts/versions.tsx';
import { useWords } from '../../../words.ts';
import { AdjustmentNotes } from '../../applicant/quote/adjustments.tsx';
import { CoverTable } from '../../applicant/quote/cover-table.tsx';
import { WorksheetView } from '../../applicant/quote/worksheet-view.tsx';
import { AnotherOffer } from '../../cover/another-offer.tsx';
import { OfferComparison } from '../../applicant/offers.tsx';
import { CaseDecisionColumn } from './case-decision.tsx';
import { CaseFacts } from './case-parts.tsx';
import { emptyDraft, maySign, type Draft } from './case-terms.ts';
import { leaveCase, useCase, useHoldCase } from './queries.ts';
import type { CaseView } from './wire.ts';
import './workbench.css';

type Offer = CaseView['offers'][number];

/** Departures from the tariff, each with its evidence; they go into the price as soon as both are there. */
function ScheduleItems({ view, draft, edit }: { view: CaseView; draft: Draft; edit: (draft: Draft) => void }) {
  const { t, of } = useWords();
  return (
    <Section title={t('workbench.schedule')} note={t('workbench.scheduleNote')}>
      {view.desk.schedule.map((item) => {
        const now = draft.schedule[item.id] ?? { percent: '', reason: '' };
        const set = (change: object) => edit({ ...draft, schedule: { ...draft.schedule, [item.id]: { ...now, ...change } } });
        return (
          <div key={item.id} className="desk-schedule">
            <Input
              aria-label={t('workbench.scheduleItem', { title: of(item.title), most: item.mostPercent })}
              placeholder={t('workbench.scheduleItem', { title: of(item.title), most: item.mostPercent })}
              suffix="%"
              value={now.percent}
              onChange={(event) => set({ percent: event.target.value })}
            />
            <Input
              aria-label={t('workbench.scheduleReason', { title: of(item.title) })}
              placeholder={t('workbench.scheduleReason', { title: of(item.title) })}
              value={now.reason}
              onChange={(event) => set({ reason: event.target.value })}
            />
          </div>
        );
      })}
    </Section>
  );
}

/** The middle column: the price with each factor openable, and the departures from it. */
function RatingColumn({ view, offer, draft, edit, mayEdit }: { view: CaseView; offer: Offer; draft: Draft; edit: (draft: Draft) => void; mayEdit: boolean }) {
  const { worksheet } = offer.quote;
  return (
    <>
      <p className="figure">
        <Amount money={{ currency: worksheet.currency, minor: worksheet.premium.total }} />
      </p>
      <AdjustmentNotes adjustments={offer.quote.adjustments} currency={offer.quote.cover.currency} />
      <PremiumWaterfall bars={worksheet.waterfall} currency={worksheet.currency} />
      {mayEdit && <ScheduleItems view={view} draft={draft} edit={edit} />}
      <WorksheetView worksheet={worksheet} />
      <Versions versions={offer.quote.versions} />
    </>
  );
}

function CaseScreen({ view }: { view: CaseView }) {
  const { t, money } = useWords();
  const { submission } = view;
  const session = useSession().data;
  const may = session?.permissions.includes('case:decide') ?? false;
  const waits = view.case.proposal !== null && !maySign(view, session?.user.id);
  useHoldCase(submission.id, may && !waits);
  useEffect(() => {
    if (!may) return undefined;
    const leave = () => leaveCase(submission.id);
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [may, submission.id]);
  const [chosen, choose] = useState<string | null>(null);
  const undecidedOne = view.offers.find(({ state }) => state === 'referred' || state === 'declined');
  const offer = view.offers.find(({ id }) => id === chosen) ?? undecidedOne ?? view.offers.at(-1);
  const [draft, edit] = useState<Draft>(() => emptyDraft(offer?.quote.cover ?? submission.cover));
  const workOn = (one: Offer) => {
    choose(one.id);
    edit(emptyDraft(one.quote.cover));
  };
  const limit = money({ currency: submission.cover.currency, minor: submission.cover.limitMinor });
  const undecided = offer !== undefined && (offer.state === 'referred' || offer.state === 'declined');
  return (
    <Page
      kind={t('workbench.caseKind', { firm: submission.firm })}
      sentence={t('workbench.caseSentence', { firm: submission.firm, limit, state: t(`submissionState.${submission.state}`) })}
      wide
    >
      {view.openBy !== null && <p className="note note-warning">{t('workbench.lockedBy', { name: view.openBy })}</p>}
      <Source
        parts={[
          [t('lists.created'), dateTime(submission.createdAt)],
          [t('workbench.assignee'), view.case.assignee?.name ?? '--'],
          [t('lists.reference'), submission.id],
        ]}
      />
      {view.offers.length > 1 && (
        <OfferComparison
          offers={view.offers}
          act={(one) => (
            <Button size="small" type={one.id === offer?.id ? 'primary' : 'default'} aria-pressed={one.id === offer?.id} onClick={() => workOn(one)}>
              {t('workbench.workOn', { n: one.offer })}
            </Button>
          )}
        />
      )}
      {may && view.openBy === null && !waits && <AnotherOffer submission={submission.id} offers={view.offers} atMost={view.desk.offersAtMost} />}
      <div className="case-columns">
        <section aria-label={t('workbench.facts')}>
          <h2>{t('workbench.facts')}</h2>
          <CaseFacts view={view} />
        </section>
        <section aria-label={t('workbench.rating')}>
          <h2>{t('workbench.rating')}</h2>
          {offer && <RatingColumn view={view} offer={offer} draft={draft} edit={edit} mayEdit={undecided && may && view.openBy === null} />}
        </section>
        <section aria-label={t('workbench.decision')}>
          <h2>{t('workbench.decision')}</h2>
          <CaseDecisionColumn view={view} offer={offer} draft={draft} edit={edit} />
        </section>
      </div>
      <Section title={t('quote.cover')}>
        <CoverTable cover={offer?.quote.cover ?? submission.cover} />
      </Section>
    </Page>
  );
}

/** S13: one case in three columns: what is known, what it costs and why, what is decided. */
export function CasePage() {
  const { submission } = useParams({ from: '/inside/underwriting/$submission' });
  const view = useCase(submission);
  return <AwaitedPage query={view}>{(found) => <CaseScreen key={found.submission.id} view={found} />}</AwaitedPage>;
}
