import { useCallback } from 'react';
import { number, percent } from '../format.ts';
import { useWords, type Wording } from '../words.ts';
import { ChartFrame, Drawing } from './frame.tsx';
import { common, type Palette } from './palette.ts';

interface Band {
  readonly from: number | null;
  readonly to: number | null;
  readonly policies: number;
}

const edge = (value: number): string => `${value > 0 ? '+' : ''}${percent(value, Math.abs(value) < 0.01 ? 1 : 0)}`;

function bandName({ from, to }: Band, t: Wording['t']): string {
  if (from === null) return t('tariff.bandBelow', { edge: edge(to!) });
  return to === null ? t('tariff.bandAbove', { edge: edge(from) }) : t('tariff.band', { from: edge(from), to: edge(to) });
}

/** −1 for a fall, 1 for a rise, 0 for the band around no change. */
const direction = ({ from, to }: Band): number => Math.sign((from ?? -1) + (to ?? 1));

/** How many policies move how far: each band a bar, falls to the left, rises to the right. */
export function DislocationBands({ bands, title, sentence }: { bands: readonly Band[]; title: string; sentence: string }) {
  const { t } = useWords();
  const nameOf = useCallback((band: Band): string => bandName(band, t), [t]);
  const option = useCallback(
    (colours: Palette, width: number) => ({
      ...common(colours),
      grid: { left: 8, right: 40, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bands.map(nameOf),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.line } },
        axisLabel: { color: colours.ink, fontSize: width < 420 ? 11 : 12 },
      },
      series: [
        {
          type: 'bar',
          barWidth: 14,
          data: bands.map((band) => ({
            value: band.policies,
            itemStyle: { color: direction(band) > 0 ? colours.clay : direction(band) < 0 ? colours.pine : colours['grey-bar'], borderRadius: 3 },
          })),
          label: { show: true, position: 'right', color: colours.ink, formatter: ({ value }: { value: number }) => number(value) },
        },
      ],
    }),
    [bands, nameOf],
  );
  const table = (
    <table className="table table-dense">
      <thead>
        <tr>
          <th scope="col">{t('tariff.change')}</th>
          <th scope="col" className="right">
            {t('tariff.policies')}
          </th>
        </tr>
      </thead>
      <tbody>
        {bands.map((band) => (
          <tr key={String(band.from)}>
            <th scope="row">{nameOf(band)}</th>
            <td className="right num">{number(band.policies)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <ChartFrame title={title} sentence={sentence} table={table}>
      <Drawing option={option} height={24 + bands.length * 26} label={sentence} />
    </ChartFrame>
  );
}
