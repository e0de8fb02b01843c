import { beforeAll, describe, expect, it } from 'vitest';
import { type Program, checks, runProgram } from '../../tools/checks/checks.ts';
import { importRules } from '../../tools/checks/import-rules.ts';
import { inSeeded } from './seeded.ts';

const program = checks.find(({ name }) => name === 'imports')!.run as Program;
const modules = ['basics', 'terms', 'parties', 'rating', 'policy'];

/** A house in which nothing is wrong, to which each case adds one wrong import. */
const sound: Record<string, string> = {
  'package.json': JSON.stringify({ name: 'seeded', type: 'module', dependencies: { zod: '*', kysely: '*' }, devDependencies: { vitest: '*' } }),
  ...Object.fromEntries(modules.map((name) => [`src/domain/${name}/index.ts`, `export { ${name} } from './${name}.ts';\n`])),
  ...Object.fromEntries(modules.map((name) => [`src/domain/${name}/${name}.ts`, `export const ${name} = 1;\n`])),
  'src/app/run.ts':
    "import { policy } from '../domain/policy/index.ts';\nimport type { Store } from '../io/store.ts';\nexport const run = (store: Store) => [store, policy];\n",
  'src/io/store.ts': "import { basics } from '../domain/basics/index.ts';\nexport interface Store { a: number }\nexport const store: Store = { a: basics };\n",
  'src/http/door.ts': "import { run } from '../app/run.ts';\nexport const door = run;\n",
  'src/cli/main.ts': "import { run } from '../app/run.ts';\nexport const main = run;\n",
  'src/start/main.ts': "import { store } from '../io/store.ts';\nimport { door } from '../http/door.ts';\nexport const start = [store, door];\n",
  'web/main.tsx': "import { rating } from '../src/domain/rating/index.ts';\nexport const main = rating;\n",
  'test/a.ts': '',
  'tools/a.ts': '',
  'bench/a.ts': '',
};

/** One wrong import each, in a file of its own: what it is, the rule that it breaks, the file and its text. */
const seeds: readonly (readonly [what: string, rule: string, file: string, text: string])[] = [
  ['upwards', 'floor-of-rating', 'src/domain/rating/up.ts', "export { policy } from '../policy/index.ts';"],
  ['sideways', 'floor-of-terms', 'src/domain/terms/sideways.ts', "export { parties } from '../parties/index.ts';"],
  [
    'of a type upwards',
    'floor-of-basics',
    'src/domain/basics/type-up.ts',
    "import type { policy } from '../policy/index.ts';\nexport type Up = typeof policy;",
  ],
  ['past the front door', 'front-door', 'src/domain/rating/past.ts', "export { basics } from '../basics/basics.ts';"],
  ['past the front door from outside', 'front-door-from-outside', 'src/app/past.ts', "export { rating } from '../domain/rating/rating.ts';"],
  ['of a Node module into the domain', 'domain-stays-pure', 'src/domain/basics/node.ts', "export { readFileSync } from 'node:fs';"],
  ['of the world into the domain', 'domain-knows-no-world', 'src/domain/basics/world.ts', "export { store } from '../../io/store.ts';"],
  ['of a library that the domain may not use', 'domain-libraries', 'src/domain/basics/library.ts', "export { Kysely } from 'kysely';"],
  ['of io by value into the application', 'app-knows-io-by-type', 'src/app/value.ts', "export { store } from '../io/store.ts';"],
  ['of a door into the application', 'app-below-doors', 'src/app/door.ts', "export { main } from '../cli/main.ts';"],
  ['of the application into io', 'io-below-app', 'src/io/app.ts', "export { run } from '../app/run.ts';"],
  ['of one door into another', 'doors-apart', 'src/cli/other.ts', "export { door } from '../http/door.ts';"],
  ['of io by value into a door', 'doors-know-io-by-type', 'src/http/value.ts', "export { store } from '../io/store.ts';"],
  ['of the application into the portal', 'web-alone', 'web/app.tsx', "export { run } from '../src/app/run.ts';"],
  ['of start from below', 'start-on-top', 'src/io/start.ts', "export { start } from '../start/main.ts';"],
  ['in a circle', 'no-circle', 'src/io/back.ts', "import { round } from './round.ts';\nexport const back = () => round;"],
  ['of a test into the product', 'no-test-inside', 'src/io/tested.ts', "export { checked } from './checked.test.ts';"],
  ['of a development library into the product', 'no-development-library', 'src/io/development.ts', "export { it } from 'vitest';"],
  ['of nothing', 'resolves', 'src/io/nothing.ts', "export { gone } from './gone.ts';"],
];
const companions = {
  'src/io/round.ts': "import { back } from './back.ts';\nexport const round = () => back;\n",
  'src/io/checked.test.ts': 'export const checked = 1;\n',
};

const cruise = (files: Record<string, string>) =>
  inSeeded({ ...sound, ...files }, (root) => runProgram(program, root), [
    '.dependency-cruiser.mjs',
    'tsconfig.json',
    'node_modules',
    'src/domain/floors.ts',
    'src/domain/libraries.ts',
    'tools/checks/import-rules.ts',
  ]);

describe('the check of imports', () => {
  it('lets a sound house pass', async () => {
    const { ok, said } = await cruise({});

    expect(said).toContain('no dependency violations found');
    expect(ok).toBe(true);
  });

  describe('in a house with one wrong import of every kind', () => {
    let said = '';
    beforeAll(async () => {
      const outcome = await cruise({ ...companions, ...Object.fromEntries(seeds.map(([, , file, text]) => [file, `${text}\n`])) });
      expect(outcome.ok).toBe(false);
      said = outcome.said;
    });

    it.each(seeds)('finds the import %s', (_, rule, file) => {
      expect(said).toMatch(new RegExp(`error ${rule}: ${file.replaceAll('.', '\\.')} `));
    });
  });

  it('seeds every rule', () => {
    const rules = importRules([['basics'], ['terms', 'parties'], ['rating']], ['zod']).map(({ name }) => name);

    expect(rules.filter((name) => !name.startsWith('floor-of-')).sort()).toEqual(
      [...new Set(seeds.map(([, rule]) => rule).filter((rule) => !rule.startsWith('floor-of-')))].sort(),
    );
  });
});
