import { minorPerMajor, type Currency, type Instant, type Language, type Money } from '../../domain/basics/index.ts';

const hoursAheadOfUtc = 8;
const minute = 60_000;

/** An exact amount as documents print it: `¥12,345.00` or `CNY 12,345.00`. Built from the integer's digits, never through a fraction. */
export function printMoney({ currency, minor }: Money, language: Language): string {
  const perMajor = minorPerMajor(currency);
  const size = Math.abs(minor);
  const whole = String(Math.floor(size / perMajor)).replace(/\B(?=(\d{3})+$)/g, ',');
  const cents = perMajor === 100 ? `.${String(size % 100).padStart(2, '0')}` : '';
  return `${minor < 0 ? '−' : ''}${printCurrency(currency, language)}${whole}${cents}`;
}

const printCurrency = (currency: Currency, language: Language): string => (language === 'zh' && currency === 'CNY' ? '¥' : `${currency} `);

/** An amount with its sign always shown, for steps that add to a total. */
export const printChange = (money: Money, language: Language): string => `${money.minor < 0 ? '' : '+'}${printMoney(money, language)}`;

/** A share of one as percent with two decimals. */
export const printPercent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** An instant in Beijing time, to the second, with the zone named. */
export function printInstant(instant: Instant, language: Language): string {
  const { day, clock } = inBeijing(Date.parse(instant));
  return `${day} ${clock}${language === 'zh' ? '（北京时间）' : ' (Beijing time)'}`;
}

/**
 * The period of cover as Chinese policies write it: from hour zero of the first day to hour 24 of the last.
 * `to` is the instant at which cover ends, so that midnight belongs to the day before it. Other hours are printed as they are.
 */
export function printPeriod({ from, to }: { from: Instant; to: Instant }, language: Language): string {
  const start = inBeijing(Date.parse(from));
  const end = lastMoment(Date.parse(to));
  if (language === 'zh') return `自 ${start.day} ${start.clock === '00:00:00' ? '零时' : `${start.clock} `}起至 ${end.day} ${end.clock === '24:00' ? '二十四时' : `${end.clock} `}止（北京时间）`;
  return `From ${start.day} ${start.clock.slice(0, 5)} to ${end.day} ${end.clock.slice(0, 5)} (Beijing time)`;
}

function lastMoment(millis: number): { day: string; clock: string } {
  const end = inBeijing(millis);
  return end.clock === '00:00:00' ? { day: inBeijing(millis - minute).day, clock: '24:00' } : end;
}

function inBeijing(millis: number): { day: string; clock: string } {
  const local = new Date(millis + hoursAheadOfUtc * 60 * minute).toISOString();
  return { day: local.slice(0, 10), clock: local.slice(11, 19) };
}
