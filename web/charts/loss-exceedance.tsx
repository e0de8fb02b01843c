import { useCallback } from 'react';
import type { Currency } from '../../src/domain/basics/index.ts';
import { plainMoney, shortMoney } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

/** C7 for one firm: the yearly loss that is exceeded once in so many years, with the limit of the cover as a line. Amounts in major units. */
export function LossExceedance({
  returns,
  limit,
  currency,
  sentence,
}: {
  returns: readonly { readonly returnYears: number; readonly loss: number }[];
  limit: number;
  currency: Currency;
  sentence: string;
}) {
  const { t, language } = useWords();
  const money = useCallback((major: number) => ({ currency, minor: Math.round(major * 100) }), [currency]);
  const option = useCallback(
    (colours: Palette, width: number) => ({
      ...common(colours),
      grid: { left: 12, right: 24, top: 28, bottom: 28, containLabel: true },
      tooltip: {
        ...common(colours).tooltip,
        formatter: ({ dataIndex }: { dataIndex: number }) =>
          `${t('riskExposure.onceIn', { years: returns[dataIndex]!.returnYears })}<br>${shortMoney(money(returns[dataIndex]!.loss), language)}`,
      },
      xAxis: {
        type: 'category',
        name: t('riskExposure.years'),
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: colours['ink-faint'] },
        data: returns.map(({ returnYears }) => String(returnYears)),
        axisTick: { show: false },
        axisLabel: { color: colours['ink-faint'] },
        axisLine: { lineStyle: { color: colours['line-strong'] } },
      },
      yAxis: {
        type: 'value',
        axisLabel: { color: colours['ink-faint'], formatter: (value: number) => shortMoney(money(value), language) },
        splitLine: { lineStyle: { color: colours.line } },
      },
      series: [
        {
          type: 'line',
          data: returns.map(({ loss }) => loss),
          symbolSize: width < 480 ? 6 : 8,
          lineStyle: { color: colours.pine, width: 2 },
          itemStyle: { color: colours.pine },
          areaStyle: { color: colours.pine, opacity: 0.08 },
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: colours.clay, type: 'dashed' },
            label: { color: colours.ink, position: 'insideStartTop', formatter: t('riskExposure.limitLine', { limit: shortMoney(money(limit), language) }) },
            data: [{ yAxis: limit }],
          },
        },
      ],
    }),
    [returns, limit, money, language, t],
  );
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('riskExposure.years')}</th>
          <th scope="col" className="right">
            {t('riskExposure.loss')}
          </th>
        </tr>
      </thead>
      <tbody>
        {returns.map(({ returnYears, loss }) => (
          <tr key={returnYears}>
            <th scope="row">{t('riskExposure.onceIn', { years: returnYears })}</th>
            <td className="right num">{plainMoney(money(loss))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('riskExposure.curve')} sentence={sentence} table={table}>
      <Drawing option={option} height={300} label={sentence} />
    </ChartFrame>
  );
}
