import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitalAmount } from './capitals.ts';

const cny = (minor: number) => ({ currency: 'CNY' as const, minor });

/** Yuan with up to two decimals as fen. */
function fen(amount: string): number {
  const [yuan, cents = ''] = amount.split('.');
  return Number(yuan + cents.padEnd(2, '0'));
}

describe('amounts in capitals', () => {
  it.each([
    ['0', '人民币零元整'],
    ['0.05', '人民币伍分'],
    ['0.50', '人民币伍角'],
    ['0.56', '人民币伍角陆分'],
    ['1', '人民币壹元整'],
    ['1.01', '人民币壹元零壹分'],
    ['1.10', '人民币壹元壹角'],
    ['10', '人民币壹拾元整'],
    ['10.01', '人民币壹拾元零壹分'],
    ['101', '人民币壹佰零壹元整'],
    ['110', '人民币壹佰壹拾元整'],
    ['325.04', '人民币叁佰贰拾伍元零肆分'],
    ['1000', '人民币壹仟元整'],
    ['1001', '人民币壹仟零壹元整'],
    ['1409.50', '人民币壹仟肆佰零玖元伍角'],
    ['1680.32', '人民币壹仟陆佰捌拾元叁角贰分'],
    ['6007.14', '人民币陆仟零柒元壹角肆分'],
    ['10000', '人民币壹万元整'],
    ['10001', '人民币壹万零壹元整'],
    ['12345', '人民币壹万贰仟叁佰肆拾伍元整'],
    ['16409.02', '人民币壹万陆仟肆佰零玖元零贰分'],
    ['100000.05', '人民币壹拾万元零伍分'],
    ['107000.53', '人民币壹拾万柒仟元伍角叁分'],
    ['300200.10', '人民币叁拾万零贰佰元壹角'],
    ['1000000', '人民币壹佰万元整'],
    ['1000001', '人民币壹佰万零壹元整'],
    ['10010010', '人民币壹仟零壹万零壹拾元整'],
    ['10000000.01', '人民币壹仟万元零壹分'],
    ['100000000', '人民币壹亿元整'],
    ['100000001', '人民币壹亿零壹元整'],
    ['100010000', '人民币壹亿零壹万元整'],
    ['110000000', '人民币壹亿壹仟万元整'],
    ['1000000000000', '人民币壹万亿元整'],
    ['1000000010000', '人民币壹万亿零壹万元整'],
    ['1234500000000', '人民币壹万贰仟叁佰肆拾伍亿元整'],
    ['90071992547409.91', '人民币玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
  ])('writes %s', (amount, words) => {
    expect(capitalAmount(cny(fen(amount)))).toBe(words);
  });

  it('reads back as the amount it was written from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (minor) => {
        expect(readCapitals(capitalAmount(cny(minor)))).toBe(BigInt(minor));
      }),
      { numRuns: 30_000 },
    );
  });

  it('never repeats a zero, never ends a group with one and never uses the everyday 千', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (minor) => !/零零|零[万亿元角]|千/.test(capitalAmount(cny(minor)))),
      { numRuns: 20_000 },
    );
  });

  it('writes a 零 for an empty section of four, wherever it stands', () => {
    expect(capitalAmount(cny(100_000_100_000))).toBe('人民币壹拾亿零壹仟元整');
    expect(capitalAmount(cny(10_070_000_00))).toBe('人民币壹仟零柒万元整');
    expect(capitalAmount(cny(100_020_000_000_000))).toBe('人民币壹万零贰亿元整');
  });

  it('names other currencies and their parts', () => {
    expect(capitalAmount({ currency: 'USD', minor: 150 })).toBe('美元壹元伍角');
    expect(capitalAmount({ currency: 'GBP', minor: 105 })).toBe('英镑壹镑零伍便士');
    expect(capitalAmount({ currency: 'GBP', minor: 56 })).toBe('英镑伍拾陆便士');
    expect(capitalAmount({ currency: 'JPY', minor: 10_500 })).toBe('日元壹万零伍佰元整');
    expect(capitalAmount(cny(-100))).toBe('人民币负壹元整');
  });
});

/** Reads capitals back by an independent rule: places add up, 万 and 亿 multiply what stands before them. */
function readCapitals(words: string): bigint {
  const digits = '零壹贰叁肆伍陆柒捌玖';
  const places: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n };
  let [total, section, digit, fen] = [0n, 0n, 0n, 0n];
  for (const word of words.replace('人民币', '').replace('整', '')) {
    if (digits.includes(word)) digit = BigInt(digits.indexOf(word));
    else if (places[word]) [section, digit] = [section + digit * places[word], 0n];
    else if (word === '万') [total, section, digit] = [total + (section + digit) * 10_000n, 0n, 0n];
    else if (word === '亿') [total, section, digit] = [(total + section + digit) * 100_000_000n, 0n, 0n];
    else if (word === '元') [total, section, digit] = [total + section + digit, 0n, 0n];
    else [fen, digit] = [fen + digit * (word === '角' ? 10n : 1n), 0n];
  }
  return total * 100n + fen;
}
