import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentFiles, referenceFirm } from '../../../test/tariff.ts';
import {
  bindApplication,
  buildSubsidyOffer,
  decideApplication,
  decideSubsidy,
  endWithPolicy,
  hasLapsed,
  lapseApplication,
  lapseReasons,
  regrantApplication,
  requireShown,
  returnSubsidy,
  takesMinor,
  withReserved,
  withdrawApplication,
  type OpenScheme,
  type SubsidyApplication,
} from './index.ts';

const controls = new Set(contentFiles('content/controls').map(({ data }) => (data as { id: string }).id));
const offer = buildSubsidyOffer({ subsidies: contentFiles('content/subsidies'), packages: contentFiles('content/security-packages') }, controls).value!;
const scheme = offer.schemes.get('harbour-city-2026')!;
const at = '2026-03-01T10:00:00+08:00';
const act = { at, by: 'officer', reason: 'checked' };
const opened = (budgetMinor: number): OpenScheme => ({ scheme: { ...scheme, budgetMinor }, state: 'open', reservedMinor: 0, opened: { at, by: 'officer' } });

function applied(open: OpenScheme, n: number, premiumMinor: number): SubsidyApplication | null {
  const request = {
    policy: `quote-${n}`,
    firm: { ...referenceFirm, creditCode: `code-${n}` },
    region: '示例港城',
    package: offer.packages.get('pine-standard')!,
    begins: '2026-03-02',
    currency: 'CNY' as const,
    premiumMinor,
    limitMinor: 200_000_000,
  };
  const { grant } = decideSubsidy(request, open.scheme, [], open.scheme.budgetMinor - open.reservedMinor);
  return grant === null
    ? null
    : {
        scheme: 'record',
        quote: request.policy,
        applicant: `org-${n}`,
        insurer: 'insurer',
        creditCode: grant.creditCode,
        state: 'waiting',
        grant,
        policy: null,
        validUntil: '2026-03-31T10:00:00+08:00',
        asked: { at, by: 'owner' },
        decided: null,
        returned: null,
        lapsed: null,
      };
}

const usual = applied(opened(1_000_000_000), 1, 1_000_000)!;
const policy = { record: 'policy_1', number: 'RL1', begins: '2026-03-02' };
const bound = (application: SubsidyApplication) => bindApplication(application, { ...policy, premiumMinor: application.grant.premiumMinor });
const lapsed = { at, reason: lapseReasons.expired };

