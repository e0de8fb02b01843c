import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../domain/basics/index.ts';

/** Makes the data folder and tries to write in it, before anything is started there. Throws a Refusal `data-folder-unusable`. */
export function requireDataFolder(dataDir: string): void {
  const probe = join(dataDir, `.writable-${process.pid}`);
  try {
    makeFolder(dataDir);
    writeFileSync(probe, '');
    rmSync(probe, { force: true });
  } catch (error) {
    throw unusable(dataDir, (error as NodeJS.ErrnoException).code ?? 'unknown');
  }
  if (belongsToAnother(join(dataDir, 'postgres'))) throw unusable(dataDir, 'owned by another account');
}

/** Level by level: Node's own recursive way never ends where a file system denies that its folders exist, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o755 });
}

/** Postgres serves a cluster to its owner only; root starts it as that owner. */
function belongsToAnother(cluster: string): boolean {
  const ours = process.getuid?.() ?? 0;
  const found = statSync(cluster, { throwIfNoEntry: false });
  return ours !== 0 && found !== undefined && found.uid !== ours;
}

const unusable = (folder: string, why: string): Refusal =>
  new Refusal(
    'bad-input',
    'data-folder-unusable',
    `数据目录 DATA_DIR=${folder} 无法使用，请换成当前账户可写的目录。DATA_DIR ${folder} cannot be used (${why}): name a folder that this account may write in.`,
    { folder, why },
  );
