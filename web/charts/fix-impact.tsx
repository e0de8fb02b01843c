import { useCallback, useMemo } from 'react';
import type { Currency } from '../../src/domain/basics/index.ts';
import { exactMoney, plainMoney, shortMoney } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

export interface Saving {
  readonly id: string;
  readonly title: string;
  /** What the repair alone saves in a year, in minor units, never negative. */
  readonly savingMinor: number;
}

const shorten = (text: string, length: number): string => ([...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text);

/** C4: what each repair saves, largest first, and what they save together when counted one by one. */
export function FixImpact({ savings, currency }: { savings: readonly Saving[]; currency: Currency }) {
  const { t, language } = useWords();
  const shown = useMemo(() => savings.slice(0, 8), [savings]);
  const money = useCallback((minor: number) => ({ currency, minor }), [currency]);
  const firstThree = shown.slice(0, 3).reduce((sum, one) => sum + one.savingMinor, 0);
  const sentence = t('fixes.chartSentence', { amount: exactMoney(money(firstThree), language) });
  let sum = 0;
  const cumulative = shown.map((one) => (sum += one.savingMinor));
  const option = useCallback(
    (colours: Palette, width: number) => ({
      ...common(colours),
      grid: { left: 8, right: width < 480 ? 76 : 100, top: 8, bottom: 8, containLabel: true },
      tooltip: {
        ...common(colours).tooltip,
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          `${shorten(shown[dataIndex]!.title, 60).replace(/</g, '&lt;')}<br>${exactMoney(money(shown[dataIndex]!.savingMinor), language)}`,
      },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: shown.map((one) => shorten(one.title, width < 480 ? 12 : 34)),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: colours.ink, fontSize: 12 },
      },
      series: [
        {
          type: 'bar',
          barWidth: 14,
          data: shown.map((one) => one.savingMinor),
          itemStyle: { color: colours.pine, borderRadius: 3 },
          label: {
            show: true,
            position: 'right',
            color: colours.ink,
            formatter: ({ dataIndex }: { dataIndex: number }) => shortMoney(money(shown[dataIndex]!.savingMinor), language),
          },
        },
      ],
    }),
    [shown, money, language],
  );
  const table = (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('chart.item')}</th>
          <th scope="col" className="right">
            {t('fixes.saving')}
          </th>
          <th scope="col" className="right">
            {t('fixes.cumulative')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((one, i) => (
          <tr key={one.id}>
            <th scope="row">{one.title}</th>
            <td className="right num">{plainMoney(money(one.savingMinor))}</td>
            <td className="right num">{plainMoney(money(cumulative[i]!))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('fixes.chart')} sentence={sentence} table={table}>
      <Drawing option={option} height={24 + shown.length * 34} label={sentence} />
    </ChartFrame>
  );
}
