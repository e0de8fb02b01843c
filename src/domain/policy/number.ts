import { dayOf, hashText, type Instant } from '../basics/index.ts';

/**
 * The number of the policy that comes from a quote: `RL`, the year of binding, fourteen digits that depend on the quote alone, and two check
 * digits (ISO 7064 MOD 97-10), so that a mistyped number is recognised. The same quote always gives the same number.
 */
export function policyNumber(quoteId: string, boundAt: Instant): string {
  const digits = (BigInt(`0x${hashText(`policy of ${quoteId}`).slice(0, 16)}`) % 10n ** 14n).toString().padStart(14, '0');
  const body = `${dayOf(boundAt).slice(0, 4)}${digits}`;
  return `RL${body}${checkDigits(body)}`;
}

/** Whether a policy number's check digits fit. */
export const isPolicyNumber = (number: string): boolean => /^RL\d{20}$/.test(number) && BigInt(number.slice(2)) % 97n === 1n;

const checkDigits = (body: string): string => (98n - ((BigInt(body) * 100n) % 97n)).toString().padStart(2, '0');
