import { Button } from 'antd';
import { useState } from 'react';
import {
  assetTitle,
  findingActions,
  mayAsk,
  type CaseEvent,
  type DecisionEffect,
  type FindingAction,
  type HistoryLine,
} from '../../../src/domain/assessment/index.ts';
import type { AssessmentRecord, CountedFinding, Currency } from '../../api/wire.ts';
import { dateTime, number, none } from '../../format.ts';
import { DateAssumed } from '../../parts/date-assumed.tsx';
import { Panel } from '../../parts/panel.tsx';
import { LabelMark, SeverityMark } from '../../parts/severity.tsx';
import { Awaited } from '../../parts/states.tsx';
import { useWords, type Wording } from '../../words.ts';
import { Due, StateMark } from './clock.tsx';
import { useHistory, useRaw, useRules, type RawEvidence, type Tracked } from './queries.ts';
import type { FixRow } from './rows.ts';

/** What a person did, in one sentence. */
export function deedSentence(event: CaseEvent, { t }: Pick<Wording, 't'>): string {
  const who = event.by.name;
  switch (event.kind) {
    case 'acceptance-requested':
      return t('tracked.history.acceptance-requested', { who, until: event.until });
    case 'acceptance-decided':
      return t(event.granted ? 'tracked.history.granted' : 'tracked.history.notGranted', { who });
    case 'disputed':
      return t('tracked.history.disputed', { who, ground: t(`tracked.ground.${event.ground}`) });
    case 'dispute-decided':
      return t(event.upheld ? 'tracked.history.upheld' : 'tracked.history.rejected', { who });
    case 'assigned':
      return event.assignee === null ? t('tracked.history.unassigned', { who }) : t('tracked.history.assigned', { who, to: event.assignee.name });
    default:
      return t(`tracked.history.${event.kind}`, { who });
  }
}

/** The words that somebody gave with a deed; empty where there are none. */
const wordsWith = (event: CaseEvent): string =>
  event.kind === 'disputed' ? event.proof : event.kind === 'acceptance-requested' ? event.reason : event.kind === 'assigned' ? '' : event.note;

/** What a decision did to score and price. */
export function Effect({ effect, currency = 'CNY' }: { effect: DecisionEffect; currency?: Currency }) {
  const { t, money } = useWords();
  const { scoreBefore, scoreAfter, premiumBefore, premiumAfter } = effect;
  const parts = [
    ...(scoreBefore === scoreAfter ? [] : [t('tracked.history.effectScore', { before: number(scoreBefore, 1), after: number(scoreAfter, 1) })]),
    ...(premiumBefore === null || premiumAfter === null || premiumBefore === premiumAfter
      ? []
      : [
          t('tracked.history.effectPremium', {
            before: money({ currency, minor: premiumBefore }),
            after: money({ currency, minor: premiumAfter }),
          }),
        ]),
  ];
  return <span className="num">{parts.length === 0 ? t('tracked.history.effectSame') : parts.join(' · ')}</span>;
}

