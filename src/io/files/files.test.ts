import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Files } from '../interfaces.ts';
import { openFiles } from './files.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'riskloop-files-'));
let files: Files;
beforeAll(async () => {
  files = await openFiles(home);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
const everything = (): string[] =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

test('keeps a file under the hash of its content, for its own account only', async () => {
  const kept = await files.keep(Readable.from(['扫描', '报告'].map((part) => Buffer.from(part))), 100);

  expect(kept).toEqual({ hash: sha256('扫描报告'), bytes: 12 });
  expect(readFileSync(files.path(kept.hash), 'utf8')).toBe('扫描报告');
  expect(statSync(files.path(kept.hash)).mode & 0o777).toBe(0o600);
});

test('gives back what it keeps, but nothing larger than asked for', async () => {
  const { hash } = await files.keep(Readable.from([Buffer.from('evidence')]), 100);

  expect(Buffer.from((await files.read(hash, 8))!).toString()).toBe('evidence');
  expect(await files.read(hash, 7)).toBeNull();
});

test('keeps the same content once, even when it comes twice at the same time', async () => {
  const before = everything().length;

  const [a, b] = await Promise.all([1, 2].map(() => files.keep(Readable.from([Buffer.from('twice')]), 100)));

  expect(a).toEqual(b);
  expect(everything()).toHaveLength(before + 1);
});

test('refuses a file beyond the limit and keeps nothing of it', async () => {
  const before = everything();

  await expect(files.keep(Readable.from([Buffer.alloc(60), Buffer.alloc(41)]), 100)).rejects.toMatchObject({
    kind: 'too-large',
    code: 'file-too-large',
    facts: { maxBytes: 100 },
  });

  expect(everything()).toEqual(before);
});

test('keeps nothing of a stream that breaks', async () => {
  const before = everything();
  const breaking = Readable.from(
    (function* () {
      yield Buffer.from('half of it');
      throw new Error('the line broke');
    })(),
  );

  await expect(files.keep(breaking, 100)).rejects.toThrow('the line broke');

  expect(everything()).toEqual(before);
});

test.each(['../../etc/passwd', '', 'ABC', `${'a'.repeat(63)}/`])('makes no path out of %j', (hash) => {
  expect(() => files.path(hash)).toThrow();
});
