import type { Operation } from '../app/operation.ts';
import type { Language } from '../domain/basics/index.ts';
import type { Stored } from './ask.ts';
import { plainCommands } from './commands.ts';
import { exitCodes, type World } from './command.ts';
import { sayRefused } from './refused.ts';

/** What the command line is opened on. The stored world is opened only for a command that asks for it. */
export interface CommandLine {
  readonly world: World;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly openStored: () => Promise<{ readonly stored: Stored; readonly close: () => Promise<void> }>;
}

/** Chinese unless the environment says otherwise; `--lang` wins. */
const usualLanguage = ({ RISKLOOP_LANG: given }: CommandLine['env']): Language => (given === 'en' ? 'en' : 'zh');

/** Carries out one command line; answers the exit code. */
export async function runCommandLine(words: readonly string[], line: CommandLine): Promise<number> {
  const { world, env } = line;
  const [name = 'help', ...rest] = words;
  const language = rest.includes('--lang') && rest[rest.indexOf('--lang') + 1] === 'en' ? 'en' : usualLanguage(env);
  try {
    if (name === 'help' || name === '--help' || name === '-h')
      return await help(rest.filter((word) => !word.startsWith('--') && word !== 'en' && word !== 'zh')[0], language, world);
    if (rest.includes('--help')) return await help(name, language, world);
    const plain = plainCommands[name];
    return plain === undefined ? await onStoredData({ name, words: rest, language }, line) : await (await plain.load())(rest, world);
  } catch (error) {
    return sayRefused(error, { json: rest.includes('--json'), language }, world);
  }
}

async function help(name: string | undefined, language: Language, world: World): Promise<number> {
  const [{ describeCommand, listCommands }, operations] = await Promise.all([import('./help.ts'), askable()]);
  const text = name === undefined ? listCommands(operations, language) : describeCommand(name, operations, language);
  if (text === null) return unknown(name!, language, world);
  world.stdout(`${text}\n`);
  return exitCodes.done;
}

/** Operations without a route are the worker's own. Loaded late, because the commands without a database need none of them. */
async function askable(): Promise<Operation[]> {
  const { operations } = await import('../app/operations.ts');
  return operations.filter(({ http }) => http !== null);
}

async function onStoredData(
  { name, words, language }: { name: string; words: readonly string[]; language: Language },
  { world, env, openStored }: CommandLine,
): Promise<number> {
  const [operations, { ask, askedOf, requireAskable }] = await Promise.all([askable(), import('./ask.ts')]);
  const operation = operations.find((one) => one.name === name);
  if (operation === undefined) return unknown(name, language, world);
  const asked = askedOf(operation, words, language);
  requireAskable(operation, asked, env['RISKLOOP_KEY']);
  const { stored, close } = await openStored();
  try {
    return await ask(operation, asked, stored, world, env['RISKLOOP_KEY']);
  } finally {
    await close();
  }
}

function unknown(name: string, language: Language, { stderr }: World): number {
  stderr(`${{ zh: `没有命令 ${name}，可用 riskloop help 查看全部命令`, en: `there is no command ${name}: riskloop help lists them` }[language]}\n`);
  return exitCodes.badInput;
}
