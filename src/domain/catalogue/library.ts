import { built, hashData, readContent, type Built, type ContentFile, type ContentProblem, type Text } from '../basics/index.ts';
import { ClauseFile, type Clause, type Clauses } from './clause.ts';
import { readGlossary, type Glossary } from './glossary.ts';
import { Incident, type IncidentItem } from './incident.ts';
import { InsurerTerms, contractOfTerms } from './insurer-terms.ts';
import type { Catalogue, Coverage } from './model.ts';

/** Everything that wordings are made of and tried on, read from `content/`; `version` is the hash of it. The own insurer's terms come first. */
export interface WordingLibrary {
  readonly version: string;
  readonly glossary: Glossary;
  readonly clauses: Clauses;
  readonly insurers: ReadonlyMap<string, InsurerTerms>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly coverages: Catalogue['coverages'];
}

/** The terms that this system's own insurer sells; the library has exactly one such and puts it first. */
export const ownTerms = ({ insurers }: Pick<WordingLibrary, 'insurers'>): InsurerTerms => [...insurers.values()][0]!;

export interface WordingFiles {
  readonly glossary: readonly ContentFile[];
  readonly wordings: readonly ContentFile[];
  readonly insurers: readonly ContentFile[];
  readonly incidents: readonly ContentFile[];
}

interface Placed<T> {
  readonly file: string;
  readonly value: T;
}

/** Reads clauses, glossary, insurers' terms and incidents into one library, or lists everything that is wrong with them. */
export function buildWordings(files: WordingFiles, { coverages }: Pick<Catalogue, 'coverages'>): Built<WordingLibrary> {
  const { glossary, problems: termProblems } = readGlossary(files.glossary);
  const clauseFiles = readContent(ClauseFile, files.wordings);
  const placed = clauseFiles.values.flatMap(({ file, value }) => value.clauses.map((clause) => ({ file, value: clause })));
  const clauses = new Map(placed.map(({ value }) => [value.id, value]));
  const insurers = readContent(InsurerTerms, files.insurers);
  const incidents = readContent(Incident, files.incidents);
  const parts = { glossary, clauses, insurers: ownFirst(insurers.values), incidents: byId(incidents.values), coverages };
  return built({ version: versionOf(parts), ...parts }, [
    ...[termProblems, clauseFiles.problems, insurers.problems, incidents.problems].flat(),
    ...placed.flatMap((one) => clauseProblems(one, clauses, { glossary, coverages })),
    ...missingPromises(coverages, placed, files.wordings),
    ...insurers.values.flatMap((one) => [...nameProblems(one), ...termsProblems(one, { clauses, coverages })]),
    ...ownProblems(insurers.values),
    ...incidents.values.flatMap((one) => incidentProblems(one, coverages)),
  ]);
}

const byId = <T extends { id: string }>(placed: readonly Placed<T>[]): ReadonlyMap<string, T> =>
  new Map(
    placed
      .map(({ value }) => value)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((value) => [value.id, value]),
  );

function ownFirst(placed: readonly Placed<InsurerTerms>[]): ReadonlyMap<string, InsurerTerms> {
  return new Map([...byId(placed)].sort(([, a], [, b]) => Number(b.own) - Number(a.own)));
}

const versionOf = ({ glossary, clauses, insurers, incidents }: Omit<WordingLibrary, 'version'>): string =>
  hashData([glossary, clauses, insurers, incidents].map((part) => [...part.values()]));

const textsOf = ({ text, parts }: Clause): Text[] => [text, ...parts.map((part) => part.text)];

function clauseProblems(
  { file, value: clause }: Placed<Clause>,
  clauses: Clauses,
  { glossary, coverages }: Pick<WordingLibrary, 'glossary' | 'coverages'>,
): ContentProblem[] {
  const at = clause.id;
  const problem = (message: string): ContentProblem => ({ file, at, message });
  const twice = clauses.get(clause.id) === clause ? [] : [problem('the clause is written twice')];
  const heads = clause.nature === 'promise' ? [clause.coverage] : clause.nature === 'scope' ? (clause.heads ?? []) : [];
  const unknown = heads.filter((head) => !coverages.has(head)).map((head) => problem(`no coverage \`${head}\``));
  return [
    ...twice,
    ...unknown,
    ...unevenSlots(clause).map(problem),
    ...termProblemsOf(clause, glossary).map(problem),
    ...avoidedWords(clause, glossary).map(problem),
  ];
}

/** A sentence must carry the same slots in both languages. */
function unevenSlots(clause: Clause): string[] {
  const slots = (text: string): string => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ');
  return textsOf(clause).flatMap(({ zh, en }) =>
    slots(zh) === slots(en) ? [] : [`the slots differ between the languages: \`${slots(zh)}\`, \`${slots(en)}\``],
  );
}

/** A clause lists terms that the glossary has and that its text uses in both languages. */
function termProblemsOf(clause: Clause, glossary: Glossary): string[] {
  const zh = textsOf(clause)
    .map((text) => text.zh)
    .join('');
  const en = textsOf(clause)
    .map((text) => text.en)
    .join(' ')
    .toLowerCase();
  return clause.terms.flatMap((id) => {
    const term = glossary.get(id);
    if (term === undefined) return [`no term \`${id}\` in the glossary`];
    return [
      ...(zh.includes(term.zh) ? [] : [`the Chinese text does not use the term \`${term.zh}\``]),
      ...(en.includes(term.en.toLowerCase()) ? [] : [`the English text does not use the term \`${term.en}\``]),
    ];
  });
}

