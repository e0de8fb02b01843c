import { describe, expect, it } from 'vitest';
import { Refusal, yearsAfter } from '../../basics/index.ts';
import type { IssuedQuote } from '../submission.ts';
import { limitsTogether, otherLimits, requireLookedAt, sumInWords, type HeldLimit, type OtherLimits } from './firm-limits.ts';
import type { AuthorityLevel } from './model.ts';

const held = (submission: string, kind: 'policy' | 'offer', from: string, limitMinor: number, more: Partial<HeldLimit> = {}): HeldLimit => ({
  ...{ submission, from, limitMinor, applicant: 'firm', renews: null, until: yearsAfter(from) },
  policy: kind === 'policy' ? { id: `policy of ${submission}`, number: `RL-${submission}` } : null,
  ...more,
});
const beside = (from: string, some: readonly HeldLimit[], renews: string | null = null) => otherLimits({ from, renews, applicant: 'firm' }, some);
const nothing = { parts: [], limitMinor: 0, besidePolicy: false, ofOthers: false };
const bounds = { title: { zh: '一级', en: 'a level' }, premiumMinor: 100, schedulePercent: 0, waivers: 0 };
const levels = [
  { ...bounds, level: 'underwriting-manager', limitMinor: 30 },
  { ...bounds, level: 'underwriter', limitMinor: 10 },
] as AuthorityLevel[];

describe('the limits of a firm besides a cover', () => {
  it('count policies and offers that run beside it, and of one submission the greatest', () => {
    const some = [held('a', 'policy', '2026-06-01', 8), held('b', 'offer', '2027-01-05', 5), held('b', 'offer', '2027-01-05', 7)];

    expect(beside('2027-01-01', some)).toMatchObject({ limitMinor: 15, besidePolicy: true, parts: [{ limitMinor: 8 }, { limitMinor: 7 }] });
  });

  it('leave out the policy that a renewal follows, however they overlap, and count it with any other cover', () => {
    const expiring = [held('a', 'policy', '2026-01-01', 8)];

    expect(beside('2027-01-01', expiring)).toEqual(nothing);
    expect(beside('2026-12-01', expiring, 'policy of a')).toEqual(nothing);
    expect(beside('2026-12-01', expiring)).toMatchObject({ limitMinor: 8, besidePolicy: true });
  });

  it('count a policy and what renews it once where they overlap, by the greater, in the second generation too', () => {
    const line = [
      held('a', 'policy', '2026-01-01', 8),
      held('r', 'policy', '2026-12-01', 9, { renews: 'policy of a' }),
      held('s', 'offer', '2026-12-15', 7, { renews: 'policy of r' }),
    ];

    expect(beside('2026-12-20', line)).toMatchObject({ limitMinor: 9, parts: [{ submission: 'r' }] });
  });

  it('are the most of any one day: what follows one after the other does not count together', () =>
    expect(beside('2026-07-01', [held('a', 'policy', '2026-01-01', 8), held('b', 'offer', '2027-01-01', 9)])).toMatchObject({ limitMinor: 9 }));

  it('leave out what ended before, and a policy without a day of cover', () =>
    expect(
      beside('2026-07-01', [held('a', 'policy', '2026-01-01', 8, { until: '2026-07-01' }), held('b', 'policy', '2026-09-01', 8, { until: '2026-09-01' })]),
    ).toEqual(nothing));
});

describe('limits together', () => {
  const other = (limitMinor: number, more: Partial<OtherLimits> = {}): OtherLimits => ({ ...nothing, limitMinor, ...more });
  const cover = (limitMinor: number) => ({ limitMinor, currency: 'CNY' as const });
  const policy = beside('2027-01-01', [held('7', 'policy', '2026-06-01', 100), held('b', 'offer', '2027-01-01', 50)]);

  it('refer a second policy however small, naming the sum and what it is made of in both languages', () => {
    const [reason] = limitsTogether(cover(200), policy, [{ ...levels[1]!, limitMinor: 10_000 }]);

    expect(reason).toMatchObject({ code: 'limits-of-firm-together', authority: 'underwriter' });
    expect(reason!.text.zh).toBe('同一企业在本公司的限额合计 3.50 元：本次 2 元，保单 RL-7 1 元，另一份有效报价 0.50 元');
    expect(reason!.text.en).toContain('come to CNY 3.50 together: this cover CNY 2, policy RL-7 CNY 1, another open offer CNY 0.50');
  });

  it('refer offers only when they pass the lowest authority, to the level that the sum takes', () => {
    expect(limitsTogether(cover(5), other(5), levels)).toEqual([]);
    expect(limitsTogether(cover(50), nothing, levels)).toEqual([]);
    expect(limitsTogether(cover(5), other(6), levels)).toMatchObject([{ authority: 'underwriting-manager' }]);
    expect(limitsTogether(cover(5), other(60), levels)).toMatchObject([{ authority: 'underwriting-manager' }]);
  });

  it('tell an applicant no number and no amount of what another one applied for; the insurer reads them', () => {
    const others = { ...policy, ofOthers: true };
    const { text } = limitsTogether(cover(200), others, levels)[0]!;

    expect(`${text.zh} ${text.en}`).not.toMatch(/\d|RL/);
    expect(sumInWords(cover(200), others).zh).toContain('保单 RL-7');
  });

  it('are of others where somebody else applied for any of them', () =>
    expect(beside('2027-01-01', [held('a', 'offer', '2027-01-01', 5, { applicant: 'a broker' })]).ofOthers).toBe(true));
});

describe('a quote that is bound', () => {
  const policy = beside('2027-01-01', [held('7', 'policy', '2026-06-01', 3)]);
  const offer = beside('2027-01-01', [held('b', 'offer', '2027-01-01', 3)]);
  const quoted = (settled: object | null = null) =>
    ({ quote: { cover: { limitMinor: 5, currency: 'CNY' } }, settled }) as unknown as Pick<IssuedQuote, 'quote' | 'settled'>;
  const decided = (outcome: string, code: string) => quoted({ outcome, reasons: [{ code, guideline: null }] });
  const refusalOf = (work: () => void): Refusal | null => {
    try {
      work();
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    return null;
  };

  it.each([
    ['beside an offer', offer, quoted(), false],
    ['beside a policy', policy, quoted(), true],
    ['beside a policy, approved with both in sight', policy, decided('approved', 'limits-of-firm-together'), false],
    ['beside a policy, approved for something else', policy, decided('approved', 'cautious-appetite'), true],
    ['beside a policy, declined for it', policy, decided('declined', 'limits-of-firm-together'), true],
  ] as const)('%s', (_, others, issued, refused) =>
    expect(refusalOf(() => requireLookedAt(issued, others, levels))?.code ?? null).toBe(refused ? 'limits-not-looked-at' : null),
  );

  it('is refused with the sum in both languages, and without any of it where somebody else applied', () => {
    const facts = (ofOthers: boolean) => refusalOf(() => requireLookedAt(quoted(), { ...policy, ofOthers }, levels))!.facts;

    expect(facts(false)).toMatchObject({ reason: expect.stringContaining('保单 RL-7'), reasonEn: expect.stringContaining('policy RL-7') });
    expect(JSON.stringify(facts(true))).not.toMatch(/\d|RL/);
  });
});
