import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rootPath } from '../tariff.ts';

const filesUnder = (folder: string, ending: RegExp): string[] =>
  readdirSync(rootPath(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => `${folder}/${name}`);

const read = (path: string): string => readFileSync(rootPath(path), 'utf8');

const headings = new Set(
  filesUnder('docs/methods', /\.md$/).flatMap((path) => [...read(path).matchAll(/^#+ §(\d+(?:\.\d+)?)\b/gm)].map(([, section]) => section!)),
);

/** The sections that a text cites: `methods §2.3`, and both ends of `methods §1–3`. */
const citedIn = (text: string): string[] =>
  [...text.matchAll(/methods §(\d+(?:\.\d+)?)(?:[–-](\d+(?:\.\d+)?))?/g)].flatMap(([, from, to]) => [from!, ...(to === undefined ? [] : [to])]);

it('every section of the methods that is cited is a heading of docs/methods', () => {
  const files = ['src', 'content', 'docs', 'web'].flatMap((folder) => filesUnder(folder, /\.(ts|tsx|yaml|md)$/));
  const stray = files.flatMap((path) => citedIn(read(path)).flatMap((section) => (headings.has(section) ? [] : [`${path}: §${section}`])));

  expect(stray).toEqual([]);
});

it('sees a section that is not there, and both ends of a range', () => {
  expect(citedIn('as methods §1.3 says, and methods §2.0–2.4')).toEqual(['1.3', '2.0', '2.4']);
  expect(headings.has('99')).toBe(false);
});
