/** An amount of minor units with thousands separated, in yuan and fen; integer arithmetic only. */
export function yuan(minor: number): string {
  const size = Math.abs(Math.round(minor));
  const major = String(Math.floor(size / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${minor < 0 ? '−' : ''}${major}.${String(size % 100).padStart(2, '0')}`;
}

/** A share as a percentage with up to two digits that matter. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))}%`;
