import { useMemo } from 'react';
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
  const must = useMemo(() => repairs.filter(({ label }) => label === 'must-fix'), [repairs]);
  const ids = useMemo(() => must.map(({ id }) => id).sort(), [must]);
  const joint = useWhatIf(record.id, record.version, ids.length > 0 ? cover : null, ids);
  if (ids.length === 0 || !joint.data || joint.isPlaceholderData) return null;
  const { before, after } = joint.data;
  const delta = after.premium.total - before.premium.total;
  const silent = delta < 0 && must.every(({ premiumDelta }) => premiumDelta >= 0);
  return (
    <p className="note" role="status">
      {t('tracked.mustFix.together', {
        count: ids.length,
        before: number(before.score, 1),
        after: number(after.score, 1),
        gate: t(after.gate.passed ? 'tracked.mustFix.passed' : 'tracked.mustFix.missed'),
        amount: signedMoney({ currency: before.premium.currency, minor: delta }, language),
      })}
      {silent && ` ${t('tracked.mustFix.silent')}`}
    </p>
  );
}
