import { useCallback } from 'react';
import type { Drift } from '../../src/domain/evaluation/index.ts';
import { number } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

/** The control chart of the mean score: the weighted average month by month between its limits, months outside marked. */
export function ScoreDrift({ points, sentence }: { points: Drift['points']; sentence: string }) {
  const { t } = useWords();
  const option = useCallback(
    (colours: Palette) => {
      const line = (data: number[], type: 'solid' | 'dashed', colour: string) => ({
        type: 'line',
        symbol: 'none',
        silent: true,
        data,
        lineStyle: { color: colour, width: type === 'solid' ? 2 : 1, type },
        itemStyle: { color: colour },
      });
      return {
        ...common(colours),
        tooltip: {
          ...common(colours).tooltip,
          trigger: 'axis' as const,
          formatter: (shown: { dataIndex: number }[]) => {
            const one = points[shown[0]!.dataIndex]!;
            return `${one.month}<br>${t('impact.ewmaAverage')} ${number(one.average, 1)}<br>${t('impact.fromTo', { low: number(one.low, 1), high: number(one.high, 1) })}`;
          },
        },
        grid: { left: 40, right: 12, top: 12, bottom: 28 },
        xAxis: { type: 'category', data: points.map(({ month }) => month), axisLabel: { color: colours['ink-faint'] }, axisTick: { show: false } },
        yAxis: { type: 'value', scale: true, axisLabel: { color: colours['ink-faint'] }, splitLine: { lineStyle: { color: colours.line } } },
        series: [
          line(
            points.map(({ low }) => low),
            'dashed',
            colours['ink-faint'],
          ),
          line(
            points.map(({ high }) => high),
            'dashed',
            colours['ink-faint'],
          ),
          {
            ...line(
              points.map(({ average }) => average),
              'solid',
              colours.pine,
            ),
            symbol: (_: unknown, { dataIndex }: { dataIndex: number }) => (points[dataIndex]!.outside ? 'diamond' : 'circle'),
            symbolSize: 8,
            showAllSymbol: true,
          },
        ],
      };
    },
    [points, t],
  );
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          {(['month', 'firms', 'ewmaMean', 'ewmaAverage', 'ewmaLimits', 'ewmaOutside'] as const).map((column) => (
            <th key={column} scope="col" className={column === 'month' || column === 'ewmaOutside' ? '' : 'right'}>
              {t(`impact.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((one) => (
          <tr key={one.month}>
            <th scope="row" className="num">
              {one.month}
            </th>
            <td className="right num">{number(one.firms)}</td>
            <td className="right num">{number(one.mean, 1)}</td>
            <td className="right num">{number(one.average, 1)}</td>
            <td className="right num">{t('impact.fromTo', { low: number(one.low, 1), high: number(one.high, 1) })}</td>
            <td>{t(one.outside ? 'impact.outside' : 'impact.within')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('impact.ewma')} sentence={sentence} table={table}>
      <Drawing option={option} height={220} label={sentence} />
    </ChartFrame>
  );
}
