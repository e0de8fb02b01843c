import { z } from 'zod';
import { Text, type Currency } from '../basics/index.ts';
import type { Contract, Level, Step } from '../terms/index.ts';
import type { Clause, ClauseOf } from './clause.ts';
import { fillClause, slotsOf, slotsOfStep } from './fill-slots.ts';
import { Term } from './glossary.ts';
import { contractOfTerms, type InsurerTerms, type ScopeRule } from './insurer-terms.ts';
import type { WordingLibrary } from './library.ts';

/** One article of a wording. `ref` is what a line of a payment cites: the level and clause of a step, or the id of a promise or scope clause. */
export const Article = z.strictObject({
  ref: z.string(),
  number: z.int().min(1),
  clause: z.string(),
  title: Text,
  text: Text,
  /** What is not paid and what has to be shown, each under its heading. */
  lists: z.array(z.strictObject({ title: Text, items: z.array(Text).min(1) })),
  terms: z.array(z.string()),
});
export type Article = z.infer<typeof Article>;

/** A wording in both languages, made from the same terms as the payment. `clauses` is the version of the library that its sentences are from. */
export const Wording = z
  .strictObject({
    insurer: Text,
    product: Text,
    edition: z.string(),
    clauses: z.string(),
    sections: z.array(z.strictObject({ id: z.enum(['promises', 'scope', 'computation', 'warranties']), title: Text, articles: z.array(Article) })),
    /** The terms that the articles use, in the order of the glossary. */
    glossary: z.array(Term),
  })
  .meta({ id: 'Wording' });
export type Wording = z.infer<typeof Wording>;

type Unnumbered = Omit<Article, 'number'>;
type Section = Wording['sections'][number];

const sectionTitles: Record<Section['id'], Text> = {
  promises: { zh: '保险责任', en: 'What is covered' },
  scope: { zh: '责任范围与责任免除', en: 'Scope and exclusions' },
  computation: { zh: '赔偿处理', en: 'How a claim is computed' },
  warranties: { zh: '限期保证', en: 'Dated warranties' },
};

/** What a payment cites for a step of a level. */
export const refOfStep = (level: string, clause: string): string => `${level}/${clause}`;

/**
 * The wording of terms: every sentence is a clause of the library with its slots filled from the very steps that the payment runs. `warranties` are those agreed for
 * this cover alone, the last section where there are any.
 */
export function renderWording(terms: InsurerTerms, library: WordingLibrary, warranties: readonly { title: Text; text: Text }[] = []): Wording {
  const contract = contractOfTerms(terms);
  const sections = numbered([
    ['promises', terms.lines.map((line) => promiseArticle(line, terms, library))],
    ['scope', terms.scope.map((rule) => scopeArticle(rule, terms.currency, library))],
    ['computation', [orderArticle(contract, library), ...contract.levels.flatMap((level) => levelArticles(level, terms.currency, library))]],
    ...(warranties.length === 0 ? [] : [['warranties', warranties.map(warrantyArticle)] as const]),
  ]);
  const used = new Set(sections.flatMap(({ articles }) => articles.flatMap((article) => article.terms)));
  const { insurer, product, edition } = terms;
  return { insurer, product, edition, clauses: library.version, sections, glossary: [...library.glossary.values()].filter(({ id }) => used.has(id)) };
}

const warrantyArticle = ({ title, text }: { title: Text; text: Text }, i: number): Unnumbered => ({
  ref: `warranty/${i + 1}`,
  clause: 'warranty',
  ...{ title, text, lists: [], terms: [] },
});

function numbered(parts: readonly (readonly [Section['id'], readonly Unnumbered[]])[]): Section[] {
  let last = 0;
  return parts.map(([id, articles]) => ({ id, title: sectionTitles[id], articles: articles.map((article) => ({ ...article, number: (last += 1) })) }));
}

/** A clause that the library must hold; builders have checked the contents, so a missing one is a fault of the program. */
function clauseNamed<N extends Clause['nature']>(id: string, nature: N, { clauses }: WordingLibrary): ClauseOf<N> {
  const clause = clauses.get(id);
  if (clause?.nature !== nature) throw new Error(`the library has no ${nature} clause \`${id}\``);
  return clause as ClauseOf<N>;
}

