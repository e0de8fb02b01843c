import { z } from 'zod';
import { Text, built, readContent, type Built, type ContentFile, type ContentProblem } from '../basics/index.ts';
import type { Count } from './model.ts';

/** Why a metric has no value. Each metric lists those that can befall it, with a sentence for the reader. */
export const NotComputable = z.enum([
  'denominator-zero',
  'denominator-not-recorded',
  'numerator-not-recorded',
  'pairing-not-recorded',
  'exposure-not-recorded',
  'scope-changed',
  'follow-up-too-short',
]);
export type NotComputable = z.infer<typeof NotComputable>;

/** The smallest change worth finding, as a share of what was (`relative`) or in the metric's own unit (`absolute`). A judgement prior; power is computed against it. */
export const RelevantChange = z.strictObject({ kind: z.enum(['relative', 'absolute']), size: z.number().positive() });
export type RelevantChange = z.infer<typeof RelevantChange>;

/** One measure of effect: what is divided by what, which way is better, from which records, and when it cannot be computed. */
export const Metric = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Text,
  numerator: Text,
  denominator: Text,
  unit: z.enum(['share', 'days', 'points', 'per-firm-year', 'money', 'ratio', 'count']),
  direction: z.enum(['higher-is-better', 'lower-is-better', 'neither']),
  sourceRecords: z.array(z.enum(['submission', 'assessment', 'finding', 'evidence', 'quote', 'policy', 'claim', 'posting', 'value-entry'])).min(1),
  /** The gate demands the outcome before cover starts, so reaching it is compliance. */
  forcedByGate: z.boolean(),
  relevantChange: RelevantChange,
  notComputableWhen: z.array(z.strictObject({ rule: NotComputable, because: Text })).min(1),
  rows: z.array(z.string().regex(/^[RN]\d+$/)).min(1),
});
export type Metric = z.infer<typeof Metric>;

const MetricFile = z.strictObject({ metrics: z.array(Metric).min(1) });

/** Reads `content/metrics/*.yaml`; an id given twice is a problem. */
export function buildMetrics(files: readonly ContentFile[]): Built<ReadonlyMap<string, Metric>> {
  const { values, problems } = readContent(MetricFile, files);
  const byId = new Map<string, Metric>();
  for (const { file, value } of values) {
    for (const metric of value.metrics) {
      if (byId.has(metric.id)) problems.push(repeated(file, metric.id));
      byId.set(metric.id, metric);
    }
  }
  return built<ReadonlyMap<string, Metric>>(byId, problems);
}

const repeated = (file: string, id: string): ContentProblem => ({ file, at: 'metrics', message: `\`${id}\` is given twice` });

/** A metric's value, or why there is none. */
export type Measured =
  | { readonly computable: true; readonly value: number; readonly counts: Count }
  | { readonly computable: false; readonly rule: NotComputable; readonly because: Text };

/** What the records say; `null` where they are silent. */
export interface RecordedShare {
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** A share metric from its recorded numerator and denominator. Silence is never read as zero. */
export function measureShare(metric: Metric, { numerator, denominator }: RecordedShare): Measured {
  if (denominator === null) return notComputable(metric, 'denominator-not-recorded');
  if (numerator === null) return notComputable(metric, 'numerator-not-recorded');
  if (denominator === 0) return notComputable(metric, 'denominator-zero');
  return { computable: true, value: numerator / denominator, counts: { count: numerator, of: denominator } };
}

/** The answer “not computable” with the metric's own sentence for the rule, or a general one. */
export function notComputable(metric: Metric, rule: NotComputable): Measured {
  return { computable: false, rule, because: metric.notComputableWhen.find((one) => one.rule === rule)?.because ?? generalReason[rule] };
}

const generalReason: Record<NotComputable, Text> = {
  'denominator-zero': { zh: '分母为零，没有可以计量的对象。', en: 'The denominator is zero: there is nothing to measure.' },
  'denominator-not-recorded': { zh: '分母没有记录，无法计算。', en: 'The denominator was not recorded.' },
  'numerator-not-recorded': { zh: '分子没有记录，无法计算。', en: 'The numerator was not recorded.' },
  'pairing-not-recorded': {
    zh: '没有记录前后两次分别是哪些企业，无法配对。',
    en: 'Which firms stand behind both counts was not recorded, so they cannot be paired.',
  },
  'exposure-not-recorded': { zh: '没有记录承保期间，无法计算频率。', en: 'The time under cover was not recorded, so there is no rate.' },
  'scope-changed': { zh: '扫描范围发生变化，前后数字不可比。', en: 'The scope of scanning changed, so the two numbers cannot be compared.' },
  'follow-up-too-short': { zh: '观察时间太短。', en: 'The time of watching was too short.' },
};
