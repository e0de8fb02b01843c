import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { house } from './seeded.ts';

const page = readFileSync(join(house, 'docs/operations/running.md'), 'utf8');

/** Variables in the table of settings. */
const documented = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name).sort();

/** Variables that the configuration reads: the keys of its schema. */
const read = [...readFileSync(join(house, 'src/start/configuration.ts'), 'utf8').matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name).sort();

describe('the page of settings', () => {
  it('names every variable that the configuration reads, and no other', () => {
    expect(read.length).toBeGreaterThan(5);
    expect(documented).toEqual(read);
  });
});