/** The article of one step, for any contract whose clauses the library holds. */
export function stepArticle(step: Step, level: Pick<Level, 'id' | 'heads'>, currency: Currency, library: WordingLibrary): Unnumbered {
  const clause = clauseNamed(step.clause, 'step', library);
  const { zh, en } = coverageNames(level.heads, library);
  const title = level.heads === null ? clause.title : { zh: `${clause.title.zh}（${zh}）`, en: `${clause.title.en} (${en})` };
  const text = fillClause(clause, slotsOfStep(step, currency, { zh, en }), currency);
  return { ref: refOfStep(level.id, step.clause), clause: clause.id, title, text, lists: [], terms: clause.terms };
}

const levelArticles = (level: Level, currency: Currency, library: WordingLibrary): Unnumbered[] =>
  level.steps.map((step) => stepArticle(step, level, currency, library));

function coverageNames(heads: readonly string[] | null, { coverages }: WordingLibrary): Text {
  if (heads === null) return { zh: '各保障项目', en: 'all coverages' };
  const titles = heads.map((head) => coverages.get(head)!.title);
  return { zh: titles.map(({ zh }) => zh).join('、'), en: titles.map(({ en }) => en.toLowerCase()).join(', ') };
}

function promiseArticle({ coverage: id }: InsurerTerms['lines'][number], { currency }: InsurerTerms, library: WordingLibrary): Unnumbered {
  const coverage = library.coverages.get(id)!;
  const clause = clauseNamed(promiseOf(id), 'promise', library);
  const text = fillClause(clause, slotsOf({}, currency, { coverage: coverage.title, trigger: coverage.trigger }), currency);
  const lists = [
    { title: { zh: '不负责赔偿', en: 'Not paid' }, items: coverage.exclusions },
    { title: { zh: '索赔材料', en: 'To be shown with a claim' }, items: coverage.proofs },
  ].filter(({ items }) => items.length > 0);
  return { ref: clause.id, clause: clause.id, title: clause.title, text, lists, terms: clause.terms };
}

/** The id of the clause that promises a coverage. */
export const promiseOf = (coverage: string): string => `cover.${coverage}`;

function scopeArticle({ clause: id, paidShare }: ScopeRule, currency: Currency, library: WordingLibrary): Unnumbered {
  const clause = clauseNamed(id, 'scope', library);
  const coverage = coverageNames(clause.heads, library);
  return {
    ref: id,
    clause: id,
    title: clause.title,
    text: fillClause(clause, slotsOf({ paidShare }, currency, { coverage }), currency),
    lists: [],
    terms: clause.terms,
  };
}

/** What the terms take out of every coverage or pay only in part, each with its title, as their wording says it. */
export const scopeInWords = (terms: InsurerTerms, library: WordingLibrary): Text[] =>
  terms.scope.map((rule) => {
    const { title, text } = scopeArticle(rule, terms.currency, library);
    return { zh: `${title.zh}：${text.zh}`, en: `${title.en}: ${text.en}` };
  });

/** The order in which the steps apply, read off the contract itself. */
function orderArticle({ levels, order }: Contract, library: WordingLibrary): Unnumbered {
  const clause = clauseNamed('order-of-application', 'general', library);
  const ids = [...new Set(levels.flatMap(({ steps }) => steps.map((step) => step.clause)))];
  const titles = ids.map((id) => clauseNamed(id, 'step', library).title);
  const steps = { zh: titles.map(({ zh }, i) => `（${i + 1}）${zh}`).join('；'), en: titles.map(({ en }, i) => `(${i + 1}) ${en.toLowerCase()}`).join('; ') };
  return {
    ref: clause.id,
    clause: clause.id,
    title: clause.title,
    text: fillClause(clause, slotsOf({ order }, 'CNY', { steps }), 'CNY'),
    lists: [],
    terms: clause.terms,
  };
}
