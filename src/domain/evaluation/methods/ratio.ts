/** a / b, or null when b is zero or the result is no finite number: a ratio that does not exist is said, not printed as NaN. */
export function ratio(a: number, b: number): number | null {
  const quotient = a / b;
  return Number.isFinite(quotient) ? quotient : null;
}
