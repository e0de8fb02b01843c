import { z } from 'zod';

/** An instant: ISO 8601 with a mandatory offset, e.g. `2026-07-01T00:00:00+08:00`. Years 1970 to 2100. */
export const Instant = z.iso.datetime({ offset: true }).refine((s) => {
  const year = new Date(s).getUTCFullYear();
  return year >= 1970 && year <= 2100;
}, 'outside the years 1970 to 2100');
export type Instant = z.infer<typeof Instant>;

/** A calendar day, e.g. `2026-07-01`. Which zone it is meant in is said where it is used; policies use Asia/Shanghai. */
export const Day = z.iso.date();
export type Day = z.infer<typeof Day>;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const instantMillis = (instant: Instant): number => Date.parse(instant);

/** The instant in canonical form: UTC with `Z`, milliseconds kept only when not zero. */
export const instantFromMillis = (millis: number): Instant => new Date(millis).toISOString().replace('.000Z', 'Z');

/** The calendar day of an instant in Asia/Shanghai, whose clock has been eight hours ahead of UTC all year since 1991. */
export const dayOf = (instant: Instant): Day => new Date(instantMillis(instant) + 8 * 3_600_000).toISOString().slice(0, 10);

/** The day so many days before. */
export const daysBefore = (day: Day, days: number): Day => new Date(Date.parse(day) - days * 24 * 3_600_000).toISOString().slice(0, 10);

/** The day after that of an instant: the first one of a cover that names none. */
export const dayAfter = (instant: Instant): Day => daysBefore(dayOf(instant), -1);

/** The same day so many years later; 29 February has 1 March in a year without one. A cover of a year is over on it. */
export const yearsAfter = (day: Day, years = 1): Day => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year + years, month - 1, date)).toISOString().slice(0, 10);
};
