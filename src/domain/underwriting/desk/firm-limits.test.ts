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
const levels = [
  { level: 'underwriting-manager', limitMinor: 30 },
  { level: 'underwriter', limitMinor: 10 },
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
