import { useState } from 'react';
import { workOutInterruption, type InterruptionWorksheet } from '../../../../src/domain/rating/index.ts';
import { useParameters } from '../../../api/queries.ts';
import type { AssessmentRecord, RequestedCover } from '../../../api/wire.ts';
import { ChartFrame } from '../../../charts/frame.tsx';
import { TextField } from '../../../forms/field.tsx';
import { number } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';

const bounded = (text: string, most: number): number => Math.min(most, Math.max(0, Number(text) || 0));

/** The hours of an outage as the worksheet of the wording has them: turnover, lost turnover, lost gross profit, waiting period. */
function Hours({ sheet, currency, sentence }: { sheet: InterruptionWorksheet; currency: RequestedCover['currency']; sentence: string }) {
  const { t, money } = useWords();
  const most = Math.max(...sheet.hours.map(({ lostProfit }) => lostProfit), 1e-9);
  const amount = (major: number): string => money({ currency, minor: Math.round(major * 100) });
  const columns: Column<InterruptionWorksheet['hours'][number]>[] = [
    { id: 'hour', title: t('riskExposure.hour'), heads: true, cell: (one) => number(one.hour) },
    { id: 'turnover', title: t('riskExposure.lostTurnover'), align: 'right', cell: (one) => amount(one.lostTurnover) },
    { id: 'profit', title: t('riskExposure.lostProfit'), align: 'right', cell: (one) => amount(one.lostProfit) },
    { id: 'waiting', title: t('riskExposure.inWaiting'), cell: (one) => t(one.waiting ? 'riskExposure.yes' : 'riskExposure.no') },
  ];
  return (
    <ChartFrame
      title={t('riskExposure.hours')}
      sentence={sentence}
      table={<Table dense caption={t('riskExposure.hours')} columns={columns} rows={sheet.hours} keyOf={(one) => String(one.hour)} />}
    >
      <div className="hour-bars" role="img" aria-label={sentence}>
        {sheet.hours.map((one) => (
          <span key={one.hour} className={one.waiting ? 'hour hour-waiting' : 'hour'} style={{ height: `${4 + (96 * one.lostProfit) / most}%` }} />
        ))}
      </div>
      <p className="faint small hour-key">
        <span className="hour-swatch hour-waiting" /> {t('riskExposure.inWaiting')} <span className="hour-swatch" /> {t('riskExposure.counted')}
      </p>
    </ChartFrame>
  );
}

/** An outage calculator: profit by the hour, waiting period, what is made up later, extra cost; worked out on this device by the rules of the policy. */
export function OutageCalculator({ record, cover }: { record: AssessmentRecord; cover: RequestedCover }) {
  const { t, money } = useWords();
  const parameters = useParameters().data;
  const waited = cover.lines.find(({ waitingHours }) => waitingHours !== null)?.waitingHours ?? 8;
  const [typed, setTyped] = useState({ hours: '24', impact: '100', waiting: String(waited), recaptured: '0', margin: '', extra: '0' });
  const put = (part: Partial<typeof typed>) => setTyped((before) => ({ ...before, ...part }));
  const usual = parameters?.get('riskExposure.gross-profit-rate')?.value ?? 0.3;
  const margin = typed.margin === '' ? usual : bounded(typed.margin, 100) / 100;
  const sheet = workOutInterruption({
    annualTurnover: record.firm.annualRevenue.minor / 100,
    trend: 0,
    profile: [],
    grossProfitRate: margin,
    outage: [{ hours: Math.max(1, Math.round(bounded(typed.hours, 720))), impact: bounded(typed.impact, 100) / 100 }],
    recaptured: bounded(typed.recaptured, 100) / 100,
    savedCharges: 0,
    waitingHours: bounded(typed.waiting, 720),
    waitingManner: 'deduct',
    increasedCost: bounded(typed.extra, 1e12),
    turnoverAvoided: bounded(typed.extra, 1e12) / Math.max(margin, 1e-9),
    insuredShare: null,
  });
  const amount = (major: number): string => money({ currency: cover.currency, minor: Math.round(major * 100) });
  return (
    <Section title={t('riskExposure.outage')} note={t('riskExposure.outageNote')}>
      <div className="field-pair">
        <TextField label={t('riskExposure.outageHours')} value={typed.hours} onChange={(hours) => put({ hours })} />
        <TextField label={t('riskExposure.impact')} value={typed.impact} onChange={(impact) => put({ impact })} />
        <TextField label={t('riskExposure.waitingHours')} value={typed.waiting} onChange={(waiting) => put({ waiting })} />
        <TextField
          optional
          label={t('riskExposure.margin')}
          help={t('riskExposure.marginHelp', { margin: number(100 * usual) })}
          value={typed.margin}
          onChange={(margin_) => put({ margin: margin_ })}
        />
        <TextField
          label={t('riskExposure.recaptured')}
          help={t('riskExposure.recapturedHelp')}
          value={typed.recaptured}
          onChange={(recaptured) => put({ recaptured })}
        />
        <TextField label={t('riskExposure.extra')} help={t('riskExposure.extraHelp')} value={typed.extra} onChange={(extra) => put({ extra })} />
      </div>
      <Hours
        sheet={sheet}
        currency={cover.currency}
        sentence={t('riskExposure.outageSentence', {
          hours: number(sheet.hours.length),
          profit: amount(sheet.lostProfit),
          waiting: amount(sheet.waitingLoss),
          payable: amount(sheet.payable),
        })}
      />
    </Section>
  );
}
