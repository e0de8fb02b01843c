import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { unpacked } from './firm-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-feeds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function feed(bytes: Uint8Array): string {
  const path = join(folder, 'feed.gz');
  writeFileSync(path, bytes);
  return path;
}

test('a packed feed that is broken or grows past every measure is refused by a code', () => {
  expect(() => unpacked(feed(Buffer.from('no gzip at all')))).toThrow(expect.objectContaining({ kind: 'unreadable', code: 'archive-damaged' }) as Error);
  expect(() => unpacked(feed(gzipSync('x'.repeat(1000)).subarray(0, 20)))).toThrow(expect.objectContaining({ code: 'archive-damaged' }) as Error);
  expect(() => unpacked(feed(gzipSync(Buffer.alloc(2000))), 1000)).toThrow(expect.objectContaining({ kind: 'too-large', code: 'file-too-large' }) as Error);
  expect(Buffer.from(unpacked(feed(gzipSync('whole')))).toString()).toBe('whole');
});
