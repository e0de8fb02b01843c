import { z } from 'zod';
import { Text, type ContentFile, type ContentProblem, readContent, type Language } from '../basics/index.ts';

/** One word with one meaning. `avoid` are words that texts must not use for the same thing; `source` says where the name was found, null for our own. */
export const Term = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  zh: z.string().min(1),
  en: z.string().min(1),
  meaning: Text,
  avoid: z.array(z.string().min(1)).optional(),
  source: z.string().min(1).optional(),
});
export type Term = z.infer<typeof Term>;

const TermFile = z.strictObject({ terms: z.array(Term).min(1) });

/** Terms by id, in the order of their files. */
export type Glossary = ReadonlyMap<string, Term>;

/** Reads `content/glossary/*.yaml`. A term that two files define, and a name that another term avoids, are problems. */
export function readGlossary(files: readonly ContentFile[]): { glossary: Glossary; problems: ContentProblem[] } {
  const read = readContent(TermFile, files);
  const placed = read.values.flatMap(({ file, value }) => value.terms.map((term) => ({ file, term })));
  const glossary = new Map(placed.map(({ term }) => [term.id, term]));
  const avoided = new Set(placed.flatMap(({ term }) => term.avoid ?? []));
  const problems = placed.flatMap(({ file, term }) => {
    const twice = glossary.get(term.id) === term ? [] : [{ file, at: term.id, message: `the term \`${term.id}\` is defined twice` }];
    const names = [term.zh, term.en].filter((name) => avoided.has(name));
    return [...twice, ...names.map((name) => ({ file, at: term.id, message: `\`${name}\` is a word that another term avoids` }))];
  });
  return { glossary, problems: [...read.problems, ...problems] };
}

/** A stretch of text, and the term that it names, if any. */
export interface LinkedText {
  readonly text: string;
  readonly term: string | null;
}

/** Splits a text at the first mention of each of the terms, so that a reader can open its meaning there. Longer names win over shorter ones inside them. */
export function linkTerms(text: string, terms: readonly Term[], language: Language): LinkedText[] {
  const longestFirst = [...terms].sort((a, b) => b[language].length - a[language].length);
  return longestFirst.reduce<LinkedText[]>((pieces, term) => linkOne(pieces, term, language), [{ text, term: null }]);
}

function linkOne(pieces: readonly LinkedText[], term: Term, language: Language): LinkedText[] {
  const name = term[language].toLowerCase();
  const at = pieces.findIndex((piece) => piece.term === null && piece.text.toLowerCase().includes(name));
  if (at < 0) return [...pieces];
  const { text } = pieces[at]!;
  const start = text.toLowerCase().indexOf(name);
  const parts: LinkedText[] = [
    { text: text.slice(0, start), term: null },
    { text: text.slice(start, start + name.length), term: term.id },
    { text: text.slice(start + name.length), term: null },
  ];
  return [...pieces.slice(0, at), ...parts.filter((part) => part.text !== ''), ...pieces.slice(at + 1)];
}
