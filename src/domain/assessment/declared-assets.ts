import { Refusal, type FieldFault } from '../basics/index.ts';
import type { FirmProfile } from '../parties/index.ts';
import { readAddress, readBlock } from './addresses.ts';
import { canonicalName } from './scope.ts';

/**
 * Whether a declared name can hold anything: a domain or host name, an address, or a block whose prefix is no longer than its address.
 * A name that ends in a number is no host name (RFC 1123) and must be an address.
 */
export function canBeAsset(text: string): boolean {
  if (/^[^/]+\/[\d/]+$/.test(text.trim())) return readBlock(text.trim()) !== null;
  const name = canonicalName(text);
  return readAddress(name) !== null || (name !== '' && !/[\s:]|\.\d+$/.test(name));
}

/**
 * Every declared asset can hold something: with one that cannot, the firm's own findings would fall out of scope.
 * Throws a Refusal `asset-unreadable` that lists each that cannot, by its field.
 */
export function requireReadableAssets({ assets }: Pick<FirmProfile, 'assets'>): void {
  const faults = assets.flatMap(({ name }, i): FieldFault[] => (canBeAsset(name) ? [] : [faultOf(`firm.assets.${i}.name`, name)]));
  if (faults.length > 0) throw unreadableAsset(assets.find(({ name }) => !canBeAsset(name))!.name, faults);
}

const faultOf = (path: string, name: string): FieldFault => ({
  path,
  code: 'no-asset',
  message: `${name} 不是域名、IP 地址或网段 · ${name} is no domain, IP address or block of addresses`,
});

/** What is said of a name that can hold nothing. */
export const unreadableAsset = (asset: string, faults: FieldFault[] = []): Refusal =>
  new Refusal('bad-input', 'asset-unreadable', `\`${asset}\` is neither a domain, an IP address nor a block of addresses`, { asset }, faults);
