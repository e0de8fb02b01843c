import { z } from 'zod';
import { Control, signalRules, signals } from '../domain/assessment/index.ts';
import { Parameter, Text } from '../domain/basics/index.ts';
import { exportOf } from './exports.ts';
import { operation } from './operation.ts';

const SignalRule = z.strictObject({
  id: z.string(),
  title: Text,
  rule: Text,
  blocks: z.enum(['never', 'always', 'without-second-factor']),
  relativeRisk: Parameter.nullable(),
});
const ControlRule = Control.pick({
  id: true,
  title: true,
  question: true,
  why: true,
  advice: true,
  dimension: true,
  weight: true,
  contradictedBy: true,
  source: true,
  provenance: true,
});

export const listAssessmentRules = operation({
  name: 'listAssessmentRules',
  module: 'assessment',
  summary: { zh: '评估规则公开', en: 'The text of every check, condition and deadline that findings are judged by' },
  who: 'catalogue:read',
  public: true,
  input: z.strictObject({}),
  output: z.strictObject({ signals: z.array(SignalRule), controls: z.array(ControlRule), parameters: z.array(Parameter) }),
  http: { method: 'GET', path: '/assessment-rules', status: 200, body: 'json' },
  effect: 'read',
  run: ({ content }) => {
    const { controls, parameters } = content.assessmentBasis;
    const parameter = (key: string): Parameter | null => parameters.list.find((one) => one.key === key) ?? null;
    return Promise.resolve({
      signals: signals.map(({ id, title, blocks, relativeRisk }) => ({
        id,
        title,
        blocks,
        rule: signalRules[id]!,
        relativeRisk: relativeRisk === null ? null : parameter(relativeRisk),
      })),
      controls: [...controls.controls.values()].map(({ id, title, question, why, advice, dimension, weight, contradictedBy, source, provenance }) => ({
        id,
        title,
        question,
        why,
        advice,
        dimension,
        weight,
        contradictedBy,
        source,
        provenance,
      })),
      parameters: [...parameters.list],
    });
  },
});

export const exportAssessmentRules = exportOf(listAssessmentRules, {
  rows: ({ parameters }) => parameters,
  columns: [
    ['text', '参数', 'Key', ({ key }) => key],
    ['prose', '含义', 'Title', ({ title }, language) => title[language]],
    ['number', '数值', 'Value', ({ value }) => value],
    ['text', '单位', 'Unit', ({ unit }) => unit],
    ['prose', '来源', 'Source', ({ source }) => source],
    ['text', '出处标记', 'Provenance', ({ provenance }) => provenance],
  ],
});
