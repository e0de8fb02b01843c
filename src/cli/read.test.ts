import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { closeReportReader } from '../io/reading/index.ts';
import { read } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-read-'));
afterAll(async () => {
  await closeReportReader();
  rmSync(folder, { recursive: true });
});

const sample = fileURLToPath(new URL('../domain/assessment/formats/trivy/samples/many.json', import.meta.url));
const unknown = join(folder, 'report.xml');
writeFileSync(unknown, '<html/>');

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await read(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    clock: () => '2026-06-01T00:00:00Z',
  });
  return { code, out, err };
}

describe('riskloop read', () => {
  it('reads the files of a folder at any depth, by name', async () => {
    const place = join(folder, 'reports');
    mkdirSync(join(place, 'b'), { recursive: true });
    for (const name of ['b/two.json', 'a.json']) copyFileSync(sample, join(place, name));

    const { code, out } = await run('--json', place);

    const files = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { file: string }).file);
    expect([code, files]).toEqual([0, [join(place, 'a.json'), join(place, 'b', 'two.json')]]);
  });

  it('refuses a file that is not there, and reads the others', async () => {
    const { code, out, err } = await run(join(folder, 'absent.json'), sample);

    expect(code).toBe(2);
    expect(err).toMatch(/absent\.json.*\[file-absent\]/);
    expect(out).toContain('trivy');
  });

  it('prints one JSON object per file', async () => {
    const { code, out } = await run('--json', sample, sample);

    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(code).toBe(0);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toEqual({
      file: sample,
      format: 'trivy',
      records: 5,
      findings: 4,
      bySeverity: { critical: 1, high: 2, medium: 0, low: 1, info: 0 },
      cves: ['CVE-2011-3374', 'CVE-2016-1252', 'CVE-2024-3094'],
      assets: 5,
    });
  });

  it('reads the members of an archive one by one, as an upload does', async () => {
    const packed = join(folder, 'trivy.json.gz');
    writeFileSync(packed, gzipSync(readFileSync(sample)));
    const broken = join(folder, 'broken.json.gz');
    writeFileSync(broken, gzipSync(readFileSync(sample)).subarray(0, 60));

    const { code, out } = await run('--json', packed);
    const refused = await run('--json', broken);

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ file: `${packed}!report`, format: 'trivy', findings: 4 });
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out)).toMatchObject({ file: broken, refused: {} });
  });

  it('says of a threat feed what it is, and of one cut short that it is', async () => {
    const feed = join(folder, 'kev.csv');
    const text = 'cveID,dateAdded,knownRansomwareCampaignUse\nCVE-2024-3094,2026-01-02,Known\n';
    const cut = join(folder, 'cut.csv');
    writeFileSync(feed, text);
    writeFileSync(cut, text.slice(0, -4));

    const { code, out } = await run('--json', feed, cut);

    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { file: feed, feed: 'kev', entries: 1, version: null, date: '2026-01-02' },
      { file: cut, refused: { code: 'feed-cut-short', detail: expect.any(String) as string, position: null } },
    ]);
    expect(code).toBe(2);
    expect((await run('--lang', 'en', feed)).out).toBe(`${feed}: catalogue of known exploited vulnerabilities (KEV), 1 entries, 2026-01-02\n`);
  });

  it('answers 2 when a file is refused, and still reads the others', async () => {
    const { code, out } = await run(unknown, sample, '--json');

    const [refused, whole] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(2);
    expect(refused).toMatchObject({ file: unknown, refused: { code: 'unknown-scanner-format', position: '1:1' } });
    expect(whole).toHaveProperty('format', 'trivy');
  });

  it('prints a table in Chinese, or in English when asked', async () => {
    expect((await run(sample)).out).toContain('严重');
    expect((await run(sample, '--lang', 'en')).out).toContain('critical');
    expect((await run(unknown)).err).toContain('拒绝');
  });

  it('says in Chinese why a file is refused, with the place in it', async () => {
    const malformed = join(folder, 'malformed.xml');
    writeFileSync(malformed, '<?xml version="1.0"?>\n<nmaprun scanner="nmap">\n<host></nmaprun>');

    expect((await run(malformed)).err).toMatch(/：XML 文件格式有误（位置 3:\d+） \[malformed-xml\]/);
    expect((await run(join(folder, 'absent.json'))).err).toContain('：没有这个文件 [file-absent]');
    expect((await run(malformed, '--lang', 'en')).err).not.toMatch(/\p{Script=Han}/u);
    expect((await run('--colour')).err).toContain('命令用法不对');
    expect((await run('--colour', '--lang', 'en')).err).not.toMatch(/\p{Script=Han}/u);
  });

  it.each([[[]], [['--colour', sample]], [['--lang', 'fr', sample]]])('refuses the words %j', async (args) => {
    const { code, err } = await run(...args);

    expect(code).toBe(2);
    expect(err).toContain('riskloop read');
  });
});
