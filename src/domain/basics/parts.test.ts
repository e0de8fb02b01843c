import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundParts } from './parts.ts';

describe('parts in whole units', () => {
  test('add up to their rounded sum, each within one unit of what it is', () => {
    const parts = fc.array(
      fc.integer({ min: -50_000, max: 50_000 }).map((one) => one / 128),
      { minLength: 1, maxLength: 9 },
    );
    fc.assert(
      fc.property(parts, (exact) => {
        const total = Math.round(exact.reduce((sum, one) => sum + one, 0)) + 0;
        const rounded = roundParts(total, exact);

        expect(rounded.reduce((sum, one) => sum + one, 0)).toBe(total);
        for (const [at, one] of rounded.entries()) expect(Math.abs(one - exact[at]!)).toBeLessThanOrEqual(1);
      }),
      { seed: 20261128 },
    );
  });

  test('leave a nought alone and give the odd unit to the largest remainder', () => {
    expect(roundParts(-135, [-78.4, -56.4, 0])).toEqual([-79, -56, 0]);
  });
});
