import type { Currency } from '../../../src/domain/basics/index.ts';
import { Amount } from '../../parts/amount.tsx';
import { useWords } from '../../words.ts';
import './subsidy.css';

/** Gross, subsidy and net as one sum, and the sentence that the insurer is paid in full. */
export function SubsidySum({ currency, grossMinor, subsidyMinor }: { currency: Currency; grossMinor: number; subsidyMinor: number }) {
  const { t, money } = useWords();
  const netMinor = grossMinor - subsidyMinor;
  const say = (minor: number): string => money({ currency, minor });
  const rows = [
    [t('subsidy.gross'), grossMinor, ''],
    [t('subsidy.amount'), -subsidyMinor, ''],
    [t('subsidy.net'), netMinor, 'subsidy-net'],
  ] as const;
  return (
    <>
      <dl className="facts facts-tight subsidy-sum">
        {rows.map(([name, minor, className]) => (
          <div key={name} className={className}>
            <dt>{name}</dt>
            <dd>
              <Amount money={{ currency, minor }} />
            </dd>
          </div>
        ))}
      </dl>
      {subsidyMinor > 0 && <p className="faint">{t('subsidy.paidBy', { gross: say(grossMinor), net: say(netMinor), amount: say(subsidyMinor) })}</p>}
    </>
  );
}
