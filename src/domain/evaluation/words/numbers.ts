import type { Text } from '../../basics/index.ts';
import type { Count, Interval } from '../model.ts';

/** Below this many units a percentage says more than the data: counts and interval only. */
export const smallSample = 20;

const minus = '−';

/** A number for reading: up to `digits` decimals, trailing zeros dropped, true minus sign; very small ones as 1.4e−14. */
export function plain(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 10 ** -digits / 2 || size >= 1e9)) return value.toExponential(2).replaceAll('-', minus);
  const fixed = value.toFixed(size >= 1000 ? 0 : size >= 100 ? Math.min(1, digits) : digits);
  const short = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  return (short === '-0' ? '0' : short).replace('-', minus);
}

/** With its sign, also when it is a plus. */
export const signed = (value: number, digits = 3): string => (value > 0 ? `+${plain(value, digits)}` : plain(value, digits));

/** A share as percentage, e.g. 95.9%. */
export const percent = (share: number): string => `${plain(share * 100, 1)}%`;

/** Count of so many, with the percentage only when there are enough units for one. */
export const countText = ({ count, of }: Count): string => (of < smallSample ? `${count}/${of}` : `${count}/${of} (${percent(count / of)})`);

/** A p-value: “p = 0.031”, in powers when tiny, and as a bound when it is too small for a number. */
export function pText(p: number): string {
  if (p === 0) return `p < 1e${minus}300`;
  return `p = ${p < 0.0005 ? p.toExponential(1).replace('-', minus) : plain(p, 3)}`;
}

const noBound = { low: { zh: '无下限', en: 'no lower bound' }, high: { zh: '无上限', en: 'no upper bound' } } as const;

const noBounds: Text = { zh: '数据太少，区间上下均无界', en: 'too few data for an interval: no bound on either side' };

const endText = (end: number | null, open: Text, write: (x: number) => string): Text => (end === null ? open : { zh: write(end), en: write(end) });

/** The interval in both languages, e.g. “95% 区间 3.1 至 9.0”. `write` turns an end into text. With few units the level is written without a percent sign. */
export function intervalText(interval: Interval | null, write: (x: number) => string, small = false): Text {
  if (interval === null) return { zh: '无法给出区间', en: 'no interval possible' };
  if (interval.low === null && interval.high === null) return noBounds;
  const low = endText(interval.low, noBound.low, write);
  const high = endText(interval.high, noBound.high, write);
  if (small)
    return {
      zh: `置信水平 ${plain(interval.level)} 的区间 ${low.zh} 至 ${high.zh}`,
      en: `interval at level ${plain(interval.level)}: ${low.en} to ${high.en}`,
    };
  return { zh: `${percent(interval.level)} 置信区间 ${low.zh} 至 ${high.zh}`, en: `${percent(interval.level)} interval ${low.en} to ${high.en}` };
}
