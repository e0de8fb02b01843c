import { between } from '../bounds.ts';

/*
 * In plain numbers and not in objects: a loop over a book reads its bounds once and keeps them in registers, where an object handed on would be read for every policy and peril.
 */

/**
 * A bound of security with `adjusted`, the firm's experience × schedule: the bound filed for security alone, carried over by them, inside the bounds filed for all three together. One pair
 * holds for every peril of a policy, because bounding security first and the product after it is bounding the product once.
 */
export const combinedBound = (ofSecurity: number, adjusted: number, least: number, most: number): number => between(least, ofSecurity * adjusted, most);

/**
 * What a firm's security and its own record do to a peril's frequency: controls × findings over the book's mean findings (methods §2), × experience × schedule, inside the policy's
 * `combinedBound`s. `perMean` is experience × schedule over the book's mean. Without jumps, which a processor guesses wrong for firms that differ.
 */
export const combinedFactor = (controlsTimesFindings: number, perMean: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, controlsTimesFindings * perMean));
