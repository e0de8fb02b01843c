/**
 * Exact parts in whole units that add up to `total`, so that a breakdown re-adds as it is printed: each is rounded down, and what is left goes to the largest
 * remainders, earlier parts first on ties. A part that is a whole number stays as it is wherever the total differs from the exact sum by less than one unit.
 */
export function roundParts(total: number, exact: readonly number[]): number[] {
  const floors = exact.map(Math.floor);
  const left = total - floors.reduce((sum, one) => sum + one, 0);
  const byRemainder = exact.map((_, at) => at).sort((a, b) => exact[b]! - floors[b]! - (exact[a]! - floors[a]!) || a - b);
  // Sums of floats may miss the total by a hair, so that one unit has to be taken away instead of given.
  const raised = new Set(byRemainder.slice(0, Math.max(0, left)));
  const lowered = new Set(left < 0 ? byRemainder.slice(left) : []);
  return floors.map((floor, at) => floor + Number(raised.has(at)) - Number(lowered.has(at)));
}
