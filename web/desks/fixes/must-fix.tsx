import { useMemo } from 'react';
import { mustFixIds, mustFixWorth } from '../../../src/domain/underwriting/index.ts';
import { useWhatIf } from '../../api/queries.ts';
import type { AssessmentRecord, RepairEffect, RequestedCover } from '../../api/wire.ts';
import { number, signedMoney } from '../../format.ts';
import { useWords } from '../../words.ts';

interface MustFixProps {
  readonly record: AssessmentRecord;
  readonly cover: RequestedCover;
  readonly repairs: readonly RepairEffect[];
}

/** What the repairs that the gate asks for are worth together, and why none of them alone moves the premium where that is so. */
export function MustFixWorth({ record, cover, repairs }: MustFixProps) {
  const { t, language } = useWords();
  const ids = useMemo(() => mustFixIds(repairs), [repairs]);
  const joint = useWhatIf(record.id, record.version, ids.length > 0 ? cover : null, ids);
  if (ids.length === 0 || !joint.data || joint.isPlaceholderData) return null;
  const { count, scoreBefore, scoreAfter, gatePassed, premiumDelta, silentAlone } = mustFixWorth(repairs, joint.data);
  return (
    <p className="note" role="status">
      {t('tracked.mustFix.together', {
        count,
        before: number(scoreBefore, 1),
        after: number(scoreAfter, 1),
        gate: t(gatePassed ? 'tracked.mustFix.passed' : 'tracked.mustFix.missed'),
        amount: signedMoney({ currency: joint.data.before.premium.currency, minor: premiumDelta }, language),
      })}
      {silentAlone && ` ${t('tracked.mustFix.silent')}`}
    </p>
  );
}
