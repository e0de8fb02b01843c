import { usualLevel } from '../model.ts';
import { isFewClusters, labelPermutationP, mostPermuted, type PermutationP } from './permutation.ts';
import { welchDifference, type MeanDifference } from './welch.ts';

/** The same unit before and after. */
export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

export interface DifferenceInDifferences extends MeanDifference {
  readonly permutation: PermutationP | null;
}

const changeOf = ({ before, after }: BeforeAfter): number => after - before;

/**
 * How much more the treated changed than the reference group: the difference of mean first differences with Welch's interval, and the permutation p when there are
 * few units in all or in one group, or no t test because nothing varies. An effect only if both groups would have moved in parallel without treatment, and nothing else befell one of them.
 * Source: first-difference form in Angrist and Pischke, Mostly Harmless Econometrics (2009), ch. 5; few clusters: Bertrand, Duflo and Mullainathan, QJE 119 (2004).
 */
export function differenceInDifferences(
  { treated, reference, seed }: { readonly treated: readonly BeforeAfter[]; readonly reference: readonly BeforeAfter[]; readonly seed: number },
  level = usualLevel,
): DifferenceInDifferences {
  const [t, r] = [treated.map(changeOf), reference.map(changeOf)];
  const welch = welchDifference({ treated: t, reference: r }, level);
  const units = t.length + r.length;
  // Where nothing varies within the groups there is no t test, and the permutation alone can say something.
  const permuted = isFewClusters(t.length, r.length) || (welch.p === null && units <= mostPermuted);
  const interval = welch.interval === null ? null : { ...welch.interval, method: 'first differences, Welch t' };
  return { ...welch, interval, permutation: permuted ? labelPermutationP({ treated: t, reference: r, seed }) : null };
}
