import { Link, useLocation } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useId, useState } from 'react';
import { daysBefore } from '../../../src/domain/basics/index.ts';
import type { Problem } from '../../api/problem.ts';
import { useSession } from '../../api/queries.ts';
import type { PolicyRecord } from '../../api/wire.ts';
import { ChoiceField, MoneyField, TextField } from '../../forms/field.tsx';
import { parseAmount } from '../../forms/parse-amount.ts';
import { dateTime } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Section } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { useSubsidyOfQuote } from '../subsidy/queries.ts';
import './cancellation.css';
import { PlanTable, planSentence, subsidySentence } from './plan.tsx';
import { useCancel, useCancelAsInsurer, useCancellation, useSignCancellation, type Asking, type CancellationView, type Plan } from './queries.ts';

type Ground = CancellationView['grounds'][number];
const nothing = { ground: '', lastDay: '', knownOn: '', paid: '' };

/** What the fields ask for; null until a ground is chosen with all that it needs. */
function askingOf(typed: typeof nothing, ground: Ground | undefined): Asking | null {
  if (ground === undefined) return null;
  const paidMinor = ground.afterLoss ? parseAmount(typed.paid) : null;
  if ((ground.withinDays !== null && typed.knownOn === '') || (ground.afterLoss && paidMinor === null)) return null;
  return {
    ground: ground.id,
    ends: typed.lastDay === '' ? '' : daysBefore(typed.lastDay, -1),
    knownOn: ground.withinDays === null ? '' : typed.knownOn,
    paidMinor,
  };
}

function GroundFields({ view, typed, set }: { view: CancellationView; typed: typeof nothing; set: (typed: typeof nothing) => void }) {
  const { t, of } = useWords();
  const ground = view.grounds.find(({ id }) => id === typed.ground);
  return (
    <>
      <ChoiceField
        label={t('cancellation.ground')}
        value={typed.ground}
        onChange={(id) => set({ ...nothing, ground: id })}
        empty={t('cancellation.choose')}
        options={view.grounds.map((one) => [one.id, of(one.title)])}
      />
      {ground?.withinDays != null && (
        <TextField
          label={t('cancellation.knownOn')}
          help={t('cancellation.knownOnHelp', { days: ground.withinDays })}
          type="date"
          value={typed.knownOn}
          onChange={(knownOn) => set({ ...typed, knownOn })}
        />
      )}
      {ground?.afterLoss && <MoneyField label={t('cancellation.paid')} value={typed.paid} onChange={(paid) => set({ ...typed, paid })} />}
      {ground && (
        <TextField
          label={t('cancellation.lastDay')}
          help={t('cancellation.lastDayHelp', { earliest: daysBefore(ground.earliest, 1), days: ground.noticeDays })}
          type="date"
          min={daysBefore(ground.earliest, 1)}
          optional
          value={typed.lastDay}
          onChange={(lastDay) => set({ ...typed, lastDay })}
        />
      )}
    </>
  );
}

