import { usualLevel } from '../model.ts';
import { momentsOf } from './moments.ts';
import { combineMeans, type MeanDifference } from './welch.ts';

/** Mean of one sample with Student's interval; holds like the mean of changes below. */
export function meanOf(values: Iterable<number>, level = usualLevel): MeanDifference {
  const moments = momentsOf(values);
  return combineMeans(moments.mean, [moments], level, 'Student t');
}

/**
 * Mean of paired changes (after minus before) with Student's interval. Holds for independent units whose mean change is near normal.
 * Source: Student, Biometrika 6 (1908).
 */
export function meanChange(changes: Iterable<number>, level = usualLevel): MeanDifference {
  const moments = momentsOf(changes);
  return combineMeans(moments.mean, [moments], level, 'paired t');
}
