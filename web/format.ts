import type { Currency, Language, Money } from '../src/domain/basics/index.ts';

/** Shown where there is no value; what is hidden or not permitted says so in words. */
export const none = '--';

const group = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

const digitsOf = new Map<Currency, number>();

/** Decimals of a currency (ISO 4217 exponent), as the browser knows them: the domain's own function would bring the whole schema library along. */
export function fractionDigits(currency: Currency): number {
  const known = digitsOf.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, known);
  return known;
}

/** `minor` with thousands separators and exactly the currency's decimals, without sign handling of floats: 1234500 → `12,345.00`. */
function decimalAmount(minor: bigint, digits: number): string {
  const text = minor.toString().padStart(digits + 1, '0');
  const whole = group(text.slice(0, text.length - digits));
  return digits === 0 ? whole : `${whole}.${text.slice(-digits)}`;
}

/** An amount without its currency, for a column whose header names the unit: `12,345.00`, `-1.00`. */
export function plainMoney({ currency, minor }: Money): string {
  const exact = BigInt(minor);
  const digits = decimalAmount(exact < 0n ? -exact : exact, fractionDigits(currency));
  return exact < 0n ? `-${digits}` : digits;
}

/** The exact amount: `¥12,345.00` in Chinese, `CNY 12,345.00` in English; other currencies by their code in both. */
export function exactMoney(money: Money, language: Language): string {
  const plain = plainMoney({ ...money, minor: Math.abs(money.minor) });
  const sign = money.minor < 0 ? '-' : '';
  return language === 'zh' && money.currency === 'CNY' ? `${sign}¥${plain}` : `${sign}${money.currency} ${plain}`;
}

/** An exact amount with its sign always written, for differences: `+¥120.00`, `-¥120.00`, `¥0.00`. */
export const signedMoney = (money: Money, language: Language): string => (money.minor > 0 ? `+${exactMoney(money, language)}` : exactMoney(money, language));

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
  const sign = exact < 0n ? '-' : '';
  const [digits, unit] = shortest(exact < 0n ? -exact : exact, language === 'zh' ? chineseSteps : englishSteps, 10n ** BigInt(fractionDigits(currency))).split(
    '|',
  );
  if (language === 'en') return `${sign}${currency} ${digits}${unit}`;
  return currency === 'CNY' ? `${sign}${digits} ${unit}` : `${sign}${currency} ${digits} ${unit!.replace('元', '')}`.trimEnd();
}

const capitalDigits = '零壹贰叁肆伍陆柒捌玖';
const capitalPlaces = ['仟', '佰', '拾', ''];

/** Four digits in capitals with their places; inner zeros become one 零, outer zeros are left to the caller. */
function capitalGroup(value: bigint): string {
  const digits = value.toString().padStart(4, '0');
  const words = [...digits].map((d, i) => (d === '0' ? '零' : `${capitalDigits[Number(d)]}${capitalPlaces[i]}`)).join('');
  return words.replace(/零+/g, '零').replace(/^零|零$/g, '');
}

function capitalInteger(value: bigint): string {
  for (const [size, word] of [
    [100_000_000n, '亿'],
    [10_000n, '万'],
  ] as const) {
    if (value < size) continue;
    const rest = value % size;
    const gap = rest > 0n && rest < size / 10n ? '零' : '';
    return `${capitalInteger(value / size)}${word}${gap}${rest > 0n ? capitalInteger(rest) : ''}`;
  }
  return capitalGroup(value);
}

function capitalFraction(jiao: number, fen: number, hasYuan: boolean): string {
  if (fen === 0) return jiao === 0 ? '整' : `${capitalDigits[jiao]}角`;
  const zero = hasYuan && jiao === 0 ? '零' : '';
  return `${zero}${jiao > 0 ? `${capitalDigits[jiao]}角` : ''}${capitalDigits[fen]}分`;
}

/**
 * An amount of yuan in capitals as cheques and policies write it: `人民币壹万贰仟叁佰肆拾伍元整`. Where the rules for bills leave a 零 to the writer
 * (a zero in the place of 元 or 万 before a non-zero neighbour) none is written. Only CNY has this form; other currencies give null.
 */
