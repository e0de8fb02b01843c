import type { ReadingLimits } from './limits.ts';
import { recordPaths, type Json, type JsonReaderOptions, type RecordPath } from './json.ts';

/**
 * The value of a JSON text that the language's reader and ours agree on; undefined where there is any doubt, and then the strict reader decides and says what is wrong.
 * In doubt are: whatever does not parse, a key given twice (the text has more colons than the value has members), a number beyond a double, nesting over the limit, and
 * escapes that may stand for U+0000 or half a surrogate pair.
 */
export function readAtOnce(text: string, limits: ReadingLimits): Json | undefined {
  if (/\\u(?:0000|d[89a-f])/i.test(text)) return undefined;
  const value = parsed(text);
  if (value === undefined) return undefined;
  const { members, depth } = outline(text);
  return depth <= limits.jsonDepth && membersOf(value) === members ? value : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Members and depth of a text that parses. */
function outline(text: string): { members: number; depth: number } {
  let members = 0;
  let open = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) members++;
    else if (code === LEFT_BRACE || code === LEFT_BRACKET) depth = Math.max(depth, ++open);
    else if (code === RIGHT_BRACE || code === RIGHT_BRACKET) open--;
  }
  return { members, depth };
}

function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
}

/** How many members the objects of a value have together; NaN when it holds a number that is not finite. */
function membersOf(value: Json): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  const parts = Object.values(value);
  let members = Array.isArray(value) ? 0 : parts.length;
  for (const part of parts) members += membersOf(part);
  return members;
}

/**
 * Hands on the records and then the document of a value that was read at once, like `JsonReader` does while it reads: innermost first, and taken out of what they stand in.
 * Only members with whole numbers as keys come in the language's order (ascending) instead of the text's.
 */
export function handOnRecords(value: Json, { records, onRecord, onDocument }: Pick<JsonReaderOptions, 'records' | 'onRecord' | 'onDocument'>): void {
  const root = recordPaths(records);
  handOn(value, root, '$', onRecord);
  if (root.isRecord) onRecord(value, '$');
  onDocument(value);
}

function handOn(value: Json, at: RecordPath, path: string, onRecord: JsonReaderOptions['onRecord']): void {
  if (at.next.size === 0 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) handOnElements(value, at.next.get('[]'), path, onRecord);
  else for (const key of Object.keys(value)) handOnMember(value, key, at.next.get(key) ?? at.next.get('*'), path, onRecord);
}

function handOnElements(elements: Json[], at: RecordPath | undefined, path: string, onRecord: JsonReaderOptions['onRecord']): void {
  if (at === undefined) return;
  elements.forEach((element, i) => {
    handOn(element, at, `${path}[${i}]`, onRecord);
    if (at.isRecord) onRecord(element, `${path}[${i}]`);
  });
  if (at.isRecord) elements.length = 0;
}

function handOnMember(object: { [key: string]: Json }, key: string, at: RecordPath | undefined, path: string, onRecord: JsonReaderOptions['onRecord']): void {
  if (at === undefined) return;
  handOn(object[key]!, at, `${path}.${key}`, onRecord);
  if (!at.isRecord) return;
  onRecord(object[key]!, `${path}.${key}`);
  delete object[key];
}

const QUOTE = 34,
  COLON = 58,
  LEFT_BRACKET = 91,
  BACKSLASH = 92,
  RIGHT_BRACKET = 93,
  LEFT_BRACE = 123,
  RIGHT_BRACE = 125;
