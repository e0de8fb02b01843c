import { instantFromMillis, type Instant } from '../basics/index.ts';

const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2100, 11, 31, 23, 59, 59);

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The instant that a tool wrote, in UTC; null when the text is none or lies before 1990, as zeros and unset clocks do. A time after 2100 is answered
 * as the end of 2100, so that whoever refuses the future sees it. Understood: ISO 8601 with or without offset,
 * seconds since 1970, `Tue Jun 25 10:39:42 2013`, `Tue, 12 May 2020 20:57:30`, `04/29/2021`, `2021/05/26`. A time without a zone is read as UTC,
 * because reports do not say where the scanner stood: the error is at most 14 hours.
 */
export function readInstant(text: string | null | undefined): Instant | null {
  if (!text) return null;
  const millis = isoMillis(text.trim()) ?? epochMillis(text.trim()) ?? wordyMillis(text.trim());
  if (millis === null || !Number.isFinite(millis)) return null;
  if (millis < earliest) return null;
  return instantFromMillis(Math.min(millis, latest));
}

function isoMillis(text: string): number | null {
  const match = /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const local = utc(Number(year), Number(month), Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0));
  return local === null ? null : local + Number((fraction ?? '').padEnd(3, '0').slice(0, 3)) - offsetMillis(zone);
}

function offsetMillis(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

const epochMillis = (text: string): number | null =>
  /^\d{9,12}(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : /^\d{13}$/.test(text) ? Number(text) : null;

function wordyMillis(text: string): number | null {
  const clock = /(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text);
  const [hour, minute, second] = [clock?.[1], clock?.[2], clock?.[3]].map((n) => Number(n ?? 0)) as [number, number, number];
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\b/.exec(text);
  if (american) return utc(Number(american[3]), Number(american[1]), Number(american[2]), hour, minute, second);
  const month = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i.exec(text);
  const rest = clock === null ? text : text.replace(clock[0], ' ');
  const year = /\b(?:19|20)\d{2}\b/.exec(rest)?.[0];
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(rest.replace(year ?? '', ' '))?.[1];
  if (month === null || year === undefined || day === undefined) return null;
  return utc(Number(year), months.indexOf(month[1]!.toLowerCase()) + 1, Number(day), hour, minute, second);
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  const millis = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(millis);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 61 ? millis : null;
}
