import { useCallback } from 'react';
import type { Currency } from '../../src/domain/basics/index.ts';
import { number, shortMoney } from '../format.ts';
import { useWords } from '../words.ts';
import type { ReactNode } from 'react';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

export interface FrontierPoint {
  readonly id: string;
  /** Measures and premium in a year, minor units. */
  readonly outlayMinor: number;
  readonly retainedMinor: number;
  readonly downtimeHours: number;
  readonly mark: 'today' | 'best' | 'other';
}

/** Plans that no other beats: what they cost against what stays with the firm; larger dots stand still longer. */
export function PlanFrontier({
  points,
  currency,
  title,
  sentence,
  table,
}: {
  points: readonly FrontierPoint[];
  currency: Currency;
  title: string;
  sentence: string;
  table: ReactNode;
}) {
  const { t, language } = useWords();
  const short = useCallback((minor: number) => shortMoney({ currency, minor }, language), [currency, language]);
  const option = useCallback(
    (colours: Palette, width: number) => {
      const longest = Math.max(...points.map(({ downtimeHours }) => downtimeHours), 1e-9);
      const colour = { today: colours.clay, best: colours.pine, other: colours['grey-bar'] };
      const axis = {
        type: 'value' as const,
        axisLabel: { color: colours['ink-faint'], formatter: short, hideOverlap: true },
        nameTextStyle: { color: colours['ink-faint'] },
        splitLine: { lineStyle: { color: colours.line } },
      };
      return {
        ...common(colours),
        grid: { left: 12, right: 28, top: 32, bottom: 32, containLabel: true },
        tooltip: {
          ...common(colours).tooltip,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const { outlayMinor, retainedMinor, downtimeHours } = points[dataIndex]!;
            return `${t('balance.outlay')} ${short(outlayMinor)}<br>${t('balance.retained')} ${short(retainedMinor)}<br>${t('balance.downtime')} ${number(downtimeHours, 2)}`;
          },
        },
        xAxis: { ...axis, name: t('balance.outlay'), nameLocation: 'middle', nameGap: 28, splitNumber: width < 480 ? 2 : 5 },
        yAxis: { ...axis, name: t('balance.retained'), nameLocation: 'end' },
        series: [
          {
            type: 'scatter',
            data: points.map(({ outlayMinor, retainedMinor, downtimeHours, mark }) => ({
              value: [outlayMinor, retainedMinor],
              symbol: mark === 'today' ? 'diamond' : 'circle',
              symbolSize: 9 + (12 * downtimeHours) / longest,
              itemStyle: { color: colour[mark], borderColor: colours.surface },
              label: { show: mark !== 'other', position: 'top', color: colours.ink, formatter: mark === 'other' ? '' : t(`balance.marks.${mark}`) },
            })),
          },
        ],
      };
    },
    [points, short, t],
  );
  return (
    <ChartFrame title={title} sentence={sentence} table={table}>
      <Drawing option={option} height={320} label={sentence} />
    </ChartFrame>
  );
}
