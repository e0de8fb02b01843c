import { Button, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { clawBack } from '../../../src/domain/subsidy/index.ts';
import { TextField } from '../../forms/field.tsx';
import { dateTime } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { SubsidySum } from './amounts.tsx';
import { useSubsidyAct, type Application, type SchemeFile } from './queries.ts';
import { Facts } from '../../parts/facts.tsx';

function Remark({ label, help, value, onChange }: { label: string; help?: string; value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {help && <p className="field-help">{help}</p>}
      <Input.TextArea id={id} rows={3} maxLength={500} value={value} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

function ApplicationFacts({ application, file }: { application: Application; file: SchemeFile }) {
  const { t, money, of } = useWords();
  const { grant } = application;
  const rows: [string, string][] = [
    [t('subsidy.console.firm'), grant.firm],
    [t('subsidy.console.code'), grant.creditCode],
    [t('subsidy.region'), grant.region],
    [t('subsidy.package'), grant.package],
    [t('subsidy.console.tier'), of(file.scheme.tiers.find(({ id }) => id === grant.tier)?.title ?? { zh: grant.tier, en: grant.tier })],
    [t('subsidy.console.limit'), money({ currency: grant.currency, minor: grant.limitMinor })],
    [t('subsidy.console.begins'), grant.begins],
    [t('subsidy.console.askedAt'), dateTime(application.asked.at)],
    application.policy === null ? [t('subsidy.console.until'), dateTime(application.validUntil)] : [t('subsidy.console.policy'), grant.policy],
  ];
  return (
    <>
      <Facts rows={rows} tight />
      <SubsidySum currency={grant.currency} grossMinor={grant.premiumMinor} subsidyMinor={grant.subsidyMinor - grant.returnedMinor} />
    </>
  );
}

function Decide({ application, onDone }: { application: Application; onDone: () => void }) {
  const { t, money } = useWords();
  const [reason, setReason] = useState('');
  const act = useSubsidyAct();
  const keys = useRef({ approved: crypto.randomUUID(), refused: crypto.randomUUID() });
  const decide = (decision: 'approved' | 'refused') =>
    act.mutate(
      { path: `/api/subsidy-applications/${application.id}/decision`, body: { decision, reason }, key: keys.current[decision] },
      { onSuccess: onDone, onError: () => (keys.current[decision] = crypto.randomUUID()) },
    );
  const amount = money({ currency: application.grant.currency, minor: application.grant.subsidyMinor });
  return (
    <>
      {act.error && <ProblemNote problem={act.error} />}
      <Remark label={t('subsidy.console.reason')} help={t('subsidy.console.reasonHelp')} value={reason} onChange={setReason} />
      <div className="subsidy-actions">
        <Button type="primary" loading={act.isPending} onClick={() => decide('approved')}>
          {t('subsidy.console.approve', { amount })}
        </Button>
        <Button disabled={reason.trim() === '' || act.isPending} onClick={() => decide('refused')}>
          {t('subsidy.console.refuse')}
        </Button>
      </div>
    </>
  );
}

/** What an end on this day would bring back; null for a day that cannot be. */
function backOn(application: Application, file: SchemeFile, ends: string): number | null {
  try {
    return clawBack(application.grant, file.scheme, ends).returnedMinor - application.grant.returnedMinor;
  } catch {
    return null;
  }
}

function ClawBack({ application, file, onDone }: { application: Application; file: SchemeFile; onDone: () => void }) {
  const { t, money } = useWords();
  const [ends, setEnds] = useState('');
  const [reason, setReason] = useState('');
  const act = useSubsidyAct();
  const key = useRef(crypto.randomUUID());
  const back = ends === '' ? null : backOn(application, file, ends);
  const send = () =>
    act.mutate(
      { path: `/api/subsidy-applications/${application.id}/claw-back`, body: { ends, reason }, key: key.current },
      { onSuccess: onDone, onError: () => (key.current = crypto.randomUUID()) },
    );
  return (
    <section>
      <h3>{t('subsidy.console.clawBack')}</h3>
      {act.error && <ProblemNote problem={act.error} />}
      <p>{t('subsidy.console.clawBackNote', { days: file.scheme.keepDays })}</p>
      <TextField label={t('subsidy.console.ends')} type="date" min={application.grant.begins} value={ends} onChange={setEnds} />
      <Remark label={t('subsidy.console.endsReason')} value={reason} onChange={setReason} />
      {back === 0 && <p className="note">{t('subsidy.console.nothing')}</p>}
      <Button danger disabled={!back || reason.trim() === ''} loading={act.isPending} onClick={send}>
        {t('subsidy.console.confirmClawBack', { amount: money({ currency: application.grant.currency, minor: back ?? 0 }) })}
      </Button>
    </section>
  );
}

/** One application with its facts, and what can be done about it now. */
export function ApplicationPanel({ application, file, onClose }: { application: Application; file: SchemeFile; onClose: () => void }) {
  const { t, money, said } = useWords();
  const { decided, returned, lapsed, grant } = application;
  return (
    <Panel title={`${grant.firm} · ${t(`subsidy.state.${application.state}`)}`} onClose={onClose}>
      <ApplicationFacts application={application} file={file} />
      {decided && <p>{t('subsidy.console.decided', { by: decided.by, at: dateTime(decided.at), reason: decided.reason || t('subsidy.market.none') })}</p>}
      {returned && (
        <p>
          {t('subsidy.console.returnedLine', {
            ends: returned.ends,
            amount: money({ currency: grant.currency, minor: returned.amountMinor }),
            reason: said(returned.reason),
          })}
        </p>
      )}
      {lapsed && <p>{t('subsidy.console.lapsedLine', { at: dateTime(lapsed.at), reason: said(lapsed.reason) })}</p>}
      {application.state === 'waiting' && <Decide application={application} onDone={onClose} />}
      {application.state === 'granted' && <ClawBack application={application} file={file} onDone={onClose} />}
    </Panel>
  );
}
