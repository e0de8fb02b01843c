import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Refusal, type Language } from '../domain/basics/index.ts';
import {
  DutyFindings,
  compareTerms,
  ownTerms,
  payIncident,
  renderWording,
  replayIncident,
  replayWaiting,
  termsOfCover,
  usualWaitingHours,
  type ComparisonRow,
  type Incident,
  type InsurerTerms,
  type Payment,
  type Replay,
  type Wording,
  type WordingLibrary,
} from '../domain/catalogue/index.ts';
import { splitUnder } from '../app/co-responsibility.ts';
import { termsNamed, withImported, wordingDocument } from '../app/wording.ts';
import { yuan } from './amounts.ts';
import { paperOf } from './assessed-firm.ts';
import { exitCodes, usageFor, type Command, type World } from './command.ts';
import { readCover, readDataFile } from './firm-files.ts';

const usage = `riskloop wording render  [--insurer ID | --package FILE] [--pdf FILE] [--json] [--lang zh|en]
riskloop wording compare [--insurer ID]… [--terms FILE]… [--all] [--json] [--lang zh|en]
riskloop wording split   --matrix ID --findings FILE [--json] [--lang zh|en]
riskloop wording replay  [--insurer ID]… [--terms FILE]… [--incident ID]… [--waiting HOURS]… [--trace] [--json] [--lang zh|en]
`;

interface Wanted {
  readonly insurers: readonly string[];
  readonly incidents: readonly string[];
  readonly cover: string | null;
  /** Files with terms of other insurers. */
  readonly terms: readonly string[];
  readonly matrix: string | null;
  readonly findings: string | null;
  readonly pdf: string | null;
  readonly waiting: readonly number[];
  readonly all: boolean;
  readonly trace: boolean;
  readonly json: boolean;
  readonly language: Language;
}

/**
 * `riskloop wording render|compare|replay`, without a database: prints a wording, sets the insurers' terms side by side, or pays published incidents under
 * each of them and names the clauses that make the difference.
 */
export const wording: Command = async ([action = '', ...args], world) => {
  const act = Object.hasOwn(actions, action) ? actions[action as keyof typeof actions] : null;
  const wanted = act === null ? null : readWanted(args);
  if (act === null || wanted === null) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const { wordings } = await paperOf(world);
  await act(wanted, wordings, world);
  return exitCodes.done;
};

type Action = (wanted: Wanted, library: WordingLibrary, world: World) => Promise<void> | void;

const actions = { render: renderOne, compare: compareAll, replay: replayAll, split: splitOne } satisfies Record<string, Action>;

function readWanted(args: readonly string[]): Wanted | null {
  const values = valuesOf(args);
  if (values === null || (values.lang !== 'zh' && values.lang !== 'en')) return null;
  const waiting = (values.waiting ?? []).map(Number);
  if (waiting.some((hours) => !(hours >= 0 && hours <= 720))) throw new Refusal('bad-input', 'bad-argument', '`--waiting` takes hours from 0 to 720');
  const { insurer = [], incident = [], terms = [], all, trace, json, lang } = values;
  const { package: cover = null, pdf = null, matrix = null, findings = null } = values;
  return { insurers: insurer, incidents: incident, cover, terms, matrix, findings, pdf, waiting, all, trace, json, language: lang };
}

function valuesOf(args: readonly string[]) {
  const one = { type: 'string' } as const;
  const many = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    insurer: many,
    incident: many,
    package: one,
    terms: many,
    matrix: one,
    findings: one,
    pdf: one,
    waiting: many,
    all: flag,
    trace: flag,
    json: flag,
    lang: { type: 'string', default: 'zh' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    // parseArgs throws on unknown options and missing values only.
    return null;
  }
}

/** The terms asked for, the own ones first; all of them when none is named. */
function chosenTerms({ insurers: ids, terms: files }: Wanted, library: WordingLibrary): InsurerTerms[] {
  const all =
    files.length === 0
      ? [...library.insurers.values()]
      : withImported(
          files.map((path) => ({ path, data: readDataFile(path, z.unknown()) })),
          library,
        );
  const imported = all.slice(library.insurers.size);
  return ids.length === 0 ? all : [...ids.map((id) => termsNamed(id, library)), ...imported];
}

