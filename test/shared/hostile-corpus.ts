import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedFolder } from './shared-data.ts';

/** Far above what any hostile input takes on a busy machine: it tells work without a bound from work with one, and is no measure of speed. */
export const boundMillis = 15_000;

/** One case of the corpus as its manifest lists it. */
export interface HostileCase {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly bytes: number;
  readonly expect: string;
}

/**
 * The folder with the generated corpus. It is made once per version of the generator and kept under node_modules/.cache, because making it takes
 * half a minute; the generator is copied there so that it finds its one dependency.
 */
export function hostileCorpus(): { folder: string; cases: readonly HostileCase[] } {
  const generator = join(sharedFolder, 'hostile', 'generate.mjs');
  const version = createHash('sha256').update(readFileSync(generator)).digest('hex').slice(0, 12);
  const cache = fileURLToPath(new URL('../../node_modules/.cache/riskloop-hostile/', import.meta.url));
  const folder = join(cache, version);
  if (!existsSync(join(folder, 'manifest.json'))) generate(generator, cache, folder);
  const cases = (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as HostileCase[]).filter((c) => c.file !== undefined);
  return { folder, cases };
}

/** Into a folder of this process first, so that two test runs at once do not see each other's half. */
function generate(generator: string, cache: string, folder: string): void {
  const half = `${folder}-${process.pid}`;
  mkdirSync(half, { recursive: true });
  const copy = join(cache, `generate-${process.pid}.mjs`);
  copyFileSync(generator, copy);
  execFileSync(process.execPath, [copy, half], { stdio: 'ignore', timeout: 180_000 });
  rmSync(copy);
  if (existsSync(join(folder, 'manifest.json'))) rmSync(half, { recursive: true });
  else renameSync(half, folder);
}
