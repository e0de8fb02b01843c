import { lineColumn, tooLarge, unreadable } from './unreadable.ts';
import type { ReadingLimits } from './limits.ts';

/** The encodings that a person can choose between for a file that does not say its own. */
export type ReportEncoding = 'utf-8' | 'gb18030';

/**
 * Turns the bytes of a report into text, chunk by chunk. UTF-8 unless a byte order mark or an XML declaration says otherwise; GBK, GB2312 and
 * GB18030 are read by the GB18030 decoder. Refuses `not-utf-8`, `bad-encoding` and `unsupported-encoding` instead of guessing: a wrong guess
 * would turn names into other names. `said` is what a person who has seen both readings chose; then nothing else is asked.
 */
export function* decodeText(chunks: Iterable<Uint8Array>, limits: ReadingLimits, said: ReportEncoding | null = null): Generator<string> {
  let decoder: StrictDecoder | null = null;
  let bytes = 0;
  for (const chunk of wholeFirstKilobyte(chunks)) {
    bytes += chunk.length;
    if (bytes > limits.bytes) throw tooLarge('report-too-large', `the file is over ${limits.bytes} bytes`, null, limits.bytes);
    decoder ??= new StrictDecoder(said ?? encodingOf(chunk));
    const text = decoder.decode(chunk);
    if (text !== '') yield text;
  }
  if (decoder !== null) yield decoder.end();
}

/** Encodings that reports are found in, by the label an XML declaration writes in lower case. */
const decoderOf: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  gb18030: 'gb18030',
  cp936: 'gb18030',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
};

function encodingOf(first: Uint8Array): string {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  const declared = declaredEncoding(first);
  if (declared === null) return 'utf-8';
  const known = decoderOf[declared];
  if (known === undefined)
    throw unreadable('unsupported-encoding', `encoding \`${declared.slice(0, 40)}\` is not supported; save the report as UTF-8`, '1:1', {
      encoding: declared.slice(0, 40),
    });
  return known;
}

/** The encoding named by an XML declaration, lower case; null without one. */
function declaredEncoding(first: Uint8Array): string | null {
  const start = Array.from(first.subarray(0, 200), (byte) => String.fromCharCode(byte)).join('');
  const match = /^(?:\u00ef\u00bb\u00bf)?<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(start);
  return match?.[1]?.toLowerCase() ?? null;
}

/** Joins chunks until the first is long enough to hold a byte order mark and an XML declaration. */
function* wholeFirstKilobyte(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let first: Uint8Array | null = new Uint8Array(0);
  for (const chunk of chunks) {
    if (first === null) yield chunk;
    else {
      first = joined(first, chunk);
      if (first.length < 1024) continue;
      yield first;
      first = null;
    }
  }
  if (first !== null && first.length > 0) yield first;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** A decoder that refuses at the first byte that does not belong to the encoding, and knows where that is. */
class StrictDecoder {
  #decoder: TextDecoder;
  #encoding: string;
  #line = 1;
  #column = 1;

  constructor(encoding: string) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  decode(chunk: Uint8Array): string {
    try {
      return this.#counted(this.#decoder.decode(chunk, { stream: true }));
    } catch {
      throw this.#refusal(chunk);
    }
  }

  end(): string {
    try {
      return this.#decoder.decode();
    } catch {
      throw this.#refusal(new Uint8Array(0));
    }
  }

  #counted(text: string): string {
    const lastBreak = text.lastIndexOf('\n');
    if (lastBreak < 0) this.#column += text.length;
    else {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
      this.#column = text.length - lastBreak;
    }
    return text;
  }

  #refusal(chunk: Uint8Array): Error {
    this.#counted(longestDecodable(chunk, this.#encoding));
    const at = lineColumn(this.#line, this.#column);
    if (this.#encoding !== 'utf-8')
      return unreadable('bad-encoding', `bytes that are not ${this.#encoding.toUpperCase()}`, at, { encoding: this.#encoding, hint: null });
    const hint = looksLikeGbk(chunk) ? 'GBK' : null;
    const advice = hint === null ? '' : ' (they would be valid GBK: declare the encoding, or save the report as UTF-8)';
    return unreadable('not-utf-8', `bytes that are not valid UTF-8${advice}`, at, { hint });
  }
}

/** The text of the longest prefix that decodes, found by halving. */
function longestDecodable(chunk: Uint8Array, encoding: string): string {
  let good = 0;
  let bad = chunk.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (prefixText(chunk, middle, encoding) === null) bad = middle;
    else good = middle;
  }
  return prefixText(chunk, good, encoding) ?? '';
}

function prefixText(chunk: Uint8Array, length: number, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(chunk.subarray(0, length), { stream: true });
  } catch {
    return null;
  }
}

const looksLikeGbk = (chunk: Uint8Array): boolean => chunk.length > 0 && prefixText(chunk, chunk.length, 'gb18030') !== null;
