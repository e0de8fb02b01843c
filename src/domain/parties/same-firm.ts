import { withoutUnseen } from '../basics/index.ts';
import { tidyCreditCode } from './credit-code.ts';
import type { FirmProfile } from './firm.ts';

/** Legal forms and words that two spellings of one name differ by, longest first. */
const forms = [
  '股份有限公司',
  '有限责任公司',
  '有限公司',
  '集团',
  'company limited',
  'incorporated',
  'corporation',
  'limited',
  'company',
  'ltd',
  'inc',
  'corp',
  'llc',
  'plc',
  'co',
];
const latin = forms.filter((form) => /^[a-z ]+$/.test(form));
const chinese = forms.filter((form) => !latin.includes(form));
const latinForm = new RegExp(`(?<![a-z0-9])(${latin.join('|')})(?![a-z0-9])`, 'g');
const chineseForm = new RegExp(`(${chinese.join('|')})`, 'g');

/**
 * A firm's name as it is compared: width, case, spaces, characters that nobody sees, punctuation, bracketed places' brackets and legal forms do not make another firm. A name
 * that holds nothing else stays as it is.
 */
export function normaliseName(name: string): string {
  const folded = withoutUnseen(name.normalize('NFKC')).toLowerCase();
  const bare = lettersOf(folded.replace(latinForm, ' ').replace(chineseForm, ''));
  return bare === '' ? lettersOf(folded) : bare;
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/**
 * By what two descriptions are of one firm: the credit code where both have one, else the normalised name. Null: two firms, whatever they are called.
 */
export function sameFirm(a: Pick<FirmProfile, 'name' | 'creditCode'>, b: Pick<FirmProfile, 'name' | 'creditCode'>): 'credit-code' | 'name' | null {
  if (a.creditCode !== null && b.creditCode !== null) return tidyCreditCode(a.creditCode) === tidyCreditCode(b.creditCode) ? 'credit-code' : null;
  return normaliseName(a.name) === normaliseName(b.name) ? 'name' : null;
}
