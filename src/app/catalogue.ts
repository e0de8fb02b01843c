import { z } from 'zod';
import { Coverage, Package, onSale } from '../domain/catalogue/index.ts';
import { type AssessmentRules, Control, Question, questionWords } from '../domain/assessment/index.ts';
import { Parameter, Text, dayOf } from '../domain/basics/index.ts';
import { amount, exportOf, joined } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { rulesForApplicant } from './tariff.ts';

const nothing = z.strictObject({});

export const listPackages = operation({
  name: 'listPackages',
  module: 'catalogue',
  summary: { zh: '保障方案', en: 'List the packages on sale' },
  who: 'catalogue:read',
  input: nothing,
  output: z.strictObject({ packages: z.array(Package), version: z.string() }),
  http: { method: 'GET', path: '/packages', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content, now }) => ({
    packages: [...content.catalogue.packages.values()].filter((one) => onSale(one, dayOf(now))),
    version: content.catalogue.version,
  }),
});

export const exportPackages = exportOf(listPackages, {
  rows: ({ packages }) => packages,
  columns: [
    ['text', '方案', 'Package', ({ title }, language) => title[language]],
    ['prose', '适用对象', 'For', ({ for: whom }, language) => whom[language]],
    ['money', '限额', 'Limit', ({ cover }) => amount(cover.currency, cover.limitMinor)],
    ['money', '免赔额', 'Retention', ({ cover }) => amount(cover.currency, cover.retentionMinor)],
    ['prose', '保障项目', 'Coverages', ({ cover }) => joined(cover.lines.map(({ coverage }) => coverage))],
    ['day', '生效日期', 'Effective from', ({ effectiveFrom }) => effectiveFrom],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const listCoverages = operation({
  name: 'listCoverages',
  module: 'catalogue',
  summary: { zh: '保障项目', en: 'List the coverages with their triggers, proofs and exclusions' },
  who: 'catalogue:read',
  input: nothing,
  output: z.strictObject({ coverages: z.array(Coverage), version: z.string() }),
  http: { method: 'GET', path: '/coverages', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content }) => ({ coverages: [...content.catalogue.coverages.values()], version: content.catalogue.version }),
});

export const exportCoverages = exportOf(listCoverages, {
  rows: ({ coverages }) => coverages,
  columns: [
    ['text', '保障项目', 'Coverage', ({ title }, language) => title[language]],
    ['text', '类别', 'Class', ({ class: kind }) => kind],
    ['prose', '触发条件', 'Trigger', ({ trigger }, language) => trigger[language]],
    ['prose', '示例', 'Example', ({ example }, language) => example[language]],
    ['prose', '责任免除', 'Exclusions', ({ exclusions }, language) => joined(exclusions.map((text) => text[language]))],
    ['prose', '索赔证明', 'Proofs', ({ proofs }, language) => joined(proofs.map((text) => text[language]))],
    ['day', '生效日期', 'Effective from', ({ effectiveFrom }) => effectiveFrom],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

/** A control as it is shown: what it is, why it counts, how to get there, and where the statement comes from. */
const ShownControl = Control.pick({
  id: true,
  title: true,
  why: true,
  advice: true,
  dimension: true,
  effort: true,
  mappings: true,
  source: true,
  provenance: true,
});

/** A control with everything that its indicator is judged by. */
const ListedControl = Control.pick({ question: true, weight: true, validDays: true, contradictedBy: true, confirmedBy: true })
  .extend(ShownControl.shape)
  .meta({ id: 'Control' });

const list = (control: Control): z.infer<typeof ListedControl> => {
  const { question, weight, validDays, contradictedBy, confirmedBy } = control;
  return { ...show(control), question, weight, validDays, contradictedBy, confirmedBy };
};

/** A question as it is put, with the control that it is about; `control` is null for a disclosure. */
const AskedQuestion = z
  .strictObject({
    ...Question.omit({ asks: true, help: true }).shape,
    text: Text,
    help: Text.nullable(),
    control: ShownControl.nullable(),
  })
  .meta({ id: 'AskedQuestion' });

/** A section of the questionnaire as it is put. */
export const AskedSection = z.strictObject({ id: z.string(), title: Text, questions: z.array(AskedQuestion) });

/** The sections with everything that is shown beside their questions. */
export const askedSections = (
  { content }: Pick<Context, 'content'>,
  sections: AssessmentRules['questionnaire']['questionnaire']['sections'],
): z.infer<typeof AskedSection>[] =>
  sections.map(({ id, title, questions }) => ({ id, title, questions: questions.map((question) => ask(question, content.assessmentBasis)) }));

export const getQuestionnaire = operation({
  name: 'getQuestionnaire',
  module: 'catalogue',
  summary: { zh: '问卷', en: 'Read the questionnaire' },
  who: 'catalogue:read',
  input: nothing,
  output: z.strictObject({
    id: z.string(),
    version: z.string(),
    title: Text,
    sections: z.array(AskedSection),
  }),
  http: { method: 'GET', path: '/questionnaire', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const { questionnaire, version } = context.content.assessmentBasis.questionnaire;
    return { id: questionnaire.id, version, title: questionnaire.title, sections: askedSections(context, questionnaire.sections) };
  },
});

function ask({ asks, control, ...question }: Question, rules: AssessmentRules): z.infer<typeof AskedQuestion> {
  const text = questionWords({ asks, control }, rules);
  return { ...question, text, control: control === null ? null : show(rules.controls.controls.get(control)!) };
}

const show = ({ id, title, why, advice, dimension, effort, mappings, source, provenance }: Control): z.infer<typeof ShownControl> => ({
  id,
  title,
  why,
  advice,
  dimension,
  effort,
  mappings,
  source,
  provenance,
});

export const listControls = operation({
  name: 'listControls',
  module: 'catalogue',
  summary: { zh: '安全控制措施', en: 'List the controls that an assessment weighs, also those that no question asks about' },
  who: 'catalogue:read',
  input: nothing,
  output: z.strictObject({ controls: z.array(ListedControl), version: z.string() }),
  http: { method: 'GET', path: '/controls', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { assessmentBasis } }) => ({
    controls: [...assessmentBasis.controls.controls.values()].map(list),
    version: assessmentBasis.controls.version,
  }),
});

export const exportControls = exportOf(listControls, {
  rows: ({ controls }) => controls,
  columns: [
    ['text', '控制措施', 'Control', ({ title }, language) => title[language]],
    ['text', '维度', 'Dimension', ({ dimension }) => dimension],
    ['prose', '为什么', 'Why', ({ why }, language) => why[language]],
    ['prose', '怎么做', 'Advice', ({ advice }, language) => advice[language]],
    ['text', '等保 2.0', 'MLPS 2.0', ({ mappings }) => joined(mappings.mlps)],
    ['text', 'ISO/IEC 27001:2022', 'ISO/IEC 27001:2022', ({ mappings }) => joined(mappings.iso27001)],
    ['text', 'NIST CSF 2.0', 'NIST CSF 2.0', ({ mappings }) => joined(mappings.csf)],
    ['text', 'CIS v8.1', 'CIS v8.1', ({ mappings }) => joined(mappings.cis)],
    ['prose', '来源', 'Source', ({ source }) => source],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const listParameters = operation({
  name: 'listParameters',
  module: 'catalogue',
  summary: { zh: '参数及来源', en: 'List every number of the tariff and the assessment with its source' },
  who: 'catalogue:read',
  input: nothing,
  output: z.strictObject({ parameters: z.array(Parameter), ratebook: z.string() }),
  http: { method: 'GET', path: '/parameters', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const { parameters, ratebook } = await rulesForApplicant(context);
    return { parameters: [...parameters.byKey.values()], ratebook: ratebook.file.version };
  },
});

export const exportParameters = exportOf(listParameters, {
  rows: ({ parameters }) => parameters,
  columns: [
    ['text', '参数', 'Key', ({ key }) => key],
    ['prose', '含义', 'Title', ({ title }, language) => title[language]],
    ['number', '数值', 'Value', ({ value }) => value],
    ['text', '单位', 'Unit', ({ unit }) => unit],
    ['prose', '适用总体', 'Population', ({ population }) => population],
    ['prose', '来源', 'Source', ({ source }) => source],
    ['text', '出处标记', 'Provenance', ({ provenance }) => provenance],
    ['text', '可信程度', 'Confidence', ({ confidence }) => confidence],
    ['day', '生效日期', 'Effective from', ({ effectiveFrom }) => effectiveFrom],
  ],
});

export const catalogueOperations = [
  listPackages,
  exportPackages,
  listCoverages,
  exportCoverages,
  getQuestionnaire,
  listControls,
  exportControls,
  listParameters,
  exportParameters,
];
