import { useMemo, useState } from 'react';
import { estimateBreach } from '../../../../src/domain/rating/index.ts';
import { useParameters } from '../../../api/queries.ts';
import type { AssessmentRecord, RequestedCover } from '../../../api/wire.ts';
import { ShareBars } from '../../../charts/share-bars.tsx';
import { CountField } from '../../../forms/field.tsx';
import { parseCount } from '../../../forms/parse-amount.ts';
import { number } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { Source } from '../../../parts/provenance.tsx';
import { useWords } from '../../../words.ts';

/** What a breach of so many records would cost: a range, never a flat price per record, in three parts. */
export function BreachCalculator({ record, currency }: { record: AssessmentRecord; currency: RequestedCover['currency'] }) {
  const { t, short } = useWords();
  const parameters = useParameters().data;
  const [typed, setTyped] = useState(String(record.firm.personalRecords || 10_000));
  const records = parseCount(typed);
  const found = useMemo(
    () => (parameters === undefined || records === null || records < 1 ? null : estimateBreach(records, { version: '', byKey: parameters })),
    [parameters, records],
  );
  const money = (major: number): string => short({ currency, minor: Math.round(major * 100) });
  return (
    <Section title={t('riskExposure.breach')} note={t('riskExposure.breachNote')}>
      <div className="field-pair">
        <CountField label={t('riskExposure.records')} unit={t('riskExposure.recordsUnit')} value={typed} onChange={setTyped} />
      </div>
      {found && (
        <>
          <ShareBars
            title={t('riskExposure.breachParts')}
            sentence={t('riskExposure.breachSentence', {
              records: number(records!),
              median: money(found.anchored.median),
              low: money(found.anchored.low),
              high: money(found.anchored.high),
            })}
            parts={(['notification', 'restoration', 'compensation'] as const).map((id) => ({
              id,
              name: t(`riskExposure.breachKinds.${id}`),
              amount: found.parts[id],
            }))}
            currency={currency}
          />
          <Source
            parts={[
              [t('riskExposure.anchored'), `${money(found.anchored.low)} ～ ${money(found.anchored.high)}`],
              [t('riskExposure.surveyed'), `${money(found.surveyed.low)} ～ ${money(found.surveyed.high)}`],
              [t('riskExposure.perRecord'), money(found.perRecord)],
              [t('riskExposure.recordsCounted'), number(found.recordsCounted)],
            ]}
          />
        </>
      )}
    </Section>
  );
}