describe('an application', () => {
  it('is granted once it is both approved and bound, in either order', () => {
    const approvedFirst = bound(decideApplication(usual, 'approved', act));
    const boundFirst = decideApplication(bound(usual), 'approved', act);

    expect([approvedFirst.state, boundFirst.state]).toEqual(['granted', 'granted']);
    expect(boundFirst.grant.policy).toBe('RL1');
    expect(bound(usual).state).toBe('waiting');
  });

  it('begins with the policy that it is bound with, and goes with no other premium', () => {
    expect(bindApplication(usual, { ...policy, begins: '2026-03-30', premiumMinor: 1_000_000 }).grant.begins).toBe('2026-03-30');
    for (const premiumMinor of [999_999, 300_000]) expect(() => bindApplication(usual, { ...policy, premiumMinor })).toThrow('does not go with a premium');
  });

  it('is decided again under another premium: never for more than before, and over where the scheme gives nothing', () => {
    const again = (premiumMinor: number, begins = '2026-03-02') => {
      const request = {
        policy: 'quote-1',
        firm: { ...referenceFirm, creditCode: 'code-1' },
        region: '示例港城',
        package: offer.packages.get('pine-standard')!,
      };
      return regrantApplication(usual, decideSubsidy({ ...request, begins, currency: 'CNY', premiumMinor, limitMinor: 200_000_000 }, scheme, []), at);
    };
    const amounts = [again(600_000), again(2_000_000)].map(({ grant }) => [grant.premiumMinor, grant.subsidyMinor]);

    expect(amounts).toEqual([
      [600_000, 240_000],
      [2_000_000, 400_000],
    ]);
    expect(again(600_000, '2031-01-01')).toMatchObject({ state: 'lapsed', lapsed: { at, reason: { en: 'the cover does not begin within the scheme' } } });
  });

  it('is bound with what was shown of it, and otherwise says what it comes to and why', () => {
    expect(() => requireShown(400_000, usual)).not.toThrow();
    expect(() => requireShown(0, null)).not.toThrow();
    expect(() => requireShown(400_000, lapseApplication(usual, lapsed))).toThrow(
      expect.objectContaining({ code: 'subsidy-changed', facts: { shown: 400_000, now: 0, because: '报价有效期已过', becauseEn: lapseReasons.expired.en } }),
    );
    expect(() => requireShown(0, usual)).toThrow(expect.objectContaining({ code: 'subsidy-changed' }));
  });

  it('needs a reason to be refused, and is decided once', () => {
    expect(() => decideApplication(usual, 'refused', { ...act, reason: ' ' })).toThrow(expect.objectContaining({ code: 'reason-missing' }));
    expect(() => decideApplication(decideApplication(usual, 'refused', act), 'approved', act)).toThrow(expect.objectContaining({ code: 'move-not-allowed' }));
  });

  it('lapses with its quote, not a second earlier and never once bound', () => {
    expect(hasLapsed(usual, usual.validUntil)).toBe(false);
    expect(hasLapsed(usual, '2026-03-31T10:00:01+08:00')).toBe(true);
    expect(hasLapsed(bound(usual), '2027-01-01T00:00:00+08:00')).toBe(false);
  });

  it('can be withdrawn until it is bound', () => {
    expect(takesMinor(withdrawApplication(usual))).toBe(0);
    expect(() => withdrawApplication(bound(usual))).toThrow(expect.objectContaining({ code: 'application-bound' }));
  });

  it('gives back the part of the days not served, and nothing after the days that must be kept', () => {
    const granted = bound(decideApplication(usual, 'approved', act));
    const half = returnSubsidy(granted, scheme, { ...act, ends: '2026-05-31' });

    expect(half.returned!.amountMinor).toBe(200_000);
    expect(takesMinor(half)).toBe(200_000);
    expect(() => returnSubsidy(granted, scheme, { ...act, ends: '2026-12-31' })).toThrow(expect.objectContaining({ code: 'nothing-to-return' }));
    expect(() => returnSubsidy(usual, scheme, { ...act, ends: '2026-05-31' })).toThrow(expect.objectContaining({ code: 'move-not-allowed' }));
  });
});

const step = fc.record({
  premiumMinor: fc.integer({ min: 100, max: 20_000_000 }),
  fate: fc.constantFrom('wait', 'refuse', 'withdraw', 'lapse', 'grant', 'return'),
  days: fc.nat({ max: 179 }),
});

function played(application: SubsidyApplication, { fate, days }: { fate: string; days: number }): SubsidyApplication {
  if (fate === 'refuse') return decideApplication(application, 'refused', act);
  if (fate === 'withdraw') return withdrawApplication(application);
  if (fate === 'lapse') return lapseApplication(application, lapsed);
  if (fate === 'wait') return application;
  const granted = bound(decideApplication(application, 'approved', act));
  const ends = new Date(Date.parse(granted.grant.begins) + days * 86_400_000).toISOString().slice(0, 10);
  return fate === 'grant' ? granted : returnSubsidy(granted, scheme, { ...act, ends });
}

describe('laws of a budget', () => {
  it('is never overspent whatever becomes of the applications, and what it has reserved is what they take', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat({ max: 10_000_000 }), (steps, budgetMinor) => {
        let open = opened(budgetMinor);
        const all: SubsidyApplication[] = [];
        steps.forEach((one, n) => {
          const application = applied(open, n, one.premiumMinor);
          if (application === null) return;
          open = withReserved(open, takesMinor(application));
          const after = played(application, one);
          open = withReserved(open, takesMinor(after) - takesMinor(application));
          all.push(after);
        });
        expect(open.reservedMinor).toBe(all.reduce((sum, one) => sum + takesMinor(one), 0));
        expect(open.reservedMinor).toBeLessThanOrEqual(budgetMinor);
      }),
    );
  });

  it('refuses rather than spend what is not there', () => {
    expect(() => withReserved(opened(100), 101)).toThrow(expect.objectContaining({ code: 'budget-overspent' }));
  });
});

