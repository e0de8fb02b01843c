import { clockStanding, type TrackedState } from '../../../src/domain/assessment/index.ts';
import { dateTime } from '../../format.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { useWords } from '../../words.ts';
import type { Tracked } from './queries.ts';
import { isSilent } from './rows.ts';

const dayMillis = 86_400_000;
const marks = { overdue: 'alert', soon: 'clock', 'in-time': 'clock', none: 'clock' } as const satisfies Record<string, IconName>;

/** When the repair is due, as days left or overdue; what is claimed only awaits a scan. The exact time and what set the clock running on hover. */
export function Due({ tracked, now }: { tracked: Tracked; now: string }) {
  const { t } = useWords();
  const { clock, state } = tracked;
  if (clock === null) return <span className="faint">{t('tracked.noClock')}</span>;
  const left = (Date.parse(clock.dueAt) - Date.parse(now)) / dayMillis;
  const days = Math.floor(Math.abs(left));
  const isPast = left < 0 && state === 'fix-claimed';
  const standing = isPast ? 'soon' : clockStanding(tracked, now);
  return (
    <span
      className={`due due-${standing}`}
      title={t('tracked.dueOn', { time: dateTime(clock.dueAt), days: clock.days, from: t(`tracked.clockFrom.${clock.from}`) })}
    >
      <Icon name={marks[standing]} size={14} />
      {left < 0
        ? t(state === 'fix-claimed' ? 'tracked.claimedPast' : 'tracked.overdueBy', { days })
        : days === 0
          ? t('tracked.dueToday')
          : t('tracked.dueIn', { days })}
    </span>
  );
}

const stateIcons: Readonly<Record<TrackedState, IconName>> = {
  open: 'alert',
  'fix-claimed': 'clock',
  fixed: 'check',
  'risk-accepted': 'shield',
  'false-positive': 'close',
  'out-of-scope': 'minus',
};

/** Where a weakness stands, in a word, with what waits for a second person and what has come back. */
export function StateMark({ tracked }: { tracked: Tracked }) {
  const { t } = useWords();
  const { state, pending, acceptedUntil, acceptanceEnded, reopened } = tracked;
  return (
    <span className="marks">
      <span className={`tracked-state tracked-${state}`}>
        <Icon name={stateIcons[state]} size={14} />
        {t(`tracked.state.${state}`)}
      </span>
      {state === 'risk-accepted' && acceptedUntil && <span className="faint">{t('tracked.acceptedUntil', { day: acceptedUntil })}</span>}
      {pending && <span className="label label-affects-premium">{t(pending.overdue ? 'tracked.pendingOverdue' : `tracked.pending.${pending.kind}`)}</span>}
      {reopened > 0 && tracked.counts && <span className="label label-must-fix">{t('tracked.reopened', { n: reopened })}</span>}
      {tracked.settledBy === 'claim' && <span className="faint">{t('tracked.claimMark')}</span>}
      {isSilent(tracked) && <span className="label label-advice">{t('tracked.silentMark')}</span>}
      {acceptanceEnded && state === 'open' && <span className="label label-must-fix">{t(`tracked.acceptanceEnded.${acceptanceEnded}`)}</span>}
    </span>
  );
}
