import { hasGlyph } from './glyphs.ts';

/** Stands for a character that the typeface cannot draw: the printers' 〓. */
const missingMark = '〓';

/** Characters that steer how text runs instead of being seen: controls, bidirectional marks, zero-width and line separators, variation selectors, tags, lone surrogates. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0]/u;

/**
 * Makes a text safe to print: nothing in it can turn the reading direction round, hide, or vanish for want of a glyph.
 * Steering characters are written as `[U+202E]`; a character that the typeface lacks as `〓[U+20BB7]`, and its code point is added to `missing`.
 */
export function visible(text: string, missing: Set<string>): string {
  let out = '';
  for (const sign of text.normalize('NFC')) out += visibleSign(sign, missing);
  return out;
}

function visibleSign(sign: string, missing: Set<string>): string {
  const code = sign.codePointAt(0)!;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (sign === '\n' || sign === '\t') return ' ';
  if (unseen.test(sign)) return `[${name}]`;
  if (hasGlyph(code)) return sign;
  missing.add(name);
  return `${missingMark}[${name}]`;
}

/** `visible` on every string inside plain data. */
export function visibleThroughout<T>(value: T, missing: Set<string>): T {
  if (typeof value === 'string') return visible(value, missing) as T;
  if (Array.isArray(value)) return value.map((item) => visibleThroughout(item, missing)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visibleThroughout(item, missing)])) as T;
}
