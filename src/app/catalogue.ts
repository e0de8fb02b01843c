import { z } from 'zod';
import { Coverage, Package } from '../domain/catalogue/index.ts';
import { Control } from '../domain/assessment/index.ts';
import { Text } from '../domain/basics/index.ts';
import { Parameter } from '../domain/rating/index.ts';
import { operation } from './operation.ts';

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
  run: async ({ content }) => ({ packages: [...content.catalogue.packages.values()], version: content.catalogue.version }),
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

/** A control as a question to the applicant, with what helps to answer it; the tariff's numbers stay with the parameters. */
const Question = z.strictObject({ section: z.string(), ...Control.pick({ id: true, question: true, title: true, why: true, advice: true, dimension: true, effort: true, mappings: true, source: true, provenance: true }).shape }).meta({ id: 'Question' });

export const getQuestionnaire = operation({
  name: 'getQuestionnaire',
  module: 'catalogue',
  summary: { zh: '问卷', en: 'Read the questionnaire' },
  who: 'catalogue:read',
  input: nothing,
  output: z.strictObject({ id: z.string(), title: Text, sections: z.array(z.strictObject({ id: z.string(), title: Text })), questions: z.array(Question) }),
  http: { method: 'GET', path: '/questionnaire', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content }) => {
    const { id, title, sections } = content.questionnaire;
    const controls = new Map(content.assessmentBasis.controls.map((control) => [control.id, control]));
    const questions = sections.flatMap((section) => section.controls.map((control) => askAbout(controls.get(control)!, section.id)));
    return { id, title, sections: sections.map((section) => ({ id: section.id, title: section.title })), questions };
  },
});

const askAbout = ({ id, question, title, why, advice, dimension, effort, mappings, source, provenance }: Control, section: string): z.infer<typeof Question> => ({
  section, id, question, title, why, advice, dimension, effort, mappings, source, provenance,
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
  run: async ({ content }) => ({ parameters: [...content.parameters.values()], ratebook: content.ratebook.version }),
});

export const catalogueOperations = [listPackages, listCoverages, getQuestionnaire, listParameters];
