import { assetTitle } from '../../../src/domain/assessment/index.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ChipsField } from '../../forms/field.tsx';
import { dateTime } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page } from '../../parts/page.tsx';
import { SeverityMark } from '../../parts/severity.tsx';
import { Awaited, Empty } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { Effect } from '../fixes/panel.tsx';
import '../fixes/fixes.css';
import { CasePanel, latest } from './case-panel.tsx';
import { useDecisions, type DecisionCase } from './queries.ts';

const hourMillis = 3_600_000;

/** How long is left to decide, or how long it has waited where no deadline is set. */
function DecisionClock({ one, now }: { one: DecisionCase; now: string }) {
  const { t } = useWords();
  const { pending } = one.finding;
  if (pending === null) return null;
  if (pending.decideBy === null)
    return (
      <span className="faint">{t('tracked.decisions.waiting', { days: Math.floor((Date.parse(now) - Date.parse(pending.at)) / (24 * hourMillis)) })}</span>
    );
  const left = (Date.parse(pending.decideBy) - Date.parse(now)) / hourMillis;
  const hours = Math.floor(Math.abs(left));
  return (
    <span className={`due ${left < 0 ? 'due-overdue' : left < 12 ? 'due-soon' : ''}`} title={dateTime(pending.decideBy)}>
      <Icon name={left < 0 ? 'alert' : 'clock'} size={14} />
      {t(left < 0 ? 'tracked.decisions.late' : 'tracked.decisions.left', { hours })}
    </span>
  );
}

function Result({ one }: { one: DecisionCase }) {
  const { t } = useWords();
  const dispute = latest(one.events, 'dispute-decided');
  if (one.kind === 'dispute' && dispute)
    return (
      <>
        <strong>{t(dispute.upheld ? 'tracked.decisions.outcome.upheld' : 'tracked.decisions.outcome.rejected')}</strong>
        <br />
        <Effect effect={dispute.effect} />
      </>
    );
  const acceptance = latest(one.events, 'acceptance-decided');
  return (
    <>
      <strong>{t(acceptance?.granted ? 'tracked.decisions.outcome.granted' : 'tracked.decisions.outcome.refused')}</strong>
      <br />
      {acceptance?.effect && <Effect effect={acceptance.effect} />}
    </>
  );
}

function Cases({ cases, decided, now, onOpen }: { cases: readonly DecisionCase[]; decided: boolean; now: string; onOpen: (id: string) => void }) {
  const { t, of } = useWords();
  const clock: Column<DecisionCase> = decided
    ? { id: 'result', title: t('tracked.decisions.result'), cell: (one) => <Result one={one} /> }
    : { id: 'clock', title: t('tracked.decisions.clock'), cell: (one) => <DecisionClock one={one} now={now} /> };
  const columns: Column<DecisionCase>[] = [
    clock,
    {
      id: 'what',
      title: t('tracked.decisions.what'),
      heads: true,
      cell: (one) => (
        <>
          <button type="button" className="row-open" onClick={() => onOpen(one.id)}>
            {one.finding.title}
          </button>
          <span className="marks">
            <span className="label label-affects-premium">{t(one.kind === 'dispute' ? 'tracked.decisions.dispute' : 'tracked.decisions.acceptance')}</span>
            <SeverityMark severity={one.finding.severity} />
            <span className="faint break">{of(assetTitle(one.finding.asset))}</span>
          </span>
        </>
      ),
    },
    { id: 'firm', title: t('tracked.decisions.firm'), cell: (one) => one.firm },
    {
      id: 'asked',
      title: t('tracked.decisions.asked'),
      cell: (one) => (one.kind === 'dispute' ? latest(one.events, 'disputed') : latest(one.events, 'acceptance-requested'))?.by.name,
    },
    {
      id: 'who',
      title: t('tracked.columns.state'),
      cell: (one) => (one.decide === 'allowed' ? <span className="good">{t('tracked.decisions.mine')}</span> : t(`tracked.decisions.others.${one.decide}`)),
    },
  ];
  const filters = { state: decided ? 'decided' : 'awaiting' };
  return (
    <Table caption={t('tracked.decisions.kind')} columns={columns} rows={cases} keyOf={({ id }) => id} exported={{ from: '/api/exports/decisions', filters }} />
  );
}

/** Disputes and risk acceptances from both sides: what waits, by its clock, and what was decided with its effect. */
export function Decisions() {
  const { t } = useWords();
  const search = useSearch({ from: '/inside/decisions' });
  const navigate = useNavigate({ from: '/decisions' });
  const state = search.state ?? 'awaiting';
  const awaiting = useDecisions('awaiting');
  const decided = useDecisions('decided');
  const now = useMemo(() => new Date().toISOString(), []);
  const query = state === 'awaiting' ? awaiting : decided;
  const mine = awaiting.data?.filter((one) => one.decide === 'allowed').length ?? 0;
  const sentence = !awaiting.data
    ? t('tracked.decisions.kind')
    : mine > 0
      ? t('tracked.decisions.sentence', { count: mine })
      : t('tracked.decisions.sentenceNone');
  const titled = (title: string, { data }: typeof query): string => (data ? `${title} (${data.length})` : title);
  const open = [...(awaiting.data ?? []), ...(decided.data ?? [])].find(({ id }) => id === search.open);
  const show = (id: string | undefined) => void navigate({ search: { state, ...(id === undefined ? {} : { open: id }) }, resetScroll: false });
  return (
    <Page kind={t('tracked.decisions.kind')} sentence={sentence} wide>
      <ChipsField
        legend={t('tracked.columns.state')}
        hideLegend
        value={state}
        onChange={(next) => void navigate({ search: { state: next } })}
        options={[
          ['awaiting', titled(t('tracked.decisions.awaiting'), awaiting)],
          ['decided', titled(t('tracked.decisions.decided'), decided)],
        ]}
      />
      <Awaited query={query}>
        {(cases) =>
          cases.length === 0 ? (
            <Empty title={t('tracked.decisions.none')}>
              <p>{t('tracked.decisions.noneNext')}</p>
            </Empty>
          ) : (
            <Cases cases={cases} decided={state === 'decided'} now={now} onOpen={show} />
          )
        }
      </Awaited>
      {open && <CasePanel one={open} now={now} onClose={() => show(undefined)} />}
    </Page>
  );
}
