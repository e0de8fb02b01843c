import { daysBefore, type Currency, type Money } from '../../../src/domain/basics/index.ts';
import { borneByFirm } from '../../../src/domain/subsidy/index.ts';
import { plainMoney } from '../../format.ts';
import { Table } from '../../parts/table.tsx';
import { useWords, type Wording } from '../../words.ts';
import type { Plan } from './queries.ts';

/** From when there is no cover, and what is returned. */
export function planSentence(
  { ends, borneDays, returnedMinor }: Pick<Plan, 'ends' | 'borneDays' | 'returnedMinor'>,
  currency: Currency,
  { t, money }: Wording,
): string {
  const amount = money({ currency, minor: returnedMinor });
  return borneDays === 0 ? t('cancellation.sentenceNever', { amount }) : t('cancellation.sentence', { day: daysBefore(ends, 1), amount });
}

/** What goes back of the subsidy and what the firm bears in the end; empty where the premium had no subsidy. */
export function subsidySentence(
  { returnedMinor }: Pick<Plan, 'returnedMinor'>,
  subsidy: { grantedMinor: number; backMinor: number } | null,
  { currency, minor: premiumMinor }: Money,
  { t, money }: Wording,
): string {
  if (subsidy === null) return '';
  const { grantedMinor, backMinor } = subsidy;
  const say = (minor: number): string => money({ currency, minor });
  const firm = say(borneByFirm({ premiumMinor, returnedMinor, subsidyMinor: grantedMinor, backMinor }));
  return t('cancellation.subsidy', { granted: say(grantedMinor), back: say(backMinor), returned: say(returnedMinor), firm });
}

/** Where the premium goes, line by line, with its sum, and what the division rests on. */
export function PlanTable({ plan, currency }: { plan: Plan; currency: Currency }) {
  const { t, of, money } = useWords();
  const sum = (column: 'exVatMinor' | 'vatMinor' | 'totalMinor'): number => plan.lines.reduce((total, line) => total + line[column], 0);
  const premium = { kind: 'premium' as const, exVatMinor: sum('exVatMinor'), vatMinor: sum('vatMinor'), totalMinor: sum('totalMinor') };
  const shown = (minor: number, strong: boolean) => (strong ? <strong>{plainMoney({ currency, minor })}</strong> : plainMoney({ currency, minor }));
  const isReturn = ({ kind }: { kind: string }): boolean => kind === 'returned';
  return (
    <div className="cancellation-plan">
      <Table
        caption={t('cancellation.preview')}
        rows={[...plan.lines, premium]}
        keyOf={({ kind }) => kind}
        columns={[
          {
            id: 'line',
            title: t('cancellation.line'),
            heads: true,
            cell: ({ kind }) => (kind === 'premium' ? t('cancellation.premium') : t(`cancellation.lines.${kind}`)),
          },
          { id: 'exVat', title: t('cancellation.exVat'), align: 'right', cell: (line) => shown(line.exVatMinor, isReturn(line)) },
          { id: 'vat', title: t('cancellation.vat'), align: 'right', cell: (line) => shown(line.vatMinor, isReturn(line)) },
          { id: 'total', title: t('cancellation.total'), align: 'right', cell: (line) => shown(line.totalMinor, isReturn(line)) },
        ]}
      />
      <p className="section-note">
        {t('cancellation.days', { borne: plan.borneDays, whole: plan.periodDays })}{' '}
        {plan.keptPercent !== null && t(plan.borneDays === 0 ? 'cancellation.keptFee' : 'cancellation.kept', { percent: plan.keptPercent })}{' '}
        {plan.isPrior && t('cancellation.prior')}
      </p>
      <p className="section-note">
        {t('cancellation.basis')} {of(plan.basis)} · {t(plan.bearsEarlierLosses ? 'cancellation.lossesStay' : 'cancellation.lossesNot')}
      </p>
      {plan.returnedMinor === 0 && plan.lines.some(({ kind }) => kind === 'paid-part') && <p className="note">{t('cancellation.usedUp')}</p>}
      {plan.returnedMinor > 0 && plan.paidMinor !== null && (
        <p className="note">{t('cancellation.partUsed', { paid: money({ currency, minor: plan.paidMinor }) })}</p>
      )}
      {plan.overtakes.map(({ side, title, ends, returnedMinor, at }) => (
        <p key={at} className="section-note">
          {t('cancellation.overtakes', {
            ...{ side: t(`cancellation.sides.${side}`), ground: of(title), day: daysBefore(ends, 1), amount: money({ currency, minor: returnedMinor }) },
          })}
        </p>
      ))}
    </div>
  );
}
