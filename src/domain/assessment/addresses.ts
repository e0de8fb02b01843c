/** An IP address as a number, with its width in bits (32 or 128). */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Addresses that share their first `prefix` bits. */
export interface AddressBlock extends Address {
  readonly prefix: number;
}

/** Reads an IPv4 or IPv6 address in its textual form (RFC 4291 for IPv6, no zone); null when the text is neither. IPv4-mapped IPv6 is read as IPv4. */
export function readAddress(text: string): Address | null {
  return readFour(text) ?? readSix(text);
}

/** Reads `address` or `address/prefix`; null when it is neither, or the prefix is longer than the address. */
export function readBlock(text: string): AddressBlock | null {
  const [head, prefixText, ...rest] = text.split('/');
  const address = readAddress(head ?? '');
  if (address === null || rest.length > 0) return null;
  if (prefixText === undefined) return { ...address, prefix: address.bits };
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > address.bits) return null;
  return { ...address, prefix: Number(prefixText) };
}

/** Whether the address lies in the block; never across IPv4 and IPv6. */
export function blockHolds(block: AddressBlock, address: Address): boolean {
  const shift = BigInt(block.bits - block.prefix);
  return block.bits === address.bits && block.value >> shift === address.value >> shift;
}

const privateBlocks = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].map((text) => readBlock(text)!);

/** Whether an address, or every address of a block, cannot be reached from the internet (RFC 1918, RFC 6598, loopback, link-local, RFC 4193). */
export const isPrivateAddress = (address: Address | AddressBlock): boolean =>
  privateBlocks.some((block) => block.prefix <= ('prefix' in address ? address.prefix : address.bits) && blockHolds(block, address));

function readFour(text: string): Address | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return { bits: 32, value: parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n) };
}

function readSix(text: string): Address | null {
  const halves = text.toLowerCase().split('::');
  if (halves.length > 2) return null;
  const [front, back] = halves.map((half, i) => readGroups(half, { last: i === halves.length - 1 }));
  if (front === null || front === undefined || back === null) return null;
  const groups = back === undefined ? front : fillGap(front, back);
  if (groups === null || groups.length !== 8) return null;
  const value = groups.reduce((whole, group) => (whole << 16n) | BigInt(group), 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

function fillGap(front: readonly number[], back: readonly number[]): number[] | null {
  const gap = 8 - front.length - back.length;
  return gap < 1 ? null : [...front, ...Array<number>(gap).fill(0), ...back];
}

/** Only the last group may be written as an IPv4 address. */
function readGroups(half: string, { last }: { last: boolean }): number[] | null {
  if (half === '') return [];
  const parts = half.split(':');
  const four = last && parts.at(-1)!.includes('.') ? readFour(parts.pop()!) : undefined;
  if (four === null || !parts.every((part) => /^[0-9a-f]{1,4}$/.test(part))) return null;
  const groups = parts.map((part) => parseInt(part, 16));
  return four === undefined ? groups : [...groups, Number(four.value >> 16n), Number(four.value & 0xffffn)];
}
