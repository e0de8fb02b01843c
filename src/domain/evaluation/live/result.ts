import { z } from 'zod';
import { Instant, Text } from '../../basics/index.ts';
import { Count, Design, Interval, StudyReport } from '../model.ts';
import { Drift } from './drift.ts';
import { CountedFirms } from './firms-behind.ts';
import { VersionChange } from './version-change.ts';

/** One line of a forest plot: a number with its interval, in the unit given. */
export const ForestLine = z.strictObject({
  label: Text,
  n: z.int(),
  value: z.number().nullable(),
  interval: Interval.nullable(),
  unit: z.string(),
});
export type ForestLine = z.infer<typeof ForestLine>;

/** What a study found on one metric, or why it found nothing. */
export const StudyFinding = z.strictObject({
  metric: z.string(),
  title: Text,
  unit: z.string(),
  forcedByGate: z.boolean(),
  /** What splits the firms; null when cover does. */
  splitBy: z.strictObject({ metric: z.string(), title: Text }).nullable(),
  report: StudyReport.nullable(),
  notComputable: Text.nullable(),
  leftOut: z.array(z.strictObject({ code: z.string(), reason: Text, firms: z.int() })),
  /** How many firms stand in each group that is compared; absent in results of earlier engines. */
  groups: z.array(z.strictObject({ group: z.string(), firms: z.int() })).optional(),
  /** Every count of firms that the numbers of the report allow to compute; absent in results of earlier engines. */
  counts: z.array(CountedFirms).optional(),
  /** The number that the study was for. */
  main: ForestLine.nullable(),
  /** p of the main number, and the same adjusted by Holm over all findings of the study. */
  p: z.number().nullable(),
  adjustedP: z.number().nullable(),
});
export type StudyFinding = z.infer<typeof StudyFinding>;

/** What a finding is about, with the measure that its groups differ by. */
export const findingTitle = ({ title, splitBy }: Pick<StudyFinding, 'title' | 'splitBy'>): Text =>
  splitBy === null ? title : { zh: `${title.zh} · 按${splitBy.title.zh}分组`, en: `${title.en} · by ${splitBy.title.en}` };

/** A share over the whole cohort, said without comparison. */
export const CohortShare = z.strictObject({
  metric: z.string(),
  title: Text,
  forcedByGate: z.boolean(),
  counts: Count.nullable(),
  interval: Interval.nullable(),
  notComputable: Text.nullable(),
});
export type CohortShare = z.infer<typeof CohortShare>;

/** Loss over premium of the policies bound at these scores. */
export const BandResult = z.strictObject({ band: z.string(), policies: z.int(), value: z.number().nullable(), interval: Interval.nullable() });
export type BandResult = z.infer<typeof BandResult>;

const Balance = z.strictObject({
  name: z.string(),
  treated: z.number().nullable(),
  control: z.number().nullable(),
  difference: z.number().nullable(),
  balanced: z.boolean().nullable(),
});

/** Whom the study is about, and who is not in it. */
export const CohortSummary = z.strictObject({
  insured: z.int(),
  control: z.int(),
  unmatched: z.int(),
  excluded: z.array(z.strictObject({ code: z.string(), reason: Text, firms: z.int() })),
  balance: z.array(Balance),
});
export type CohortSummary = z.infer<typeof CohortSummary>;

/** Everything that a study found, frozen. Equal queries on equal data give equal results. */
export const StudyResult = z
  .strictObject({
    design: Design,
    asOf: Instant,
    /** The one sentence that answers the question. */
    words: Text,
    cohort: CohortSummary,
    findings: z.array(StudyFinding),
    /** The first metric in parts of the cohort: exploration, not proof. */
    subgroups: z.array(ForestLine),
    shares: z.array(CohortShare),
    /** Null when the rules of scoring did not change between two looks; absent in results of earlier engines. */
    versionChange: VersionChange.nullable().optional(),
    drift: Drift.optional(),
    lossRatio: z.strictObject({ bands: z.array(BandResult), notComputable: Text.nullable() }),
    /** Metrics of the catalogue on which the records say nothing, and why. */
    silent: z.array(z.strictObject({ metric: z.string(), title: Text, because: Text })),
    limits: z.array(Text),
  })
  .meta({ id: 'StudyResult' });
export type StudyResult = z.infer<typeof StudyResult>;
