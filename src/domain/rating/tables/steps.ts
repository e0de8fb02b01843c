import { between } from '../bounds.ts';

/*
 * In plain numbers and not in objects: a loop over a book reads its bounds once and keeps them in registers, where an object handed on would be read for every policy and peril.
 */

/** What a firm's security does to a peril's frequency: controls × findings over the book's mean findings, inside the filed bounds (methods §2). */
export const securityUsed = (controlsTimesFindings: number, bookMean: number, least: number, most: number): number =>
  between(least, controlsTimesFindings / bookMean, most);

/** Security with `adjusted`, the firm's experience × schedule, inside the bounds filed for all three together. */
export const combinedFactor = (used: number, adjusted: number, least: number, most: number): number => between(least, used * adjusted, most);
