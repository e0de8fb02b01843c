import { describe, expect, it } from 'vitest';
import { contentFiles } from '../../../test/tariff.ts';
import { askForSubsidy, buildSubsidyOffer, decideInTime, grantsAgainst, leftInScheme, openScheme, requireOpen, stands, type AskedQuote } from './index.ts';

const at = '2026-03-01T10:00:00+08:00';
const later = '2026-05-01T10:00:00+08:00';
const act = { at, by: 'officer', reason: 'checked' };

function application(policy: string, { creditCode, applicant }: { creditCode: string; applicant: string }) {
  const grant = {
    ...{ scheme: 'harbour', policy, firm: '示例企业', creditCode, industry: 'retail' as const, region: '示例港城', tier: 'standard', package: 'pine' },
    ...{ begins: '2026-03-02', currency: 'CNY' as const, premiumMinor: 100, limitMinor: 1000, subsidyMinor: 30, returnedMinor: 0 },
  };
  const validUntil = '2026-04-01T10:00:00+08:00';
  return askForSubsidy({ scheme: 'record', quote: policy, applicant, insurer: 'insurer', grant, validUntil, asked: { at, by: 'firm' } });
}

const asked: AskedQuote = { quote: 'new', applicant: 'firm', assessment: 'own', creditCode: 'A', byBroker: false };

describe('what counts against another grant', () => {
  it.each([
    ['the same code from anybody', { creditCode: 'A', applicant: 'other' }, null, { byBroker: false }, 1, 0],
    ['another code from another applicant', { creditCode: 'B', applicant: 'other' }, null, { byBroker: false }, 0, 0],
    ['whatever a firm asked for itself before', { creditCode: 'B', applicant: 'firm' }, null, { byBroker: false }, 1, 1],
    ['what a broker asked for another firm', { creditCode: 'B', applicant: 'firm' }, 'another', { byBroker: true }, 0, 0],
    ['what a broker asked for the same firm under another code', { creditCode: 'B', applicant: 'firm' }, 'own', { byBroker: true }, 1, 1],
  ] as const)('%s', (_, who, assessment, { byBroker }, grants, sameFirm) => {
    const found = grantsAgainst([{ application: application('earlier', who), assessment }], { ...asked, byBroker });

    expect([found.grants.length, found.sameFirm.length]).toEqual([grants, sameFirm]);
  });

  it('does not hold what was refused or ran out', () => {
    const waiting = application('earlier', { creditCode: 'A', applicant: 'firm' });

    expect(stands(waiting, at)).toBe(true);
    expect(stands(waiting, later)).toBe(false);
    expect(stands(decideInTime(waiting, 'refused', act), at)).toBe(false);
  });

  it('finds an application lapsed that is decided too late', () => {
    expect(decideInTime(application('earlier', { creditCode: 'A', applicant: 'firm' }), 'approved', { ...act, at: later }).state).toBe('lapsed');
  });
});

describe('an opened scheme', () => {
  const { value } = buildSubsidyOffer(
    { subsidies: contentFiles('content/subsidies'), packages: contentFiles('content/security-packages') },
    new Set(contentFiles('content/controls').map(({ data }) => (data as { id: string }).id)),
  );
  const rules = value!.schemes.get('harbour-city-2026')!;
  const opened = { at, by: 'officer' };

  it('has the budget that it is opened with, its own when none is given, and is opened once', () => {
    const scheme = openScheme(rules, { budgetMinor: null, opened, beside: [] });

    expect(leftInScheme(scheme)).toBe(rules.budgetMinor);
    expect(leftInScheme(openScheme(rules, { budgetMinor: 7, opened, beside: [] }))).toBe(7);
    expect(() => openScheme(rules, { budgetMinor: 7, opened, beside: [scheme] })).toThrow(/opened already/);
  });

  it('takes no application once it is closed', () => {
    const scheme = openScheme(rules, { budgetMinor: null, opened, beside: [] });

    expect(() => requireOpen(scheme)).not.toThrow();
    expect(() => requireOpen({ ...scheme, state: 'closed' })).toThrow(/takes no more applications/);
  });
});
