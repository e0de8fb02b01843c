import { Button, Checkbox, Input } from 'antd';
import { useRef, useState } from 'react';
import { blockerKey } from '../../../../src/domain/underwriting/index.ts';
import { useSession } from '../../../api/queries.ts';
import { ChoiceField, TextField } from '../../../forms/field.tsx';
import { dateTime } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';
import { CoverTerms } from '../../cover/cover-terms.tsx';
import { AgreedTerms } from './agreed-terms.tsx';
import { FiredRules } from './case-parts.tsx';
import { awaitsLook, maySign, termsOf, type Draft } from './case-terms.ts';
import { useDecide, useDecideContingency, useOfferAct, usePreview, useSign, type Decision } from './queries.ts';
import type { CaseView, Preview } from './wire.ts';

type Offer = CaseView['offers'][number];
type Edit = (draft: Draft) => void;

const isUndecided = ({ state }: Offer): boolean => state === 'referred' || state === 'declined';

function TermsBuilder({ draft, edit }: { draft: Draft; edit: Edit }) {
  const { t } = useWords();
  return (
    <details className="why">
      <summary>{t('workbench.terms')}</summary>
      <CoverTerms cover={draft.cover} onChange={(cover) => edit({ ...draft, cover })} />
    </details>
  );
}

function ConditionPicker({ view, draft, edit }: { view: CaseView; draft: Draft; edit: Edit }) {
  const { t, of } = useWords();
  const toggle = (id: string) =>
    edit({ ...draft, contingencies: draft.contingencies.includes(id) ? draft.contingencies.filter((one) => one !== id) : [...draft.contingencies, id] });
  return (
    <fieldset className="desk-choices">
      <legend>{t('workbench.contingencies')}</legend>
      {view.desk.templates.map((one) => (
        <Checkbox key={one.id} checked={draft.contingencies.includes(one.id)} onChange={() => toggle(one.id)}>
          {of(one.title)}{' '}
          <span className="faint">
            {t(`workbench.stages.${one.stage}`)} · {t('workbench.days', { n: one.days })}
          </span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

function WaiverPicker({ offer, view, draft, edit }: { offer: Offer; view: CaseView; draft: Draft; edit: Edit }) {
  const { t, of } = useWords();
  const blockers = offer.quote.gate.blockers;
  if (blockers.length === 0) return null;
  const warranties = view.desk.templates.filter(({ warranty }) => warranty !== null).map(({ id, title }) => [id, of(title)] as const);
  return (
    <details className="why">
      <summary>{t('workbench.waivers')}</summary>
      {blockers.map((blocker) => {
        const code = blockerKey(blocker);
        const { text } = blocker;
        const now = draft.waivers[code] ?? { warranty: '', subLimit: '', reason: '' };
        const set = (change: object) => edit({ ...draft, waivers: { ...draft.waivers, [code]: { ...now, ...change } } });
        return (
          <fieldset key={code} className="desk-choices">
            <legend>{t('workbench.waiver', { blocker: of(text) })}</legend>
            <ChoiceField label={t('workbench.waiverAs')} value={now.warranty} onChange={(warranty) => set({ warranty })} empty="--" options={warranties} />
            <TextField label={t('workbench.waiverSub')} value={now.subLimit} onChange={(subLimit) => set({ subLimit })} />
            <TextField label={t('workbench.waiverReason')} value={now.reason} onChange={(reason) => set({ reason })} />
          </fieldset>
        );
      })}
    </details>
  );
}

/** What the terms come to, whose authority they take, and what stands against them. */
function WhatIf({ preview, offer }: { preview: Preview; offer: Offer }) {
  const { t, of, money } = useWords();
  const { currency } = preview.worksheet;
  return (
    <div className="desk-whatif" aria-live="polite">
      <p>
        <strong>
          {t('workbench.whatIfTotal', {
            now: money({ currency, minor: preview.worksheet.premium.total }),
            before: money({ currency, minor: offer.quote.worksheet.premium.total }),
          })}
        </strong>
      </p>
      {preview.adjustments.map((one) => (
        <p key={`${one.rule}-${one.coverage}`} className="faint">
          {of(one.text)}
        </p>
      ))}
      {preview.against.length > 0 ? (
        <div className="bad">
          {t('workbench.whatIfAgainst')}
          <ul>
            {preview.against.map(({ code, text }) => (
              <li key={code}>{of(text)}</li>
            ))}
          </ul>
        </div>
      ) : (
        <p className={preview.alone ? 'good' : ''}>
          {preview.needs && t('workbench.whatIfNeeds', { level: of(preview.needs.title) })}{' '}
          {t(preview.alone ? 'workbench.whatIfAlone' : 'workbench.whatIfAbove')}
        </p>
      )}
      {!preview.alone && (
        <ul className="desk-lines">
          {preview.because.map((text) => (
            <li key={text.en}>{of(text)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function DecisionButtons({ view, offer, draft, preview }: { view: CaseView; offer: Offer; draft: Draft; preview: Preview | undefined }) {
  const { t } = useWords();
  const decide = useDecide(view.submission.id);
  const [reason, setReason] = useState('');
  const [declining, setDeclining] = useState(false);
  const said = useRef<HTMLParagraphElement>(null);
  const terms = termsOf(draft, view);
  const send = (decision: Decision['decision'], escalate = false) => {
    const seen = decision === 'approve' ? preview?.seen : (view.seen ?? undefined);
    if (seen === undefined) return;
    const reverses = decision === 'approve' && offer.settled?.outcome === 'declined';
    decide.mutate(
      { quote: offer.id, decision, reason, seen, terms: decision === 'approve' ? terms : null, escalate, reverses },
      { onSettled: () => setDeclining(false) },
    );
  };
  const ready = reason.trim() !== '' && terms !== null;
  const blocked = preview === undefined || preview.against.length > 0 || preview.needs === null;
  return (
    <>
      <label className="desk-reason">
        {t('workbench.reason')}
        <Input.TextArea value={reason} rows={2} onChange={(event) => setReason(event.target.value)} />
        <span className="faint">{t('workbench.reasonHelp')}</span>
      </label>
      {decide.error && <ProblemNote problem={decide.error} />}
      {decide.data && (
        <p ref={said} className="good" role="status">
          {t(`workbench.done.${decide.data.outcome}`)}
        </p>
      )}
      <div className="desk-actions">
        {preview?.alone === false ? (
          <Button type="primary" disabled={!ready || blocked} loading={decide.isPending} onClick={() => send('approve', true)}>
            {t('workbench.escalate')}
          </Button>
        ) : (
          <Button type="primary" disabled={!ready || blocked} loading={decide.isPending} onClick={() => send('approve')}>
            {t('workbench.approve')}
          </Button>
        )}
        <Button disabled={reason.trim() === ''} onClick={() => send('return')}>
          {t('workbench.return')}
        </Button>
        <Button danger disabled={reason.trim() === '' || offer.state !== 'referred'} onClick={() => setDeclining(true)}>
          {t('workbench.decline')}
        </Button>
      </div>
      {declining && (
        <Panel title={t('workbench.decline')} onClose={() => setDeclining(false)} at="middle">
          <p>{t('workbench.confirmDecline')}</p>
          <Button danger type="primary" loading={decide.isPending} onClick={() => send('decline')}>
            {t('workbench.decline')}
          </Button>
        </Panel>
      )}
    </>
  );
}

function ProposalBox({ view }: { view: CaseView }) {
  const { t, of, money } = useWords();
  const sign = useSign(view.submission.id);
  const signs = maySign(view, useSession().data?.user.id);
  const [reason, setReason] = useState('');
  const { proposal } = view.case;
  if (proposal === null) return null;
  const offer = view.offers.find(({ id }) => id === proposal.quote);
  const amount = (minor: number): string => money({ currency: proposal.terms.cover.currency, minor });
  const before = offer ? amount(offer.quote.worksheet.premium.total) : '--';
  const after = amount(proposal.snapshot.totalMinor);
  const send = (agree: boolean) => sign.mutate({ agree, reason: reason.trim() || proposal.reason, seen: proposal.hash });
  return (
    <Section title={t('workbench.proposal')}>
      <div className="note note-warning">
        <div>
          <p>{t('workbench.proposalText', { name: proposal.signatures[0]!.name, needs: t(`authority.${proposal.needs}`), reason: proposal.reason })}</p>
          <p>
            {t('quote.total')} {before === after ? after : `${before} → ${after}`}
          </p>
          <AgreedTerms view={view} terms={proposal.terms} offer={offer} />
          <ul>
            {proposal.because.map((text) => (
              <li key={text.en}>{of(text)}</li>
            ))}
          </ul>
          <p className="faint num">{t('workbench.termsHash', { hash: proposal.hash.slice(0, 16) })}</p>
        </div>
      </div>
      {signs ? (
        <>
          <TextField label={t('workbench.reason')} value={reason} onChange={setReason} optional />
          {sign.error && <ProblemNote problem={sign.error} />}
          <div className="desk-actions">
            <Button type="primary" loading={sign.isPending} onClick={() => send(true)}>
              {t('workbench.sign')}
            </Button>
            <Button disabled={reason.trim() === ''} onClick={() => send(false)}>
              {t('workbench.refuse')}
            </Button>
          </div>
        </>
      ) : (
        <p className="faint">{t('workbench.awaitsSignature')}</p>
      )}
    </Section>
  );
}

function Conditions({ view, may }: { view: CaseView; may: boolean }) {
  const { t, of } = useWords();
  const decide = useDecideContingency(view.submission.id);
  const shown = view.contingencies.filter(({ state }) => state !== 'void');
  if (shown.length === 0) return null;
  return (
    <Section title={t('workbench.contingencies')}>
      {view.binder && <p className={view.binder.state === 'lapsed' ? 'bad' : ''}>{t(`workbench.binder.${view.binder.state}`, { due: view.binder.due })}</p>}
      <ul className="desk-lines">
        {shown.map((one) => (
          <li key={one.id}>
            <strong>{of(one.title)}</strong> {t(`workbench.stages.${one.stage}`)} · {t(`workbench.contingencyStates.${one.state}`)}
            {one.due && ` · ${t('workbench.due', { day: one.due })}`}
            <br />
            <span className="faint">{one.acts.at(-1)?.note || of(one.text)}</span>
            {one.state === 'waived' && one.warranty && <p>{of(one.warranty.text)}</p>}
            {may && awaitsLook(one) && (
              <div className="desk-actions">
                <Button size="small" onClick={() => decide.mutate({ id: one.id, met: true, note: t('workbench.accept') })}>
                  {t('workbench.accept')}
                </Button>
                <Button size="small" onClick={() => decide.mutate({ id: one.id, met: false, note: t('workbench.giveBack') })}>
                  {t('workbench.giveBack')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {decide.error && <ProblemNote problem={decide.error} />}
    </Section>
  );
}

function Decisions({ view }: { view: CaseView }) {
  const { t } = useWords();
  if (view.case.decisions.length === 0) return null;
  return (
    <Section title={t('workbench.decided')}>
      <ul className="desk-lines">
        {view.case.decisions.map((one, i) => (
          <li key={`${one.quote}-${i}`}>
            {t('workbench.decidedLine', {
              name: one.signatures.map(({ name }) => name).join(' + '),
              outcome: t(`workbench.outcomes.${one.outcome}`),
              at: dateTime(one.signatures.at(-1)!.at).slice(0, 16),
            })}
            {one.reason && <p className="faint">{one.reason}</p>}
            {one.terms && <AgreedTerms view={view} terms={one.terms} offer={undefined} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function StandingOffer({ view, offer }: { view: CaseView; offer: Offer }) {
  const { t } = useWords();
  const act = useOfferAct(view.submission.id);
  const [reason, setReason] = useState('');
  const prolongDays = 14;
  return (
    <>
      <p className="faint">{t('workbench.nothing')}</p>
      <TextField label={t('workbench.reason')} value={reason} onChange={setReason} />
      {act.error && <ProblemNote problem={act.error} />}
      <div className="desk-actions">
        <Button disabled={reason.trim() === ''} onClick={() => act.mutate({ quote: offer.id, days: prolongDays, reason })}>
          {t('workbench.prolong', { n: prolongDays })}
        </Button>
        <Button danger disabled={reason.trim() === ''} onClick={() => act.mutate({ quote: offer.id, days: null, reason })}>
          {t('workbench.withdraw')}
        </Button>
      </div>
    </>
  );
}

/** The right column: what the rules say, the terms that a person sets, what they come to, and the decision. */
export function CaseDecisionColumn({ view, offer, draft, edit }: { view: CaseView; offer: Offer | undefined; draft: Draft; edit: Edit }) {
  const { t } = useWords();
  const may = (useSession().data?.permissions.includes('case:decide') ?? false) && view.openBy === null;
  const open = offer !== undefined && isUndecided(offer) && may && view.case.proposal === null;
  const preview = usePreview(view.submission.id, offer?.id ?? '', open ? termsOf(draft, view) : null);
  return (
    <>
      <FiredRules view={view} />
      {may && <ProposalBox view={view} />}
      {open && (
        <Section title={t('workbench.decision')}>
          <TermsBuilder draft={draft} edit={edit} />
          <ConditionPicker view={view} draft={draft} edit={edit} />
          <WaiverPicker offer={offer} view={view} draft={draft} edit={edit} />
          {preview.error && <ProblemNote problem={preview.error} />}
          {preview.data && <WhatIf preview={preview.data} offer={offer} />}
          <DecisionButtons view={view} offer={offer} draft={draft} preview={preview.data} />
        </Section>
      )}
      {offer?.state === 'quoted' && may && (
        <Section title={t('workbench.decision')}>
          <StandingOffer view={view} offer={offer} />
        </Section>
      )}
      <Conditions view={view} may={may} />
      <Decisions view={view} />
    </>
  );
}
