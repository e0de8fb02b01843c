import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeThree } from './merge-three.ts';

const fields = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat({ max: 2 }));

it('takes what one side changed, and names what both changed differently', () => {
  const base = { a: 1, b: 1, c: 1, d: 1 };

  expect(mergeThree({ base, mine: { ...base, a: 2, c: 2, d: 3 }, theirs: { ...base, b: 2, c: 2, d: 4 } })).toEqual({
    merged: { a: 2, b: 2, c: 2, d: 3 },
    conflicts: ['d'],
  });
});

it('never loses a change: each field of the merge is mine or theirs, and a conflict is named exactly when both moved apart', () => {
  fc.assert(
    fc.property(fields, fields, fields, (base: Record<string, number>, mine: Record<string, number>, theirs: Record<string, number>) => {
      const { merged, conflicts } = mergeThree({ base, mine, theirs });
      for (const key of ['a', 'b', 'c', 'd']) {
        const moved = [mine[key] !== base[key], theirs[key] !== base[key]];
        expect(conflicts.includes(key)).toBe(moved[0] && moved[1] && mine[key] !== theirs[key]);
        expect(merged[key]).toBe(moved[0] ? mine[key] : theirs[key]);
      }
    }),
  );
});
