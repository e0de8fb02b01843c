import { number } from '../format.ts';
import { useWords } from '../words.ts';
import { axisOver } from './axis.ts';
import { ChartFrame } from './frame.tsx';
import { IntervalRows } from './interval-rows.tsx';

/** One number with its interval; null ends mean that the data set no bound there. */
export interface ForestRow {
  readonly id: string;
  readonly label: string;
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** How a plot writes its numbers and where no difference lies. A ratio lies on a logarithmic axis around 1. */
export interface ForestScale {
  readonly ratio: boolean;
  readonly decimals: number;
  readonly factor: number;
  readonly unit: string;
}

/** Numbers with intervals, one below the other, against the line of no difference. */
export function ForestPlot({
  title,
  sentence,
  rows,
  scale,
  note,
}: {
  title: string;
  sentence: string;
  rows: readonly ForestRow[];
  scale: ForestScale;
  note?: string;
}) {
  const { t } = useWords();
  const shown = (value: number): number => (scale.ratio ? Math.log2(Math.max(value, 1 / 64)) : value * scale.factor);
  const orNull = (value: number | null): number | null => (value === null ? null : shown(value));
  const write = (value: number | null): string =>
    value === null ? t('impact.noBound') : `${!scale.ratio && value > 0 ? '+' : ''}${number(value * scale.factor, scale.decimals).replace('-', '−')}`;
  const axis = axisOver(
    rows.flatMap((row) => [orNull(row.value), orNull(row.low), orNull(row.high)]),
    [0],
  );
  const [least, most] = [axis.ticks[0]!, axis.ticks.at(-1)!];
  const tickText = (tick: number): string =>
    scale.ratio ? `×${number(2 ** tick, tick < 0 ? 2 : 1).replace(/\.?0+$/, '')}` : number(tick, axis.ticks.every(Number.isInteger) ? 0 : 1).replace('-', '−');
  const interval = (row: ForestRow): string =>
    row.low === null && row.high === null ? t('impact.noInterval') : t('impact.fromTo', { low: write(row.low), high: write(row.high) });
  const table = (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('impact.metric')}</th>
          <th scope="col" className="right">
            n
          </th>
          <th scope="col" className="right">
            {t('impact.value')}
            {scale.unit && ` (${scale.unit})`}
          </th>
          <th scope="col">{t('impact.interval')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.label}</th>
            <td className="right num">{number(row.n)}</td>
            <td className="right num">{row.value === null ? '--' : write(row.value)}</td>
            <td className="num">{interval(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={title} sentence={sentence} table={table} note={note && <p className="faint small">{note}</p>}>
      <IntervalRows
        zero={axis.place(0)}
        ticks={axis.ticks.map((tick) => ({ at: axis.place(tick), text: tickText(tick) }))}
        rows={rows.map((row) => {
          const bounded = row.low !== null || row.high !== null;
          return {
            id: row.id,
            label: row.label,
            note: `n=${row.n}`,
            text: row.value === null ? '--' : `${write(row.value)}${scale.unit && ` ${scale.unit}`} · ${interval(row)}`,
            at: row.value === null ? null : axis.place(shown(row.value)),
            from: bounded ? axis.place(orNull(row.low) ?? least) : null,
            to: bounded ? axis.place(orNull(row.high) ?? most) : null,
          };
        })}
      />
    </ChartFrame>
  );
}
