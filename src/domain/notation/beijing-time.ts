import type { Language } from '../basics/index.ts';

const hour = 3_600_000;
const second = 1000;

const beijing = (millis: number): string => new Date(millis + 8 * hour).toISOString();

/** The calendar day in Beijing: `2026-07-01`. */
export const day = (instant: string): string => beijing(Date.parse(instant)).slice(0, 10);

/** Day and time in Beijing, 24 hours: `2026-07-01 18:05:09`. */
export const dateTime = (instant: string): string => beijing(Date.parse(instant)).slice(0, 19).replace('T', ' ');

/** Time of the day in Beijing: `18:05:09`. */
export const clock = (instant: string): string => dateTime(instant).slice(11);

/** The time of the day to the minute, to the second only where there are seconds. */
const shortClock = (instant: string): string => clock(instant).replace(/:00$/, '');

/**
 * A policy period from its first instant to the instant at which it ends (not part of it). An end at midnight in Beijing is written as 24:00 of the day
 * before, as policies do: `自 2026-07-01 零时起至 2027-06-30 二十四时止（北京时间）`.
 */
export function period({ from, to }: { readonly from: string; readonly to: string }, language: Language): string {
  const midnight = clock(to) === '00:00:00';
  const end = { day: midnight ? beijing(Date.parse(to) - second).slice(0, 10) : day(to), time: midnight ? '24:00' : shortClock(to) };
  const start = { day: day(from), time: shortClock(from) };
  if (language === 'en') return `from ${start.day} ${start.time} to ${end.day} ${end.time} (Beijing time)`;
  return `自 ${start.day} ${start.time === '00:00' ? '零时' : `${start.time} `}起至 ${end.day} ${midnight ? '二十四时' : `${end.time} `}止（北京时间）`;
}