function avoidedWords(clause: Clause, glossary: Glossary): string[] {
  const texts = textsOf(clause).flatMap(({ zh, en }) => [zh, en.toLowerCase()]);
  return [...glossary.values()].flatMap((term) =>
    (term.avoid ?? [])
      .filter((word) => texts.some((text) => text.includes(word.toLowerCase())))
      .map((word) => `\`${word}\` is avoided; the glossary’s word is \`${/[a-z]/i.test(word) ? term.en : term.zh}\``),
  );
}

function missingPromises(coverages: Catalogue['coverages'], clauses: readonly Placed<Clause>[], files: readonly ContentFile[]): ContentProblem[] {
  const promised = new Set(clauses.flatMap(({ value }) => (value.nature === 'promise' ? [value.coverage] : [])));
  const file = files[0]?.path ?? 'content/wordings';
  return [...coverages.keys()].filter((id) => !promised.has(id)).map((id) => ({ file, at: id, message: `no clause promises the coverage \`${id}\`` }));
}

function nameProblems({ file, value }: Placed<{ id: string }>): ContentProblem[] {
  return file.endsWith(`/${value.id}.yaml`) ? [] : [{ file, at: 'id', message: `\`${value.id}\` does not match the file’s name` }];
}

function termsProblems(placed: Placed<InsurerTerms>, { clauses, coverages }: Pick<WordingLibrary, 'clauses' | 'coverages'>): ContentProblem[] {
  const { file, value: terms } = placed;
  const lines = terms.lines.flatMap((line, i) => lineProblems(line, i, terms, coverages).map((message) => ({ file, at: `lines.${i}`, message })));
  const scope = terms.scope.flatMap(({ clause }, i) =>
    clauses.get(clause)?.nature === 'scope' ? [] : [{ file, at: `scope.${i}.clause`, message: `no scope clause \`${clause}\`` }],
  );
  const steps = contractOfTerms(terms).levels.flatMap(({ id, steps }) =>
    steps.flatMap(({ step, clause }) => {
      const written = clauses.get(clause);
      return written?.nature === 'step' && written.step === step ? [] : [{ file, at: id, message: `no clause \`${clause}\` for the step \`${step}\`` }];
    }),
  );
  return [...lines, ...scope, ...steps];
}

/**
 * Terms that somebody brings along, checked as those of the content are: each fault names the file and the place in it. Ids must differ from one another and from the library's.
 */
export function readInsurerTerms(files: readonly ContentFile[], library: Pick<WordingLibrary, 'clauses' | 'coverages' | 'insurers'>): Built<InsurerTerms[]> {
  const { values, problems } = readContent(InsurerTerms, files);
  const taken = values.flatMap(({ file, value: { id } }, i) =>
    library.insurers.has(id) || values.findIndex(({ value }) => value.id === id) < i ? [{ file, at: 'id', message: `there are terms \`${id}\` already` }] : [],
  );
  return built(
    values.map(({ value }) => ({ ...value, own: false })),
    [...problems, ...taken, ...values.flatMap((one) => termsProblems(one, library))],
  );
}

function lineProblems(
  { coverage: id, waiting, subLimitMinor }: InsurerTerms['lines'][number],
  i: number,
  terms: InsurerTerms,
  coverages: Catalogue['coverages'],
): string[] {
  const coverage: Coverage | undefined = coverages.get(id);
  if (coverage === undefined) return [`no coverage \`${id}\``];
  return [
    ...(terms.lines.findIndex((line) => line.coverage === id) === i ? [] : [`\`${id}\` is listed twice`]),
    ...(coverage.timeBased || waiting === null ? [] : [`\`${id}\` is not time-based and has no waiting period`]),
    ...(subLimitMinor !== null && subLimitMinor > terms.limitMinor ? ['the sub-limit is higher than the limit'] : []),
  ];
}

function ownProblems(insurers: readonly Placed<InsurerTerms>[]): ContentProblem[] {
  const own = insurers.filter(({ value }) => value.own).length;
  return own === 1 ? [] : [{ file: insurers[0]?.file ?? 'content/insurers', at: 'own', message: `one file holds the own terms, not ${own}` }];
}

function incidentProblems(placed: Placed<Incident>, coverages: Catalogue['coverages']): ContentProblem[] {
  const { file, value } = placed;
  const items = value.items.flatMap((item, i) =>
    itemProblems(item, value.items.findIndex(({ id }) => id === item.id) === i, coverages).map((message) => ({ file, at: `items.${i}`, message })),
  );
  return [...nameProblems(placed), ...items];
}

function itemProblems({ id, head, amountMinor, hours }: IncidentItem, first: boolean, coverages: Catalogue['coverages']): string[] {
  const coverage = coverages.get(head);
  if (coverage === undefined) return [`no coverage \`${head}\``];
  const sum = hours?.reduce((total, stretch) => total + stretch.amountMinor, 0) ?? amountMinor;
  return [
    ...(first ? [] : [`\`${id}\` is listed twice`]),
    ...(coverage.timeBased === (hours !== null)
      ? []
      : [`\`${head}\` is ${coverage.timeBased ? '' : 'not '}time-based: hours must ${coverage.timeBased ? '' : 'not '}be given`]),
    ...(sum === amountMinor ? [] : [`the hours cost ${sum}, but the item ${amountMinor}`]),
  ];
}
