import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { contentFolders, contentFiles, rootPath, tariff as readTariff, type RatebookVersion } from '../../../test/tariff.ts';
import { RatebookCase, figuresOf } from './cases.ts';

/** `RATEBOOK_CASES=write` writes today's figures into the cases: a deliberate act, whose difference is read before it is committed. */
const rewrite = process.env['RATEBOOK_CASES'] === 'write';

describe.each(contentFolders('content/ratebooks'))('ratebook %s', (version) => {
  const tariff = readTariff(version as RatebookVersion);
  const folder = `content/ratebooks/${version}/cases`;

  it('has cases', () => expect(readdirSync(rootPath(folder)).length).toBeGreaterThanOrEqual(5));

  it.each(contentFiles(folder).map(({ path }) => path))('reproduces %s', (path) => {
    const text = readFileSync(rootPath(path), 'utf8');
    const data = parse(text) as RatebookCase;
    if (rewrite) writeFileSync(rootPath(path), text.slice(0, text.search(/^expected:/m)) + stringify({ expected: figuresOf(data, tariff) }));

    const pinned = RatebookCase.parse(parse(readFileSync(rootPath(path), 'utf8')));

    expect(figuresOf(pinned, tariff)).toEqual(pinned.expected);
  });
});
