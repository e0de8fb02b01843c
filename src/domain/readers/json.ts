import type { ReadingLimits } from './limits.ts';
import { lineColumn, tooLarge, unreadable, type Position } from './unreadable.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a reader of JSON is asked for: the paths of the records, the limits, whether documents may follow each other, and where everything goes. */
export interface JsonReaderOptions {
  readonly records: readonly string[];
  readonly limits: ReadingLimits;
  readonly sequence?: boolean;
  readonly onRecord: (value: Json, path: Position) => void;
  readonly onDocument: (value: Json) => void;
}

/** Which values of the document are records: a trie over keys, with `[]` for array elements and `*` for any key. */
export interface RecordPath {
  readonly isRecord: boolean;
  readonly next: ReadonlyMap<string, RecordPath>;
}

interface Frame {
  readonly value: Json[] | { [key: string]: Json };
  readonly isArray: boolean;
  readonly path: RecordPath | undefined;
  key: string;
  /** Elements or members met so far, counting those handed on. */
  count: number;
}

/**
 * A strict JSON reader (RFC 8259) that takes text in chunks. Values at the paths in `records` (`runs[].results[]`, `[]`, or the empty path for
 * the whole document) are handed to `onRecord` when they end and are not kept in their parents, so that a large report costs the memory of its
 * largest record. With `sequence`, several documents may follow each other, separated by white space, as JSON lines or pretty-printed.
 *
 * Stricter than `JSON.parse`: duplicate keys, numbers beyond a double and nesting over the limit are refused. More careful: U+0000 and lone
 * surrogates, which no database keeps, become U+FFFD; a key `__proto__` is an ordinary key.
 */
export class JsonReader {
  readonly #limits: ReadingLimits;
  readonly #records: RecordPath;
  readonly #sequence: boolean;
  readonly #onRecord: (value: Json, path: Position) => void;
  readonly #onDocument: (value: Json) => void;
  readonly #stack: Frame[] = [];
  #text = '';
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #expect: 'value' | 'first' | 'key' | 'first-key' | 'colon' | 'next' | 'document' = 'document';
  #documents = 0;
  #root: Json | undefined;

  constructor(options: JsonReaderOptions) {
    this.#limits = options.limits;
    this.#records = recordPaths(options.records);
    this.#sequence = options.sequence ?? false;
    this.#onRecord = options.onRecord;
    this.#onDocument = options.onDocument;
  }

  write(text: string): void {
    this.#dropRead();
    this.#text = this.#text === '' ? text : this.#text + text;
    this.#read(false);
  }

  /** Ends the input; refuses a document that is cut short, and an input without any unless a sequence is allowed. */
  close(): void {
    this.#read(true);
    const whole = this.#expect === 'document' && (this.#documents > 0 || this.#sequence);
    if (!whole) throw this.#malformed('the JSON ends in the middle', this.#text.length);
  }

  /** The first document as far as it was read; undefined before it began. */
  get root(): Json | undefined {
    return this.#root;
  }

  /** Where the value being read stands: `$.runs[0].results[17]`. */
  get path(): Position {
    return '$' + this.#stack.map((f) => (f.isArray ? `[${f.count}]` : `.${f.key}`)).join('');
  }

  /** Forgets the text that was read, keeping the line count right. */
  #dropRead(): void {
    if (this.#at === 0) return;
    let lastBreak = -1;
    for (let i = this.#text.indexOf('\n'); i >= 0 && i < this.#at; i = this.#text.indexOf('\n', i + 1)) {
      this.#line++;
      lastBreak = i;
    }
    this.#lineStart = (lastBreak < 0 ? this.#lineStart : lastBreak + 1) - this.#at;
    this.#text = this.#text.slice(this.#at);
    this.#at = 0;
  }

