import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { assetTitle, type CaseEvent } from '../../../src/domain/assessment/index.ts';
import { Field } from '../../forms/field.tsx';
import { dateTime, none } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import { Due } from '../fixes/clock.tsx';
import { deedSentence, Effect, RawRecords, RuleTexts } from '../fixes/panel.tsx';
import { useDecide, type DecisionCase } from './queries.ts';

type EventOf<K extends CaseEvent['kind']> = Extract<CaseEvent, { kind: K }>;

/** The latest deed of a kind; undefined where there is none. */
export const latest = <K extends CaseEvent['kind']>(events: readonly CaseEvent[], kind: K): EventOf<K> | undefined =>
  events.findLast((event): event is EventOf<K> => event.kind === kind);

function Asked({ one }: { one: DecisionCase }) {
  const { t } = useWords();
  const disputed = one.kind === 'dispute' ? latest(one.events, 'disputed') : undefined;
  const requested = one.kind === 'acceptance' ? latest(one.events, 'acceptance-requested') : undefined;
  if (disputed)
    return (
      <>
        <h3>{t('tracked.decisions.proof')}</h3>
        <p>
          <strong>{t(`tracked.ground.${disputed.ground}`)}</strong> · {disputed.by.name} · <span className="num">{dateTime(disputed.at)}</span>
        </p>
        <p className="foreign">{disputed.proof}</p>
        {disputed.file && (
          <p>
            <a href={`/api/disputed-cases/${one.id}/proofs/${disputed.file}`} download>
              {t('tracked.decisions.proofFile')}
            </a>{' '}
            <code className="break">SHA-256 {disputed.file}</code>
          </p>
        )}
      </>
    );
  if (!requested) return null;
  return (
    <>
      <h3>{t('tracked.decisions.reason')}</h3>
      <p>
        <strong>{t('tracked.acceptedUntil', { day: requested.until })}</strong> · {requested.by.name} · <span className="num">{dateTime(requested.at)}</span>
      </p>
      <p className="foreign">{requested.reason}</p>
    </>
  );
}

function Evidence({ one }: { one: DecisionCase }) {
  const { t, of } = useWords();
  return (
    <>
      <h3>{t('tracked.panel.evidence')}</h3>
      {one.evidence.length === 0 && <p className="faint">{none}</p>}
      {one.evidence.map((finding) => (
        <div key={finding.id} className="evidence-of">
          <p className="faint break">
            {finding.tool} · {finding.checkId} · {of(assetTitle(finding.asset.name))}
          </p>
          {finding.evidence !== '' && (
            <pre className="foreign" tabIndex={0}>
              {finding.evidence}
            </pre>
          )}
          <RawRecords assessment={one.assessment} finding={finding.id} />
        </div>
      ))}
    </>
  );
}

/** What was decided, by whom, why, and what it did; for an acceptance also the case as the approver had it. */
function Decided({ one }: { one: DecisionCase }) {
  const words = useWords();
  const { t } = words;
  const event = one.kind === 'dispute' ? latest(one.events, 'dispute-decided') : latest(one.events, 'acceptance-decided');
  if (!event) return null;
  return (
    <>
      <h3>{t('tracked.decisions.result')}</h3>
      <p>
        <strong>{deedSentence(event, words)}</strong> · <span className="num">{dateTime(event.at)}</span>
      </p>
      {event.note !== '' && <p className="foreign">{event.note}</p>}
      {event.effect && (
        <p>
          <Effect effect={event.effect} />
        </p>
      )}
      {event.kind === 'acceptance-decided' && event.snapshot && <Snapshot snapshot={event.snapshot} />}
    </>
  );
}

function Snapshot({ snapshot }: { snapshot: NonNullable<EventOf<'acceptance-decided'>['snapshot']> }) {
  const { t, of } = useWords();
  const rows: [string, string][] = [
    [t('tracked.columns.title'), snapshot.title],
    [t('tracked.columns.asset'), of(assetTitle(snapshot.asset))],
    [t('assessment.severity'), t(`severity.${snapshot.severity}`)],
    [t('tracked.kev'), snapshot.knownExploited ? (snapshot.listedOn ?? t('states.yes')) : t('states.no')],
    [t('tracked.columns.due'), snapshot.dueAt === null ? t('tracked.noClock') : dateTime(snapshot.dueAt)],
    [t('tracked.decisions.tools'), snapshot.tools.join(t('punctuation.list'))],
    [t('tracked.decisions.reason'), snapshot.reason],
    [t('tracked.until'), snapshot.until],
  ];
  return (
    <>
      <h3>{t('tracked.decisions.snapshot')}</h3>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="break">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function DecideForm({ one, onClose }: { one: DecisionCase; onClose: () => void }) {
  const { t } = useWords();
  const decide = useDecide(one);
  const [note, setNote] = useState('');
  const key = useRef(crypto.randomUUID());
  // Once it is decided this form is gone: whoever waits for the answer must not be the form.
  const send = (yes: boolean) =>
    decide.mutateAsync({ yes, note, key: key.current }).then(onClose, () => {
      key.current = crypto.randomUUID();
    });
  const dispute = one.kind === 'dispute';
  return (
    <form className="form decide-form" onSubmit={(event) => event.preventDefault()}>
      <p className="faint">{t(dispute ? 'tracked.decisions.blind' : 'tracked.decisions.frozen')}</p>
      <Field label={t('tracked.decisions.note')} help={t('tracked.decisions.noteHelp')}>
        {(wiring) => <Input.TextArea {...wiring} rows={3} maxLength={4000} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      {decide.error &&
        (decide.error.code === 'changed-meanwhile' ? (
          <p className="note note-warning">{t('tracked.decisions.changed')}</p>
        ) : (
          <ProblemNote problem={decide.error} />
        ))}
      <p className="row">
        <Button type="primary" loading={decide.isPending} disabled={note.trim() === ''} onClick={() => void send(true)}>
          {t(dispute ? 'tracked.decisions.uphold' : 'tracked.decisions.grant')}
        </Button>
        <Button loading={decide.isPending} disabled={note.trim() === ''} onClick={() => void send(false)}>
          {t(dispute ? 'tracked.decisions.reject' : 'tracked.decisions.refuse')}
        </Button>
      </p>
    </form>
  );
}

/** Everything that a decision rests on: what was asked and why, what the scanners saw, the public rule; then the decision, or who may make it. */
export function CasePanel({ one, now, onClose }: { one: DecisionCase; now: string; onClose: () => void }) {
  const { t, of } = useWords();
  const { finding } = one;
  return (
    <Panel title={finding.title} onClose={onClose}>
      <p className="marks">
        <SeverityMark severity={finding.severity} />
        {finding.knownExploited && <span className="label label-must-fix">{t('tracked.kev')}</span>}
        <span className="break">
          {one.firm} · {of(assetTitle(finding.asset))}
        </span>
        <Due tracked={finding} now={now} />
      </p>
      <Asked one={one} />
      <Evidence one={one} />
      <RuleTexts signals={one.signals} />
      <p>
        <Link to="/rules">{t('tracked.decisions.rules')}</Link> ·{' '}
        <Link to="/assessments/$assessment" params={{ assessment: one.assessment }}>
          {t('assessment.kind')}
        </Link>
      </p>
      <Decided one={one} />
      {one.decide === 'allowed' && <DecideForm one={one} onClose={onClose} />}
      {one.decide !== 'allowed' && one.decide !== 'decided' && <p className="note">{t(`tracked.decisions.others.${one.decide}`)}</p>}
    </Panel>
  );
}