/** The reason, and the act behind a second look at what it comes to. */
function Confirm({ record, view, plan }: { record: PolicyRecord; view: CancellationView; plan: Plan }) {
  const words = useWords();
  const { t, of } = words;
  const reasonField = useId();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const own = useCancel(record.id);
  const insurers = useCancelAsInsurer(record.id);
  const act = view.side === 'insurer' ? insurers : own;
  const onLoss = view.side === 'insured' && view.grounds.some(({ id, afterLoss }) => id === plan.ground && afterLoss);
  const waits = view.authority?.alone === false;
  const sentence = planSentence(plan, record.policy.cover.currency, words);
  const send = () => {
    const { ground, ends, knownOn, paidMinor, returnedMinor } = plan;
    const overtakes = plan.overtakes.at(-1)?.ends ?? null;
    const body = { ground, ends, knownOn, paidMinor, reason: reason.trim(), returnedMinor, overtakes };
    const after = { onSettled: () => setAsked(false) };
    if (view.side === 'insurer') insurers.mutate({ ...body, escalate: waits }, after);
    else own.mutate(body, after);
  };
  const subsidy = subsidySentence(plan, useSubsidyAfter(record, view.subsidyReturnedMinor ?? 0), record.policy.premium.total, words);
  const title = t(waits || onLoss ? 'cancellation.propose' : 'cancellation.do');
  return (
    <>
      <div className="field">
        <div className="field-label">
          <label htmlFor={reasonField}>{t('cancellation.reason')}</label>
        </div>
        <p className="field-help">{t('cancellation.reasonHelp')}</p>
        <Input.TextArea id={reasonField} rows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
      {waits && view.authority?.needs && <p className="note note-warning">{t('cancellation.above', { level: of(view.authority.needs) })}</p>}
      {onLoss && <p className="note">{t('cancellation.onLoss')}</p>}
      {act.error && <ProblemNote problem={act.error as Problem} />}
      <div className="cancellation-act">
        <Button danger disabled={reason.trim() === ''} onClick={() => setAsked(true)}>
          {title}
        </Button>
      </div>
      {asked && (
        <Panel title={t('cancellation.confirm')} onClose={() => setAsked(false)} at="middle">
          <p>{t(waits || onLoss ? 'cancellation.proposeText' : 'cancellation.confirmText', { sentence })}</p>
          {subsidy && <p>{subsidy}</p>}
          <div className="desk-actions cancellation-act">
            <Button danger type="primary" loading={act.isPending} onClick={send}>
              {title}
            </Button>
            <Button onClick={() => setAsked(false)}>{t('cancellation.back')}</Button>
          </div>
        </Panel>
      )}
    </>
  );
}