function chosenIncidents({ incidents: ids }: Wanted, { incidents }: WordingLibrary): Incident[] {
  return ids.length === 0 ? [...incidents.values()] : ids.map((id) => incidents.get(id) ?? unknownIncident(id, [...incidents.keys()]));
}

function unknownIncident(id: string, known: readonly string[]): never {
  throw new Refusal('bad-input', 'unknown-incident', `there is no incident \`${id}\`; there are ${known.map((one) => `\`${one}\``).join(', ')}`, {
    incident: id,
  });
}

const print = (value: unknown, text: () => string, { json }: Wanted, world: World): void => world.stdout(json ? `${JSON.stringify(value)}\n` : `${text()}\n`);

async function renderOne(wanted: Wanted, library: WordingLibrary, world: World): Promise<void> {
  const terms =
    wanted.cover === null
      ? termsNamed(wanted.insurers[0] ?? ownTerms(library).id, library)
      : termsOfCover(knownCover(wanted.cover, library), ownTerms(library));
  const rendered = renderWording(terms, library);
  if (wanted.pdf !== null) await writePdf(wanted.pdf, rendered, wanted, world);
  print(rendered, () => describeWording(rendered, wanted.language), wanted, world);
}

function knownCover(path: string, { coverages }: WordingLibrary) {
  const cover = readCover(path);
  const unknown = cover.lines.find(({ coverage }) => !coverages.has(coverage));
  if (unknown !== undefined) throw new Refusal('bad-input', 'coverage-unknown', `there is no coverage \`${unknown.coverage}\``, { coverage: unknown.coverage });
  return cover;
}

async function writePdf(path: string, rendered: Wording, { language }: Wanted, { clock }: World): Promise<void> {
  const { makeDocument } = await import('../io/documents/index.ts');
  writeFileSync(path, await makeDocument({ kind: 'wording', language, data: wordingDocument(rendered, clock()) }));
}

function describeWording({ insurer, product, edition, clauses, sections, glossary }: Wording, language: Language): string {
  const head = { zh: ['第', '条', '释义', '条款库'], en: ['Article ', '', 'Terms', 'clauses'] }[language];
  const articles = sections.flatMap(({ title, articles: all }) => [
    '',
    `## ${title[language]}`,
    ...all.flatMap((article) => [
      '',
      `${head[0]}${article.number}${head[1]} ${article.title[language]}`,
      article.text[language],
      ...article.lists.flatMap((list) => [`  ${list.title[language]}`, ...list.items.map((item) => `  - ${item[language]}`)]),
    ]),
  ]);
  return [
    `${insurer[language]} · ${product[language]} (${edition})`,
    `${head[3]} ${clauses}`,
    ...articles,
    '',
    `## ${head[2]}`,
    ...glossary.map((term) => `${term[language]}: ${term.meaning[language]}`),
  ].join('\n');
}

/** Splits a loss by the fault that a file says was found. */
async function splitOne({ matrix: name, findings: path, ...wanted }: Wanted, _: WordingLibrary, world: World): Promise<void> {
  const { responsibilities } = await paperOf(world);
  const matrix = name === null ? undefined : responsibilities.get(name);
  if (matrix === undefined || path === null)
    throw new Refusal('bad-input', 'bad-argument', `\`--matrix\` takes one of ${[...responsibilities.keys()].join(', ')}, and \`--findings\` a file`);
  const split = splitUnder(matrix, readDataFile(path, DutyFindings));
  const lines = split.trace.map(({ text, amountMinor }) => `${text[wanted.language]}: ${yuan(amountMinor)}`);
  print(split, () => [split.clause[wanted.language], '', ...lines].join('\n'), { ...wanted, matrix: name, findings: path }, world);
}

function compareAll(wanted: Wanted, library: WordingLibrary, world: World): void {
  const insurers = chosenTerms(wanted, library);
  const rows = compareTerms(insurers, library).filter(({ differs }) => wanted.all || differs);
  print({ version: library.version, insurers: insurers.map(({ id }) => id), rows }, () => describeComparison(insurers, rows, wanted.language), wanted, world);
}

function describeComparison(insurers: readonly InsurerTerms[], rows: readonly ComparisonRow[], language: Language): string {
  return rows
    .flatMap(({ title, values }) => [title[language], ...values.map((value, i) => `    ${insurers[i]!.insurer[language]}: ${value[language]}`)])
    .join('\n');
}

