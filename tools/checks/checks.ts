import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { floors } from '../../src/domain/floors.ts';
import { floorsFaults, withFloorsTable } from './floors.ts';
import { listFaults } from './lists.ts';
import { problemFaults } from './problems.ts';
import { fixReadmes, readmeFaults } from './readme.ts';
import { treeFaults } from './tree.ts';
import { wordFaults } from './words.ts';

/** A program and what it is told. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** Says what is wrong, one sentence for each fault. */
type Look = () => string[] | Promise<string[]>;

/** One thing that is checked: by a program that ends with 0, or by looking. `fix` repairs what a machine can. */
export interface Check {
  readonly name: string;
  readonly title: string;
  readonly run: Program | Look;
  readonly fix?: Program | Look;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const tool = (path: string, ...args: string[]): Program => ({ file: process.execPath, args: [join(root, 'node_modules', path), ...args] });

/** Everything that `npm run check` looks at. */
export const checks: readonly Check[] = [
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
  { name: 'floors', title: 'every module has its floor, and the table shows it', run: () => floorsFaults(root, floors), fix: fixFloors },
  { name: 'tree', title: 'the tree in ARCHITECTURE.md is the one on the disk', run: () => treeFaults(root) },
  { name: 'lists', title: 'lists equal folders, and links lead somewhere', run: () => listFaults(root) },
  { name: 'readme', title: 'the examples in the README are true', run: () => readmeFaults(root), fix: () => fixReadmes(root) },
  { name: 'problems', title: 'every refusal is explained to the reader', run: () => problemFaults(root) },
  { name: 'words', title: 'the words are those of the house', run: () => wordFaults(root) },
];

function fixFloors(): string[] {
  const file = join(root, 'ARCHITECTURE.md');
  const renewed = withFloorsTable(readFileSync(file, 'utf8'), floors);
  if (renewed !== null) writeFileSync(file, renewed);
  return [];
}

/** Runs the named checks (all without names), two at a time, printing each as it ends. Gives how many passed and failed. */
export async function runChecks({ names = [], fix = false }: { names?: readonly string[]; fix?: boolean } = {}): Promise<{ passed: number; failed: number }> {
  const chosen = checks.filter(({ name }) => names.length === 0 || names.includes(name));
  if (fix) for (const check of chosen) if (check.fix) await outcome(check.fix);
  const waiting = [...chosen];
  let failed = 0;
  const work = async (): Promise<void> => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) if (!(await report(check))) failed += 1;
  };
  await Promise.all([work(), work()]);
  return { passed: chosen.length - failed, failed };
}

async function report({ name, title, run }: Check): Promise<boolean> {
  const from = Date.now();
  const { ok, said } = await outcome(run);
  console.log(`${ok ? '✓' : '✗'} ${name}: ${title} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(said.trimEnd().replace(/^/gm, '    '));
  return ok;
}

/** Whether it passed, and what was said. */
interface Outcome {
  readonly ok: boolean;
  readonly said: string;
}

async function outcome(run: Program | Look): Promise<Outcome> {
  if (typeof run !== 'function') return runProgram(run);
  const faults = await run();
  return { ok: faults.length === 0, said: faults.join('\n') };
}

/** Runs a program in the root of the project, keeping what it says. */
export function runProgram({ file, args }: Program, cwd = root): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(file, args, { cwd, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', (fault) => done({ ok: false, said: fault.message }));
    child.on('close', (code) => done({ ok: code === 0, said }));
  });
}
