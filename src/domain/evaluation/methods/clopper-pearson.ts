import { betaQuantile } from '../distributions/binomial.ts';
import { usualLevel, type Count, type Interval } from '../model.ts';

/**
 * Exact interval for one share: never covers less often than its level, usually more. Holds for independent units with one probability.
 * Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), in its beta-quantile form.
 */
export function clopperPearsonInterval({ count, of }: Count, level = usualLevel): Interval {
  if (of < 1 || count < 0 || count > of) throw new Error('clopperPearsonInterval needs 0 ≤ count ≤ of and of ≥ 1');
  const tail = (1 - level) / 2;
  const low = count === 0 ? 0 : betaQuantile(tail, count, of - count + 1);
  const high = count === of ? 1 : betaQuantile(1 - tail, count + 1, of - count);
  return { low, high, level, method: 'Clopper-Pearson' };
}
