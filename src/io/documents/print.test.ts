import { describe, expect, it } from 'vitest';
import { printChange, printInstant } from './print.ts';

describe('changes and instants on documents', () => {
  it('prints the sign of a change, also of none', () => {
    expect(printChange({ currency: 'CNY', minor: 100 }, 'zh')).toBe('+¥1.00');
    expect(printChange({ currency: 'CNY', minor: 0 }, 'zh')).toBe('+¥0.00');
    expect(printChange({ currency: 'CNY', minor: -5 }, 'en')).toBe('−CNY 0.05');
  });

  it('prints instants in Beijing time whatever zone they came in', () => {
    expect(printInstant('2026-11-22T15:00:00Z', 'en')).toBe(printInstant('2026-11-23T00:00:00+09:00', 'en'));
    expect(printInstant('2026-11-22T15:00:00Z', 'zh')).toBe('2026-11-22 23:00:00（北京时间）');
  });
});
