// npm run check: everything that can be judged without running the product. `--fix` repairs what a machine can; names as arguments run only those.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tool = (path, ...args) => ({ file: process.execPath, args: [join(root, 'node_modules', path), ...args] });

/** What is checked: by a program that ends with 0, or by a function that returns one sentence for each fault. */
export const checks = [
  {
    name: 'format',
    title: 'every file is formatted',
    run: tool('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn'),
    fix: tool('prettier/bin/prettier.cjs', '--write', '.', '--log-level', 'warn'),
  },
  {
    name: 'lint',
    title: 'no suspicious code',
    run: tool('oxlint/bin/oxlint', '--deny-warnings', '--format', 'unix'),
    fix: tool('oxlint/bin/oxlint', '--fix', '--quiet'),
  },
  { name: 'types', title: 'the types agree', run: tool('typescript7/bin/tsc', '--noEmit', '-p', '.') },
  { name: 'dead-code', title: 'nothing is left unused', run: tool('knip/bin/knip.js', '--no-progress', '--no-config-hints') },
  {
    name: 'imports',
    title: 'modules import only what stands below them',
    run: tool(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err',
      'src',
      'web',
      'test',
      'tools',
      'bench',
    ),
  },
  { name: 'floors', title: 'every module has its floor, and the table shows it', run: checkFloors, fix: fixFloors },
  { name: 'tree', title: 'the tree in ARCHITECTURE.md is the one on the disk', run: async () => (await import('./checks/tree.mjs')).treeFaults(root) },
  { name: 'lists', title: 'lists equal folders, and links lead somewhere', run: async () => (await import('./checks/lists.mjs')).listFaults(root) },
  { name: 'words', title: 'the words are those of the house', run: async () => (await import('./checks/words.mjs')).wordFaults(root) },
];

async function readFloors() {
  const { tsImport } = await import('tsx/esm/api');
  return (await tsImport('../src/domain/floors.ts', import.meta.url)).floors;
}

async function checkFloors() {
  return (await import('./checks/floors.mjs')).floorsFaults(root, await readFloors());
}

async function fixFloors() {
  const file = join(root, 'ARCHITECTURE.md');
  const renewed = (await import('./checks/floors.mjs')).withFloorsTable(readFileSync(file, 'utf8'), await readFloors());
  if (renewed !== null) writeFileSync(file, renewed);
}

/** Runs the named checks (all without names), two at a time, printing each as it ends. Gives how many passed and failed. */
export async function runChecks({ names = [], fix = false } = {}) {
  const chosen = checks.filter(({ name }) => names.length === 0 || names.includes(name));
  if (fix) for (const check of chosen) if (check.fix) await outcome(check.fix);
  const waiting = [...chosen];
  let failed = 0;
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) if (!(await report(check))) failed += 1;
  };
  await Promise.all([work(), work()]);
  return { passed: chosen.length - failed, failed };
}

async function report({ name, title, run }) {
  const from = Date.now();
  const { ok, said } = await outcome(run);
  console.log(`${ok ? '✓' : '✗'} ${name}: ${title} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(said.trimEnd().replace(/^/gm, '    '));
  return ok;
}

async function outcome(run) {
  if (typeof run !== 'function') return runProgram(run);
  const faults = (await run()) ?? [];
  return { ok: faults.length === 0, said: faults.join('\n') };
}

/** Runs a program in the root of the project, keeping what it says. */
export function runProgram({ file, args }, cwd = root) {
  return new Promise((done) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', (fault) => done({ ok: false, said: fault.message }));
    child.on('close', (code) => done({ ok: code === 0, said }));
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { passed, failed } = await runChecks({ names: process.argv.slice(2).filter((name) => !name.startsWith('--')), fix: process.argv.includes('--fix') });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
