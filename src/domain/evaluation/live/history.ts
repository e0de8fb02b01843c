import { z } from 'zod';
import { AnswerValue, Dimension } from '../../assessment/index.ts';
import { Day } from '../../basics/index.ts';
import { Industry } from '../../parties/index.ts';

/** The evidence of a look scored again under other rules, named by `scoring`. */
export const Rescored = z.strictObject({ scoring: z.string(), score: z.number().min(0).max(100), dimensions: z.partialRecord(Dimension, z.number()) });
export type Rescored = z.infer<typeof Rescored>;

/** One look at a firm: an assessment as it stood on a day. */
export const Observation = z.strictObject({
  on: Day,
  score: z.number().min(0).max(100),
  dimensions: z.partialRecord(Dimension, z.number()),
  gatePassed: z.boolean(),
  /** Names the scoring rules used; scores under different rules are not compared. */
  scoring: z.string(),
  /** The same evidence under the rules in force when the data were cut; absent when those are the same rules or the evidence is no longer whole. */
  rescored: Rescored.optional(),
  /** What was known of the controls that metrics ask about. */
  controls: z.record(z.string(), AnswerValue),
  /** Day of the latest scan behind it; null when nothing was scanned. */
  scannedOn: Day.nullable(),
  /** Severe and high vulnerabilities open on that scan. Says nothing when nothing was scanned. */
  severeOpen: z.array(z.string()),
});
export type Observation = z.infer<typeof Observation>;

/** One policy of the firm. Losses and claims are null where the records do not hold any, which is not zero. */
export const CoverResult = z.strictObject({
  from: Day,
  to: Day,
  /** Score on which it was bound. */
  score: z.number(),
  product: z.string().nullable(),
  premiumMinor: z.int().min(0),
  incurredLossMinor: z.int().min(0).nullable(),
  claims: z.int().min(0).nullable(),
});
export type CoverResult = z.infer<typeof CoverResult>;

/** What the records say of one firm over time. `firm` is a pseudonym: the same firm has the same one, and it names nobody. */
export const FirmHistory = z.strictObject({
  firm: z.string().min(1),
  industry: Industry,
  employees: z.int().min(1),
  /** Yearly revenue in minor units; null when not recorded. */
  revenueMinor: z.int().min(0).nullable(),
  /** Asked for cover, whatever came of it. */
  applied: z.boolean(),
  /** By day, earliest first. */
  observations: z.array(Observation),
  /** By start, earliest first. */
  covers: z.array(CoverResult),
});
export type FirmHistory = z.infer<typeof FirmHistory>;

/** The first day of cover; null for a firm without any. */
export const startOf = ({ covers }: FirmHistory): string | null => covers[0]?.from ?? null;

/** Size by number of employees, as the statistics of small and medium firms in services cut it: under 10, 100, 300. */
export function sizeOf({ employees }: Pick<FirmHistory, 'employees'>): 'micro' | 'small' | 'medium' | 'large' {
  if (employees < 10) return 'micro';
  if (employees < 100) return 'small';
  return employees < 300 ? 'medium' : 'large';
}

/** The history as it was known on a day: later looks are left out. */
export const knownOn = (history: FirmHistory, day: string): FirmHistory => ({
  ...history,
  observations: history.observations.filter(({ on }) => on <= day),
});

/** The last look up to and including a day, null when there was none. */
export const lastUpTo = ({ observations }: FirmHistory, day: string): Observation | null => observations.findLast(({ on }) => on <= day) ?? null;

/** The first look, or for an insured firm the last one before cover began: where it stood when the study begins. */
export function baselineOf(history: FirmHistory): Observation | null {
  const start = startOf(history);
  return start === null ? (history.observations[0] ?? null) : lastUpTo(history, start);
}

const millisPerDay = 86_400_000;

/** Days from one day to another, negative when the second is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / millisPerDay);

/** The day so many days later. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * millisPerDay).toISOString().slice(0, 10);
