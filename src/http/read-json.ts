import { Refusal } from '../domain/basics/index.ts';

/**
 * JSON as money may be read from it. The language's own reader takes the last of two equal keys, rounds 9007199254740993,
 * turns 1e400 into Infinity and passes lone surrogates; this one refuses each with the place where it stands.
 */

const maxDepth = 64;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const blank = /[ \t\n\r]*/y;
const loneSurrogate = /\p{Surrogate}/u;
/** Keys that reach the prototype of an object when copied without care. */
const unsafeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads a whole JSON document. Throws a Refusal of kind `bad-input` with `facts.position` (characters from 0) on anything that is not exact. */
export function readJson(bytes: Uint8Array): unknown {
  const reader: Reader = { text: decode(bytes), at: 0, depth: 0 };
  const value = readValue(reader);
  skipBlank(reader);
  if (reader.at < reader.text.length) throw malformed(reader);
  return value;
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal('bad-input', 'invalid-utf8', 'the body is not valid UTF-8');
  }
}

const refused = (reader: Reader, code: string, message: string): Refusal =>
  new Refusal('bad-input', code, `${message} at character ${reader.at}`, { position: reader.at });
const malformed = (reader: Reader): Refusal => refused(reader, 'malformed-json', 'the body is not JSON');

function skipBlank(reader: Reader): void {
  blank.lastIndex = reader.at;
  blank.test(reader.text);
  reader.at = blank.lastIndex;
}

function readValue(reader: Reader): unknown {
  skipBlank(reader);
  const first = reader.text[reader.at];
  if (first === '"') return readString(reader);
  if (first === '{') return nested(reader, readObject);
  if (first === '[') return nested(reader, readArray);
  if (first === 't') return readWord(reader, 'true', true);
  if (first === 'f') return readWord(reader, 'false', false);
  if (first === 'n') return readWord(reader, 'null', null);
  return readNumber(reader);
}

function nested<T>(reader: Reader, read: (reader: Reader) => T): T {
  if (++reader.depth > maxDepth) throw refused(reader, 'json-too-deep', `nested deeper than ${maxDepth} levels`);
  reader.at++;
  const value = read(reader);
  reader.depth--;
  return value;
}

function readWord<T>(reader: Reader, word: string, value: T): T {
  if (!reader.text.startsWith(word, reader.at)) throw malformed(reader);
  reader.at += word.length;
  return value;
}

function readObject(reader: Reader): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  if (closes(reader, '}')) return object;
  do {
    skipBlank(reader);
    const key = readKey(reader, object);
    skipBlank(reader);
    if (reader.text[reader.at++] !== ':') throw malformed(reader);
    object[key] = readValue(reader);
  } while (continues(reader, '}'));
  return object;
}

function readKey(reader: Reader, object: Record<string, unknown>): string {
  if (reader.text[reader.at] !== '"') throw malformed(reader);
  const key = readString(reader);
  if (unsafeKeys.has(key)) throw refused(reader, 'unsafe-key', 'a key of this name is not allowed');
  if (Object.hasOwn(object, key)) throw refused(reader, 'duplicate-key', 'the same key stands twice in one object');
  return key;
}

function readArray(reader: Reader): unknown[] {
  const items: unknown[] = [];
  if (closes(reader, ']')) return items;
  do items.push(readValue(reader));
  while (continues(reader, ']'));
  return items;
}

function closes(reader: Reader, bracket: string): boolean {
  skipBlank(reader);
  if (reader.text[reader.at] !== bracket) return false;
  reader.at++;
  return true;
}

/** After an item: true on a comma, false on the closing bracket. */
function continues(reader: Reader, bracket: string): boolean {
  if (closes(reader, bracket)) return false;
  if (reader.text[reader.at] !== ',') throw malformed(reader);
  reader.at++;
  return true;
}

function readString(reader: Reader): string {
  const end = endOfString(reader);
  const raw = reader.text.slice(reader.at, end + 1);
  const value = raw.includes('\\') ? unescape(reader, raw) : raw.slice(1, -1);
  if (value.includes('\u0000')) throw refused(reader, 'nul-character', 'the character U+0000 is not allowed');
  if (loneSurrogate.test(value)) throw refused(reader, 'lone-surrogate', 'half of a surrogate pair is not a character');
  reader.at = end + 1;
  return value;
}

function endOfString(reader: Reader): number {
  const { text } = reader;
  for (let at = reader.at + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) return at;
    if (unit === 0x5c) at++;
    else if (unit < 0x20) break;
  }
  throw malformed(reader);
}

function unescape(reader: Reader, raw: string): string {
  try {
    return JSON.parse(raw) as string;
  } catch {
    throw malformed(reader);
  }
}

function readNumber(reader: Reader): number {
  number.lastIndex = reader.at;
  const match = number.exec(reader.text);
  if (match === null) throw malformed(reader);
  const value = Number(match[0]);
  if (!keepsEveryDigit(match[0], value)) throw refused(reader, 'inexact-number', 'a number cannot be held exactly');
  reader.at = number.lastIndex;
  return value;
}

/** Whether the double closest to the written number, written shortest, is the number that was written. */
function keepsEveryDigit(written: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  if (written.length <= 15 && !/[eE]/.test(written)) return true;
  return decimal(written) === decimal(String(value));
}

/** A decimal literal as its digits without outer zeros and the power of ten of the last one, so that 1.50 and 15e-1 are equal. */
function decimal(literal: string): string {
  const [, sign, whole = '', fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal)!;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}
