import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../test/tariff.ts';
import { Refusal } from '../basics/index.ts';
import type { RequestedCover } from './model.ts';
import { settleCover } from './settle-cover.ts';

const today = '2026-11-22';
const cover: RequestedCover = {
  package: null,
  currency: 'CNY',
  limitMinor: 200_000_000,
  retentionMinor: 1_000_000,
  lines: [
    { coverage: 'business-interruption', subLimitMinor: 100_000_000, waitingHours: null },
    { coverage: 'incident-response', subLimitMinor: 50_000_000, waitingHours: null },
  ],
  from: null,
};
const settle = (change: Partial<RequestedCover>): RequestedCover => settleCover({ ...cover, ...change }, catalogue(), today);

function codeOf(change: Partial<RequestedCover>): string | null {
  try {
    settle(change);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code;
  }
}

describe('a cover before it is agreed', () => {
  it('has the waiting period of the catalogue written out where none was asked for, and none where it means nothing', () => {
    expect(settle({}).lines.map(({ waitingHours }) => waitingHours)).toEqual([8, null]);
  });

  it('keeps a waiting period that was asked for', () => {
    const asked = [{ coverage: 'business-interruption', subLimitMinor: 1, waitingHours: 0 }];

    expect(settle({ lines: asked }).lines).toEqual(asked);
  });

  it('must have a retention below the limit, and sub-limits within it', () => {
    expect(codeOf({ retentionMinor: 200_000_000 })).toBe('retention-not-below-limit');
    expect(codeOf({ limitMinor: 99_999_999 })).toBe('sub-limit-above-limit');
  });

  it('must name a package on sale, or none', () => {
    expect(codeOf({ package: '__proto__' })).toBe('package-unknown');
    expect(codeOf({ package: 'sme-standard' })).toBeNull();
  });

  it('can begin tomorrow at the earliest and three months ahead at the latest', () => {
    const days = ['2026-11-22', '2026-11-23', '2027-02-20', '2027-02-21', '9999-12-31', '2000-01-01'];

    expect(days.map((from) => codeOf({ from }))).toEqual([
      'inception-out-of-range',
      null,
      null,
      'inception-out-of-range',
      'inception-out-of-range',
      'inception-out-of-range',
    ]);
  });
});
