import { describe, expect, it } from 'vitest';
import { businessFaults, draftOf, emptyDraft, firmFaults, firmOf, readAssets } from './firm-draft.ts';

const filled = {
  ...emptyDraft('示例电商有限公司'),
  industry: 'retail' as const,
  employees: '85',
  revenue: '3,200 万',
  records: '12 万',
  spend: '',
  assets: [{ name: 'shop.example.com', exposure: 'internet' as const }],
};

describe('the facts of a firm while they are typed', () => {
  it('become a profile with exact amounts', () => {
    const firm = firmOf(filled)!;

    expect(firm.annualRevenue).toEqual({ currency: 'CNY', minor: 3_200_000_000 });
    expect(firm.personalRecords).toBe(120_000);
    expect(firm.securitySpend).toBeNull();
    expect(firm.creditCode).toBeNull();
  });

  it('come back from a saved profile as the same profile', () => {
    const firm = firmOf({ ...filled, spend: '20万', claims: [{ on: '2025-03-01', peril: 'ransomware', amount: '5万', closed: true }] })!;

    expect(firmOf(draftOf(firm))).toEqual(firm);
  });

  it('name what is missing or wrong, page by page', () => {
    expect(firmFaults(emptyDraft())).toEqual({ name: 'missing', industry: 'missing', employees: 'missing' });
    expect(firmFaults({ ...filled, creditCode: '91330200MA2ABCDE00', employees: '0' })).toEqual({ creditCode: 'bad-code', employees: 'bad-count' });
    expect(firmFaults({ ...filled, gbt4754: '6940' })).toEqual({ gbt4754: 'bad-class' });
    expect(firmFaults({ ...filled, gbt4754: ' j 6940' })).toEqual({});
    expect(businessFaults({ ...filled, revenue: '很多', records: '', claims: [{ on: '', peril: 'ransomware', amount: 'x', closed: false }] })).toEqual({
      revenue: 'bad-amount',
      records: 'missing',
      'claims.0.on': 'missing',
      'claims.0.amount': 'bad-amount',
    });
    expect(firmOf({ ...filled, revenue: '' })).toBeNull();
  });
});

describe('assets as they are pasted', () => {
  it('takes names, addresses and blocks, drops schemes and repeats', () => {
    expect(readAssets('https://shop.example.com/\n192.0.2.0/24, 2001:db8::1\nshop.example.com').names).toEqual([
      'shop.example.com',
      '192.0.2.0/24',
      '2001:db8::1',
    ]);
  });

  it('says which line is none', () => {
    expect(readAssets('shop.example.com\n<script>').wrong).toEqual([{ line: 2, text: '<script>' }]);
    expect(readAssets('198.51.100.0/24\n198.51.100.0/33\n300.1.1.1').wrong).toEqual([
      { line: 2, text: '198.51.100.0/33' },
      { line: 3, text: '300.1.1.1' },
    ]);
  });
});
