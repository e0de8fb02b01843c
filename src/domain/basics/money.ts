import { z } from 'zod';
import { Refusal } from './refusal.ts';

export const Currency = z.enum(['CNY', 'USD', 'EUR', 'GBP', 'HKD', 'JPY']);
export type Currency = z.infer<typeof Currency>;

/** An exact amount: a safe integer of minor units (fen, cents; for JPY whole yen). */
export const Money = z.strictObject({ currency: Currency, minor: z.int() }).meta({ id: 'Money' });
export type Money = z.infer<typeof Money>;

/** How a real number of minor units becomes an integer. `half-even` is the bankers' rule; `half-up` rounds 0.5 away from zero. */
export const Rounding = z.enum(['half-even', 'half-up', 'floor', 'ceil']);
export type Rounding = z.infer<typeof Rounding>;

/** Minor units per major unit of a currency (ISO 4217 exponent). */
export const minorPerMajor = (currency: Currency): number => (currency === 'JPY' ? 1 : 100);

/** An amount in major units, in which rates and loss curves reckon. */
export const majorUnits = ({ currency, minor }: Money): number => minor / minorPerMajor(currency);

/** Rounds `minor` (minor units, real) to an integer by the named rule. Throws a Refusal `amount-out-of-range` beyond ±(2^53 − 1). */
export const roundMinor = (minor: number, rounding: Rounding): number => exactly(ruleOf[rounding](minor), minor);

/** `roundMinor` by one rule, for those who round often. */
export function roundingOf(rounding: Rounding): (minor: number) => number {
  const rule = ruleOf[rounding];
  return (minor) => exactly(rule(minor), minor);
}

function exactly(rounded: number, minor: number): number {
  if (!Number.isSafeInteger(rounded)) throw new Refusal('bad-input', 'amount-out-of-range', `amount \`${minor}\` does not fit in exact minor units`);
  return rounded === 0 ? 0 : rounded;
}

const ruleOf: Record<Rounding, (x: number) => number> = {
  floor: Math.floor,
  ceil: Math.ceil,
  'half-up': (x) => {
    const below = Math.floor(Math.abs(x));
    return Math.sign(x) * (Math.abs(x) - below >= 0.5 ? below + 1 : below);
  },
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
  if (a.currency !== b.currency)
    throw new Refusal('bad-input', 'currency-mismatch', `cannot add \`${a.currency}\` and \`${b.currency}\``, { left: a.currency, right: b.currency });
}

/**
 * Splits an integer amount over weights (≥ 0, any scale) so that the parts are integers and add up to it exactly: each part gets the
 * floor of its exact share, and the units left over go to the largest remainders, earlier parts first on ties (largest-remainder method).
 * All weights zero: everything goes to the first part. An empty list gives an empty list, which only fits an amount of 0.
 * A weight that is negative or not finite is a programmer's error.
 */
export function allocateMinor(totalMinor: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  const exact = exactWeights(weights);
  const sum = exact.reduce((total, w) => total + w, 0n);
  if (sum === 0n) return weights.map((_, i) => (i === 0 ? totalMinor : 0));
  const total = BigInt(Math.abs(totalMinor));
  const parts = exact.map((w) => (total * w) / sum);
  const left = Number(total - parts.reduce((a, b) => a + b, 0n));
  for (const i of byRemainder(exact.map((w) => (total * w) % sum)).slice(0, left)) parts[i]! += 1n;
  return parts.map((part) => (part === 0n ? 0 : Math.sign(totalMinor) * Number(part)));
}

/** The weights as integers in the same proportion: safe integers as they are, others against the largest with 53 bits. */
function exactWeights(weights: readonly number[]): bigint[] {
  if (weights.some((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY))) throw new Error(`weights must be finite and not negative: ${weights.join(', ')}`);
  if (weights.every((w) => Number.isSafeInteger(w))) return weights.map(BigInt);
  const most = Math.max(...weights);
  return weights.map((w) => BigInt(Math.round((w / most) * 2 ** 53)));
}

/** Indices by falling remainder, earlier ones first on ties. */
const byRemainder = (remainders: readonly bigint[]): number[] => remainders.map((_, i) => i).sort((a, b) => Number(remainders[b]! - remainders[a]!) || a - b);
