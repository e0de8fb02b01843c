import type { BandResult } from '../../src/domain/evaluation/index.ts';
import { number, percent } from '../format.ts';
import { useWords } from '../words.ts';
import { axisOver } from './axis.ts';
import { ChartFrame } from './frame.tsx';
import { IntervalRows } from './interval-rows.tsx';

/** Fewest policies for which a loss ratio says anything. */
const fewest = 5;

/** Loss over premium by the band of score on which policies were bound, with intervals; bands with few policies are named, not drawn. */
export function LossRatioBands({ bands }: { bands: readonly BandResult[] }) {
  const { t } = useWords();
  const drawn = bands.filter(({ policies, value }) => policies >= fewest && value !== null);
  const axis = axisOver(
    drawn.flatMap(({ value, interval }) => [value, interval?.high ?? null]),
    [0, 1],
  );
  const written = (value: number | null): string => (value === null ? '--' : percent(value, 1));
  const interval = ({ interval: found }: BandResult): string =>
    found === null ? t('impact.noInterval') : t('impact.fromTo', { low: written(found.low), high: written(found.high) });
  const best = [...drawn].sort((a, b) => a.value! - b.value!);
  const sentence =
    best.length < 2
      ? t('impact.lossRatioFew')
      : t('impact.lossRatioSentence', {
          low: best[0]!.band,
          lowValue: written(best[0]!.value),
          high: best.at(-1)!.band,
          highValue: written(best.at(-1)!.value),
        });
  const table = (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('impact.band')}</th>
          <th scope="col" className="right">
            {t('impact.policies')}
          </th>
          <th scope="col" className="right">
            {t('impact.lossRatio')}
          </th>
          <th scope="col">{t('impact.interval')}</th>
        </tr>
      </thead>
      <tbody>
        {bands.map((one) => (
          <tr key={one.band}>
            <th scope="row">{one.band}</th>
            <td className="right num">{number(one.policies)}</td>
            <td className="right num">{written(one.value)}</td>
            <td className="num">{interval(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame
      title={t('impact.lossRatioByBand')}
      sentence={sentence}
      table={table}
      note={<p className="faint small">{t('impact.lossRatioNote', { fewest })}</p>}
    >
      <IntervalRows
        zero={axis.place(1)}
        ticks={axis.ticks.map((tick) => ({ at: axis.place(tick), text: percent(tick, 0) }))}
        rows={drawn.map((one) => ({
          id: one.band,
          label: t('impact.bandNamed', { band: one.band }),
          note: t('impact.policiesCount', { count: one.policies }),
          text: `${written(one.value)} · ${interval(one)}`,
          at: axis.place(one.value!),
          from: one.interval === null ? null : axis.place(one.interval.low ?? 0),
          to: one.interval === null ? null : axis.place(one.interval.high!),
        }))}
      />
    </ChartFrame>
  );
}
