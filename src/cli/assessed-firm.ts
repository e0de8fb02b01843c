import { parseArgs } from 'node:util';
import { Refusal } from '../domain/basics/index.ts';
import type { Application } from '../domain/underwriting/index.ts';
import type { World } from './command.ts';
import { readAssessmentInput, readCover, readWords, type FirmFiles } from './firm-files.ts';

/** The words of a command that takes a firm's files and options of its own. */
export interface AssessedFirm<Own extends string> {
  readonly files: FirmFiles;
  readonly own: Readonly<Partial<Record<Own, string>>>;
}

/** Splits off a command's own `--name value` options and reads the rest like `quote`, or like `assess` without a cover; null when the words make no sense. */
export function readFirmWords<Own extends string>(
  args: readonly string[],
  names: readonly Own[],
  { withCover } = { withCover: true },
): AssessedFirm<Own> | null {
  const own: Partial<Record<Own, string>> = {};
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const name = names.find((one) => args[at] === `--${one}`);
    if (name === undefined) rest.push(args[at]!);
    else if (args[at + 1] === undefined) return null;
    else own[name] = args[(at += 1)]!;
  }
  const files = readWords(rest, { withCover });
  return files === null ? null : { files, own };
}

/** The insurer's paper; a world without it cannot run the command. */
export async function paperOf({ content }: World) {
  if (content === undefined) throw new Error('the command needs the insurer’s paper');
  return content();
}

/** The application that the files make, with the insurer's paper. Throws Refusals for files that cannot be read. */
export async function applicationFrom(files: FirmFiles, world: World): Promise<{ application: Application; content: Awaited<ReturnType<typeof paperOf>> }> {
  const content = await paperOf(world);
  const input = await readAssessmentInput(files, content, world.clock());
  return { application: { ...input, cover: readCover(files.cover!) }, content };
}

/** A whole amount of money given as a word, in major units; the answer in minor units. Throws a Refusal `bad-argument`. */
export function amountMinorOf(word: string, option: string): number {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(word);
  if (match === null) throw new Refusal('bad-input', 'bad-argument', `\`--${option}\` takes an amount of money, not \`${word}\``, { field: option });
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** A whole number given as a word. Throws a Refusal `bad-argument` outside `least` and `most`. */
export function wholeNumberOf(word: string, option: string, { least, most }: { least: number; most: number }): number {
  const value = /^\d{1,15}$/.test(word) ? Number(word) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new Refusal('bad-input', 'bad-argument', `\`--${option}\` takes a whole number from ${least} to ${most}, not \`${word}\``, { field: option });
  return value;
}

/** Reads any command's named options; null when the words make no sense. */
export function optionsOf(
  args: readonly string[],
  names: readonly string[],
): { values: Readonly<Record<string, string | boolean | undefined>>; words: string[] } | null {
  const options = Object.fromEntries([
    ...names.map((name) => [name, { type: 'string' }]),
    ['json', { type: 'boolean' }],
    ['lang', { type: 'string' }],
  ]) as Record<string, { type: 'string' | 'boolean' }>;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, words: positionals };
  } catch {
    // parseArgs throws on unknown options and missing values only.
    return null;
  }
}
