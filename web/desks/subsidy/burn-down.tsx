import { useCallback } from 'react';
import { ChartFrame, Drawing } from '../../charts/frame.tsx';
import { common, type Palette } from '../../charts/palette.ts';
import { number, plainMoney } from '../../format.ts';
import { useWords } from '../../words.ts';
import type { SchemeFile } from './queries.ts';

/** How the budget falls with every day on which a granted cover begins. */
export function BurnDown({ file }: { file: SchemeFile }) {
  const { t, money, short } = useWords();
  const { currency, budgetMinor, from, until } = file.scheme;
  const say = (minor: number): string => money({ currency, minor });
  const points = file.burnDown;
  const last = points.at(-1);
  const sentence = last
    ? t('subsidy.console.burnSentence', { grants: number(last.grants), budget: say(budgetMinor), left: say(last.leftMinor) })
    : t('subsidy.console.burnNone', { budget: say(budgetMinor) });
  const option = useCallback(
    (colours: Palette) => {
      const path = [{ day: from, leftMinor: budgetMinor }, ...points];
      return {
        ...common(colours),
        grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
        xAxis: { type: 'time', min: from, max: until, axisLabel: { color: colours['ink-faint'], hideOverlap: true }, splitLine: { show: false } },
        yAxis: {
          type: 'value',
          min: 0,
          max: budgetMinor / 100,
          axisLabel: { color: colours['ink-faint'], formatter: (yuan: number) => short({ currency, minor: yuan * 100 }) },
          splitLine: { lineStyle: { color: colours.line } },
        },
        series: [
          {
            type: 'line',
            step: 'end',
            data: [...path, { day: until, leftMinor: path.at(-1)!.leftMinor }].map(({ day, leftMinor }) => [day, leftMinor / 100]),
            lineStyle: { color: colours.pine, width: 2 },
            itemStyle: { color: colours.pine },
            areaStyle: { color: colours.pine, opacity: 0.1 },
            symbol: 'circle',
            symbolSize: 5,
          },
        ],
      };
    },
    [points, budgetMinor, from, until, currency, short],
  );
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('subsidy.console.day')}</th>
          <th scope="col" className="right">
            {t('subsidy.console.grants')}
          </th>
          <th scope="col" className="right">
            {`${t('subsidy.console.left')} (${currency})`}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.day}>
            <th scope="row">{point.day}</th>
            <td className="right num">{number(point.grants)}</td>
            <td className="right num">{plainMoney({ currency, minor: point.leftMinor })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('subsidy.console.burnDown')} sentence={sentence} table={table}>
      <Drawing option={option} height={240} label={sentence} />
    </ChartFrame>
  );
}
