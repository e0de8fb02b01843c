import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the project. */
export const house = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Builds a small project with the given files (`path: text`), lets `look` at it, and removes it again. `linked` files and folders of the real project stand in it as links. */
export async function inSeeded<T>(files: Readonly<Record<string, string>>, look: (root: string) => T | Promise<T>, linked: readonly string[] = []): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'riskloop-seeded-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    for (const path of linked) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      symlinkSync(join(house, path), join(root, path));
    }
    return await look(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
