import type { Language } from '../../domain/basics/index.ts';
import type { Article } from '../../domain/catalogue/index.ts';
import type { DocumentRequest } from './model.ts';
import { printInstant } from './print.ts';

/** What the template of a wording lays out. */
export function wordingSheet({ data, language }: Extract<DocumentRequest, { kind: 'wording' }>) {
  const { wording } = data;
  return {
    number: data.number,
    version: String(data.version),
    insurer: { ...data.insurer, name: wording.insurer[language] },
    product: wording.product[language],
    edition: wording.edition,
    clauses: wording.clauses,
    sections: wording.sections.map(({ title, articles }) => ({ title: title[language], articles: articles.map((article) => articleSheet(article, language)) })),
    glossary: wording.glossary.map((term) => ({ name: term[language], meaning: term.meaning[language] })),
    issuedAt: printInstant(data.issuedAt, language),
    issuedAtSeconds: Math.floor(Date.parse(data.issuedAt) / 1000),
    dataAsOf: printInstant(data.dataAsOf, language),
  };
}

function articleSheet({ number, title, text, lists }: Article, language: Language) {
  const heading = language === 'zh' ? `第 ${number} 条` : `Article ${number}`;
  return {
    heading,
    title: title[language],
    text: text[language],
    lists: lists.map((list) => ({ title: list.title[language], items: list.items.map((item) => item[language]) })),
  };
}
