import { describe, expect, it } from 'vitest';
import { printChange, printInstant, printMoney, printPeriod } from './print.ts';

describe('numbers and dates on documents', () => {
  it('prints amounts exactly, up to the largest safe integer', () => {
    expect(printMoney({ currency: 'CNY', minor: 1_234_500 }, 'zh')).toBe('¥12,345.00');
    expect(printMoney({ currency: 'CNY', minor: -5 }, 'en')).toBe('−CNY 0.05');
    expect(printMoney({ currency: 'JPY', minor: 1_234_567 }, 'en')).toBe('JPY 1,234,567');
    expect(printMoney({ currency: 'CNY', minor: Number.MAX_SAFE_INTEGER }, 'zh')).toBe('¥90,071,992,547,409.91');
    expect(printChange({ currency: 'CNY', minor: 100 }, 'zh')).toBe('+¥1.00');
  });

  it('gives the midnight that ends the cover to the day before', () => {
    const year = { from: '2027-11-30T16:00:00Z', to: '2028-11-30T16:00:00Z' };

    expect(printPeriod(year, 'zh')).toBe('自 2027-12-01 零时起至 2028-11-30 二十四时止（北京时间）');
    expect(printPeriod(year, 'en')).toBe('From 2027-12-01 00:00 to 2028-11-30 24:00 (Beijing time)');
  });

  it('prints hours that are not midnight as they are', () => {
    expect(printPeriod({ from: '2027-12-01T09:30:00+08:00', to: '2028-12-01T09:30:00+08:00' }, 'zh')).toBe('自 2027-12-01 09:30:00 起至 2028-12-01 09:30:00 止（北京时间）');
  });

  it('prints instants in Beijing time whatever zone they came in', () => {
    expect(printInstant('2026-11-22T15:00:00Z', 'en')).toBe(printInstant('2026-11-23T00:00:00+09:00', 'en'));
    expect(printInstant('2026-11-22T15:00:00Z', 'zh')).toBe('2026-11-22 23:00:00（北京时间）');
  });
});
