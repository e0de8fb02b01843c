import { z } from 'zod';
import { Refusal } from '../domain/basics/index.ts';
import { describeStudy } from '../domain/evaluation/index.ts';
import { ownRecords } from './firm-histories.ts';
import { operation } from './operation.ts';
import { ofRun, panels, requireRun } from './study-records.ts';

export const getStudyData = operation({
  name: 'getStudyData',
  module: 'evaluation',
  summary: { zh: '研究数据', en: 'The frozen data of one finding as CSV, as the command line reads it' },
  who: 'study:read',
  input: ofRun.extend({ finding: z.coerce.number().int().min(0).max(500).default(0) }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('text/csv'), name: z.string() }),
  http: { method: 'GET', path: '/studies/{study}/data', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { finding, ...asked }) => {
    const { run } = await requireRun(context, asked);
    const csv = run.body.data[finding];
    if (csv === undefined || csv === null) throw new Refusal('absent', 'not-found', 'this finding has no data');
    const found = run.body.result.findings[finding]!;
    const name = [found.metric, found.splitBy?.metric, run.body.query.asOf.slice(0, 10)].filter(Boolean).join('-');
    return { file: Buffer.from(csv).toString('base64'), mediaType: 'text/csv' as const, name: `${name}.csv` };
  },
});

export const getStudyReport = operation({
  name: 'getStudyReport',
  module: 'evaluation',
  summary: { zh: '效果评估报告', en: 'The report of a study as PDF' },
  who: 'study:read',
  input: ofRun.extend({ language: z.enum(['zh', 'en']).default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('application/pdf'), name: z.string() }),
  http: { method: 'GET', path: '/studies/{study}/report', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { language, ...asked }) => {
    const { study, run } = await requireRun(context, asked);
    const insurers = await context.organisationsOf('insurer');
    const panel = run.body.query.source === ownRecords ? null : (await context.records.get(panels, run.body.query.source)).body;
    const data = describeStudy(run.body, {
      number: study.id.slice(-12).toUpperCase(),
      version: study.body.runs.length - study.body.runs.findIndex((mark) => mark.run === run.id),
      insurer: insurers.find(({ id }) => id === study.organisation)?.name ?? study.organisation,
      source: panel === null ? { zh: '本系统记录', en: 'Records of this system' } : panel.source,
    });
    const pdf = await context.documents.make({ kind: 'evaluation-report', language, data });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `study-${data.number}-${language}.pdf` };
  },
});
