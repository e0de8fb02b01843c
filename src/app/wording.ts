import { z } from 'zod';
import { type ContentFile, type Instant, Language, Refusal } from '../domain/basics/index.ts';
import {
  ComparisonRow,
  Incident,
  InsurerTerms,
  Replay,
  RequestedCover,
  Term,
  Wording,
  compareTerms,
  readInsurerTerms,
  ownTerms,
  renderWording,
  replayIncident,
  termsOfCover,
  usualWaitingHours,
  type WordingLibrary,
} from '../domain/catalogue/index.ts';
import { exportOf, joined } from './exports.ts';
import { operation } from './operation.ts';

const insurer = z.string().max(100);

/** The terms of an insurer. Throws a Refusal `unknown-terms` that names those there are. */
export function termsNamed(id: string, { insurers }: WordingLibrary): InsurerTerms {
  const terms = insurers.get(id);
  if (terms === undefined)
    throw new Refusal('absent', 'unknown-terms', `there are no terms \`${id}\`; there are ${[...insurers.keys()].map((one) => `\`${one}\``).join(', ')}`, {
      terms: id,
    });
  return terms;
}

/** What the document of a wording says. */
export const wordingDocument = (wording: Wording, now: Instant) => ({
  number: `${wording.edition}-${wording.clauses.slice(0, 8)}`,
  version: 1,
  insurer: { name: wording.insurer.zh, creditCode: null },
  wording,
  issuedAt: now,
  dataAsOf: now,
});

/** Replays are the same until the content changes, and take a while: each library's is kept. */
const replays = new WeakMap<WordingLibrary, Replay[]>();

/** Every incident under every insurer's terms. */
export function replayLibrary(library: WordingLibrary): Replay[] {
  const known = replays.get(library) ?? [...library.incidents.values()].map((incident) => replayIncident(incident, [...library.insurers.values()], library));
  replays.set(library, known);
  return known;
}

export const getWording = operation({
  name: 'getWording',
  module: 'catalogue',
  summary: { zh: '保险条款', en: 'Read the wording of an insurer’s terms' },
  who: 'catalogue:read',
  input: z.strictObject({ insurer }),
  output: Wording,
  http: { method: 'GET', path: '/wordings/{insurer}', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { wordings } }, { insurer: id }) => renderWording(termsNamed(id, wordings), wordings),
});

export const getWordingDocument = operation({
  name: 'getWordingDocument',
  module: 'catalogue',
  summary: { zh: '保险条款 PDF', en: 'The wording as PDF' },
  who: 'catalogue:read',
  input: z.strictObject({ insurer, language: Language.default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.literal('application/pdf'), name: z.string() }),
  http: { method: 'GET', path: '/wordings/{insurer}/document', status: 200, body: 'document' },
  effect: 'read',
  run: async ({ content: { wordings }, documents, now }, { insurer: id, language }) => {
    const wording = renderWording(termsNamed(id, wordings), wordings);
    const pdf = await documents.make({ kind: 'wording', language, data: wordingDocument(wording, now) });
    return { file: Buffer.from(pdf).toString('base64'), mediaType: 'application/pdf' as const, name: `${id}-${wording.edition}-${language}.pdf` };
  },
});

export const renderCoverWording = operation({
  name: 'renderCoverWording',
  module: 'catalogue',
  summary: { zh: '按所选保障生成条款', en: 'Render the own wording for a cover' },
  who: 'catalogue:read',
  input: z.strictObject({ cover: RequestedCover }),
  output: Wording,
  http: { method: 'POST', path: '/wordings', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { wordings } }, { cover }) => {
    const unknown = cover.lines.find(({ coverage }) => !wordings.coverages.has(coverage));
    if (unknown !== undefined)
      throw new Refusal('bad-input', 'coverage-unknown', `there is no coverage \`${unknown.coverage}\``, { coverage: unknown.coverage });
    return renderWording(termsOfCover(cover, ownTerms(wordings)), wordings);
  },
});

