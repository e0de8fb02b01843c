import { within } from '../bounds.ts';
import type { StepNumbers } from './factor-tables.ts';

type SecurityNumbers = Pick<StepNumbers, 'bookMean' | 'security' | 'combined'>;

/** A copy for one loop: the compiler keeps the numbers of an object made in sight in registers, and would read those of one handed in for every policy. */
export const atHand = ({ bookMean, security, combined }: SecurityNumbers): SecurityNumbers => ({
  bookMean,
  security: { least: security.least, most: security.most },
  combined: { least: combined.least, most: combined.most },
});

/** What a firm's security does to a peril's frequency: controls × findings over the book's mean findings, inside the filed bounds (methods §2). */
export const securityUsed = (controlsTimesFindings: number, { bookMean, security }: SecurityNumbers): number =>
  within(controlsTimesFindings / bookMean, security);

/** Security with `adjusted`, the firm's experience × schedule, inside the bounds filed for all three together. */
export const combinedFactor = (used: number, adjusted: number, { combined }: SecurityNumbers): number => within(used * adjusted, combined);
