import type { Currency } from '../../src/domain/basics/index.ts';
import { decimalsOf } from '../../src/domain/notation/index.ts';

const units: Readonly<Record<string, bigint>> = {
  '': 1n,
  元: 1n,
  圆: 1n,
  千: 1_000n,
  万: 10_000n,
  百万: 1_000_000n,
  千万: 10_000_000n,
  亿: 100_000_000n,
  万亿: 1_000_000_000_000n,
  k: 1_000n,
  m: 1_000_000n,
  b: 1_000_000_000n,
  bn: 1_000_000_000n,
};

const narrow = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s,'_]/g, '')
    .toLowerCase();

/**
 * Reads an amount as people type or paste it (`1,234.5 万`, `¥12,345.00`, `cny 1.2m`, full-width digits) into integer minor units, by exact decimal
 * arithmetic. Null when it is no amount, is negative, has more decimals than the currency, or leaves the exact range.
 */
export function parseAmount(text: string, currency: Currency = 'CNY'): number | null {
  const match = /^(?:[¥$€£]|cny|rmb|usd|eur|gbp|hkd|jpy|人民币)?(\d{1,18})(?:\.(\d{0,9}))?(万亿|千万|百万|[千万亿]|k|m|bn|b)?(?:元|圆|cny|rmb)?$/u.exec(
    narrow(text),
  );
  if (!match) return null;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  const scaled = BigInt(match[1] + decimals) * units[match[3] ?? '']! * 10n ** BigInt(decimalsOf(currency));
  const divisor = 10n ** BigInt(decimals.length);
  if (scaled % divisor !== 0n) return null;
  const minor = scaled / divisor;
  return minor <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(minor) : null;
}

/** Reads a whole number as people type it (`12,000`, `3.5 万`); null when it is none or not whole. */
export const parseCount = (text: string): number | null => parseAmount(text, 'JPY');
