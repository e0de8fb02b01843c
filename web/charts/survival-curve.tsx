import { useCallback, useMemo } from 'react';
import type { SurvivalStep } from '../../src/domain/evaluation/index.ts';
import { number } from '../format.ts';
import { useWords } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

interface Curve {
  readonly group: string;
  readonly steps: readonly SurvivalStep[];
}

/** Steps by group, in the order in which the groups come. */
const curvesOf = (table: readonly SurvivalStep[]): Curve[] =>
  [...new Set(table.map(({ group }) => group))].map((group) => ({ group, steps: table.filter((step) => step.group === group) }));

/** How many were still watched without the event at a time: at risk at the next event, 0 after the last. */
const atRiskAt = ({ steps }: Curve, time: number): number => (time === 0 ? everybodyIn(steps) : (steps.find((step) => step.time >= time)?.atRisk ?? 0));

/** All that were watched: those at risk at the first event, and those who left before it. */
const everybodyIn = ([first]: readonly SurvivalStep[]): number => (first === undefined ? 0 : first.atRisk + first.censored);

/** The share left at a time. */
const leftAt = ({ steps }: Curve, time: number): number => steps.findLast((step) => step.time <= time)?.survival ?? 1;

const share = (value: number | null): string => (value === null ? '--' : number(value, 3));

/** C10: Kaplan–Meier curves with bands, marks where somebody left observation, and the numbers at risk below. */
export function SurvivalCurves({ table: steps, name }: { table: readonly SurvivalStep[]; name: (group: string) => string }) {
  const { t, language } = useWords();
  const curves = useMemo(() => curvesOf(steps), [steps]);
  const last = Math.max(...steps.map(({ time }) => time), 1);
  const at = Math.min(90, last);
  const sentence = curves
    .map((curve) =>
      t('impact.survivalSentence', { group: name(curve.group), days: number(at), left: number(leftAt(curve, at), 2), n: everybodyIn(curve.steps) }),
    )
    .join(language === 'zh' ? '；' : '; ');
  const option = useCallback(
    (colours: Palette, width: number) => {
      const lines = [colours.pine, colours.clay, colours.sky, colours.sand];
      const path = (curve: Curve, value: (step: SurvivalStep) => number) => [[0, 1], ...curve.steps.map((step) => [step.time, value(step)])];
      return {
        ...common(colours),
        tooltip: {
          ...common(colours).tooltip,
          trigger: 'axis' as const,
          formatter: (points: { value: [number, number] }[]) =>
            `${number(points[0]!.value[0])} ${t('impact.days')}<br>${curves.map((curve) => `${name(curve.group)} ${number(leftAt(curve, points[0]!.value[0]), 3)}`).join('<br>')}`,
        },
        grid: { left: 44, right: width < 480 ? 12 : 90, top: 12, bottom: 40 },
        xAxis: {
          type: 'value',
          min: 0,
          max: last,
          name: t('impact.daysSinceFound'),
          nameLocation: 'middle',
          nameGap: 26,
          nameTextStyle: { color: colours['ink-faint'] },
          axisLabel: { color: colours['ink-faint'] },
          splitLine: { show: false },
        },
        yAxis: { type: 'value', min: 0, max: 1, axisLabel: { color: colours['ink-faint'] }, splitLine: { lineStyle: { color: colours.line } } },
        series: curves.flatMap((curve, index) => {
          const colour = lines[index % lines.length]!;
          const bare = { type: 'line', step: 'end', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, stack: `band-${index}`, stackStrategy: 'all' };
          return [
            { ...bare, data: path(curve, (step) => step.low ?? step.survival) },
            {
              ...bare,
              data: path(curve, (step) => (step.high ?? step.survival) - (step.low ?? step.survival)).map(([time, value], i) => [time, i === 0 ? 0 : value]),
              areaStyle: { color: colour, opacity: 0.14 },
            },
            {
              type: 'line',
              step: 'end',
              name: name(curve.group),
              data: path(curve, (step) => step.survival),
              lineStyle: { color: colour, width: 2, type: index === 0 ? 'solid' : 'dashed' },
              itemStyle: { color: colour },
              symbol: (_: unknown, { dataIndex }: { dataIndex: number }) =>
                dataIndex > 0 && curve.steps[dataIndex - 1]!.censored > 0 ? 'path://M5 0h1v10h-1z' : 'none',
              symbolSize: [2, 9],
              showAllSymbol: true,
              endLabel: { show: width >= 480, formatter: name(curve.group), color: colour, fontSize: 12 },
            },
          ];
        }),
      };
    },
    [curves, last, name, t],
  );
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          {(['group', 'time', 'atRisk', 'events', 'censored', 'left', 'interval'] as const).map((column) => (
            <th key={column} scope="col" className={column === 'group' || column === 'interval' ? '' : 'right'}>
              {t(`impact.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={`${step.group}-${step.time}`}>
            <th scope="row">{name(step.group)}</th>
            <td className="right num">{number(step.time)}</td>
            <td className="right num">{number(step.atRisk)}</td>
            <td className="right num">{number(step.events)}</td>
            <td className="right num">{number(step.censored)}</td>
            <td className="right num">{share(step.survival)}</td>
            <td className="num">{t('impact.fromTo', { low: share(step.low), high: share(step.high) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  const times = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(part * last));
  const atRisk = (
    <table className="table table-dense risk-table">
      <caption className="only-heard">{t('impact.atRisk')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('impact.atRisk')}</th>
          {times.map((time) => (
            <th key={time} scope="col" className="right num">
              {number(time)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {curves.map((curve, index) => (
          <tr key={curve.group}>
            <th scope="row">
              <span className={`risk-line risk-line-${index % 4}`} aria-hidden="true" />
              {name(curve.group)}
            </th>
            {times.map((time) => (
              <td key={time} className="right num" data-label={`${number(time)} ${t('impact.days')}`}>
                {number(atRiskAt(curve, time))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame
      title={t('impact.survival')}
      sentence={sentence}
      table={table}
      note={
        <div className="table-box" tabIndex={0} role="region" aria-label={t('impact.atRisk')}>
          {atRisk}
        </div>
      }
    >
      <Drawing option={option} height={300} label={sentence} />
    </ChartFrame>
  );
}
