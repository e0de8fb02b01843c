import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Program, checks, runProgram } from '../../tools/checks/checks.ts';
import { floorsFaults, floorsTable } from '../../tools/checks/floors.ts';
import { exportFaults, familyFaults, linkFaults, migrationFaults, operationFaults } from '../../tools/checks/lists.ts';
import { problemFaults } from '../../tools/checks/problems.ts';
import { readmeFaults } from '../../tools/checks/readme.ts';
import { readTree, treeFaults } from '../../tools/checks/tree.ts';
import { wordFaults } from '../../tools/checks/words.ts';
import { house, inSeeded } from './seeded.ts';

const readmeWith = (tree: string): string => `# x\n\n\`\`\`text tree\n${tree}\n\`\`\`\n`;

describe('the check of the tree', () => {
  it('reads a drawing into paths', () => {
    expect(readTree('.\n├── README.md   what\n│\n├── src/\n│   ├── domain/   pure\n│   │   └── floors.ts\n│   └── app/\n└── docs/')).toEqual([
      'README.md',
      'src/',
      'src/domain/',
      'src/domain/floors.ts',
      'src/app/',
      'docs/',
    ]);
  });

  it('finds a folder that is not drawn, and a drawing of nothing', async () => {
    const files = { 'ARCHITECTURE.md': readmeWith('├── src/\n│   ├── gone/\n│   └── kept/'), 'src/kept/a.ts': '', 'src/new/b.ts': '' };

    expect(await inSeeded(files, treeFaults)).toEqual(['ARCHITECTURE.md does not draw src/new/', 'ARCHITECTURE.md draws src/gone/, which is not on the disk']);
  });

  it('passes over what git ignores', async () => {
    const files = { 'ARCHITECTURE.md': readmeWith('├── ARCHITECTURE.md\n└── src/'), '.gitignore': 'dist/\n', 'dist/a.js': '', 'src/a.ts': '' };

    expect(await inSeeded(files, treeFaults)).toEqual([]);
  });
});

describe('the check of the floors', () => {
  it('finds a module without a floor and a stale table', async () => {
    const files = { 'src/domain/basics/index.ts': '', 'src/domain/attic/index.ts': '', 'ARCHITECTURE.md': 'no table' };
    const faults = await inSeeded(files, (root) => floorsFaults(root, [['basics']]));

    expect(faults).toEqual(['src/domain/attic stands on no floor: add it to src/domain/floors.ts', expect.stringContaining('run npm run check -- --fix')]);
  });

  it('shows the highest floor first', () => {
    expect(
      floorsTable([['basics'], ['terms', 'parties']])
        .split('\n')
        .slice(2),
    ).toEqual(['| 2 | `terms` `parties` |', '| 1 | `basics` |']);
  });
});

describe('the check of the lists', () => {
  it('finds a format that is not in the list, and a line without a format', async () => {
    const files = { 'f/list.ts': "import { a } from './a/index.ts';\nimport { gone } from './gone/index.ts';", 'f/a/index.ts': '', 'f/b/index.ts': '' };

    expect(await inSeeded(files, (root) => familyFaults(root, 'f', 'list.ts'))).toEqual(['f/b is not in list.ts', 'f/list.ts lists gone, which has no folder']);
  });

  it('finds operations that no door serves', async () => {
    const files = {
      'src/app/operations.ts': 'export const operations = [...aOperations];',
      'src/app/a.ts': 'export const aOperations = [];',
      'src/app/b.ts': 'export const bOperations = [];',
    };

    expect(await inSeeded(files, operationFaults)).toEqual(['src/app/b.ts declares bOperations, which src/app/operations.ts leaves out']);
  });

  it('finds a list that cannot be exported', async () => {
    const declared = (constant: string, name: string): string => `export const ${constant} = operation({\n  name: '${name}',\n});\n`;
    const files = {
      'src/app/a.ts': `${declared('listThings', 'listThings')}export const exportThings = exportOf(listThings, {});`,
      'src/app/b.ts': declared('othersOf', 'listOthers'),
    };

    expect(await inSeeded(files, exportFaults)).toEqual([expect.stringContaining('src/app/b.ts: `listOthers` lists without an export')]);
  });

  it('finds a migration without a number, with one that is taken, and without its story', async () => {
    const files = {
      'src/io/store/migrations/0001-start/up.sql': '',
      'src/io/store/migrations/0001-start/notes.md': '',
      'src/io/store/migrations/0003-more/up.sql': '',
      'src/io/store/migrations/0003-other/up.sql': '',
      'src/io/store/migrations/0003-other/notes.md': '',
      'src/io/store/migrations/late/up.sql': '',
      'src/io/store/migrations/late/notes.md': '',
    };

    expect(await inSeeded(files, migrationFaults)).toEqual([
      'src/io/store/migrations/0003-more has no notes.md',
      'src/io/store/migrations/0003-other has the number of another migration',
      'src/io/store/migrations/late should begin with four digits',
    ]);
  });

  it('finds a link to nowhere', async () => {
    expect(await inSeeded({ 'docs/a.md': '[b](b.md) [c](../README.md#top) [w](https://example.com)', 'README.md': '' }, linkFaults)).toEqual([
      'docs/a.md links to b.md, which is not there',
    ]);
  });
});

