import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentFiles, referenceFirm } from '../../../test/tariff.ts';
import { industryTitles } from '../parties/index.ts';
import {
  budgetLeft,
  buildSubsidyOffer,
  burnDown,
  clawBack,
  decideSubsidy,
  makeAuthorityFile,
  matchLimits,
  type SecurityPackage,
  type SubsidyGrant,
  type SubsidyRequest,
  type SubsidyScheme,
} from './index.ts';

const controls = new Set(contentFiles('content/controls').map(({ data }) => (data as { id: string }).id));
const built = buildSubsidyOffer({ subsidies: contentFiles('content/subsidies'), packages: contentFiles('content/security-packages') }, controls);
const offer = built.value!;
const scheme = offer.schemes.get('harbour-city-2026')!;
const firm = { ...referenceFirm, creditCode: '91330200MA0000YX0R' };
const usual: SubsidyRequest & { package: SecurityPackage } = {
  policy: 'P-1',
  firm,
  region: '示例港城',
  package: offer.packages.get('pine-standard')!,
  begins: '2026-03-01',
  currency: 'CNY',
  premiumMinor: 1_000_000,
  limitMinor: 200_000_000,
};
const codes = (change: Partial<SubsidyRequest>, rules: SubsidyScheme = scheme, grants: readonly SubsidyGrant[] = []): string[] =>
  decideSubsidy({ ...usual, ...change }, rules, grants).reasons.map(({ code }) => code);
const granted = decideSubsidy(usual, scheme, []).grant!;

describe('a request for a subsidy', () => {
  it('gets the rate of the highest tier that its package reaches, up to the cap; the insurer receives the whole premium', () => {
    expect(decideSubsidy(usual, scheme, [])).toMatchObject({
      granted: true,
      subsidyMinor: 400_000,
      insuredPaysMinor: 600_000,
      insurerReceivesMinor: 1_000_000,
      tier: { id: 'second' },
    });
    expect(decideSubsidy({ ...usual, premiumMinor: 9_000_000 }, scheme, []).subsidyMinor).toBe(1_500_000);
  });

  it('is refused for every reason that applies', () => {
    expect(codes({ begins: '2031-01-01' })).toEqual(['outside-window']);
    expect(codes({ region: '别处', firm: { ...firm, creditCode: null } })).toEqual(['not-eligible-region', 'credit-code-missing']);
    expect(codes({ firm: { ...firm, employees: 1001 } })).toEqual(['firm-too-large']);
    expect(codes({ limitMinor: 300_000_001 })).toEqual(['limit-above-level']);
    expect(codes({ currency: 'USD' })).toEqual(['currency-differs']);
    expect(codes({ package: { ...usual.package, vendor: { name: 'x', creditCode: firm.creditCode } } })).toEqual(['related-party']);
    expect(codes({}, { ...scheme, eligible: { ...scheme.eligible, industries: ['finance'] } })).toEqual(['not-eligible-industry']);
    expect(codes({}, { ...scheme, budgetMinor: 0 })).toEqual(['budget-spent']);
    expect(codes({ package: offer.packages.get('pine-basic')!, limitMinor: 1 }, { ...scheme, tiers: [scheme.tiers[2]!] })).toEqual(['no-tier']);
  });

  it('is refused a second subsidy for the same time, also of another scheme, until the first went back', () => {
    const other = { ...scheme, id: 'another-scheme' };
    expect(codes({ policy: 'P-2', begins: '2026-06-01' }, other, [granted])).toEqual(['already-subsidised']);
    expect(codes({ policy: 'P-2', begins: '2026-06-01' }, scheme, [{ ...granted, returnedMinor: granted.subsidyMinor }])).toEqual([]);
  });
});

const requests = fc.array(fc.record({ premiumMinor: fc.integer({ min: 1, max: 20_000_000 }), served: fc.nat({ max: 400 }), cancelled: fc.boolean() }), {
  maxLength: 30,
});