/** What `replay` prints of one incident; `payments` with every step only when asked for by `--trace`. */
interface Replayed extends Replay {
  readonly traces?: readonly Payment[];
}

function replayAll(wanted: Wanted, library: WordingLibrary, world: World): void {
  const insurers = chosenTerms(wanted, library);
  const hours = wanted.waiting.length === 0 ? usualWaitingHours : wanted.waiting;
  const incidents = chosenIncidents(wanted, library);
  const replays = incidents.map((incident): Replayed => ({
    ...replayIncident(incident, insurers, library, hours),
    ...(wanted.trace ? { traces: insurers.map((terms) => payIncident(incident, terms, library.clauses)) } : {}),
  }));
  const sensitivity = wanted.waiting.length === 0 ? [] : hours.map((hour) => ({ hours: hour, paidMinor: totalsAt(hour, incidents, insurers, library) }));
  print(
    { version: library.version, insurers: insurers.map(({ id }) => id), replays, ...(sensitivity.length > 0 ? { sensitivity } : {}) },
    () => describeReplays(replays, { incidents, insurers, library, wanted }),
    wanted,
    world,
  );
}

/** What each of the terms pays of all incidents together when every waiting period is so long. */
const totalsAt = (hours: number, incidents: readonly Incident[], insurers: readonly InsurerTerms[], { clauses }: WordingLibrary): number[] =>
  insurers.map((terms) => incidents.reduce((sum, incident) => sum + replayWaiting(incident, terms, [hours], clauses)[0]!.paidMinor, 0));

interface Shown {
  readonly incidents: readonly Incident[];
  readonly insurers: readonly InsurerTerms[];
  readonly library: WordingLibrary;
  readonly wanted: Wanted;
}

function describeReplays(replays: readonly Replayed[], { incidents, insurers, library, wanted }: Shown): string {
  const { language, waiting } = wanted;
  const lines = replays.flatMap((replay, i) => [
    `${incidents[i]!.title[language]} — ${{ zh: '损失', en: 'loss' }[language]} ${yuan(replay.lossMinor)}`,
    ...replay.payments.map((payment, k) => `    ${insurers[k]!.insurer[language]}: ${describePayment(payment, language)}`),
    ...(replay.traces ?? []).flatMap((payment, k) => describeTrace(payment, insurers[k]!, library, language)),
  ]);
  const totals = waiting.map((hours) => {
    const paid = totalsAt(hours, incidents, insurers, library).map((minor, k) => `${insurers[k]!.insurer[language]} ${yuan(minor)}`);
    return `${{ zh: `等待期均为 ${hours} 小时，合计赔付`, en: `every waiting period ${hours} h, paid in all` }[language]}: ${paid.join('; ')}`;
  });
  return [...lines, ...totals].join('\n');
}

function describePayment({ paidMinor, differences }: Replay['payments'][number], language: Language): string {
  const decisive = differences[0];
  if (decisive === undefined) return yuan(paidMinor);
  const sign = decisive.deltaMinor > 0 ? '+' : '';
  return `${yuan(paidMinor)}  ${{ zh: '关键条款', en: 'decided by' }[language]} ${decisive.title[language]} (${sign}${yuan(decisive.deltaMinor)})`;
}

/** The steps of a payment, each with the number of its article. */
function describeTrace({ trace }: Payment, terms: InsurerTerms, library: WordingLibrary, language: Language): string[] {
  const articles = new Map(renderWording(terms, library).sections.flatMap((section) => section.articles.map((article) => [article.ref, article])));
  const name = (ref: string): string => {
    const article = articles.get(ref);
    return article === undefined ? { zh: '未承保', en: 'not covered' }[language] : `${article.number}. ${article.title[language]}`;
  };
  return [
    `      ${terms.insurer[language]}`,
    ...trace.map(({ article, group, amountIn, amountOut }) => `        ${name(article)} [${groupName(group)}] ${yuan(amountIn)} → ${yuan(amountOut)}`),
  ];
}

/** A group's key as a reader reads it: several words stand in a list. */
const groupName = (key: string): string => (key.startsWith('[') ? (JSON.parse(key) as string[]).join(' / ') : key);
