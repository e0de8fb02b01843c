import { useCallback, useMemo } from 'react';
import type { WaterfallBar } from '../../src/domain/rating/index.ts';
import type { Currency } from '../../src/domain/basics/index.ts';
import { exactMoney, plainMoney, shortMoney, signedMoney } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

interface Step {
  readonly name: string;
  readonly delta: number;
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

/** The bars with where each begins and ends, and the total at the end. */
export function stepsOf(bars: readonly { name: string; delta: number; whole: boolean }[], total: string): Step[] {
  let at = 0;
  const steps = bars.map(({ name, delta, whole }) => {
    const step = { name, delta, from: at, to: at + delta, whole };
    at += delta;
    return step;
  });
  return [...steps, { name: total, delta: at, from: 0, to: at, whole: true }];
}

/** C3: from the base premium to what is to be paid. Lying bars, so that long names stay readable on a phone. */
export function PremiumWaterfall({ bars, currency }: { bars: readonly WaterfallBar[]; currency: Currency }) {
  const { t, of, language } = useWords();
  const steps = useMemo(
    () =>
      stepsOf(
        bars.map((bar) => ({ name: of(bar.label), delta: bar.deltaMinor, whole: bar.kind === 'base' })),
        t('quote.total'),
      ),
    [bars, of, t],
  );
  const money = useCallback((minor: number) => ({ currency, minor }), [currency]);
  const strongest = steps.slice(1, -1).sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  const base = steps[0]!.delta;
  const total = steps.at(-1)!.delta;
  const sentence = t('quote.waterfallSentence', {
    base: exactMoney(money(base), language),
    total: exactMoney(money(total), language),
    first: strongest[0]?.name ?? '--',
    second: strongest[1]?.name ?? '--',
  });
  const option = useCallback(
    (colours: Palette, width: number) => {
      const colour = (step: Step) => (step.whole ? colours.ink : step.delta > 0 ? colours.clay : colours.pine);
      return {
        ...common(colours),
        grid: { left: 8, right: width < 480 ? 76 : 110, top: 8, bottom: 28, containLabel: true },
        tooltip: {
          ...common(colours).tooltip,
          formatter: ({ dataIndex }: { dataIndex: number }) => `${steps[dataIndex]!.name}<br>${signedMoney(money(steps[dataIndex]!.delta), language)}`,
        },
        xAxis: {
          type: 'value',
          axisLabel: { color: colours['ink-faint'], formatter: (minor: number) => shortMoney(money(Math.round(minor)), language), hideOverlap: true },
          splitNumber: width < 480 ? 2 : 4,
          splitLine: { lineStyle: { color: colours.line } },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: steps.map((step) => step.name),
          axisTick: { show: false },
          axisLine: { lineStyle: { color: colours.line } },
          axisLabel: { color: colours.ink, width: width < 480 ? 112 : 200, overflow: 'break', fontSize: 12 },
        },
        series: [
          { type: 'bar', stack: 'span', silent: true, itemStyle: { color: 'transparent' }, data: steps.map((step) => Math.min(step.from, step.to)) },
          {
            type: 'bar',
            stack: 'span',
            barWidth: 16,
            label: {
              show: true,
              position: 'right',
              color: colours.ink,
              fontSize: 12,
              formatter: ({ dataIndex }: { dataIndex: number }) =>
                steps[dataIndex]!.whole
                  ? plainMoney(money(steps[dataIndex]!.delta))
                  : signedMoney(money(steps[dataIndex]!.delta), language).replace(/¥|CNY /, ''),
            },
            data: steps.map((step) => ({ value: Math.abs(step.delta), itemStyle: { color: colour(step), borderRadius: 3 } })),
          },
        ],
      };
    },
    [steps, money, language],
  );
  const table = (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('quote.line')}</th>
          <th scope="col" className="right">
            {t('quote.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.name} className={step.whole ? 'strong' : ''}>
            <th scope="row">{step.name}</th>
            <td className="right num">{plainMoney(money(step.delta))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={t('quote.waterfall')} sentence={sentence} table={table}>
      <Drawing option={option} height={44 + steps.length * 40} label={sentence} />
    </ChartFrame>
  );
}