export function capitals({ currency, minor }: Money): string | null {
  if (currency !== 'CNY') return null;
  const exact = BigInt(Math.abs(minor));
  const yuan = exact / 100n;
  const cents = Number(exact % 100n);
  const whole = yuan > 0n ? `${capitalInteger(yuan)}元` : cents === 0 ? '零元' : '';
  return `人民币${minor < 0 ? '负' : ''}${whole}${capitalFraction(Math.floor(cents / 10), cents % 10, yuan > 0n)}`;
}

const fixed = (value: number, decimals: number): string => {
  const text = Math.abs(value).toFixed(decimals);
  const [whole, rest] = text.split('.');
  const digits = rest === undefined ? group(whole!) : `${group(whole!)}.${rest}`;
  return value < 0 && Number(text) !== 0 ? `-${digits}` : digits;
};

/** A plain number with separators and a fixed count of decimals. */
export const number = (value: number, decimals = 0): string => fixed(value, decimals);

/** A ratio as percent: 0.0085 → `0.85%`. */
export const percent = (ratio: number, decimals = 2): string => `${fixed(ratio * 100, decimals)}%`;

/** A ratio as per mille: 0.0085 → `8.5‰`. */
export const perMille = (ratio: number, decimals = 1): string => `${fixed(ratio * 1000, decimals)}‰`;

/** A factor as it multiplies: 1.25 → `×1.25`. */
export const factor = (value: number): string => `×${fixed(value, value < 0.1 ? 4 : 2)}`;

/** A relative change with arrow and word, so that colour is never the only sign: `▲ 上升 12.0%`, `-8.0%`. */
export function change(ratio: number, language: Language): string {
  const digits = percent(Math.abs(ratio), 1);
  if (digits === '0.0%') return language === 'zh' ? '持平' : 'unchanged';
  if (language === 'en') return `${ratio > 0 ? '+' : '-'}${digits}`;
  return ratio > 0 ? `▲ 上升 ${digits}` : `▼ 下降 ${digits}`;
}

/** A change of a share, in percentage points: `▲ 上升 3 个百分点`, `+3 pp`. */
export function pointChange(points: number, language: Language, decimals = 0): string {
  const digits = fixed(Math.abs(points), decimals);
  if (Number(digits) === 0) return language === 'zh' ? '持平' : 'unchanged';
  if (language === 'en') return `${points > 0 ? '+' : '-'}${digits} pp`;
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

const beijingOffset = 8 * 3600_000;

const beijing = (instant: string): Date => new Date(Date.parse(instant) + beijingOffset);

/** The calendar day in Beijing: `2026-07-01`. */
export const day = (instant: string): string => beijing(instant).toISOString().slice(0, 10);

/** Day and time in Beijing, 24 hours: `2026-07-01 18:05:09`. */
export const dateTime = (instant: string): string => beijing(instant).toISOString().slice(0, 19).replace('T', ' ');

/** Time of the day in Beijing: `18:05:09`. */
export const clock = (instant: string): string => dateTime(instant).slice(11);

/**
 * A policy period from its first instant to the instant at which it ends (not part of it). An end at midnight in Beijing is written as 24:00 of the day
 * before, as policies do: `自 2026-07-01 零时起至 2027-06-30 二十四时止（北京时间）`.
 */
export function period(from: string, to: string, language: Language): string {
  const start = dateTime(from);
  const end = dateTime(to).endsWith('00:00:00')
    ? { day: day(new Date(Date.parse(to) - 1000).toISOString()), time: '24:00' }
    : { day: day(to), time: dateTime(to).slice(11, 16) };
  const time = start.slice(11, 16);
  if (language === 'en') return `from ${start.slice(0, 10)} ${time} to ${end.day} ${end.time} (Beijing time)`;
  return `自 ${start.slice(0, 10)} ${time === '00:00' ? '零时' : `${time} `}起至 ${end.day} ${end.time === '24:00' ? '二十四时' : `${end.time} `}止（北京时间）`;
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
