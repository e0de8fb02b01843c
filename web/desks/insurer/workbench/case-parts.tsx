import { Link } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useAssessment, useControls, useSession } from '../../../api/queries.ts';
import { dateTime, number } from '../../../format.ts';
import { Amount } from '../../../parts/amount.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { Section } from '../../../parts/page.tsx';
import { Awaited, ProblemNote } from '../../../parts/states.tsx';
import { WithdrawnReports } from '../../../parts/withdrawn-reports.tsx';
import { ChoiceField, TextField } from '../../../forms/field.tsx';
import { useWords } from '../../../words.ts';
import { useClearHit, useNote, useReleaseClearance } from './queries.ts';
import type { CaseView } from './wire.ts';

/** The guidelines that fired, as sentences; those that passed are one click away. */
export function FiredRules({ view }: { view: CaseView }) {
  const { t, of } = useWords();
  const fired = view.checks.filter(({ result }) => result !== 'passed');
  const passed = view.checks.filter(({ result }) => result === 'passed');
  return (
    <Section title={t('workbench.rules')} note={t('workbench.rulesFired', { fired: fired.length, passed: passed.length })}>
      <ul className="blockers">
        {fired.map((check) => (
          <li key={check.id}>
            <Icon name={check.result === 'declines' ? 'stop' : 'alert'} size={16} />
            <span>
              <strong>{t(`workbench.results.${check.result}`)}</strong> {of(check.text)}
              {check.authority && <span className="faint"> · {t(`authority.${check.authority as 'underwriter'}`)}</span>}
            </span>
          </li>
        ))}
      </ul>
      <details className="why">
        <summary>{t('workbench.rulesPassed')}</summary>
        <ul className="desk-lines">
          {passed.map((check) => (
            <li key={check.id}>
              <span className="good">{t('workbench.results.passed')}</span> {of(check.title)}
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}

export function MissingList({ view }: { view: CaseView }) {
  const { t, of } = useWords();
  return (
    <Section title={t('workbench.missing')}>
      {view.missing.length === 0 ? (
        <p className="good">
          <Icon name="check" size={16} /> {t('workbench.missingNone')}
        </p>
      ) : (
        <ul className="desk-lines">
          {view.missing.map((item) => (
            <li key={item.id}>{of(item.text)}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What was declared and what was observed differ: pinned to the top of the case. */
function Contradictions({ assessment }: { assessment: string }) {
  const { t, of } = useWords();
  const found = useAssessment(assessment).data;
  const titles = new Map(useControls().data?.map((control) => [control.id, control.title]));
  const against = found?.result.indicators.filter(({ contradicted }) => contradicted) ?? [];
  if (against.length === 0) return null;
  return (
    <div className="note note-warning">
      <Icon name="alert" />
      <div>
        <strong>{t('workbench.contradictions')}</strong>
        <ul>
          {against.map(({ control }) => (
            <li key={control}>{titles.has(control) ? of(titles.get(control)!) : control}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Firm({ view }: { view: CaseView }) {
  const { t } = useWords();
  const assessment = useAssessment(view.submission.assessment);
  return (
    <Awaited query={assessment} rows={4}>
      {({ firm }) => (
        <dl className="facts facts-tight">
          {(
            [
              [t('workbench.industry'), t(`industry.${firm.industry}`)],
              [t('workbench.revenue'), <Amount key="revenue" money={firm.annualRevenue} />],
              [t('workbench.employees'), number(firm.employees)],
              [t('workbench.records'), number(firm.personalRecords)],
              [t('workbench.losses'), firm.pastClaims.length === 0 ? t('workbench.noLosses') : number(firm.pastClaims.length)],
              [t('workbench.broker'), view.broker ?? t('workbench.direct')],
            ] as const
          ).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Awaited>
  );
}

function Clearance({ view }: { view: CaseView }) {
  const { t } = useWords();
  const release = useReleaseClearance(view.submission.id);
  const may = useSession().data?.permissions.includes('case:release') ?? false;
  const [ground, setGround] = useState<'not-the-same-firm' | 'broker-of-record' | 'earlier-ended' | ''>('');
  const [reason, setReason] = useState('');
  const { state, since } = view.case.clearance;
  return (
    <Section title={t('workbench.clearance')}>
      <p className={state === 'blocked' ? 'bad' : 'faint'}>
        {state === 'clear' || since === null ? t('workbench.clear') : t('workbench.clearanceSince', { since: dateTime(since).slice(0, 16) })}
      </p>
      {view.case.clearance.released && <p>{view.case.clearance.released.reason}</p>}
      {state === 'blocked' && may && (
        <>
          <ChoiceField
            label={t('workbench.ground')}
            value={ground}
            onChange={setGround}
            empty="--"
            options={(['not-the-same-firm', 'broker-of-record', 'earlier-ended'] as const).map((one) => [one, t(`workbench.grounds.${one}`)] as const)}
          />
          <TextField label={t('workbench.reason')} value={reason} onChange={setReason} />
          {release.error && <ProblemNote problem={release.error} />}
          <Button disabled={ground === '' || reason.trim() === ''} loading={release.isPending} onClick={() => release.mutate({ ground, reason })}>
            {t('workbench.clearanceRelease')}
          </Button>
        </>
      )}
    </Section>
  );
}

function Screening({ view }: { view: CaseView }) {
  const { t, of } = useWords();
  const clear = useClearHit(view.submission.id);
  const may = useSession().data?.permissions.includes('case:release') ?? false;
  const [reason, setReason] = useState('');
  const { screening } = view.case;
  if (screening === null) return <p className="faint">{t('workbench.screeningNotYet')}</p>;
  if (screening.hits.length === 0) return <p className="good">{t('workbench.screeningClean', { count: view.screeningLists.length })}</p>;
  return (
    <ul className="desk-lines">
      {screening.hits.map((hit) => {
        const cleared = screening.cleared.find(({ key }) => key === hit.key);
        return (
          <li key={hit.key}>
            <p className={cleared ? 'faint' : 'bad'}>
              {t('workbench.hit', { name: hit.name, by: t(`workbench.hitBy.${hit.by as 'name'}`), why: of(hit.why) })}
            </p>
            {cleared && <p>{t('workbench.hitCleared', { name: cleared.name, reason: cleared.reason })}</p>}
            {!cleared && may && (
              <>
                <TextField label={t('workbench.reason')} value={reason} onChange={setReason} />
                <Button disabled={reason.trim() === ''} loading={clear.isPending} onClick={() => clear.mutate({ key: hit.key, reason })}>
                  {t('workbench.hitClear')}
                </Button>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Notes({ view }: { view: CaseView }) {
  const { t } = useWords();
  const add = useNote(view.submission.id);
  const [text, setText] = useState('');
  return (
    <Section title={t('workbench.notes')}>
      <ul className="desk-lines">
        {view.case.notes.map((note) => (
          <li key={note.id}>
            <span className="faint">
              {note.name} · {dateTime(note.at).slice(0, 16)}
            </span>
            <br />
            {note.text}
          </li>
        ))}
      </ul>
      <Input.TextArea
        aria-label={t('workbench.noteText')}
        placeholder={t('workbench.noteText')}
        value={text}
        rows={2}
        onChange={(event) => setText(event.target.value)}
      />
      {add.error && <ProblemNote problem={add.error} />}
      <Button disabled={text.trim() === ''} loading={add.isPending} onClick={() => add.mutate(text, { onSuccess: () => setText('') })}>
        {t('workbench.noteAdd')}
      </Button>
    </Section>
  );
}

/** The left column: who asks, what is missing, whether it was seen before, whether it is on a list, what people said. */
export function CaseFacts({ view }: { view: CaseView }) {
  const { t, of } = useWords();
  return (
    <>
      <Contradictions assessment={view.submission.assessment} />
      <Firm view={view} />
      {view.appetite && (
        <p>
          {t('workbench.appetite')} · <strong>{t(`workbench.appetites.${view.appetite.appetite as 'standard'}`)}</strong> {of(view.appetite.text)}
        </p>
      )}
      <Link to="/assessments/$assessment" params={{ assessment: view.submission.assessment }} className="action">
        {t('workbench.openAssessment')}
      </Link>
      <WithdrawnReports withdrawn={view.withdrawn} />
      <MissingList view={view} />
      <Clearance view={view} />
      <Section title={t('workbench.screening')}>
        <Screening view={view} />
      </Section>
      {view.case.requests.length > 0 && (
        <Section title={t('workbench.requests')}>
          <ul className="desk-lines">
            {view.case.requests.map((request) => (
              <li key={request.id}>
                {t('workbench.asked', { name: request.name, text: request.text })}
                <br />
                <span className="faint">{request.answer ? t('workbench.answered', { text: request.answer.text }) : t('workbench.unanswered')}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Notes view={view} />
    </>
  );
}
