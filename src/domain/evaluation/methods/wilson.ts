import { normalQuantile } from '../../basics/index.ts';
import { usualLevel, type Count, type Interval } from '../model.ts';

/**
 * Score interval for one share. Holds when the units are independent and share one probability; its coverage swings a few points around the level
 * and is close on average even for small counts. For display; for assurance use Clopper–Pearson.
 * Source: E. B. Wilson, JASA 22 (1927), without continuity correction.
 */
export function wilsonInterval({ count, of }: Count, level = usualLevel): Interval {
  if (of < 1 || count < 0 || count > of) throw new Error('wilsonInterval needs 0 ≤ count ≤ of and of ≥ 1');
  const z = normalQuantile((1 + level) / 2);
  const share = count / of;
  const spread = 1 + (z * z) / of;
  const centre = (share + (z * z) / (2 * of)) / spread;
  const half = (z / spread) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { low: count === 0 ? 0 : centre - half, high: count === of ? 1 : centre + half, level, method: 'Wilson' };
}
