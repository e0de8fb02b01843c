import { useCallback } from 'react';
import { number } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

/** A factor over its steps, e.g. of the limit: the picture shows whether it rises and flattens. `nameOf` writes a step. */
export function FactorCurve({
  title,
  sentence,
  points,
  nameOf,
}: {
  title: string;
  sentence: string;
  points: readonly { readonly at: number; readonly factor: number }[];
  nameOf: (at: number) => string;
}) {
  const { t } = useWords();
  const option = useCallback(
    (colours: Palette, width: number) => ({
      ...common(colours),
      grid: { left: 44, right: 24, top: 20, bottom: 32 },
      xAxis: {
        type: 'category',
        data: points.map(({ at }) => nameOf(at)),
        axisLabel: { color: colours['ink-faint'], interval: width < 420 ? 1 : 0 },
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours['line-strong'] } },
      },
      yAxis: { type: 'value', min: 0, axisLabel: { color: colours['ink-faint'] }, splitLine: { lineStyle: { color: colours.line } } },
      series: [
        {
          type: 'line',
          data: points.map(({ factor }) => factor),
          symbolSize: 7,
          lineStyle: { color: colours.pine, width: 2 },
          itemStyle: { color: colours.pine },
          label: { show: width >= 420, position: 'top', color: colours.ink, formatter: ({ value }: { value: number }) => number(value, 2) },
        },
      ],
    }),
    [points, nameOf],
  );
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('chart.item')}</th>
          <th scope="col" className="right">
            {t('tariff.factor')}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map(({ at, factor }) => (
          <tr key={at}>
            <th scope="row">{nameOf(at)}</th>
            <td className="right num">{number(factor, 4)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={title} sentence={sentence} table={table}>
      <Drawing option={option} height={220} label={sentence} />
    </ChartFrame>
  );
}
