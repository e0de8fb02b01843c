import type { Language, Money } from '../src/domain/basics/index.ts';
import { dateTime, decimalAmount, decimalsOf, fixed, minus, percent } from '../src/domain/notation/index.ts';

export { capitalAmount, clock, dateTime, day, exactMoney, percent, period, plainMoney, signedMoney } from '../src/domain/notation/index.ts';

/** Shown where there is no value; what is hidden or not permitted says so in words. */
export const none = '--';

interface Step {
  readonly size: bigint;
  readonly decimals: number;
  readonly unit: string;
}

const chineseSteps: readonly Step[] = [
  { size: 1n, decimals: 0, unit: '元' },
  { size: 10_000n, decimals: 2, unit: '万元' },
  { size: 100_000_000n, decimals: 2, unit: '亿元' },
  { size: 1_000_000_000_000n, decimals: 2, unit: '万亿元' },
];

const englishSteps: readonly Step[] = [
  { size: 1n, decimals: 0, unit: '' },
  { size: 1_000n, decimals: 1, unit: 'K' },
  { size: 1_000_000n, decimals: 2, unit: 'M' },
  { size: 1_000_000_000n, decimals: 2, unit: 'B' },
  { size: 1_000_000_000_000n, decimals: 2, unit: 'T' },
];

/** `minor` in units of 10^-decimals of the step, rounded half away from zero. */
function scaled(minor: bigint, step: Step, perMajor: bigint): bigint {
  const unit = step.size * perMajor;
  return (minor * 10n ** BigInt(step.decimals) * 2n + unit) / (unit * 2n);
}

/** The first step at which the rounded amount stays below the next step, so that 99,999,999.95 yuan reads `1.00 亿元` and never `10,000.00 万元`. */
function shortest(minor: bigint, steps: readonly Step[], perMajor: bigint): string {
  const fits = (step: Step, i: number): boolean => {
    const next = steps[i + 1];
    return !next || scaled(minor, step, perMajor) < (next.size / step.size) * 10n ** BigInt(step.decimals);
  };
  const step = steps.find(fits)!;
  return `${decimalAmount(scaled(minor, step, perMajor), step.decimals)}|${step.unit}`;
}

/** A rounded amount for figures and axes only: `1.23 万元`, `CNY 1.23M`. The exact amount must be near: on hover, on focus or in the table. */
export function shortMoney({ currency, minor }: Money, language: Language): string {
  const exact = BigInt(minor);
  const sign = exact < 0n ? minus : '';
  const [digits, unit] = shortest(exact < 0n ? -exact : exact, language === 'zh' ? chineseSteps : englishSteps, 10n ** BigInt(decimalsOf(currency))).split('|');
  if (language === 'en') return `${sign}${currency} ${digits}${unit}`;
  return currency === 'CNY' ? `${sign}${digits} ${unit}` : `${sign}${currency} ${digits} ${unit!.replace('元', '')}`.trimEnd();
}

/** A plain number with separators and a fixed count of decimals. */
export const number = (value: number, decimals = 0): string => fixed(value, decimals);

/** A ratio as per mille: 0.0085 → `8.5‰`. */
export const perMille = (ratio: number, decimals = 1): string => `${fixed(ratio * 1000, decimals)}‰`;

/** A factor as it multiplies: 1.25 → `×1.25`. */
export const factor = (value: number): string => `×${fixed(value, value < 0.1 ? 4 : 2)}`;

/** A relative change with arrow and word, so that colour is never the only sign: `▲ 上升 12.0%`, `−8.0%`. */
export function change(ratio: number, language: Language): string {
  const digits = percent(Math.abs(ratio), 1);
  if (digits === '0.0%') return language === 'zh' ? '持平' : 'unchanged';
  if (language === 'en') return `${ratio > 0 ? '+' : minus}${digits}`;
  return ratio > 0 ? `▲ 上升 ${digits}` : `▼ 下降 ${digits}`;
}

/** A change of a share, in percentage points: `▲ 上升 3 个百分点`, `+3 pp`. */
export function pointChange(points: number, language: Language, decimals = 0): string {
  const digits = fixed(Math.abs(points), decimals);
  if (Number(digits) === 0) return language === 'zh' ? '持平' : 'unchanged';
  if (language === 'en') return `${points > 0 ? '+' : minus}${digits} pp`;
  return `${points > 0 ? '▲ 上升' : '▼ 下降'} ${digits} 个百分点`;
}

/**
 * Shares as percentages that add up to exactly 100 at the given decimals: each is rounded down, and the units left over go to the largest remainders.
 * All shares zero gives zeros.
 */
export function percentages(shares: readonly number[], decimals = 0): string[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  const units = 100 * 10 ** decimals;
  const exact = shares.map((share) => (sum > 0 ? (share / sum) * units : 0));
  const parts = exact.map(Math.floor);
  const left = sum > 0 ? units - parts.reduce((a, b) => a + b, 0) : 0;
  const order = exact.map((x, i) => ({ i, rest: x - parts[i]! })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order.slice(0, left)) parts[i]! += 1;
  return parts.map((part) => `${fixed(part / 10 ** decimals, decimals)}%`);
}

/** Whole minutes as hours and minutes: `7 小时 59 分`, `7 h 59 min`. */
export function duration(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.floor(minutes % 60);
  if (language === 'en') return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
  return [hours > 0 ? `${hours} 小时` : '', rest > 0 || hours === 0 ? `${rest} 分` : ''].filter(Boolean).join(' ');
}

/** Time since an instant while it is fresh (`刚刚`, `5 分钟前`, `3 小时前`), the date and time after a day. */
export function since(instant: string, now: string, language: Language): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000);
  if (minutes < 1) return language === 'zh' ? '刚刚' : 'just now';
  if (minutes < 60) return language === 'zh' ? `${minutes} 分钟前` : `${minutes} min ago`;
  if (minutes < 24 * 60) return language === 'zh' ? `${Math.floor(minutes / 60)} 小时前` : `${Math.floor(minutes / 60)} h ago`;
  return dateTime(instant).slice(0, 16);
}

/** A file size: `12.3 KB`. */
export function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  return count < 1024 ** 2 ? `${fixed(count / 1024, 1)} KB` : `${fixed(count / 1024 ** 2, 1)} MB`;
}
