import { z } from 'zod';
import { Instant, Refusal, Text } from '../domain/basics/index.ts';
import {
  CohortFilter,
  CohortSummary,
  ControlGroup,
  Design,
  PilotStudy,
  StudyResult,
  buildCohort,
  candidateOf,
  designsFor,
  requireSoundCohort,
  silentMetrics,
  splittingMetrics,
  startOf,
  studyPilot,
} from '../domain/evaluation/index.ts';
import { everyRecord } from './every-record.ts';
import { loadHistories, ownRecords } from './firm-histories.ts';
import { operation } from './operation.ts';
import { panels } from './study-records.ts';

const Choice = z.strictObject({ id: z.string(), title: Text });

export const listStudyChoices = operation({
  name: 'listStudyChoices',
  module: 'evaluation',
  summary: { zh: '可选指标与数据来源', en: 'List the metrics, designs and sources of data that a study can have' },
  who: 'study:read',
  input: z.strictObject({}),
  output: z.strictObject({
    metrics: z.array(z.strictObject({ ...Choice.shape, unit: z.string(), forcedByGate: z.boolean(), designs: z.array(Design) })),
    splits: z.array(Choice),
    sources: z.array(z.strictObject({ id: z.string(), name: Text, source: Text.nullable(), invented: z.boolean(), firms: z.int().nullable() })),
    authorities: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    silent: StudyResult.shape.silent,
  }),
  http: { method: 'GET', path: '/study-choices', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const { metrics } = context.content;
    const all = [...metrics.values()].map(({ id, title, unit, forcedByGate }) => ({ id, title, unit, forcedByGate, designs: [...designsFor(id)] }));
    const imported = (await everyRecord(context, panels)).map(({ id, body: { name, source, invented, histories } }) => ({
      id,
      name,
      source,
      invented,
      firms: histories.length,
    }));
    const own = { id: ownRecords, name: { zh: '本系统记录', en: 'Records of this system' }, source: null, invented: false, firms: null };
    return {
      metrics: all.filter(({ designs }) => designs.length > 0),
      splits: splittingMetrics.flatMap((id) => all.filter((metric) => metric.id === id).map(({ title }) => ({ id, title }))),
      sources: [own, ...imported],
      authorities: [...(await context.organisationsOf('authority'))],
      silent: silentMetrics(metrics),
    };
  },
});

export const previewCohort = operation({
  name: 'previewCohort',
  module: 'evaluation',
  summary: { zh: '试选研究对象', en: 'Show whom a study would be about, and how alike the groups are' },
  who: 'study:write',
  input: z.strictObject({ source: z.string().max(100), cohort: CohortFilter, control: ControlGroup, asOf: Instant }),
  output: z.strictObject({
    cohort: CohortSummary,
    choices: z.strictObject({
      industries: z.array(z.string()),
      sizes: z.array(z.string()),
      products: z.array(z.string()),
      firstStart: z.string().nullable(),
      lastStart: z.string().nullable(),
    }),
  }),
  http: { method: 'POST', path: '/cohort-preview', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { source, ...asked }) => {
    requireSoundCohort(asked.cohort);
    const histories = await loadHistories(context, source);
    const { insured, control, unmatched, excluded, balance } = buildCohort(histories, asked);
    const candidates = histories.map(candidateOf);
    const valuesOf = (key: 'industry' | 'size' | 'product'): string[] => [...new Set(candidates.flatMap((one) => one[key] ?? []))].sort();
    const starts = histories.flatMap((history) => startOf(history) ?? []).sort();
    return {
      cohort: { insured: insured.length, control: control.length, unmatched, excluded: [...excluded], balance: [...balance] },
      choices: {
        industries: valuesOf('industry'),
        sizes: valuesOf('size'),
        products: valuesOf('product'),
        firstStart: starts[0] ?? null,
        lastStart: starts.at(-1) ?? null,
      },
    };
  },
});

export const getPilot = operation({
  name: 'getPilot',
  module: 'evaluation',
  summary: { zh: '四十九家企业试点', en: 'The published pilot of 49 firms, number by number, with what each can carry' },
  who: 'study:read',
  input: z.strictObject({}),
  output: PilotStudy,
  http: { method: 'GET', path: '/pilot', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { pilot, metrics } }) => {
    if (pilot === null) throw new Refusal('absent', 'not-found', 'the content holds no pilot');
    return studyPilot(pilot, metrics);
  },
});
