import { z } from 'zod';
import { Refusal } from './refusal.ts';

export const Currency = z.enum(['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'JPY']);
export type Currency = z.infer<typeof Currency>;

/** An exact amount: a safe integer of minor units (fen, cents; for JPY whole yen). */
export const Money = z.strictObject({ currency: Currency, minor: z.int() }).meta({ id: 'Money' });
export type Money = z.infer<typeof Money>;

/** How a real number of minor units becomes an integer. `half-even` is the bankers' rule; `half-up` rounds 0.5 away from zero. */
export type Rounding = 'half-even' | 'half-up' | 'floor' | 'ceil';

/** Minor units per major unit of a currency (ISO 4217 exponent). */
export const minorPerMajor = (currency: Currency): number => (currency === 'JPY' ? 1 : 100);

/** Rounds `minor` (minor units, real) to an integer by the named rule. Throws a Refusal `amount-out-of-range` beyond ±(2^53 − 1). */
export function roundMinor(minor: number, rounding: Rounding): number {
  const rounded = ruleOf[rounding](minor);
  if (!Number.isSafeInteger(rounded)) throw new Refusal('bad-input', 'amount-out-of-range', `amount \`${minor}\` does not fit in exact minor units`);
  return rounded === 0 ? 0 : rounded;
}

const ruleOf: Record<Rounding, (x: number) => number> = {
  floor: Math.floor,
  ceil: Math.ceil,
  'half-up': (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
  'half-even': (x) => {
    const below = Math.floor(x);
    const rest = x - below;
    if (rest !== 0.5) return Math.round(x);
    return below % 2 === 0 ? below : below + 1;
  },
};

/** `a + b`; both in one currency, else a Refusal `currency-mismatch`. */
export function addMoney(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return { currency: a.currency, minor: roundMinor(a.minor + b.minor, 'half-even') };
}

/** `a − b`; both in one currency, else a Refusal `currency-mismatch`. */
export const subtractMoney = (a: Money, b: Money): Money => addMoney(a, { currency: b.currency, minor: -b.minor });

function requireSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) throw new Refusal('bad-input', 'currency-mismatch', `cannot add \`${a.currency}\` and \`${b.currency}\``, { left: a.currency, right: b.currency });
}

/**
 * Splits an integer amount over weights (≥ 0, any scale) so that the parts are integers and add up to it exactly: each part gets the
 * floor of its exact share, and the units left over go to the largest remainders, earlier parts first on ties (largest-remainder method).
 * All weights zero: everything goes to the first part. An empty list gives an empty list, which only fits an amount of 0.
 */
export function allocateMinor(totalMinor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? totalMinor : 0));
  const sign = totalMinor < 0 ? -1 : 1;
  const exact = weights.map((w) => (Math.abs(totalMinor) * w) / sum);
  const parts = exact.map(Math.floor);
  const left = Math.abs(totalMinor) - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((x, i) => ({ i, rest: x - parts[i]! })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRemainder.slice(0, left)) parts[i]! += 1;
  return parts.map((p) => (p === 0 ? 0 : sign * p));
}
