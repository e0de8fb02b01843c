import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSecret } from './secret.ts';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'riskloop-secret-'));

test('is made once, differs between installations and is for its owner only', () => {
  const [one, two] = [newFolder(), newFolder()];

  expect(readSecret(one)).toBe(readSecret(one));
  expect(readSecret(one)).not.toBe(readSecret(two));
  expect(readSecret(one).length).toBeGreaterThanOrEqual(43);
  expect(statSync(join(one, 'secret')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(one, 'secret'), 'utf8')).toBe(readSecret(one));
});

test('is refused when somebody shortened it', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'secret'), 'changeme');
  chmodSync(join(folder, 'secret'), 0o600);

  expect(() => readSecret(folder)).toThrow('too short');
});
