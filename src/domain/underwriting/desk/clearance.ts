import { z } from 'zod';
import { Instant, Refusal, instantMillis } from '../../basics/index.ts';
import { normaliseName, sameFirm, tidyCreditCode, type FirmProfile } from '../../parties/index.ts';
import type { SubmissionState } from '../submission.ts';

/** Why a held submission may go on after all: another firm of the same name, the firm named this broker its own, or the earlier one is over. */
export const ReleaseGround = z.enum(['not-the-same-firm', 'broker-of-record', 'earlier-ended']);
export type ReleaseGround = z.infer<typeof ReleaseGround>;

/** Whether the firm is being considered already. `against` is the earlier submission; who brought it is nobody else's business. */
export const Clearance = z.strictObject({
  state: z.enum(['clear', 'blocked', 'released']),
  against: z.string().nullable(),
  since: Instant.nullable(),
  how: z.enum(['credit-code', 'name']).nullable(),
  released: z.strictObject({ ground: ReleaseGround, reason: z.string(), by: z.string(), name: z.string(), at: Instant }).nullable(),
});
export type Clearance = z.infer<typeof Clearance>;

/** What clearance compares of a submission. */
export interface Considered {
  readonly submission: string;
  readonly firm: Pick<FirmProfile, 'name' | 'creditCode'>;
  /** The applicant's or broker's organisation, and its file on the firm: the same file asked about anew is no second submission. */
  readonly applicant: string;
  readonly assessment: string;
  readonly at: Instant;
  readonly state: SubmissionState;
}

/** By what a firm is found again: its credit code, else its normalised name. */
export const firmKeys = ({ name, creditCode }: Pick<FirmProfile, 'name' | 'creditCode'>): string[] => [
  ...(creditCode === null ? [] : [`code:${tidyCreditCode(creditCode)}`]),
  `name:${normaliseName(name)}`,
];

/**
 * Compares a new submission with those that the insurer has. The first in time holds the firm for `clearanceDays`, unless it was declined, closed,
 * has expired or is bound. Two firms with different credit codes are two firms, whatever they are called.
 */
export function clearSubmission(coming: Considered, known: readonly Considered[], { clearanceDays }: { clearanceDays: number }): Clearance {
  const since = instantMillis(coming.at) - clearanceDays * 86_400_000;
  const earlier = known
    .filter((one) => one.submission !== coming.submission && isOpen(one) && !isSameFile(one, coming) && instantMillis(one.at) >= since)
    .flatMap((one) => {
      const how = sameFirm(one.firm, coming.firm);
      return how === null ? [] : [{ one, how }];
    })
    .sort((a, b) => instantMillis(a.one.at) - instantMillis(b.one.at))[0];
  if (earlier === undefined) return { state: 'clear', against: null, since: null, how: null, released: null };
  return { state: 'blocked', against: earlier.one.submission, since: earlier.one.at, how: earlier.how, released: null };
}

const isOpen = ({ state }: Considered): boolean => state === 'open' || state === 'quoted' || state === 'referred';
const isSameFile = (a: Considered, b: Considered): boolean => a.applicant === b.applicant && a.assessment === b.assessment;

/** Throws a Refusal `already-being-considered` that says since when. */
export function requireClear({ state, since }: Clearance): void {
  if (state === 'blocked')
    throw new Refusal('rule', 'already-being-considered', `this firm is already being considered since ${since}`, { since: since ?? '' });
}
