import { z } from 'zod';
import { Text, canonicalJson } from '../basics/index.ts';
import { sayAmount, sayRatio } from './fill-slots.ts';
import type { InsurerTerms, TermsLine } from './insurer-terms.ts';
import type { WordingLibrary } from './library.ts';

/** One thing that terms fix and that may differ between insurers: how it reads, and how terms look that have it as another insurer does. */
export interface TermsDimension {
  readonly id: string;
  readonly group: 'whole' | 'coverage' | 'scope';
  readonly title: Text;
  /** The clause of the wording that it fills or is. */
  readonly clause: string;
  readonly coverage: string | null;
  readonly say: (terms: InsurerTerms) => Text;
  readonly read: (terms: InsurerTerms) => unknown;
  readonly swap: (terms: InsurerTerms, from: InsurerTerms) => InsurerTerms;
}

/** A row of the comparison: one dimension and what each insurer's terms say of it. */
export const ComparisonRow = z
  .strictObject({
    id: z.string(),
    group: z.enum(['whole', 'coverage', 'scope']),
    title: Text,
    clause: z.string(),
    coverage: z.string().nullable(),
    differs: z.boolean(),
    /** In the order of the insurers that were compared. */
    values: z.array(Text),
  })
  .meta({ id: 'ComparisonRow' });
export type ComparisonRow = z.infer<typeof ComparisonRow>;

/** What each of these terms say, term by term. */
export function compareTerms(insurers: readonly InsurerTerms[], library: WordingLibrary): ComparisonRow[] {
  return dimensionsOf(insurers, library).map(({ id, group, title, clause, coverage, say, read }) => ({
    id,
    group,
    title,
    clause,
    coverage,
    differs: new Set(insurers.map((terms) => canonicalJson(read(terms)))).size > 1,
    values: insurers.map(say),
  }));
}

const none: Text = { zh: '—', en: '—' };
const same = (text: string): Text => ({ zh: text, en: text });

/** Everything in which these terms could differ, in the order of a wording. */
export function dimensionsOf(insurers: readonly InsurerTerms[], library: WordingLibrary): TermsDimension[] {
  const coverages = [...library.coverages.keys()].filter((id) => insurers.some((terms) => lineOf(terms, id) !== undefined));
  const scopes = [...library.clauses.keys()].filter((id) => insurers.some(({ scope }) => scope.some(({ clause }) => clause === id)));
  return [...wholeDimensions, ...coverages.flatMap((id) => coverageDimensions(id, insurers, library)), ...scopes.map((id) => scopeDimension(id, library))];
}

const orderWords: Record<InsurerTerms['order'], Text> = {
  'CN-EXCESS-1': { zh: '先扣免赔额，后适用赔偿限额', en: 'retention first, then limits' },
  'LIMIT-FIRST': { zh: '先适用赔偿限额，后扣免赔额', en: 'limits first, then retention' },
};

/** A dimension that is one field of the terms. */
const fieldDimension = <K extends keyof InsurerTerms>(field: K, clause: string, title: Text, say: (terms: InsurerTerms) => Text): TermsDimension => ({
  id: field,
  group: 'whole',
  title,
  clause,
  coverage: null,
  say,
  read: (terms) => terms[field],
  swap: (terms, from) => ({ ...terms, [field]: from[field] }),
});

const wholeDimensions: readonly TermsDimension[] = [
  fieldDimension('order', 'order-of-application', { zh: '限额与免赔的适用顺序', en: 'Order of limits and retention' }, ({ order }) => orderWords[order]),
  fieldDimension('limitMinor', 'event-limit', { zh: '每次事故赔偿限额', en: 'Limit per event' }, ({ limitMinor, currency }) => sayAmount(limitMinor, currency)),
  fieldDimension('aggregateMinor', 'aggregate-limit', { zh: '累计赔偿限额', en: 'Aggregate limit' }, ({ aggregateMinor, currency }) =>
    aggregateMinor === null ? none : sayAmount(aggregateMinor, currency),
  ),
  fieldDimension('retention', 'retention', { zh: '每次事故免赔额', en: 'Retention per event' }, sayRetention),
];

function sayRetention({ retention: { amountMinor, ratioOfLoss, combine }, currency }: InsurerTerms): Text {
  const amount = sayAmount(amountMinor, currency);
  if (ratioOfLoss === null) return amount;
  const ratio = sayRatio(ratioOfLoss);
  return combine === 'greatest'
    ? { zh: `${amount.zh}与损失的 ${ratio}，以高者为准`, en: `the greater of ${amount.en} and ${ratio} of the loss` }
    : { zh: `${amount.zh}加损失的 ${ratio}`, en: `${amount.en} plus ${ratio} of the loss` };
}

const lineOf = ({ lines }: InsurerTerms, coverage: string): TermsLine | undefined => lines.find((line) => line.coverage === coverage);

function coverageDimensions(id: string, insurers: readonly InsurerTerms[], library: WordingLibrary): TermsDimension[] {
  const name = library.coverages.get(id)!.title;
  const held = insurers.flatMap((terms) => lineOf(terms, id) ?? []);
  const waited = held.some(({ waiting }) => waiting !== null);
  const more = [...(waited ? waitingDimensions(id, name) : []), ...(held.some(({ paidRatio }) => paidRatio !== 1) ? [paidRatioDimension(id, name)] : [])];
  return [takenDimension(id, name), subLimitDimension(id, name), ...more];
}

const about = (name: Text, what: Text): Text => ({ zh: `${name.zh}：${what.zh}`, en: `${name.en}: ${what.en}` });

