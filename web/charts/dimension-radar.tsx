import { useCallback, useMemo } from 'react';
import type { DimensionResult } from '../../src/domain/assessment/index.ts';
import { number, percent } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

/** Below this width, in pixels, the full names do not fit beside the radar; they stand in the bars below it. */
const narrow = 520;

/** One dimension as a bar with its whisker: the form of the radar that can be read without seeing it. */
function Bar({ result, name }: { result: DimensionResult; name: string }) {
  return (
    <li>
      <span className="bar-name">{name}</span>
      <span className="bar-track" aria-hidden="true">
        <span className="bar-range" style={{ left: `${result.low}%`, width: `${Math.max(0.5, result.high - result.low)}%` }} />
        <span className="bar-fill" style={{ width: `${result.score}%` }} />
      </span>
      <span className="bar-value num">{number(result.score, 1)}</span>
    </li>
  );
}

/** C2: the six dimensions as a radar, with the same as bars beside it; the sentence names the two weakest. */
export function DimensionRadar({ dimensions }: { dimensions: readonly DimensionResult[] }) {
  const { t } = useWords();
  const named = useMemo(
    () => dimensions.map((result) => ({ result, name: t(`dimension.${result.dimension}`), short: t(`dimensionShort.${result.dimension}`) })),
    [dimensions, t],
  );
  const weakest = [...named].sort((a, b) => a.result.score - b.result.score);
  const sentence = t('assessment.dimensionSentence', { first: weakest[0]?.name ?? '', second: weakest[1]?.name ?? '' });
  const option = useCallback(
    (colours: Palette, width: number) => ({
      ...common(colours),
      radar: {
        indicator: named.map(({ name, short }) => ({ name: width < narrow ? short : name, max: 100 })),
        splitNumber: 3,
        radius: width < narrow ? '46%' : '72%',
        axisNameGap: width < narrow ? 6 : 15,
        axisName: { color: colours['ink-soft'], fontSize: 12 },
        splitArea: { show: false },
        splitLine: { lineStyle: { color: colours.line } },
        axisLine: { lineStyle: { color: colours.line } },
      },
      series: [
        {
          type: 'radar',
          symbolSize: 6,
          data: [
            {
              value: named.map(({ result }) => Number(result.score.toFixed(1))),
              name: t('assessment.self'),
              lineStyle: { color: colours.pine, width: 2 },
              itemStyle: { color: colours.pine },
              areaStyle: { color: colours.pine, opacity: 0.14 },
            },
          ],
        },
      ],
    }),
    [named, t],
  );
  const table = (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('assessment.dimension')}</th>
          <th scope="col" className="right">
            {t('assessment.score')}
          </th>
          <th scope="col" className="right">
            {t('assessment.range')}
          </th>
          <th scope="col" className="right">
            {t('assessment.weight')}
          </th>
          <th scope="col" className="right">
            {t('assessment.confidence')}
          </th>
        </tr>
      </thead>
      <tbody>
        {named.map(({ result, name }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="right num">{number(result.score, 1)}</td>
            <td className="right num">
              {number(result.low, 0)}–{number(result.high, 0)}
            </td>
            <td className="right num">{percent(result.weight, 0)}</td>
            <td className="right num">{number(result.confidence, 2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('assessment.dimensions')} sentence={sentence} table={table}>
      <div className="radar">
        <Drawing option={option} height={300} label={sentence} />
        <ul className="bars">
          {named.map(({ result, name }) => (
            <Bar key={name} result={result} name={name} />
          ))}
        </ul>
      </div>
    </ChartFrame>
  );
}
