import type { Currency } from '../../src/domain/basics/index.ts';
import { percentages, plainMoney, shortMoney } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame } from './frame.tsx';

/** How a sum divides, as bars with their shares; the shares add up to 100 %. Amounts in major units. */
export function ShareBars({
  title,
  sentence,
  parts,
  currency,
}: {
  title: string;
  sentence: string;
  parts: readonly { readonly id: string; readonly name: string; readonly amount: number }[];
  currency: Currency;
}) {
  const { t, language } = useWords();
  const shares = percentages(parts.map(({ amount }) => amount));
  const sum = parts.reduce((total, { amount }) => total + amount, 0);
  const money = (major: number) => ({ currency, minor: Math.round(major * 100) });
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('chart.item')}</th>
          <th scope="col" className="right">
            {t('riskExposure.aYear')}
          </th>
          <th scope="col" className="right">
            {t('riskExposure.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map(({ id, name, amount }, i) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            <td className="right num">{plainMoney(money(amount))}</td>
            <td className="right num">{shares[i]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={title} sentence={sentence} table={table}>
      <ul className="share-bars">
        {parts.map(({ id, name, amount }, i) => (
          <li key={id}>
            <span>{name}</span>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-fill" style={{ width: `${sum === 0 ? 0 : (100 * amount) / sum}%` }} />
            </span>
            <span className="num">
              {shortMoney(money(amount), language)} · {shares[i]}
            </span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
