import type { Currency } from '../../../src/domain/basics/index.ts';
import { borneByFirm } from '../../../src/domain/subsidy/index.ts';
import { Amount } from '../../parts/amount.tsx';
import { useWords } from '../../words.ts';
import type { Application } from './queries.ts';
import './subsidy.css';

type Row = readonly [name: string, minor: number, className?: string];

function Sum({ currency, rows }: { currency: Currency; rows: readonly Row[] }) {
  return (
    <dl className="facts facts-tight subsidy-sum">
      {rows.map(([name, minor, className = '']) => (
        <div key={name} className={className}>
          <dt>{name}</dt>
          <dd>
            <Amount money={{ currency, minor }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Where the premium and the subsidy of a policy went that ended before its time, as one sum: what the firm bears in the end. */
export function SubsidyAfterEnd({ grant, returnedMinor }: { grant: Application['grant']; returnedMinor: number }) {
  const { t, money } = useWords();
  const { currency, premiumMinor, subsidyMinor, returnedMinor: backMinor } = grant;
  const firmMinor = borneByFirm({ premiumMinor, returnedMinor, subsidyMinor, backMinor });
  const say = (minor: number): string => money({ currency, minor });
  const rows: readonly Row[] = [
    [t('subsidy.gross'), premiumMinor],
    [t('subsidy.returned'), -returnedMinor],
    [t('subsidy.amount'), -subsidyMinor],
    [t('subsidy.back'), backMinor],
    [t('subsidy.firmBears'), firmMinor, 'subsidy-net'],
  ];
  return (
    <>
      <Sum currency={currency} rows={rows} />
      <p className="faint">{t('subsidy.keptBy', { kept: say(premiumMinor - returnedMinor), firm: say(firmMinor), amount: say(subsidyMinor - backMinor) })}</p>
    </>
  );
}

/** Gross, subsidy and net as one sum, and the sentence that the insurer is paid in full. */
export function SubsidySum({ currency, grossMinor, subsidyMinor }: { currency: Currency; grossMinor: number; subsidyMinor: number }) {
  const { t, money } = useWords();
  const netMinor = grossMinor - subsidyMinor;
  const say = (minor: number): string => money({ currency, minor });
  const rows: readonly Row[] = [
    [t('subsidy.gross'), grossMinor],
    [t('subsidy.amount'), -subsidyMinor],
    [t('subsidy.net'), netMinor, 'subsidy-net'],
  ];
  return (
    <>
      <Sum currency={currency} rows={rows} />
      {subsidyMinor > 0 && <p className="faint">{t('subsidy.paidBy', { gross: say(grossMinor), net: say(netMinor), amount: say(subsidyMinor) })}</p>}
    </>
  );
}
