import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  change,
  dateTime,
  duration,
  exactMoney,
  percent,
  percentages,
  perMille,
  period,
  plainMoney,
  pointChange,
  shortMoney,
  signedMoney,
  since,
} from './format.ts';
import { Currency, minorPerMajor } from '../src/domain/basics/index.ts';
import { decimalsOf } from '../src/domain/notation/index.ts';
import { parseAmount, parseCount } from './forms/parse-amount.ts';

const cny = (minor: number) => ({ currency: 'CNY' as const, minor });
const yuan = (amount: number) => cny(Math.round(amount * 100));

describe('exact money', () => {
  it('writes the sign, the separators and the decimals of the language', () => {
    expect(exactMoney(cny(1234500), 'zh')).toBe('¥12,345.00');
    expect(exactMoney(cny(1234500), 'en')).toBe('CNY 12,345.00');
    expect(exactMoney(cny(-5), 'zh')).toBe('−¥0.05');
    expect(exactMoney({ currency: 'USD', minor: 100 }, 'zh')).toBe('USD 1.00');
    expect(exactMoney({ currency: 'JPY', minor: 1234 }, 'en')).toBe('JPY 1,234');
    expect(signedMoney(cny(100), 'zh')).toBe('+¥1.00');
  });

  it('has the decimals that the domain gives each currency', () => {
    for (const currency of Currency.options) expect(10 ** decimalsOf(currency)).toBe(minorPerMajor(currency));
  });

  it('comes back as the same number of fen when it is pasted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.constantFrom('zh' as const, 'en' as const), (minor, language) => {
        expect(parseAmount(exactMoney(cny(minor), language))).toBe(minor);
      }),
      { numRuns: 50_000 },
    );
  });

  it('writes a negative amount as the positive one with a minus', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (minor) => plainMoney(cny(-minor)) === `−${plainMoney(cny(minor))}`),
      { numRuns: 50_000 },
    );
  });
});

describe('short money', () => {
  it.each([
    [9999, '9,999 元', 'CNY 10.0K'],
    [999.49, '999 元', 'CNY 999'],
    [999.5, '1,000 元', 'CNY 1.0K'],
    [9999.5, '1.00 万元', 'CNY 10.0K'],
    [12_345, '1.23 万元', 'CNY 12.3K'],
    [99_999_500, '9,999.95 万元', 'CNY 100.00M'],
    [99_999_999, '1.00 亿元', 'CNY 100.00M'],
    [99_990_000, '9,999.00 万元', 'CNY 99.99M'],
    [1_234_567_890, '12.35 亿元', 'CNY 1.23B'],
    [123_457_000_000, '1,234.57 亿元', 'CNY 123.46B'],
    [1_000_000_000_000, '1.00 万亿元', 'CNY 1.00T'],
    [0, '0 元', 'CNY 0'],
    [-12_345, '−1.23 万元', '−CNY 12.3K'],
  ])('shortens %d yuan', (amount, zh, en) => {
    expect(shortMoney(yuan(amount), 'zh')).toBe(zh);
    expect(shortMoney(yuan(amount), 'en')).toBe(en);
  });

  it('stays within half a unit of its last digit of the exact amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (minor) => {
        const back = parseAmount(shortMoney(cny(minor), 'zh'))!;
        expect(Math.abs(back - minor)).toBeLessThanOrEqual(Math.max(50, minor * 0.00501));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('what people type', () => {
  it.each([
    ['1,234.5 万', 1_234_500_000],
    ['１，２３４．５万', 1_234_500_000],
    ['¥12,345.00', 1_234_500],
    ['3亿', 30_000_000_000],
    ['2.5m', 250_000_000],
    ['500000元', 50_000_000],
    ['0.005', null],
    ['-3', null],
    ['十万', null],
    ['', null],
    ['99999999999999999', null],
  ])('reads `%s`', (text, minor) => {
    expect(parseAmount(text)).toBe(minor);
  });

  it('reads counts and refuses parts of one', () => {
    expect(parseCount('3.5 万')).toBe(35_000);
    expect(parseCount('12.5')).toBeNull();
  });
});

describe('rates, changes and times', () => {
  it('writes rates and changes with word and sign', () => {
    expect(percent(0.0085)).toBe('0.85%');
    expect(perMille(0.0085)).toBe('8.5‰');
    expect(change(0.12, 'zh')).toBe('▲ 上升 12.0%');
    expect(change(-0.08, 'zh')).toBe('▼ 下降 8.0%');
    expect(change(0.12, 'en')).toBe('+12.0%');
    expect(change(0.0001, 'zh')).toBe('持平');
    expect(pointChange(3, 'en')).toBe('+3 pp');
    expect(pointChange(-3, 'zh')).toBe('▼ 下降 3 个百分点');
  });

  it('makes percentages add up to a hundred', () => {
    expect(percentages([1, 1, 1])).toEqual(['34%', '33%', '33%']);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 }), (shares) => {
        const sum = percentages(shares, 1).reduce((total, text) => total + Math.round(Number.parseFloat(text) * 10), 0);
        expect(sum).toBe(shares.some((share) => share > 0) ? 1000 : 0);
      }),
    );
  });

  it('ends a policy period at 24:00 of its last day', () => {
    expect(period({ from: '2026-06-30T16:00:00Z', to: '2027-06-30T16:00:00Z' }, 'zh')).toBe('自 2026-07-01 零时起至 2027-06-30 二十四时止（北京时间）');
    expect(period({ from: '2026-07-01T00:00:00+08:00', to: '2027-07-01T00:00:00+08:00' }, 'en')).toBe(
      'from 2026-07-01 00:00 to 2027-06-30 24:00 (Beijing time)',
    );
    expect(period({ from: '2026-07-01T10:30:00+08:00', to: '2026-07-02T12:00:00+08:00' }, 'zh')).toBe(
      '自 2026-07-01 10:30 起至 2026-07-02 12:00 止（北京时间）',
    );
  });

  it('shows Beijing time whatever the offset of the instant', () => {
    expect(dateTime('2026-07-01T10:05:09Z')).toBe('2026-07-01 18:05:09');
  });

  it('writes durations, ages and sizes', () => {
    expect(duration(479, 'zh')).toBe('7 小时 59 分');
    expect(duration(480, 'en')).toBe('8 h');
    expect(duration(0, 'zh')).toBe('0 分');
    expect(since('2026-07-01T10:00:00Z', '2026-07-01T10:00:30Z', 'zh')).toBe('刚刚');
    expect(since('2026-07-01T10:00:00Z', '2026-07-01T10:05:30Z', 'zh')).toBe('5 分钟前');
    expect(since('2026-07-01T10:00:00Z', '2026-07-03T10:05:30Z', 'zh')).toBe('2026-07-01 18:00');
    expect(bytes(1536)).toBe('1.5 KB');
  });
});
