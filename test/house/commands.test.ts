import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserLibraries } from '../../tools/browser-libraries.mjs';
import { sharedUse } from '../../tools/shared-use.mjs';
import { house } from './seeded.ts';

const textOf = (path: string): string => readFileSync(join(house, path), 'utf8');
const scripts = JSON.parse(textOf('package.json')).scripts as Record<string, string>;

describe('the commands of the README', () => {
  it.each(['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md'])('exist: %s', (page) => {
    const named = [...textOf(page).matchAll(/npm (?:run (\w+)|(start|test))\b/g)].map(([, run, plain]) => run ?? plain);

    expect(named.length).toBeGreaterThan(1);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it('are what CI runs', () => {
    expect(textOf('.ci/run')).toMatch(/exec npm test\b/);
    expect(statSync(join(house, '.ci/run')).mode & 0o111).not.toBe(0);
  });
});

describe('npm test', () => {
  it('ends with the sum and fails when anything failed', () => {
    const { stdout, status } = spawnSync(process.execPath, [join(house, 'tools/test.mjs'), 'no/such/test'], { encoding: 'utf8' });

    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^\d+ passed, [1-9]\d* failed$/);
    expect(status).not.toBe(0);
  });
});

describe('the libraries of the test browser', () => {
  it('are unpacked where the system lacks them, and only there', () => {
    expect(browserLibraries(house, { absent: [] })).toBeNull();

    const folder = browserLibraries(house, { absent: ['libnss3.so'] })!;
    for (const name of ['libnss3.so', 'libnspr4.so']) expect(readFileSync(join(folder, name)).subarray(1, 4).toString()).toBe('ELF');
  });
});

describe('tests against shared data', () => {
  const file = (status: string) => [{ name: '/x/test/shared/vectors.test.ts', assertionResults: [{ status }] }];

  it('fail the run in CI when the data are there and nothing used them', () => {
    expect(sharedUse(file('pending'), { present: true, env: { CI: 'true' } }).fault).toContain('no test used them');
    expect(sharedUse([], { present: false, env: { RISKLOOP_SHARED: 'required' } }).fault).toContain('no test used them');
    expect(sharedUse(file('passed'), { present: true, env: { CI: 'true' } })).toEqual({ fault: null, word: null });
  });

  it('are skipped with a word to the reader where the data are absent', () => {
    expect(sharedUse(file('pending'), { present: false, env: {} })).toEqual({ fault: null, word: expect.stringContaining('skipped') });
  });
});