describe('laws of a scheme', () => {
  it('never spends more than its budget, and every premium is paid in full', () => {
    fc.assert(
      fc.property(requests, fc.nat({ max: 20_000_000 }), (list, budgetMinor) => {
        const rules = { ...scheme, budgetMinor };
        const grants: SubsidyGrant[] = [];
        list.forEach(({ premiumMinor, cancelled, served }, i) => {
          const request = { ...usual, policy: `P-${i}`, premiumMinor, firm: { ...firm, creditCode: `code-${i}` } };
          const { grant, subsidyMinor, insuredPaysMinor, tier } = decideSubsidy(request, rules, grants);
          expect(subsidyMinor + insuredPaysMinor).toBe(premiumMinor);
          expect(subsidyMinor).toBeLessThanOrEqual(Math.min(tier!.capMinor, premiumMinor));
          if (grant !== null)
            grants.push(cancelled ? clawBack(grant, rules, new Date(Date.parse(grant.begins) + served * 86_400_000).toISOString().slice(0, 10)) : grant);
        });
        expect(budgetLeft(rules, grants)).toBeGreaterThanOrEqual(0);
        const file = makeAuthorityFile(rules, grants, offer.packages);
        expect(file.netMinor + file.budgetLeftMinor).toBe(budgetMinor);
        expect(file.rows).toHaveLength(grants.length);
      }),
    );
  });

  it('takes back no more than it gave, less the longer the cover lasted, and nothing after the kept days', () => {
    const returned = (ends: string): number => clawBack(granted, scheme, ends).returnedMinor;
    const amounts = ['2026-03-01', '2026-04-01', '2026-08-27', '2026-08-28', '2027-02-01'].map(returned);
    expect(amounts).toEqual([400_000, 331_112, 2223, 0, 0]);
    expect(clawBack(granted, { ...scheme, clawBack: 'all' }, '2026-08-27').returnedMinor).toBe(granted.subsidyMinor);
    expect(() => returned('2026-02-28')).toThrow(expect.objectContaining({ code: 'ends-before-it-begins' }));
  });

  it('names in its file what the grants refer to, and keeps the id of what is no longer there', () => {
    const gone = { ...granted, policy: 'P-2', tier: 'gone', package: 'gone' };
    const names = makeAuthorityFile(scheme, [gone, granted], offer.packages).rows.map((row) => row.names);

    expect(names[0]).toEqual({
      scheme: scheme.title,
      industry: industryTitles[firm.industry],
      tier: { zh: '第二档', en: 'Second tier' },
      package: usual.package.title,
    });
    expect([names[1]!.tier, names[1]!.package]).toEqual([
      { zh: 'gone', en: 'gone' },
      { zh: 'gone', en: 'gone' },
    ]);
  });

  it('burns down day by day', () => {
    const later = { ...granted, policy: 'P-2', begins: '2026-05-01', subsidyMinor: 100_000 };
    expect(burnDown(scheme, [later, granted])).toEqual([
      { day: '2026-03-01', grants: 1, leftMinor: 499_600_000 },
      { day: '2026-05-01', grants: 2, leftMinor: 499_500_000 },
    ]);
  });
});

describe('content of the subsidy', () => {
  it('matches packages with limits, more protection with no lower one', () => {
    const limits = matchLimits([...offer.packages.values()], scheme).map(({ limitMinor }) => limitMinor!);
    expect(limits).toEqual(limits.toSorted((a, b) => a - b));
  });

  it('is refused with a stray control or a tier that no limit belongs to', () => {
    const file = contentFiles('content/security-packages')[0]!;
    const stray = { ...file, data: { ...(file.data as object), controls: ['noSuchControl'] } };
    expect(buildSubsidyOffer({ subsidies: [], packages: [stray] }, controls).problems).toHaveLength(1);
    const bare = { path: 'x.yaml', data: { ...scheme, limits: {} } };
    expect(buildSubsidyOffer({ subsidies: [bare], packages: [] }, controls).problems).toHaveLength(3);
  });
});
