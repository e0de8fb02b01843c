import { Refusal } from '../../basics/index.ts';
import { readAddress } from '../addresses.ts';
import type { OwnAssetKind } from './model.ts';

/**
 * The name of an asset in the one form that is stored and compared: a lower-case host name in its ASCII form, or an address.
 * Throws a Refusal `asset-name-invalid`. Spellings of addresses that only some programs understand (`0x7f.1`, `2130706433`, `127.1`) are refused:
 * what is checked must be what is connected to.
 */
export function readAssetName(text: string): { name: string; kind: OwnAssetKind } {
  const name = asciiName(text.trim().toLowerCase()).replace(/\.$/, '');
  if (readAddress(name) !== null) return { name, kind: 'address' };
  if (isHostName(name)) return { name, kind: 'domain' };
  throw new Refusal('bad-input', 'asset-name-invalid', `\`${text.slice(0, 100)}\` is neither a domain name nor an IP address`, { name: text.slice(0, 100) });
}

/** International names become `xn--…`; whatever else a browser would make of the text is not ours to guess. */
function asciiName(text: string): string {
  if (/^[\x21-\x7e]*$/.test(text)) return text;
  if (!/^[\p{L}\p{M}\p{Nd}.-]+$/u.test(text)) return '';
  try {
    return new URL(`http://${text}`).hostname;
  } catch {
    return '';
  }
}

/** At least two labels of letters, digits and hyphens (RFC 1123), the last of which is no number. */
function isHostName(name: string): boolean {
  const labels = name.split('.');
  const last = labels.at(-1)!;
  return (
    name.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)) &&
    /^(?=.*[a-z])[a-z0-9-]{2,}$/.test(last) &&
    !last.startsWith('0x')
  );
}
