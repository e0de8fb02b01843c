import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runCommandLine } from '../../src/cli/index.ts';
import { loadContent } from '../../src/io/content/index.ts';
import { textOf } from './disk.ts';

/** Runs the command line with the given words and gives what it prints. */
type Ask = (words: readonly string[]) => Promise<string>;

/** Evidence ages and moves a score: the examples are those of this instant. */
const exampleInstant = '2026-11-22T00:00:00Z';

const readmes = ['README.md', 'README.zh-CN.md'];
const signIns = /(<!-- sign-ins: .*? -->\n)[\s\S]*?(<!-- \/sign-ins -->)/;
const examples = /```console\n(\$ npx riskloop (?:[^\n]*\\\n)*[^\n]*\n)[\s\S]*?```/g;

/** The examples in the README print what they say, and its demo sign-ins are those of the demo world. */
export async function readmeFaults(root: string, ask: Ask = askHere(root)): Promise<string[]> {
  const faults = await Promise.all(
    readmes.map(async (name) => {
      const text = textOf(root, name);
      if (text === null) return [`${name} is missing`];
      return (await renewed(root, text, ask)) === text ? [] : [`${name} shows other output or sign-ins than there are: run npm run check -- --fix readme`];
    }),
  );
  return faults.flat();
}

/** Writes what the commands print now, and the sign-ins of the demo world, into the READMEs. */
export async function fixReadmes(root: string): Promise<string[]> {
  for (const name of readmes) writeFileSync(join(root, name), await renewed(root, textOf(root, name) ?? '', askHere(root)));
  return [];
}

async function renewed(root: string, text: string, ask: Ask): Promise<string> {
  let shown = text;
  for (const [example, command] of text.matchAll(examples)) {
    const printed = (await ask(wordsOf(command!))).trimEnd();
    shown = shown.replace(example, () => `\`\`\`console\n${command}${printed}\n\`\`\``);
  }
  return shown.replace(signIns, (_, opening: string, closing: string) => `${opening}\n${signInTable(root)}\n\n${closing}`);
}

const wordsOf = (command: string): string[] =>
  command
    .replace(/^\$ npx riskloop /, '')
    .replaceAll('\\\n', ' ')
    .trim()
    .split(/\s+/);

/** The command line as `npx riskloop` runs it, at the instant of the examples and without a database. */
function askHere(root: string): Ask {
  let content: ReturnType<typeof loadContent> | null = null;
  return async (words) => {
    let printed = '';
    const say = (text: string): void => {
      printed += text;
    };
    await runCommandLine(words, {
      env: {},
      world: {
        stdout: say,
        stderr: say,
        clock: () => exampleInstant,
        content: async () => (content ??= loadContent({ contentDir: join(root, 'content'), feedDirs: [join(root, 'content', 'demo', 'threats')] })),
      },
      openStored: () => Promise.reject(new Error('the examples of the README need no database')),
    });
    return printed;
  };
}

interface DemoWorld {
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly people: readonly {
    readonly email: string;
    readonly name: string;
    readonly memberships: readonly { readonly organisation: string; readonly roles: readonly string[] }[];
  }[];
}

function signInTable(root: string): string {
  const { organisations, people } = parse(textOf(root, 'content/demo/world.yaml') ?? 'organisations: []\npeople: []') as DemoWorld;
  const nameOf = (id: string): string => organisations.find((one) => one.id === id)?.name ?? id;
  const rows = people.map(
    ({ email, name, memberships }) =>
      `| \`${email}\` | ${name} | ${memberships.map(({ organisation, roles }) => `${nameOf(organisation)}: ${roles.join(', ')}`).join('; ')} |`,
  );
  return ['| e-mail | person | organisation: roles |', '|---|---|---|', ...rows].join('\n');
}
