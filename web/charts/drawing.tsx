import { BarChart, LineChart, RadarChart, ScatterChart } from 'echarts/charts';
import { AriaComponent, GridComponent, MarkLineComponent, RadarComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useShade, useStill } from '../parts/shade.ts';
import { palette, type Palette } from './palette.ts';

use([BarChart, LineChart, RadarChart, ScatterChart, GridComponent, RadarComponent, TooltipComponent, MarkLineComponent, AriaComponent, SVGRenderer]);

/**
 * One ECharts drawing as SVG. `option` is made from the colours of the theme and the width at hand, and made again when either changes. What
 * the drawing shows is also in the table of its frame, so that it is one picture with a name to those who hear it.
 */
export default function Drawing({ option, height, label }: { option: (colours: Palette, width: number) => EChartsCoreOption; height: number; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const shade = useShade();
  const still = useStill();
  useEffect(() => {
    const element = box.current!;
    const draw = () => {
      chart.current?.resize();
      chart.current?.setOption({ animation: !still, animationDuration: 150, ...option(palette(), element.clientWidth) }, { notMerge: true });
    };
    chart.current = init(element, null, { renderer: 'svg' });
    const watcher = new ResizeObserver(draw);
    watcher.observe(element);
    draw();
    return () => {
      watcher.disconnect();
      chart.current?.dispose();
    };
  }, [option, shade, still]);
  return <div className="drawing" ref={box} style={{ height }} role="img" aria-label={label} />;
}
