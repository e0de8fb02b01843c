import { readFileSync } from 'node:fs';
import type { Operation } from '../app/operation.ts';
import { fieldReader } from '../app/words.ts';
import { Refusal, type Language } from '../domain/basics/index.ts';

/** What was asked for on the command line besides the operation's own fields. */
export interface Asked {
  readonly json: boolean;
  readonly language: Language;
  /** E-mail address of the person to act as. */
  readonly as: string | null;
  readonly organisation: string | null;
  readonly key: string | null;
  /** Path of a JSON file with (more of) the input. */
  readonly input: string | null;
  /** Path of the file to send. */
  readonly file: string | null;
  /** Where a document goes. */
  readonly out: string | null;
  readonly fields: Readonly<Record<string, string | string[]>>;
}

const ours = ['as', 'organisation', 'key', 'input', 'file', 'out', 'lang'] as const;
type Ours = (typeof ours)[number];

/** Reads `--name value` pairs. An operation's own field that is called like one of our options wins, and ours is then written `--cli-…`. Throws a Refusal for words that make no sense. */
export function readAsked(words: readonly string[], own: readonly string[], usual: Language): Asked {
  const options = new Map<Ours, string>();
  const fields: Record<string, string | string[]> = {};
  let json = false;
  for (let at = 0; at < words.length; at++) {
    const name = optionName(words[at]!);
    if (name === 'json') json = true;
    else take({ name, value: valueAfter(words, at++), own, options, fields });
  }
  const option = (name: Ours): string | null => options.get(name) ?? null;
  return {
    json,
    language: languageOf(option('lang'), usual),
    as: option('as'),
    organisation: option('organisation'),
    key: option('key'),
    input: option('input'),
    file: option('file'),
    out: option('out'),
    fields,
  };
}

function optionName(word: string): string {
  const name = /^--([a-z][A-Za-z0-9-]*)$/.exec(word)?.[1];
  if (name === undefined) throw badWord(`\`${word}\` is no option: options are written --name value`);
  return name;
}

function valueAfter(words: readonly string[], at: number): string {
  const value = words[at + 1];
  if (value === undefined) throw badWord(`\`${words[at]}\` needs a value`);
  return value;
}

interface Taken {
  readonly name: string;
  readonly value: string;
  readonly own: readonly string[];
  readonly options: Map<Ours, string>;
  readonly fields: Record<string, string | string[]>;
}

function take({ name, value, own, options, fields }: Taken): void {
  const field = name.replace(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
  const plain = name.replace(/^cli-/, '') as Ours;
  // `file` is an operation's field and our option at once: the path given for it is the file that is sent.
  if (ours.includes(plain) && (plain === 'file' || plain !== name || !own.includes(field))) return void options.set(plain, value);
  if (!own.includes(field)) throw badWord(`there is no option \`--${name}\``);
  const before = fields[field];
  fields[field] = before === undefined ? value : [before, value].flat();
}

function languageOf(given: string | null, usual: Language): Language {
  if (given === null) return usual;
  if (given === 'zh' || given === 'en') return given;
  throw badWord(`the languages are zh and en, not \`${given}\``);
}

const badWord = (message: string): Refusal => new Refusal('bad-input', 'bad-argument', message);

/** The operation's input from the file and the words; words win over the file. */
export function inputOf({ input }: Pick<Operation, 'input'>, { fields, input: path }: Asked): Record<string, unknown> {
  const read = fieldReader(input);
  const words = Object.entries(fields).map(([name, word]) => [name, read(name, word)] as const);
  return { ...(path === null ? {} : readInputFile(path)), ...Object.fromEntries(words) };
}

function readInputFile(path: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  } catch (error) {
    throw badWord(`\`${path}\` cannot be read as JSON: ${(error as Error).message}`);
  }
  throw badWord(`\`${path}\` must hold a JSON object`);
}
