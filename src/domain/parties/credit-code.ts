const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A unified social credit code as it is stored: upper case, no spaces. */
export const tidyCreditCode = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Whether the 18 characters of a 统一社会信用代码 agree with their check character (GB 32100-2015: weights 3^i mod 31, check = 31 − Σ mod 31). */
export function creditCodeIsValid(code: string): boolean {
  if (!/^[0-9A-HJ-NP-RTUWXY]{18}$/.test(code)) return false;
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(code[i]!), 0);
  return alphabet[(31 - (sum % 31)) % 31] === code[17];
}
