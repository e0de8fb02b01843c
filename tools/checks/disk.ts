// What is on the disk and belongs to the project: everything but what .gitignore names.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One thing in a folder. */
export interface Entry {
  readonly name: string;
  readonly folder: boolean;
}

/** Names that .gitignore leaves out, at any depth. */
export function ignoredNames(root: string): Set<string> {
  const file = join(root, '.gitignore');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return new Set(['.git', ...lines.map((line) => line.trim().replace(/\/$/, '')).filter(Boolean)]);
}

/** Entries of one folder, sorted, without what is ignored: `{ name, folder }`. */
export function entries(root: string, folder = '.'): Entry[] {
  const ignored = ignoredNames(root);
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !ignored.has(name) && !name.endsWith('.log'))
    .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names of the folders inside a folder; none when it is absent. */
export const folders = (root: string, folder: string): string[] =>
  existsSync(join(root, folder))
    ? entries(root, folder)
        .filter((entry) => entry.folder)
        .map(({ name }) => name)
    : [];

/** Paths of all files under a folder, relative to `root`. */
export function files(root: string, folder = '.'): string[] {
  return entries(root, folder).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    return entry.folder ? files(root, path) : [path];
  });
}

/** A file's text, or null when it is absent. */
export const textOf = (root: string, path: string): string | null => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null);