function takenDimension(id: string, name: Text): TermsDimension {
  return {
    id: `${id}.taken`,
    group: 'coverage',
    title: about(name, { zh: '是否承保', en: 'covered' }),
    clause: `cover.${id}`,
    coverage: id,
    say: (terms) => (lineOf(terms, id) === undefined ? { zh: '不承保', en: 'no' } : { zh: '承保', en: 'yes' }),
    read: (terms) => lineOf(terms, id) !== undefined,
    swap: (terms, from) => swapLine(terms, from, id),
  };
}

/** The coverage as the other insurer has it: gone, or taken with the other's line where it was missing. */
function swapLine(terms: InsurerTerms, from: InsurerTerms, id: string): InsurerTerms {
  const [mine, theirs] = [lineOf(terms, id), lineOf(from, id)];
  if (theirs === undefined) return { ...terms, lines: terms.lines.filter(({ coverage }) => coverage !== id) };
  return mine === undefined ? { ...terms, lines: [...terms.lines, theirs] } : terms;
}

/** A dimension of one coverage's line; without effect where either terms lack the coverage. */
function lineDimension(
  id: string,
  key: string,
  clause: string,
  title: Text,
  say: (line: TermsLine, terms: InsurerTerms) => Text,
  read: (line: TermsLine) => unknown,
  put: (line: TermsLine, from: TermsLine) => TermsLine,
): TermsDimension {
  const swap = (terms: InsurerTerms, from: InsurerTerms): InsurerTerms => {
    const theirs = lineOf(from, id);
    return theirs === undefined ? terms : { ...terms, lines: terms.lines.map((line) => (line.coverage === id ? put(line, theirs) : line)) };
  };
  const line = <T>(terms: InsurerTerms, use: (line: TermsLine) => T, otherwise: T): T => {
    const found = lineOf(terms, id);
    return found === undefined ? otherwise : use(found);
  };
  return {
    id: `${id}.${key}`,
    group: 'coverage',
    title,
    clause,
    coverage: id,
    say: (terms) => line(terms, (one) => say(one, terms), none),
    read: (terms) => line<unknown>(terms, read, null),
    swap,
  };
}

const subLimitDimension = (id: string, name: Text): TermsDimension =>
  lineDimension(
    id,
    'subLimitMinor',
    'sub-limit',
    about(name, { zh: '分项赔偿限额', en: 'sub-limit' }),
    ({ subLimitMinor }, { currency }) =>
      subLimitMinor === null ? { zh: '同每次事故赔偿限额', en: 'as the limit per event' } : sayAmount(subLimitMinor, currency),
    ({ subLimitMinor }) => subLimitMinor,
    (line, { subLimitMinor }) => ({ ...line, subLimitMinor }),
  );

const paidRatioDimension = (id: string, name: Text): TermsDimension =>
  lineDimension(
    id,
    'paidRatio',
    'coinsurance',
    about(name, { zh: '赔付比例', en: 'ratio paid' }),
    ({ paidRatio }) => same(sayRatio(paidRatio)),
    ({ paidRatio }) => paidRatio,
    (line, { paidRatio }) => ({ ...line, paidRatio }),
  );

type WaitingField = keyof NonNullable<TermsLine['waiting']>;

const waitingWords: Record<string, Text> = {
  deduct: { zh: '期内损失扣除', en: 'its loss is deducted' },
  qualify: { zh: '超过后自始赔付', en: 'paid from the start once passed' },
  'all-hours': { zh: '自然小时', en: 'all hours' },
  'business-hours': { zh: '营业小时', en: 'business hours' },
};

const sayWaiting = (value: number | string | undefined): Text =>
  value === undefined ? none : typeof value === 'number' ? { zh: `${value} 小时`, en: `${value} h` } : waitingWords[value]!;

function waitingDimensions(id: string, name: Text): TermsDimension[] {
  const titles: Record<WaitingField, Text> = {
    hours: { zh: '等待期', en: 'waiting period' },
    manner: { zh: '等待期内损失', en: 'loss in the waiting period' },
    clock: { zh: '等待期计时', en: 'clock of the waiting period' },
  };
  return (['hours', 'manner', 'clock'] as const).map((field) =>
    lineDimension(
      id,
      `waiting.${field}`,
      'waiting-period',
      about(name, titles[field]),
      ({ waiting }) => sayWaiting(waiting?.[field]),
      ({ waiting }) => waiting?.[field] ?? null,
      (line, { waiting }) => ({ ...line, waiting: line.waiting === null || waiting === null ? waiting : { ...line.waiting, [field]: waiting[field] } }),
    ),
  );
}

function scopeDimension(id: string, { clauses }: WordingLibrary): TermsDimension {
  const ruleOf = ({ scope }: InsurerTerms) => scope.find(({ clause }) => clause === id);
  return {
    id: `scope.${id}`,
    group: 'scope',
    title: clauses.get(id)!.title,
    clause: id,
    coverage: null,
    say: (terms) => sayScope(ruleOf(terms)?.paidShare),
    read: (terms) => ruleOf(terms) ?? null,
    swap: (terms, from) => {
      const theirs = ruleOf(from);
      const others = terms.scope.filter(({ clause }) => clause !== id);
      return { ...terms, scope: theirs === undefined ? others : [...others, theirs] };
    },
  };
}

const sayScope = (paidShare: number | undefined): Text =>
  paidShare === undefined
    ? { zh: '无此约定', en: 'no such clause' }
    : paidShare === 0
      ? { zh: '不予赔偿', en: 'not paid' }
      : { zh: `按 ${sayRatio(paidShare)} 赔偿`, en: `${sayRatio(paidShare)} paid` };
