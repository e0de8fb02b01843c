import { allocateMinor, dayOf, type Day } from '../../basics/index.ts';
import type { Policy } from '../model.ts';
import type { ReturnLine } from './model.ts';
import type { ReturnRule } from './terms.ts';

const dayMillis = 86_400_000;
const daysBetween = (from: Day, to: Day): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / dayMillis));

/** Days of cover of a policy that ends on `ends` (the first day without), and of its whole period. */
export function termDays({ period }: Pick<Policy, 'period'>, ends: Day): { borne: number; whole: number } {
  const [first, last] = [dayOf(period.from), dayOf(period.to)];
  const whole = daysBetween(first, last);
  return { whole, borne: Math.min(whole, daysBetween(first, ends)) };
}

/** The day so many months later; where the month lacks that day, the first of the next one, as the period of a policy has it. */
function monthsLater(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const lastDate = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(date > lastDate ? Date.UTC(year, month + months, 1) : Date.UTC(year, month - 1 + months, date)).toISOString().slice(0, 10);
}

/** Months of cover that have begun before `ends`, 0 to 12: a month begun counts whole. */
export function monthsBegun({ period }: Pick<Policy, 'period'>, ends: Day): number {
  const first = dayOf(period.from);
  let months = 0;
  while (months < 12 && monthsLater(first, months) < ends) months += 1;
  return months;
}

/** How a premium is divided: by which rule, after how many days, and what besides the days stays with the insurer. */
export interface Division {
  readonly returns: ReturnRule;
  readonly borne: number;
  readonly whole: number;
  /** Percent kept by the short-rate table, or as fee before cover; null where the rule knows none. */
  readonly keptPercent: number | null;
  /** The part of the limit that was paid out, and the limit; null where no loss was paid. */
  readonly paid: { readonly minor: number; readonly limitMinor: number } | null;
}

type Parts = Readonly<Record<ReturnLine['kind'], number>>;

/** Divides one amount. INVARIANT (re-adds): the parts sum to `minor`, and none is negative. */
function divide(minor: number, { returns, borne, whole, keptPercent, paid }: Division): Parts {
  const none = { borne: 0, 'short-rate': 0, fee: 0, 'paid-part': 0, forfeited: 0, returned: 0 };
  if (returns === 'whole') return { ...none, returned: minor };
  const [byDays, rest] = allocateMinor(minor, [borne, whole - borne]) as [number, number];
  if (returns === 'nothing') return { ...none, borne: byDays, forfeited: rest };
  const kept = returns === 'short-rate' ? Math.max(byDays, allocateMinor(minor, [keptPercent!, 100 - keptPercent!])[0]!) : byDays;
  const [used, returned] = paid === null ? [0, minor - kept] : (allocateMinor(minor - kept, [paid.minor, paid.limitMinor - paid.minor]) as [number, number]);
  return { ...none, borne: byDays, [borne === 0 ? 'fee' : 'short-rate']: kept - byDays, 'paid-part': used, returned };
}

/** Where the premium of a policy goes, line by line; VAT is divided as the premium is. Lines of nothing are left out, but never the last, what goes back. */
export function divideReturn({ premium }: Pick<Policy, 'premium'>, division: Division): ReturnLine[] {
  const exVat = divide(premium.exVat.minor, division);
  const vat = divide(premium.vat.minor, division);
  return (Object.keys(exVat) as ReturnLine['kind'][])
    .map((kind) => ({ kind, exVatMinor: exVat[kind], vatMinor: vat[kind], totalMinor: exVat[kind] + vat[kind] }))
    .filter(({ kind, totalMinor }) => kind === 'returned' || totalMinor > 0);
}