  #read(final: boolean): void {
    const text = this.#text;
    for (;;) {
      let code = text.charCodeAt(this.#at);
      while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++this.#at);
      if (this.#at >= text.length) return;
      if (!this.#step(code, final)) return;
    }
  }

  /** Reads one token; false when it may go on in the next chunk. */
  #step(code: number, final: boolean): boolean {
    switch (this.#expect) {
      case 'next':
        return this.#afterValue(code);
      case 'colon':
        return this.#colon(code);
      case 'first-key':
        return code === RIGHT_BRACE ? this.#endContainer() : this.#key(code, final);
      case 'key':
        return this.#key(code, final);
      case 'first':
        return code === RIGHT_BRACKET ? this.#endContainer() : this.#value(code, final);
      default:
        return this.#value(code, final);
    }
  }

  #afterValue(code: number): boolean {
    const frame = this.#top();
    if (code === COMMA) {
      this.#at++;
      this.#expect = frame.isArray ? 'value' : 'key';
      return true;
    }
    if (code === (frame.isArray ? RIGHT_BRACKET : RIGHT_BRACE)) return this.#endContainer();
    throw this.#malformed(frame.isArray ? 'expected `,` or `]`' : 'expected `,` or `}`');
  }

  #colon(code: number): boolean {
    if (code !== COLON) throw this.#malformed('expected `:`');
    this.#at++;
    this.#expect = 'value';
    return true;
  }

  #key(code: number, final: boolean): boolean {
    if (code !== QUOTE) throw this.#malformed('expected a key in double quotes');
    const start = this.#at;
    const key = this.#string(final);
    if (key === undefined) return false;
    const frame = this.#top();
    if (Object.hasOwn(frame.value, key))
      throw unreadable('duplicate-key', `the key \`${key.slice(0, 100)}\` appears twice in one object`, this.#position(start), {
        path: this.path.slice(0, 500),
      });
    frame.key = key;
    this.#expect = 'colon';
    return true;
  }

  #value(code: number, final: boolean): boolean {
    if (this.#expect === 'document' && this.#documents > 0 && !this.#sequence) throw this.#malformed('there is text after the end of the JSON');
    if (code === LEFT_BRACE || code === LEFT_BRACKET) return this.#beginContainer(code === LEFT_BRACKET);
    if (code === QUOTE) {
      const value = this.#string(final);
      if (value !== undefined) this.#endValue(value, this.#childPath());
      return value !== undefined;
    }
    return this.#literal(code, final);
  }

  #beginContainer(isArray: boolean): boolean {
    const path = this.#childPath();
    const value = isArray ? [] : {};
    if (this.#stack.length >= this.#limits.jsonDepth)
      throw unreadable('nested-too-deep', `values are nested more than ${this.#limits.jsonDepth} deep`, this.#position(), { limit: this.#limits.jsonDepth });
    if (!path?.isRecord || this.#stack.length === 0) this.#keep(value);
    this.#stack.push({ value, isArray, path, key: '', count: 0 });
    this.#at++;
    this.#expect = isArray ? 'first' : 'first-key';
    return true;
  }

  #endContainer(): boolean {
    const frame = this.#stack.pop();
    if (frame === undefined) throw new Error('a container ended that never began');
    this.#at++;
    this.#finish(frame.value, frame.path);
    return true;
  }

  #endValue(value: Json, path: RecordPath | undefined): void {
    if (!path?.isRecord || this.#stack.length === 0) this.#keep(value);
    this.#finish(value, path);
  }

  #finish(value: Json, path: RecordPath | undefined): void {
    if (path?.isRecord) this.#onRecord(value, this.path);
    const frame = this.#stack.at(-1);
    if (frame !== undefined) {
      frame.count++;
      this.#expect = 'next';
      return;
    }
    this.#documents++;
    this.#expect = 'document';
    this.#onDocument(value);
  }

  /** Attaches a value to the container it stands in, so that partly read documents can be looked at. */
  #keep(value: Json): void {
    const frame = this.#stack.at(-1);
    if (frame === undefined) this.#root ??= value;
    else if (Array.isArray(frame.value)) frame.value.push(value);
    else if (frame.key === '__proto__') Object.defineProperty(frame.value, frame.key, { value, enumerable: true, configurable: true, writable: true });
    else frame.value[frame.key] = value;
  }

  #childPath(): RecordPath | undefined {
    const frame = this.#stack.at(-1);
    if (frame === undefined) return this.#records;
    return frame.path?.next.get(frame.isArray ? '[]' : frame.key) ?? (frame.isArray ? undefined : frame.path?.next.get('*'));
  }

  /** Reads the string that begins at the quote; undefined when its end has not arrived. */
  #string(final: boolean): string | undefined {
    const text = this.#text;
    let plain = true;
    let at = this.#at + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        plain = false;
        at++;
      } else if (code < 32) throw this.#malformed('a control character inside a string', at);
      else if (Number.isNaN(code)) return this.#unfinished(at, final);
      at++;
    }
    const raw = text.slice(this.#at + 1, at);
    if (raw.length > this.#limits.stringUnits) throw this.#stringTooLong();
    const value = plain ? raw : this.#unescape(raw);
    this.#at = at + 1;
    return value;
  }

  #unfinished(at: number, final: boolean): undefined {
    if (at - this.#at > this.#limits.stringUnits) throw this.#stringTooLong();
    if (final) throw this.#malformed('a string that never ends');
    return undefined;
  }

  #stringTooLong(): Error {
    return tooLarge('text-too-long', `a string is longer than ${this.#limits.stringUnits} characters`, this.#position(), this.#limits.stringUnits);
  }

  #unescape(raw: string): string {
    const value = raw.replace(/\\(?:u([0-9a-fA-F]{4})|([^]?))/g, (_, hex: string | undefined, letter: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const plain = escapes[letter ?? ''];
      if (plain === undefined) throw this.#malformed('an unknown escape inside a string');
      return plain;
    });
    return storable(value);
  }

  #literal(code: number, final: boolean): boolean {
    const token = /[-+.\w]*/y;
    token.lastIndex = this.#at;
    const word = token.exec(this.#text)?.[0] ?? '';
    if (this.#at + word.length >= this.#text.length && !final && word.length < 400) return false;
    const value = code === MINUS || (code >= 48 && code <= 57) ? this.#number(word) : words.get(word);
    if (value === undefined) throw this.#malformed(word === '' ? 'expected a value' : `\`${word.slice(0, 40)}\` is not a value`);
    const path = this.#childPath();
    this.#at += word.length;
    this.#endValue(value, path);
    return true;
  }

  #number(word: string): number {
    const value = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word) ? Number(word) : Number.NaN;
    if (!Number.isFinite(value)) throw this.#malformed(`\`${word.slice(0, 40)}\` is not a number that can be read`);
    return value;
  }

  #top(): Frame {
    const frame = this.#stack.at(-1);
    if (frame === undefined) throw new Error('no container is open');
    return frame;
  }

  #malformed(what: string, at = this.#at): Error {
    return unreadable('malformed-json', `the JSON is malformed: ${what}`, this.#position(at), { path: this.path.slice(0, 500) });
  }

  #position(at = this.#at): Position {
    let line = this.#line;
    let start = this.#lineStart;
    for (let i = this.#text.indexOf('\n'); i >= 0 && i < at; i = this.#text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return lineColumn(line, at - start + 1);
  }
}

const QUOTE = 34,
  COMMA = 44,
  MINUS = 45,
  COLON = 58,
  LEFT_BRACKET = 91,
  BACKSLASH = 92,
  RIGHT_BRACKET = 93,
  LEFT_BRACE = 123,
  RIGHT_BRACE = 125;

const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

const escapes: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
});

/** The same text with U+0000 and lone surrogates, which Postgres and UTF-8 cannot hold, replaced by U+FFFD. */
const storable = (text: string): string => text.replace(/\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

export function recordPaths(records: readonly string[]): RecordPath {
  interface Growing {
    isRecord: boolean;
    next: Map<string, Growing>;
  }
  const root: Growing = { isRecord: false, next: new Map() };
  for (const record of records) {
    let at = root;
    for (const step of record.match(/\[\]|[^.[\]]+/g) ?? []) {
      const next = at.next.get(step) ?? { isRecord: false, next: new Map() };
      at.next.set(step, next);
      at = next;
    }
    at.isRecord = true;
  }
  return root;
}
