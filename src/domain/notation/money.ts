import type { Currency, Language, Money } from '../basics/index.ts';

/** The minus of every number that is shown (U+2212): as wide as the plus, and never broken from its digits like a hyphen. */
export const minus = '−';

const withoutDecimals: readonly Currency[] = ['JPY'];

/** Decimals of a currency (ISO 4217 exponent). */
export const decimalsOf = (currency: Currency): number => (withoutDecimals.includes(currency) ? 0 : 2);

/** Digits with thousands separated: `12345` → `12,345`. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A count of units of 10^-decimals, not negative, with separators and exactly the decimals: 1234500 and 2 → `12,345.00`. */
export function decimalAmount(units: bigint, decimals: number): string {
  const text = units.toString().padStart(decimals + 1, '0');
  const whole = grouped(text.slice(0, text.length - decimals));
  return decimals === 0 ? whole : `${whole}.${text.slice(-decimals)}`;
}

/** An amount without its currency, for a column whose header names the unit: `12,345.00`, `−1.00`. */
export function plainMoney({ currency, minor }: Money): string {
  const exact = BigInt(minor);
  const digits = decimalAmount(exact < 0n ? -exact : exact, decimalsOf(currency));
  return exact < 0n ? `${minus}${digits}` : digits;
}

/** The exact amount: `¥12,345.00` in Chinese, `CNY 12,345.00` in English; other currencies by their code in both. */
export function exactMoney(money: Money, language: Language): string {
  const plain = plainMoney({ ...money, minor: Math.abs(money.minor) });
  const sign = money.minor < 0 ? minus : '';
  return language === 'zh' && money.currency === 'CNY' ? `${sign}¥${plain}` : `${sign}${money.currency} ${plain}`;
}

/** An exact amount with its sign always written, for differences: `+¥120.00`, `−¥120.00`, `¥0.00`. */
export const signedMoney = (money: Money, language: Language): string => (money.minor > 0 ? `+${exactMoney(money, language)}` : exactMoney(money, language));

/** An amount as a wording says it, decimals only where there are any: `5,000,000`, `0.50`. */
export const spokenAmount = (money: Money): string => plainMoney(money).replace(/\.00$/, '');
