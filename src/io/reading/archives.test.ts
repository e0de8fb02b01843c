import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { zipOf, type Member } from '../../../test/sites/zip.ts';
import { closeReportReader, unpackApart } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-archives-'));
afterAll(async () => {
  await closeReportReader();
  rmSync(folder, { recursive: true });
});

let files = 0;
async function unpacked(content: Buffer): Promise<{ name: string; text: string }[] | null> {
  const path = join(folder, String(++files));
  writeFileSync(path, content);
  const archive = await unpackApart(path);
  const members = archive?.members.map((member) => ({ name: member.name, text: readFileSync(member.path, 'utf8') })) ?? null;
  archive?.discard();
  return members;
}

const gbk = Buffer.from('c9a8c3e8b1a8b8e62e786d6c', 'hex');

describe('an archive of reports', () => {
  test('gives its files with their names, without folders and what macOS adds', async () => {
    const zip = zipOf([
      { name: 'reports/', content: '', mode: 0o040755 },
      { name: 'reports/one.xml', content: '<a/>' },
      { name: '__MACOSX/reports/._one.xml', content: 'x' },
      { name: '扫描.json', content: '{}', flags: 0x800 },
    ]);

    expect(await unpacked(zip)).toEqual([
      { name: 'reports/one.xml', text: '<a/>' },
      { name: '扫描.json', text: '{}' },
    ]);
  });

  test('decodes names that Chinese Windows wrote', async () => {
    expect((await unpacked(zipOf([{ name: gbk, content: '<a/>' }])))?.[0]!.name).toBe('扫描报告.xml');
  });

  test('may be a gz file of one report', async () => {
    expect(await unpacked(gzipSync('{"a":1}'))).toEqual([{ name: 'report', text: '{"a":1}' }]);
  });

  test('is told from the content: anything else is none', async () => {
    expect(await unpacked(Buffer.from('GIF89a PK\x03\x04'))).toBeNull();
    expect(await unpacked(Buffer.from('{"a":1}'))).toBeNull();
  });
});

describe('an archive is refused as a whole, naming the member, when', () => {
  const cases: readonly (readonly [string, string, readonly Member[]])[] = [
    ['a name leads out', 'archive-path-forbidden', [{ name: '../up.xml', content: 'x' }]],
    ['a name leads out by backslashes', 'archive-path-forbidden', [{ name: 'a\\..\\..\\up.xml', content: 'x' }]],
    ['a name is absolute', 'archive-path-forbidden', [{ name: '/etc/x', content: 'x' }]],
    ['a name has a drive', 'archive-path-forbidden', [{ name: 'C:\\x', content: 'x' }]],
    ['a name has a control character', 'archive-path-forbidden', [{ name: 'a\u0000.xml', content: 'x' }]],
    ['a name is too long', 'archive-path-forbidden', [{ name: 'a'.repeat(256), content: 'x' }]],
    ['a member is a link', 'archive-link-forbidden', [{ name: 'link', content: '/etc/passwd', mode: 0o120777 }]],
    ['a member is encrypted', 'archive-encrypted', [{ name: 'secret.xml', content: 'x', flags: 1 }]],
    [
      'two names collide',
      'archive-names-collide',
      [
        { name: 'A.xml', content: 'x' },
        { name: 'a.XML', content: 'y' },
      ],
    ],
    ['a member is an archive', 'archive-nested', [{ name: 'inner.zip', content: zipOf([{ name: 'a', content: 'b' }]) }]],
    ['a member unpacks to a hundred times its size', 'archive-too-large', [{ name: 'bomb.json', content: Buffer.alloc(2_000_000) }]],
    ['a member is larger than it claims', 'archive-damaged', [{ name: 'lie.xml', content: 'x'.repeat(1000), claims: 10 }]],
    ['a member claims to be too large', 'archive-too-large', [{ name: 'huge.xml', content: 'x', claims: 60 * 1024 * 1024 }]],
    ['it holds nothing', 'archive-empty', []],
  ];

  test.each(cases)('%s', async (_, code, members) => {
    await expect(unpacked(zipOf([...(members.length > 0 ? [{ name: 'good.xml', content: '<a/>' }] : []), ...members]))).rejects.toMatchObject({ code });
  });

  test('it is cut off', async () => {
    await expect(unpacked(zipOf([{ name: 'a.xml', content: '<a/>' }]).subarray(0, 40))).rejects.toMatchObject({ code: 'archive-damaged' });
    await expect(unpacked(gzipSync('x'.repeat(1000)).subarray(0, 15))).rejects.toMatchObject({ code: 'archive-damaged' });
  });

  test('it has too many members', async () => {
    await expect(unpacked(zipOf(Array.from({ length: 2001 }, (_, i) => ({ name: `${i}`, content: '' }))))).rejects.toMatchObject({ code: 'archive-too-large' });
  });
});
