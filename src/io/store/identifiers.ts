import { randomBytes } from 'node:crypto';
import { instantMillis, type Instant } from '../../domain/basics/index.ts';

let lastMillis = 0;
let counter = 0;

/**
 * A new id `kind_<uuid>`: UUID version 7 (RFC 9562 §5.7), whose text order is the order of making. Within one millisecond a 12-bit counter
 * keeps the order (method 1 of §6.2); the remaining 62 bits are random, so ids cannot be guessed.
 */
export function newId(kind: string, now: Instant): string {
  const millis = instantMillis(now);
  counter = millis === lastMillis ? counter + 1 : randomBytes(1)[0]!;
  lastMillis = millis;
  const bytes = randomBytes(16);
  // A counter that runs over borrows from the milliseconds to come: order matters more than the exact time.
  bytes.writeUIntBE(millis + (counter >> 12), 0, 6);
  bytes.writeUInt16BE(0x7000 | (counter & 0xfff), 6);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return `${kind}_${dashed(bytes.toString('hex'))}`;
}

const dashed = (hex: string): string => [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');

/** Whether the text has the form of an id made here. */
export const isId = (text: string): boolean => /^[a-z]+(-[a-z]+)*_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
