import { describe, expect, it } from 'vitest';
import { pcg32, randomAt, splitMix64 } from './randomness.ts';

describe('random streams', () => {
  it('draw the numbers of the published demonstrations', () => {
    const pcg = pcg32(42n, 54n);
    const split = splitMix64(1234567n);

    expect([pcg.nextUint32(), pcg.nextUint32(), pcg.nextUint32()]).toEqual([0xa15c02b7, 0x7b47f409, 0xba1d3330]);
    expect([split(), split()]).toEqual([6457827717110365317n, 3203168211198807973n]);
  });

  it('depend on their address alone', () => {
    const first = randomAt(7, 'year', 1, 'policy', 'a');
    const drawn = [first.nextUint32(), first.nextUint32()];
    randomAt(7, 'year', 1, 'policy', 'b').nextUint32();
    const again = randomAt(7, 'year', 1, 'policy', 'a');

    expect([again.nextUint32(), again.nextUint32()]).toEqual(drawn);
    expect(randomAt(8, 'year', 1, 'policy', 'a').nextUint32()).not.toBe(drawn[0]);
    expect(randomAt(7, 'year', 11, 'policy', 'a').nextUint32()).not.toBe(randomAt(7, 'year', 1, '1policy', 'a').nextUint32());
  });

  it('are uniform inside (0, 1), within the noise of 20,000 draws', () => {
    const stream = randomAt(1, 'uniform');
    const draws = Array.from({ length: 20_000 }, () => stream.nextUniform());
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const square = draws.reduce((sum, x) => sum + x * x, 0) / draws.length;

    expect(Math.min(...draws)).toBeGreaterThan(0);
    expect(Math.max(...draws)).toBeLessThan(1);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.01);
    expect(Math.abs(square - 1 / 3)).toBeLessThan(0.01);
  });
});
