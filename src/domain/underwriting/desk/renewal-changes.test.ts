import { expect, test } from 'vitest';
import type { RequestedCover } from '../../catalogue/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import { declaredLosses, firmChanges, termChanges } from './renewal-changes.ts';

const yuan = (minor: number) => ({ currency: 'CNY' as const, minor });
const firm = {
  name: '示例企业',
  creditCode: null,
  industry: 'retail',
  employees: 40,
  annualRevenue: yuan(1_000_000_00),
  personalRecords: 5,
  securitySpend: null,
  assets: [],
  sellsOnline: false,
  pastClaims: [],
} as unknown as FirmProfile;
const cover = {
  currency: 'CNY',
  limitMinor: 3_000_000_00,
  retentionMinor: 20_000_00,
  lines: [{ coverage: 'business-interruption', subLimitMinor: 2_000_000_00, waitingHours: 8 }],
} as unknown as RequestedCover;

test('names only what is no longer as it was, with both values', () => {
  const now = { ...firm, employees: 60, sellsOnline: true, securitySpend: yuan(5_000_00) };

  expect(firmChanges(firm, firm)).toEqual([]);
  expect(firmChanges(firm, now).map(({ id, before, after }) => [id, before, after])).toEqual([
    ['employees', '40', '60'],
    ['securitySpend', '--', '5,000.00'],
    ['sellsOnline', 'no', 'yes'],
  ]);
});

test('compares terms line by line, also a line that came or went', () => {
  const titles = new Map([['business-interruption', { zh: '营业中断损失', en: 'Business interruption' }]]);
  const now = { ...cover, retentionMinor: 50_000_00, lines: [{ coverage: 'extortion', subLimitMinor: 100_00, waitingHours: null }] } as RequestedCover;

  expect(termChanges(cover, now, titles).map(({ title, before, after }) => [title.en, before, after])).toEqual([
    ['Retention (CNY)', '20,000.00', '50,000.00'],
    ['Sub-limit of Business interruption (CNY)', '2,000,000.00', '--'],
    ['Waiting period of Business interruption (hours)', '8', '--'],
    ['Sub-limit of extortion (CNY)', '--', '100.00'],
  ]);
});

test('adds up the losses that a firm declares and counts those still open', () => {
  const pastClaims = [
    { on: '2026-01-01', peril: 'ransomware', amount: yuan(100), closed: true },
    { on: '2026-02-01', peril: 'ransomware', amount: yuan(250), closed: false },
  ];

  expect(declaredLosses({ pastClaims } as unknown as FirmProfile)).toEqual({ count: 2, amountMinor: 350, open: 1 });
});
