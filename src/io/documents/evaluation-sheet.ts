import type { Language, Text } from '../../domain/basics/index.ts';
import type { EvaluationReportData } from './model.ts';
import { printInstant } from './print.ts';

/** Bilingual texts anywhere inside become the text of one language. */
type Spoken<T> = T extends Text ? string : T extends readonly (infer I)[] ? Spoken<I>[] : T extends object ? { [K in keyof T]: Spoken<T[K]> } : T;

const isText = (value: object): value is Text => 'zh' in value && 'en' in value;

function inLanguage<T>(value: T, language: Language): Spoken<T> {
  if (Array.isArray(value)) return value.map((item) => inLanguage(item, language)) as Spoken<T>;
  if (value === null || typeof value !== 'object') return value as Spoken<T>;
  if (isText(value)) return value[language] as Spoken<T>;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inLanguage(item, language)])) as Spoken<T>;
}

/** What the template of an evaluation report lays out. */
export function evaluationSheet({ data, language }: { data: EvaluationReportData; language: Language }) {
  const { issuedAt, dataAsOf, version, ...rest } = data;
  return {
    ...inLanguage(rest, language),
    version: String(version),
    issuedAt: printInstant(issuedAt, language),
    issuedAtSeconds: Math.floor(Date.parse(issuedAt) / 1000),
    dataAsOf: printInstant(dataAsOf, language),
  };
}
