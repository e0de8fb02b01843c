import { describe, expect, it } from 'vitest';
import { Currency, minorPerMajor } from '../basics/index.ts';
import { decimalsOf, exactMoney, percent, period, shortPercent, spokenAmount } from './index.ts';

describe('how amounts, rates and times are written', () => {
  it('knows the decimals of every currency', () => {
    for (const currency of Currency.options) expect(10 ** decimalsOf(currency)).toBe(minorPerMajor(currency));
  });

  it('writes amounts exactly, up to the largest safe integer', () => {
    expect(exactMoney({ currency: 'CNY', minor: 1_234_500 }, 'zh')).toBe('¥12,345.00');
    expect(exactMoney({ currency: 'CNY', minor: -5 }, 'en')).toBe('−CNY 0.05');
    expect(exactMoney({ currency: 'JPY', minor: 1_234_567 }, 'en')).toBe('JPY 1,234,567');
    expect(exactMoney({ currency: 'CNY', minor: Number.MAX_SAFE_INTEGER }, 'zh')).toBe('¥90,071,992,547,409.91');
  });

  it('says decimals in a wording only where there are any', () => {
    expect(spokenAmount({ currency: 'CNY', minor: 500_000_000 })).toBe('5,000,000');
    expect(spokenAmount({ currency: 'CNY', minor: 50 })).toBe('0.50');
    expect(spokenAmount({ currency: 'JPY', minor: 100 })).toBe('100');
  });

  it('writes percent with fixed decimals, or with as many as it needs', () => {
    expect(percent(-0.2)).toBe('−20.00%');
    expect(percent(-0.00001)).toBe('0.00%');
    expect(shortPercent(0.2)).toBe('20%');
    expect(shortPercent(0.0125)).toBe('1.25%');
  });

  it('gives the midnight that ends the cover to the day before, and writes other hours as they are', () => {
    const year = { from: '2027-11-30T16:00:00Z', to: '2028-11-30T16:00:00Z' };

    expect(period(year, 'zh')).toBe('自 2027-12-01 零时起至 2028-11-30 二十四时止（北京时间）');
    expect(period(year, 'en')).toBe('from 2027-12-01 00:00 to 2028-11-30 24:00 (Beijing time)');
    expect(period({ from: '2027-12-01T09:30:00+08:00', to: '2028-12-01T09:30:15+08:00' }, 'zh')).toBe(
      '自 2027-12-01 09:30 起至 2028-12-01 09:30:15 止（北京时间）',
    );
  });
});
