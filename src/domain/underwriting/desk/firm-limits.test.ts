import { describe, expect, it } from 'vitest';
import { limitsTogether, otherLimits, yearAfter, type HeldLimit } from './firm-limits.ts';
import type { AuthorityLevel } from './model.ts';

const held = (submission: string, kind: HeldLimit['kind'], from: string, limitMinor: number): HeldLimit => ({
  ...{ submission, kind, from, limitMinor },
  until: yearAfter(from),
});
const levels = [
  { level: 'underwriting-manager', limitMinor: 30 },
  { level: 'underwriter', limitMinor: 10 },
] as AuthorityLevel[];

describe('the limits of a firm besides a cover', () => {
  it('count policies and offers that run beside it, and of one submission the greatest', () =>
    expect(otherLimits('2027-01-01', [held('a', 'policy', '2026-06-01', 8), held('b', 'offer', '2027-01-05', 5), held('b', 'offer', '2027-01-05', 7)])).toEqual(
      { policies: 1, limitMinor: 15 },
    ));

  it('leave out the policy that a renewal follows, and count it with a renewal that begins earlier', () => {
    const expiring = [held('a', 'policy', '2026-01-01', 8)];

    expect(otherLimits('2027-01-01', expiring)).toEqual({ policies: 0, limitMinor: 0 });
    expect(otherLimits('2026-12-31', expiring)).toEqual({ policies: 1, limitMinor: 8 });
  });

  it('are the most of any one day: a policy and its renewal do not count together', () =>
    expect(otherLimits('2026-07-01', [held('a', 'policy', '2026-01-01', 8), held('r', 'offer', '2027-01-01', 9)])).toEqual({ policies: 1, limitMinor: 9 }));
});

describe('limits together', () => {
  it('refer a second policy however small, naming both sums in both languages', () => {
    const [reason] = limitsTogether(200, { policies: 1, limitMinor: 100 }, [{ ...levels[1]!, limitMinor: 10_000 }]);

    expect(reason).toMatchObject({ code: 'limits-of-firm-together', authority: 'underwriter' });
    expect(reason!.text.zh).toContain('合计 3 元');
    expect(reason!.text.en).toContain('together with this one 3');
  });

  it('refer offers only when they pass the lowest authority, to the level that the sum takes', () => {
    expect(limitsTogether(5, { policies: 0, limitMinor: 5 }, levels)).toEqual([]);
    expect(limitsTogether(5, { policies: 0, limitMinor: 6 }, levels)).toMatchObject([{ authority: 'underwriting-manager' }]);
    expect(limitsTogether(5, { policies: 0, limitMinor: 60 }, levels)).toMatchObject([{ authority: 'underwriting-manager' }]);
  });
});
