import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../domain/basics/index.ts';
import { readJson } from './read-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function codeOf(input: Uint8Array): string {
  try {
    readJson(input);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('the strict JSON reader', () => {
  test.each([
    ['', 'malformed-json'],
    ['{"a":1', 'malformed-json'],
    ['{"a":1}x', 'malformed-json'],
    ['{"a":1,}', 'malformed-json'],
    ['[1,]', 'malformed-json'],
    ['{"a" 1}', 'malformed-json'],
    ["{'a':1}", 'malformed-json'],
    ['{"a":NaN}', 'malformed-json'],
    ['01', 'malformed-json'],
    ['+1', 'malformed-json'],
    ['"a\nb"', 'malformed-json'],
    ['"\\x"', 'malformed-json'],
    ['"\\', 'malformed-json'],
    ['\ufeff{}', 'malformed-json'],
    ['{"a":1,"a":2}', 'duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['{"__proto__":{"x":1}}', 'unsafe-key'],
    ['{"a":{"constructor":{}}}', 'unsafe-key'],
    ['9007199254740993', 'inexact-number'],
    ['9007199254740992', 'inexact-number'],
    ['1e400', 'inexact-number'],
    ['-1e400', 'inexact-number'],
    ['1e308', 'inexact-number'],
    ['1e-400', 'inexact-number'],
    ['0.12345678901234567891', 'inexact-number'],
    ['"\\u0000"', 'nul-character'],
    ['{"\\u0000":1}', 'nul-character'],
    ['"\\ud800"', 'lone-surrogate'],
    ['"\\udc00\\ud800"', 'lone-surrogate'],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 'json-too-deep'],
    ['['.repeat(200_000), 'json-too-deep'],
    ['9007199254740991', 'accepted'],
    ['0.30000000000000004', 'accepted'],
    ['1.50000000000000000000', 'accepted'],
    ['1E2', 'accepted'],
    ['-0', 'accepted'],
    ['"\\ud83d\\ude00 \u{20bb7}"', 'accepted'],
    [`${'['.repeat(64)}${']'.repeat(64)}`, 'accepted'],
  ])('%j → %s', (text, code) => {
    expect(codeOf(bytes(text))).toBe(code);
  });

  test('refuses bytes that are not UTF-8', () => {
    expect(codeOf(new Uint8Array([0x22, 0xff, 0x22]))).toBe('invalid-utf8');
  });

  test('reads what JSON.stringify writes, except what it must refuse', () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' });
    fc.assert(
      fc.property(value, (written) => {
        const text = JSON.stringify(written);
        const code = codeOf(bytes(text));
        if (code === 'accepted') expect(readJson(bytes(text))).toEqual(JSON.parse(text));
        else expect(['unsafe-key', 'inexact-number', 'nul-character', 'duplicate-key']).toContain(code);
      }),
    );
  });

  test('agrees with JSON.parse on what is no JSON at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:0123456789.eE+-truefalsn \\u\n') }), (text) => {
        let whole = true;
        try {
          JSON.parse(text);
        } catch {
          whole = false;
        }
        if (!whole) expect(codeOf(bytes(text))).not.toBe('accepted');
        else expect(codeOf(bytes(text))).not.toBe('malformed-json');
      }),
      { numRuns: 2000 },
    );
  });
});
