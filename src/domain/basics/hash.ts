import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** SHA-256 of a text's UTF-8 bytes, lower-case hex. Runs the same in Node and in a browser. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** Canonical JSON (RFC 8785): the same data always gives the same text. Throws on values JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** Content address of plain data: SHA-256 of its canonical JSON. */
export const hashData = (value: unknown): string => hashText(canonicalJson(value));

/** The code by which a document is checked against what it says: 80 bits of the hash of its kind and its data, in groups of four. */
export const documentCode = (document: { readonly kind: string; readonly data: unknown }): string =>
  hashData({ kind: document.kind, data: document.data }).slice(0, 20).toUpperCase().match(/.{4}/g)!.join('-');

/**
 * A short id that depends on its words alone: `prefix` and 20 hex digits of their hash. Equal words give equal ids on every machine: the JSON of a list of texts,
 * finite numbers and nulls is canonical as it is.
 */
export const stableId = (prefix: string, ...words: readonly (string | number | null)[]): string => `${prefix}_${hashText(JSON.stringify(words)).slice(0, 20)}`;