/** The deeds of people and the looks of scans, oldest first. */
export function HistoryList({ lines }: { lines: readonly HistoryLine[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <ol className="history">
      {lines.map((line, i) => (
        <li key={`${line.at}-${i}`}>
          <span className="faint num">
            {dateTime(line.at)}
            <DateAssumed {...line} />
          </span>
          <span>
            {line.event === null
              ? t(`tracked.history.${line.hint ? 'hint' : (line.kind as 'seen' | 'not-seen')}`, { format: line.format ?? '' })
              : deedSentence(line.event, words)}
          </span>
          {line.event && wordsWith(line.event) !== '' && <q className="foreign">{wordsWith(line.event)}</q>}
          {line.event && 'effect' in line.event && line.event.effect && <Effect effect={line.event.effect} />}
        </li>
      ))}
    </ol>
  );
}

function Raw({ record }: { record: RawEvidence }) {
  const { t } = useWords();
  if (record.shown !== 'record')
    return (
      <p className="faint">
        {record.name}
        {t('punctuation.colon')}
        {t(`tracked.panel.rawNone.${record.shown}`)}
      </p>
    );
  return (
    <figure className="raw">
      <figcaption className="faint break">
        {t('tracked.panel.rawLine', { name: record.name, line: record.line ?? 0, time: dateTime(record.scannedAt) })}
        <DateAssumed {...record} />
        {record.submittedBy && ` · ${t('derivation.handedIn', { who: record.submittedBy })}`}
        {record.cut && ` · ${t('tracked.panel.rawCut')}`}
        <br />
        <code title={record.hash}>SHA-256 {record.hash.slice(0, 16)}…</code>
      </figcaption>
      <pre className="foreign" tabIndex={0}>
        {record.text}
      </pre>
    </figure>
  );
}

/** The record of a finding as its tool wrote it, fetched when it is opened. Foreign text is shown as text, never as markup. */
export function RawRecords({ assessment, finding }: { assessment: string; finding: string }) {
  const { t } = useWords();
  const [wanted, setWanted] = useState(false);
  const raw = useRaw(assessment, finding, wanted);
  return (
    <details className="derive" onToggle={(event) => setWanted(event.currentTarget.open || wanted)}>
      <summary>{t('tracked.panel.raw')}</summary>
      {wanted && <Awaited query={raw}>{(records) => records.map((record) => <Raw key={record.report} record={record} />)}</Awaited>}
    </details>
  );
}

/** What a finding runs on, as far as the tool says: a package's ecosystem, a service with its version, or the kind of thing. */
export const platformOf = ({ asset }: Pick<CountedFinding, 'asset'>): string =>
  [asset.service ?? asset.kind, asset.kind === 'package' ? asset.name : '', asset.version ?? ''].filter((part) => part !== '').join(' ');

/** Advice by platform; the same words from several tools stand once. */
function Remedies({ findings, advice }: { findings: readonly CountedFinding[]; advice: string | null }) {
  const { t } = useWords();
  const remedies = [...new Map(findings.filter(({ remedy }) => remedy !== '').map((one) => [one.remedy, one])).values()];
  if (remedies.length === 0) return <p className="foreign">{advice ?? t('tracked.panel.noRemedy')}</p>;
  return (
    <dl className="remedies">
      {remedies.map((one) => (
        <div key={one.id}>
          <dt>{t('tracked.panel.bySource', { platform: platformOf(one), tool: one.tool })}</dt>
          <dd className="foreign">{one.remedy}</dd>
        </div>
      ))}
    </dl>
  );
}

function Evidence({ assessment, findings }: { assessment: string; findings: readonly CountedFinding[] }) {
  const { t } = useWords();
  return (
    <>
      {findings.map((one) => (
        <div key={one.id} className="evidence-of">
          <p className="faint break">
            {one.tool}
            {one.handedInBy.length > 0 && ` · ${t('derivation.handedIn', { who: one.handedInBy.join(t('punctuation.list')) })}`} · {one.checkId}{' '}
            {one.cvss?.score == null ? '' : `· CVSS ${number(one.cvss.score, 1)}`}
          </p>
          {one.evidence !== '' && (
            <pre className="foreign" tabIndex={0}>
              {one.evidence}
            </pre>
          )}
          <RawRecords assessment={assessment} finding={one.id} />
        </div>
      ))}
    </>
  );
}

/** The public text of every rule that the findings met. */
export function RuleTexts({ signals }: { signals: readonly string[] }) {
  const { t, of } = useWords();
  const rules = useRules().data?.signals.filter(({ id }) => signals.includes(id)) ?? [];
  if (rules.length === 0) return null;
  return (
    <>
      <h3>{t('tracked.panel.rule')}</h3>
      <ul className="rule-texts">
        {rules.map((rule) => (
          <li key={rule.id}>
            <strong>{of(rule.title)}</strong> {of(rule.rule)}
          </li>
        ))}
      </ul>
    </>
  );
}

type Seen = Pick<Tracked, 'firstSeen' | 'lastSeen' | 'firstSeenAssumed' | 'lastSeenAssumed'>;

/** From when to when it was seen; a day that only its upload gives is marked. */
function SeenSpan({ firstSeen, lastSeen, firstSeenAssumed, lastSeenAssumed }: Seen) {
  const { t } = useWords();
  return (
    <>
      {t('tracked.panel.firstSeen', { time: dateTime(firstSeen) })}
      <DateAssumed dateAssumed={firstSeenAssumed} /> · {t('tracked.panel.lastSeen', { time: dateTime(lastSeen) })}
      <DateAssumed dateAssumed={lastSeenAssumed} />
    </>
  );
}

function Duplicates({ tracked }: { tracked: Tracked }) {
  const { t } = useWords();
  return (
    <>
      <h3>{t('tracked.panel.duplicates')}</h3>
      <p className="faint">{t('tracked.panel.duplicatesNote')}</p>
      <ul className="sources">
        {tracked.sources.map((source) => (
          <li key={source.format}>
            <strong>{source.tool}</strong> · {t('tracked.panel.findingsOf', { count: source.findings.length })} ·{' '}
            <span className={source.present ? '' : 'good'}>{t(source.present ? 'tracked.panel.present' : 'tracked.panel.absent')}</span>
            <br />
            <span className="faint num">
              <SeenSpan {...source} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function History({ record, weakness }: { record: AssessmentRecord; weakness: string }) {
  const { t } = useWords();
  const history = useHistory(record.id, record.version, weakness);
  return (
    <>
      <h3>{t('tracked.panel.history')}</h3>
      <Awaited query={history} rows={2}>
        {(lines) => <HistoryList lines={lines} />}
      </Awaited>
    </>
  );
}

function Worth({ row, currency }: { row: FixRow; currency: Currency }) {
  const { t, money } = useWords();
  if (row.repair === null) return null;
  const { premiumDelta, scoreDelta } = row.repair;
  return (
    <p>
      {premiumDelta < 0 ? t('tracked.panel.worth', { amount: money({ currency, minor: -premiumDelta }) }) : t('tracked.panel.noWorth')}
      {scoreDelta > 0 && <span className="num"> · {t('tracked.panel.scoreUp', { points: `+${number(scoreDelta, 1)}` })}</span>}
      {row.together > 1 && <span className="faint"> · {t('tracked.together', { n: row.together - 1 })}</span>}
    </p>
  );
}

interface PanelProps {
  readonly record: AssessmentRecord;
  readonly row: FixRow;
  readonly all: readonly Tracked[];
  readonly counted: ReadonlyMap<string, CountedFinding>;
  readonly currency: Currency;
  readonly now: string;
  readonly mayWrite: boolean;
  readonly onAsk: (act: FindingAction) => void;
  readonly onClose: () => void;
}

/** A weakness from every side: what, how to repair it, what shows it, where else it is, and everything that happened to it. */
export function WeaknessPanel({ record, row, all, counted, currency, now, mayWrite, onAsk, onClose }: PanelProps) {
  const { t, of } = useWords();
  const tracked = row.tracked!;
  const findings = tracked.sources.flatMap(({ findings: ids }) => ids.flatMap((id) => counted.get(id) ?? []));
  const signals = [...new Set(findings.flatMap((one) => one.signals))];
  const elsewhere = all.filter((one) => one.what === tracked.what && one.id !== tracked.id && tracked.what.startsWith('CVE-'));
  return (
    <Panel title={tracked.title} onClose={onClose}>
      <p className="marks">
        <SeverityMark severity={tracked.severity} />
        {row.label && <LabelMark label={row.label} />}
        {tracked.knownExploited && <span className="label label-must-fix">{t('tracked.kev')}</span>}
        <StateMark tracked={tracked} />
      </p>
      <p className="break">
        {of(assetTitle(tracked.asset))} · <Due tracked={tracked} now={now} /> · {tracked.assignee?.name ?? t('tracked.nobody')}
      </p>
      <Worth row={row} currency={currency} />
      {mayWrite && (
        <p className="row no-print">
          {findingActions
            .filter((act) => mayAsk[act](tracked))
            .map((act) => (
              <Button key={act} size="small" onClick={() => onAsk(act)}>
                {t(`tracked.act.${act}`)}
              </Button>
            ))}
        </p>
      )}
      <h3>{t('tracked.panel.what')}</h3>
      <p className="break">
        {tracked.what.startsWith('CVE-') ? `${tracked.what} · ` : ''}
        <SeenSpan {...tracked} />
      </p>
      <RuleTexts signals={signals} />
      <h3>{t('tracked.panel.how')}</h3>
      <Remedies findings={findings} advice={row.repair ? of(row.repair.advice) : null} />
      <h3>{t('tracked.panel.evidence')}</h3>
      {findings.length === 0 ? <p className="faint">{none}</p> : <Evidence assessment={record.id} findings={findings} />}
      {elsewhere.length > 0 && (
        <>
          <h3>{t('tracked.panel.affected')}</h3>
          <ul>
            {elsewhere.map((one) => (
              <li key={one.id} className="break">
                {of(assetTitle(one.asset))} · {t(`tracked.state.${one.state}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      <Duplicates tracked={tracked} />
      <History record={record} weakness={tracked.id} />
    </Panel>
  );
}
