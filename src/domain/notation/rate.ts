import { grouped, minus } from './money.ts';

/** A plain number with separators and a fixed count of decimals; what rounds to zero has no sign. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  const [whole, rest] = text.split('.');
  const digits = rest === undefined ? grouped(whole!) : `${grouped(whole!)}.${rest}`;
  return value < 0 && Number(text) !== 0 ? `${minus}${digits}` : digits;
}

/** A ratio as percent: 0.0085 → `0.85%`. */
export const percent = (ratio: number, decimals = 2): string => `${fixed(ratio * 100, decimals)}%`;

/** A ratio as percent with as many decimals as it needs, four at most: 0.2 → `20%`. */
export const shortPercent = (ratio: number): string => `${Number((ratio * 100).toFixed(4))}%`;