describe('the check of the problems', () => {
  it('finds a refusal that one language does not explain, and passes over what answers on the terminal only', async () => {
    const files = {
      'src/domain/a/b.ts': "throw new Refusal('rule', 'limit-too-high', 'x');\nthrow unreadable('file-torn', 'x', null);",
      'src/cli/c.ts': "throw new Refusal(\n  'bad-input',\n  'bad-word',\n  'x');",
      'web/texts/problems-zh.ts': "export const problems = {\n  'limit-too-high': { happened: '' },\n  'file-torn': { happened: '' },\n};",
      'web/texts/problems-en.ts': "export const problems = {\n  'limit-too-high': {\n    happened: '',\n  },\n};",
    };

    expect(await inSeeded(files, problemFaults)).toEqual(['web/texts/problems-en.ts does not explain `file-torn`, which src/domain/a/b.ts throws']);
  });
});

describe('the check of the README', () => {
  const said = '```console\n$ npx riskloop read a.xml \\\n  --json\n{}\n```\n';
  const world = 'organisations: [{ id: o, name: Org }]\npeople: [{ email: a@demo.example, name: Ann, memberships: [{ organisation: o, roles: [owner] }] }]\n';
  const table =
    '<!-- sign-ins: x -->\n\n| e-mail | person | organisation: roles |\n|---|---|---|\n| `a@demo.example` | Ann | Org: owner |\n\n<!-- /sign-ins -->\n';
  const files = { 'README.md': said + table, 'README.zh-CN.md': said, 'content/demo/world.yaml': world };

  it('lets a true example pass', async () => {
    expect(await inSeeded(files, (root) => readmeFaults(root, async (words) => (words.join(' ') === 'read a.xml --json' ? '{}\n' : 'wrong words')))).toEqual(
      [],
    );
  });

  it('finds an example that prints something else, and a stale sign-in', async () => {
    expect(await inSeeded(files, (root) => readmeFaults(root, async () => '{"other":1}\n'))).toHaveLength(2);
    expect(await inSeeded({ ...files, 'content/demo/world.yaml': world.replace('Ann', 'Bob') }, (root) => readmeFaults(root, async () => '{}'))).toHaveLength(
      1,
    );
  });
});

describe('the check of the words', () => {
  const glossary = {
    'content/glossary/a.yaml': 'terms:\n  - { id: retention, zh: 免赔额, en: retention, meaning: { zh: 甲, en: a }, avoid: [自付额, self-insured slice] }\n',
  };

  it.each([
    ['a promise instead of work', { 'src/a.ts': `// ${'TO' + 'DO'}: later` }, 'src/a.ts:1 says'],
    ['a silenced type error', { 'src/a.ts': `// @ts-${'ignore'}` }, 'src/a.ts:1 silences a check'],
    ['a file named after nothing', { 'src/utils.ts': '' }, 'src/utils.ts is not named after what it does'],
    ['a folder named after nothing', { 'src/helpers/a.ts': '' }, 'src/helpers/a.ts is not named after what it does'],
    ['a Chinese word that the glossary avoids', { 'content/coverages/a.yaml': 'title: 自付额', ...glossary }, "the glossary's word is 免赔额"],
    ['such a word in what a command prints', { 'src/cli/a.ts': "const a = { zh: '自付额' };", ...glossary }, "the glossary's word is 免赔额"],
    ['an English word that the glossary avoids', { 'web/texts/en.ts': "const a = 'the Self-insured slice';", ...glossary }, "the glossary's word is retention"],
  ])('finds %s', async (_, files, fault) => {
    expect(await inSeeded(files, wordFaults)).toEqual([expect.stringContaining(fault)]);
  });

  it('lets the glossary name what it avoids', async () => {
    expect(await inSeeded(glossary, wordFaults)).toEqual([]);
  });
});

describe('the programs that check', () => {
  const programs = ['format', 'lint', 'types', 'dead-code'] as const;
  const seeds: Record<(typeof programs)[number], { files: Record<string, string>; linked: string[]; says: string }> = {
    format: { files: { 'a.ts': 'export const a   =  1' }, linked: ['.prettierrc.json'], says: 'a.ts' },
    lint: { files: { 'a.ts': 'export const a = (x: any) => x == 1;\n' }, linked: ['.oxlintrc.json'], says: 'no-explicit-any' },
    types: { files: { 'src/a.ts': "export const a: number = 'one';\n" }, linked: ['tsconfig.json'], says: 'TS2322' },
    'dead-code': {
      files: {
        'package.json': '{ "name": "seeded", "type": "module" }',
        'tools/a.mjs': "import './b.mjs';\n",
        'tools/b.mjs': '',
        'src/left.ts': 'export const left = 1;\n',
      },
      linked: ['knip.json', 'tsconfig.json'],
      says: 'src/left.ts',
    },
  };

  it.each(programs)('%s fails on a seeded fault and says where', async (name) => {
    const { files, linked, says } = seeds[name];
    const program = checks.find((check) => check.name === name)!.run as Program;
    const { ok, said } = await inSeeded(files, (root) => runProgram(program, root), [...linked, 'node_modules']);

    expect(said).toContain(says);
    expect(ok).toBe(false);
  });

  it('are all called by npm run check', () => {
    expect(checks.map(({ name }) => name)).toEqual([
      'format',
      'lint',
      'types',
      'dead-code',
      'imports',
      'floors',
      'tree',
      'lists',
      'readme',
      'problems',
      'words',
    ]);
    expect(JSON.parse(readFileSync(join(house, 'package.json'), 'utf8')).scripts.check).toBe('node tools/check.mjs');
  });
});
