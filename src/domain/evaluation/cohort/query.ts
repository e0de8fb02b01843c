import { z } from 'zod';
import { Day, Instant, hashData } from '../../basics/index.ts';
import { Design } from '../model.ts';

const anyOf = z.array(z.string().min(1)).min(1).nullable();

/** Which firms a study is about; null means no restriction. Dates are those of the start of cover, both included; scores are included at both ends. */
export const CohortFilter = z.strictObject({
  startFrom: Day.nullable(),
  startUntil: Day.nullable(),
  industries: anyOf,
  sizes: anyOf,
  products: anyOf,
  scoreFrom: z.number().nullable(),
  scoreUntil: z.number().nullable(),
});
export type CohortFilter = z.infer<typeof CohortFilter>;

/** Characteristics on which firms can be made alike: the same exactly, or near in standard deviations. */
export const Characteristic = z.enum(['industry', 'size', 'product']);
export type Characteristic = z.infer<typeof Characteristic>;
export const Measure = z.enum(['score', 'employees', 'revenue']);
export type Measure = z.infer<typeof Measure>;

/** With whom the insured firms are compared. */
export const ControlGroup = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('not-yet-treated') }),
  z.strictObject({ kind: z.literal('matched'), same: z.array(Characteristic), near: z.array(Measure), caliper: z.number().positive() }),
]);
export type ControlGroup = z.infer<typeof ControlGroup>;

/** A metric whose presence at the start splits the firms into two groups, e.g. with and without second factors. */
const Splits = z.array(z.string().min(1)).max(12);

/** A study as it is registered before looking: everything that decides its numbers. Running it again gives the same answer. */
export const StudyQuery = z.strictObject({
  question: z.string().min(1),
  design: Design,
  metrics: z.array(z.string().min(1)).min(1),
  cohort: CohortFilter,
  control: ControlGroup,
  /** Where the firms come from: `records` for the system's own, else the id of an imported panel. */
  source: z.string().min(1),
  /** Compares firms by what they had at the start instead of by cover: one comparison per metric named. Empty compares by cover. */
  splitBy: Splits,
  /** How long after the start of cover the second look may lie, in days. */
  followUpDays: z.int().min(1).max(3660),
  /** Records known later than this do not count. */
  asOf: Instant,
  seed: z.int().min(0),
  /** Versions of scoring model and ratebook, by name. */
  versions: z.record(z.string(), z.string()),
});
export type StudyQuery = z.infer<typeof StudyQuery>;

/** The name of a frozen study: equal queries have equal names, and any change makes another. */
export const studyFingerprint = (query: StudyQuery): string => hashData(query);