describe('a policy that ends early', () => {
  const ended = (ends: string, returnedMinor = 0, undone = false) => ({
    ...{ at, by: 'system', ends, reason: 'the cover lapsed' },
    premium: { returnedMinor, undone },
  });

  it('takes back what the scheme says, and nothing once the cover has lasted its days', () => {
    const granted = decideApplication(bound(usual), 'approved', act);
    const half = endWithPolicy(granted, scheme, ended('2026-05-31'))!;

    expect([half.state, half.returned!.amountMinor]).toEqual(['returned', Math.ceil(granted.grant.subsidyMinor / 2)]);
    expect(endWithPolicy(granted, scheme, ended('2026-08-29'))).toBeNull();
    expect(endWithPolicy(half, scheme, ended('2026-05-31'))).toBeNull();
  });

  it('keeps the reason of the end as it was said, in both languages where the system said it', () => {
    const granted = decideApplication(bound(usual), 'approved', act);
    const missed = { zh: '备份证明', en: 'proof of a backup' };

    expect(endWithPolicy(granted, scheme, { ...ended('2026-05-31'), reason: missed })!.returned!.reason).toEqual(missed);
  });

  it('gives the authority its share of a returned premium also after the days that must be kept, and all when the insurance is undone', () => {
    const granted = decideApplication(bound(usual), 'approved', act);
    const { subsidyMinor } = granted.grant;

    const late = endWithPolicy(granted, scheme, ended('2026-12-31', 100_000))!;
    expect(late).toMatchObject({ state: 'returned', grant: { returnedMinor: 40_000 }, returned: { amountMinor: 40_000 } });
    expect(endWithPolicy(late, scheme, ended('2026-12-31', 50_000))).toBeNull();
    expect(endWithPolicy(late, scheme, ended('2026-12-31', 0, true))).toMatchObject({ returned: { amountMinor: subsidyMinor } });
    expect(endWithPolicy(granted, scheme, ended('2026-12-31', 1_000_000, true))!.grant.returnedMinor).toBe(subsidyMinor);
  });

  it('leaves the firm no more of a returned premium than it paid itself, and the authority no more than it gave, whatever is returned when', () => {
    const cases = fc.record({
      premiumMinor: fc.integer({ min: 100, max: 20_000_000_000 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      days: fc.nat({ max: 364 }),
      undone: fc.boolean(),
      all: fc.boolean(),
      officer: fc.option(fc.nat({ max: 179 })),
    });
    const dayOn = (begins: string, days: number): string => new Date(Date.parse(begins) + days * 86_400_000).toISOString().slice(0, 10);

    fc.assert(
      fc.property(cases, ({ premiumMinor, part, days, undone, all, officer }) => {
        const rules = { ...scheme, clawBack: all ? ('all' as const) : ('pro-rata' as const) };
        const granted = decideApplication(bound(applied(opened(100_000_000_000), 1, premiumMinor)!), 'approved', act);
        const { begins, subsidyMinor } = granted.grant;
        const before = officer === null || subsidyMinor === 0 ? granted : returnSubsidy(granted, rules, { ...act, ends: dayOn(begins, officer) });
        const returnedMinor = Math.floor(premiumMinor * part);
        const { grant } = endWithPolicy(before, rules, ended(dayOn(begins, days), returnedMinor, undone)) ?? before;
        const paidByFirm = premiumMinor - subsidyMinor + before.grant.returnedMinor;
        const toFirm = returnedMinor - (grant.returnedMinor - before.grant.returnedMinor);

        expect(grant.returnedMinor).toBeGreaterThanOrEqual(before.grant.returnedMinor);
        expect(grant.returnedMinor).toBeLessThanOrEqual(subsidyMinor);
        expect(toFirm).toBeLessThanOrEqual(paidByFirm);
        if (days >= rules.keepDays && !undone && officer === null) expect(toFirm).toBeGreaterThanOrEqual(0);
        if (undone) expect(grant.returnedMinor).toBe(subsidyMinor);
      }),
    );
  });

  it('ends what is not decided yet, so that no ended cover is subsidised later', () => {
    const waiting = endWithPolicy(bound(usual), scheme, ended('2026-05-31'))!;

    expect([waiting.state, takesMinor(waiting)]).toEqual(['lapsed', 0]);
  });
});
