import { z } from 'zod';
import { Day, Text } from '../../basics/index.ts';
import { Industry, MemberRole } from '../../parties/index.ts';
import { Authority } from '../model.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const When = z.string().min(1).max(1000);

/** How far one level of authority reaches. `people` is how many of its holders must sign; amounts in minor units, the premium with VAT. */
export const AuthorityLevel = z.strictObject({
  level: Authority,
  title: Text,
  roles: z.array(MemberRole).min(1),
  people: z.int().min(1).max(3),
  limitMinor: z.int().min(1),
  premiumMinor: z.int().min(1),
  /** Most that all schedule items together may move the price, in percent either way. */
  schedulePercent: z.number().min(0).max(25),
  /** Blockers and contingencies that may be waived as dated warranties. */
  waivers: z.int().min(0),
  source: z.string().min(1),
});
export type AuthorityLevel = z.infer<typeof AuthorityLevel>;

export const Queue = z.enum(['straight-through', 'person', 'information']);
export type Queue = z.infer<typeof Queue>;

/** `content/underwriting/authority.yaml`: who decides what, and the clocks of the desk. */
export const AuthorityFile = z.strictObject({
  id: z.literal('authority'),
  levels: z.array(AuthorityLevel).min(1),
  slaHours: z.record(Queue, z.number().min(0)),
  lockMinutes: z.int().min(1).max(240),
  clearanceDays: z.int().min(1).max(366),
  longestValidityDays: z.int().min(1).max(366),
  offersAtMost: z.int().min(1).max(10),
  reviewBeforeBinding: z.boolean(),
});

export const Appetite = z.enum(['preferred', 'standard', 'cautious', 'outside']);
export type Appetite = z.infer<typeof Appetite>;

/**
 * Firms whose class code begins with one of `gbt4754`, or, where that is empty, of one of `industries`. Beside `gbt4754`, `industries` are those under which such a
 * firm may stand: who states one of them and no class is asked for it.
 */
export const AppetiteRow = z.strictObject({ id, gbt4754: z.array(z.string()), industries: z.array(Industry), appetite: Appetite, text: Text });
export type AppetiteRow = z.infer<typeof AppetiteRow>;
export const AppetiteFile = z.strictObject({ id: z.literal('appetite'), rows: z.array(AppetiteRow) });

/** A term that is raised by itself: retention in minor units, waiting in hours. `when` is a CEL condition over `firm`, `cover` and `answers`. */
export const TermRule = z.strictObject({
  id,
  when: When,
  term: z.enum(['retention', 'waiting']),
  atLeast: z.number().min(0),
  text: Text,
  source: z.string().min(1),
});
export type TermRule = z.infer<typeof TermRule>;
export const TermsFile = z.strictObject({ id: z.literal('terms'), rules: z.array(TermRule) });

/** Something that a submission needs and that is missing while `when` holds; `refers` sends the case to a person until it is there. */
export const CompletenessItem = z.strictObject({ id, when: When, refers: z.boolean(), text: Text });
export type CompletenessItem = z.infer<typeof CompletenessItem>;
export const CompletenessFile = z.strictObject({ id: z.literal('completeness'), items: z.array(CompletenessItem) });

export const ContingencyStage = z.enum(['pre-bind', 'post-bind']);
export type ContingencyStage = z.infer<typeof ContingencyStage>;

/** Words of a contingency as the insurer usually sets it; `warranty` is the duty that it becomes when it is waived, null where it cannot be. */
export const ContingencyTemplate = z.strictObject({
  id,
  stage: ContingencyStage,
  days: z.int().min(1).max(366),
  title: Text,
  text: Text,
  warranty: Text.nullable(),
  /** Coverages on which the sub-limit of its warranty bites. */
  covers: z.array(z.string()),
});
export type ContingencyTemplate = z.infer<typeof ContingencyTemplate>;
export const ContingencyFile = z.strictObject({ id: z.literal('contingencies'), templates: z.array(ContingencyTemplate) });

/** What an underwriter may give a schedule item for, and the most that it may weigh, in percent either way. */
export const ScheduleReason = z.strictObject({ id, mostPercent: z.number().gt(0).max(25), title: Text });
export type ScheduleReason = z.infer<typeof ScheduleReason>;
export const ScheduleFile = z.strictObject({ id: z.literal('schedule'), items: z.array(ScheduleReason) });

/** A list of parties that are not insured without a person's look: `content/screening/<id>.yaml`. */
export const ScreeningList = z.strictObject({
  id,
  title: Text,
  source: z.string().min(1),
  date: Day,
  entries: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(60),
        names: z.array(z.string().min(1).max(200)).min(1),
        creditCode: z.string().length(18).nullable(),
        why: Text,
      }),
    )
    .max(100_000),
});
export type ScreeningList = z.infer<typeof ScreeningList>;
