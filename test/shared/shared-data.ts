import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** The folder of shared reference data beside the repository. It is not part of the repository; tests that read it are skipped without it. */
export const sharedFolder = resolve(fileURLToPath(new URL('../..', import.meta.url)), '..', 'shared');

/** Whether the shared data can be read here. */
export const sharedDataPresent = existsSync(join(sharedFolder, 'vectors'));

/** `describe` where the shared data are present; otherwise a skipped block whose name says what is absent. */
export function describeShared(name: string, run: () => void): void {
  if (sharedDataPresent) describe(name, run);
  else describe.skip(`${name} (skipped: the shared data folder is absent)`, run);
}

/** One of the shared JSON files, by its path below the shared folder; an empty object where the folder is absent, for blocks that are skipped anyway. */
export function readSharedJson(path: string): Record<string, unknown> {
  return sharedDataPresent ? (JSON.parse(readFileSync(join(sharedFolder, path), 'utf8')) as Record<string, unknown>) : {};
}