/** A cancellation that waits: who proposed what, for a person of the insurer to sign or to refuse. */
function Proposal({ record, view }: { record: PolicyRecord; view: CancellationView }) {
  const words = useWords();
  const { t, of } = words;
  const user = useSession().data?.user.id;
  const sign = useSignCancellation(record.id);
  const { proposal } = view;
  if (proposal === null) return null;
  const { plan, signatures } = proposal;
  const currency = record.policy.cover.currency;
  const facts = { name: signatures.map(({ name }) => name).join(' + '), ground: of(plan.title), sentence: planSentence(plan, currency, words) };
  const signed = signatures.some(({ by }) => by === user);
  const send = (agree: boolean) => sign.mutate({ agree, returnedMinor: plan.returnedMinor });
  return (
    <Section title={t('cancellation.proposal')} id="cancellation">
      <p>{t('cancellation.proposalText', facts)}</p>
      <p className="faint">{proposal.reason}</p>
      <PlanTable plan={plan} currency={currency} />
      {sign.error && <ProblemNote problem={sign.error as Problem} />}
      {(signed || view.side === 'insured') && <p className="faint">{t('cancellation.awaits')}</p>}
      {view.side === 'insurer' && (
        <div className="desk-actions">
          {!signed && (
            <Button danger type="primary" loading={sign.isPending} onClick={() => send(true)}>
              {t('cancellation.sign')}
            </Button>
          )}
          <Button loading={sign.isPending} onClick={() => send(false)}>
            {t('cancellation.refuse')}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** The subsidy of the policy once `returnedMinor` of it went back; null where there is none. */
function useSubsidyAfter(record: PolicyRecord, returnedMinor: number | null) {
  const grant = useSubsidyOfQuote(record.quote)?.grant;
  if (!grant) return null;
  return { grantedMinor: grant.subsidyMinor, backMinor: Math.max(grant.returnedMinor, returnedMinor ?? 0) };
}

function SubsidyNote({ record, plan, returnedMinor = null }: { record: PolicyRecord; plan: Pick<Plan, 'returnedMinor'>; returnedMinor?: number | null }) {
  const words = useWords();
  const sentence = subsidySentence(plan, useSubsidyAfter(record, returnedMinor), record.policy.premium.total, words);
  return sentence && <p className="note note-warning">{sentence}</p>;
}

function Ending({ record, view, asking }: { record: PolicyRecord; view: CancellationView; asking: (asking: Asking | null) => void }) {
  const words = useWords();
  const { t } = words;
  const [typed, setTyped] = useState(nothing);
  const ask = askingOf(
    typed,
    view.grounds.find(({ id }) => id === typed.ground),
  );
  const said = JSON.stringify(ask);
  useEffect(() => asking(JSON.parse(said) as Asking | null), [said, asking]);
  const plan = view.plan?.ground === ask?.ground ? view.plan : null;
  const currency = record.policy.cover.currency;
  return (
    <>
      <GroundFields view={view} typed={typed} set={setTyped} />
      {plan && (
        <>
          <p aria-live="polite">
            <strong>{planSentence(plan, currency, words)}</strong>
          </p>
          <PlanTable plan={plan} currency={currency} />
          <SubsidyNote record={record} plan={plan} returnedMinor={view.subsidyReturnedMinor ?? 0} />
          <Confirm record={record} view={view} plan={plan} />
        </>
      )}
      {view.grounds.length === 0 && <p className="faint">{t('cancellation.choose')}</p>}
    </>
  );
}

/** Whether the address names this section; once it is there it comes into view. */
function useLinked(ready: boolean): boolean {
  const linked = useLocation({ select: ({ hash }) => hash === 'cancellation' });
  useEffect(() => {
    if (linked && ready) document.getElementById('cancellation')?.scrollIntoView();
  }, [linked, ready]);
  return linked;
}

/** From the head of the policy to where it can be ended; nothing for whoever cannot end it. */
export function CancellationLink({ record }: { record: PolicyRecord }) {
  const { t } = useWords();
  const view = useCancellation(record.id, null).data;
  if (!view || (view.grounds.length === 0 && view.proposal === null)) return null;
  return (
    <Link to="/policies/$policy" params={{ policy: record.id }} hash="cancellation" className="action">
      {t(view.proposal === null ? 'cancellation.title' : 'cancellation.waitingMark')}
    </Link>
  );
}

/** An insurer's cancellation that waits, at the head of its policy. */
export function WaitingProposal({ record }: { record: PolicyRecord }) {
  const view = useCancellation(record.id, null).data;
  useLinked(view?.proposal != null);
  return view?.proposal ? <Proposal record={record} view={view} /> : null;
}

/** Ends a policy before its time, for whoever is its insured or its insurer: ground, preview, reason, confirmation. */
export function CancellationSection({ record }: { record: PolicyRecord }) {
  const { t } = useWords();
  const [asking, setAsking] = useState<Asking | null>(null);
  const standing = useCancellation(record.id, null);
  const previewed = useCancellation(record.id, asking);
  const view = standing.data && (asking !== null && previewed.data && !previewed.error ? previewed.data : { ...standing.data, plan: null });
  const linked = useLinked(view !== undefined);
  if (view === undefined || view.grounds.length === 0 || view.proposal?.plan.side === 'insurer') return null;
  return (
    <Section title={t('cancellation.title')} note={t('cancellation.note')} id="cancellation">
      <details className="why" open={linked}>
        <summary>{t('cancellation.open')}</summary>
        <Ending record={record} view={view} asking={setAsking} />
        {asking !== null && previewed.error && <ProblemNote problem={previewed.error as Problem} />}
      </details>
    </Section>
  );
}

/** How a policy was ended before its time, with the notice in both languages. */
export function EndedNote({ record }: { record: PolicyRecord }) {
  const words = useWords();
  const { t, of, said } = words;
  const { cancellation, cover, number } = record.policy;
  if (cancellation === null) return null;
  const facts = {
    side: t(`cancellation.sides.${cancellation.side}`),
    at: dateTime(cancellation.at).slice(0, 16),
    by: cancellation.by === 'system' ? t('cancellation.bySystem') : cancellation.by,
    ground: of(cancellation.title),
    sentence: planSentence(cancellation, cover.currency, words),
  };
  return (
    <Section title={t('cancellation.endedTitle')}>
      <p className="note note-warning">{t('cancellation.ended', facts)}</p>
      {cancellation.reason && <p className="faint">{said(cancellation.reason)}</p>}
      <PlanTable plan={cancellation} currency={cover.currency} />
      <SubsidyNote record={record} plan={cancellation} />
      <ul className="downloads">
        {(['zh', 'en'] as const).map((language) => (
          <li key={language}>
            <a
              className="action"
              href={`/api/policies/${record.id}/cancellation/notice?language=${language}`}
              download={`${number}-cancellation-${language}.pdf`}
            >
              <Icon name="download" /> {t(language === 'zh' ? 'cancellation.noticeZh' : 'cancellation.noticeEn')}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