export const compareWordings = operation({
  name: 'compareWordings',
  module: 'catalogue',
  summary: { zh: '逐项比较各保险人条款', en: 'Compare the insurers’ terms one by one' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ version: z.string(), insurers: z.array(InsurerTerms), rows: z.array(ComparisonRow) }),
  http: { method: 'GET', path: '/wording-comparison', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { wordings } }) => {
    const insurers = [...wordings.insurers.values()];
    return { version: wordings.version, insurers, rows: compareTerms(insurers, wordings) };
  },
});

/** Terms brought along, with those of the library. Throws a Refusal `terms-invalid` that lists every fault with its place, and takes nothing then. */
export function withImported(files: readonly ContentFile[], library: WordingLibrary): InsurerTerms[] {
  const { value, problems } = readInsurerTerms(files, library);
  if (value !== null) return [...library.insurers.values(), ...value];
  const faults = problems.map(({ file, at, message }) => ({ path: `${file}${at === '' ? '' : `: ${at}`}`, code: 'terms-invalid', message }));
  throw new Refusal('bad-input', 'terms-invalid', faults.map(({ path, message }) => `${path}: ${message}`).join('\n'), { faults: faults.length }, faults);
}

export const compareImportedTerms = operation({
  name: 'compareImportedTerms',
  module: 'catalogue',
  summary: {
    zh: '导入其他保险人条款并比较',
    en: 'Compare terms that are brought along with those of the library, and replay the incidents under all; nothing is kept',
  },
  who: 'catalogue:read',
  input: z.strictObject({ terms: z.array(z.unknown()).min(1).max(5) }),
  output: z.strictObject({
    version: z.string(),
    insurers: z.array(InsurerTerms),
    rows: z.array(ComparisonRow),
    waitingHours: z.array(z.number()),
    incidents: z.array(Incident),
    replays: z.array(Replay),
  }),
  http: { method: 'POST', path: '/wording-comparison', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { wordings } }, { terms }) => {
    const insurers = withImported(
      terms.map((data, i) => ({ path: `terms[${i}]`, data })),
      wordings,
    );
    const incidents = [...wordings.incidents.values()].filter(({ currency }) => insurers.every((one) => one.currency === currency));
    return {
      version: wordings.version,
      insurers,
      rows: compareTerms(insurers, wordings),
      waitingHours: [...usualWaitingHours],
      incidents,
      replays: incidents.map((incident) => replayIncident(incident, insurers, wordings)),
    };
  },
});

export const replayIncidents = operation({
  name: 'replayIncidents',
  module: 'catalogue',
  summary: { zh: '用已发生的事件回放各保险人条款', en: 'Replay published incidents under each insurer’s terms' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ version: z.string(), waitingHours: z.array(z.number()), incidents: z.array(Incident), replays: z.array(Replay) }),
  http: { method: 'GET', path: '/incident-replay', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { wordings } }) => ({
    version: wordings.version,
    waitingHours: [...usualWaitingHours],
    incidents: [...wordings.incidents.values()],
    replays: replayLibrary(wordings),
  }),
});

export const listTerms = operation({
  name: 'listTerms',
  module: 'catalogue',
  summary: { zh: '术语表', en: 'List the terms of the glossary' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ version: z.string(), terms: z.array(Term) }),
  http: { method: 'GET', path: '/glossary', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content: { wordings } }) => ({ version: wordings.version, terms: [...wordings.glossary.values()] }),
});

export const exportTerms = exportOf(listTerms, {
  rows: ({ terms }) => terms,
  columns: [
    ['text', '中文', 'Chinese', ({ zh }) => zh],
    ['text', '英文', 'English', ({ en }) => en],
    ['prose', '含义', 'Meaning', ({ meaning }, language) => meaning[language]],
    ['text', '避免使用', 'Avoid', ({ avoid }) => joined(avoid ?? [])],
    ['prose', '来源', 'Source', ({ source }) => source],
    ['text', '编号', 'Id', ({ id }) => id],
  ],
});

export const wordingOperations = [
  getWording,
  getWordingDocument,
  renderCoverWording,
  compareWordings,
  compareImportedTerms,
  replayIncidents,
  listTerms,
  exportTerms,
];
