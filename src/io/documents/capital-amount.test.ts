import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitalAmount } from './capital-amount.ts';

const cny = (minor: number) => capitalAmount({ currency: 'CNY', minor });

describe('amounts in Chinese capitals', () => {
  it.each([
    [0, '人民币零元整'],
    [5, '人民币伍分'],
    [50, '人民币伍角'],
    [105, '人民币壹元零伍分'],
    [150, '人民币壹元伍角'],
    [1_234_500, '人民币壹万贰仟叁佰肆拾伍元整'],
    [10_000_005, '人民币壹拾万元零伍分'],
    [30_020_010, '人民币叁拾万零贰佰元壹角'],
    [100_100, '人民币壹仟零壹元整'],
    [10_070_000_00, '人民币壹仟零柒万元整'],
    [10_000_000_500, '人民币壹亿零伍元整'],
    [639_979, '人民币陆仟叁佰玖拾玖元柒角玖分'],
    [-100, '人民币负壹元整'],
    [100_000_000_000_000, '人民币壹万亿元整'],
    [100_020_000_000_000, '人民币壹万零贰亿元整'],
  ])('writes %i fen as %s', (minor, text) => {
    expect(cny(minor)).toBe(text);
  });

  it('writes yen without cents', () => {
    expect(capitalAmount({ currency: 'JPY', minor: 10_500 })).toBe('日元壹万零伍佰元整');
  });

  it('reads back to the same number', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_00 }), (minor) => {
      expect(readBack(cny(minor))).toBe(minor);
    }));
  });
});

/** An independent reading of capitals, digit by digit. */
function readBack(text: string): number {
  const values: Record<string, number> = { 零: 0, 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 };
  const places: Record<string, number> = { 拾: 10, 佰: 100, 仟: 1000 };
  let total = 0;
  let section = 0;
  let digit = 0;
  let fen = 0;
  for (const sign of text.replace('人民币', '')) {
    if (sign in values) digit = values[sign]!;
    else if (sign in places) { section += digit * places[sign]!; digit = 0; }
    else if (sign === '万') { section = (section + digit) * 10_000; digit = 0; total += section; section = 0; }
    else if (sign === '亿') { total = (total + section + digit) * 100_000_000; section = 0; digit = 0; }
    else if (sign === '元') { total += section + digit; section = 0; digit = 0; }
    else if (sign === '角') { fen += digit * 10; digit = 0; }
    else if (sign === '分') { fen += digit; digit = 0; }
  }
  return total * 100 + fen;
}
