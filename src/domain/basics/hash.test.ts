import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, hashData, hashText, stableId } from './hash.ts';

describe('a hash', () => {
  it('is SHA-256 of the UTF-8 bytes', () => {
    expect(hashText('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('does not depend on the order of keys, and does on the order of lists', () => {
    expect(hashData({ a: 1, b: [1, 2] })).toBe(hashData({ b: [1, 2], a: 1 }));
    expect(hashData([1, 2])).not.toBe(hashData([2, 1]));
  });

  it('reads back as the same data', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))));
  });

  it('does not take what JSON cannot hold', () => {
    for (const wrong of [undefined, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => canonicalJson(wrong)).toThrow();
  });

  it('tells words apart that join to the same text', () => {
    expect(stableId('x', 'a', 'bc')).not.toBe(stableId('x', 'ab', 'c'));
    expect(stableId('x', 1)).not.toBe(stableId('x', '1'));
    expect(stableId('x', null)).toMatch(/^x_[0-9a-f]{20}$/);
  });
});
