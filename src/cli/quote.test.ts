import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContent } from '../io/content/index.ts';
import { assess } from './assess.ts';
import { exitCodes, type World } from './command.ts';
import { quote } from './quote.ts';

const root = fileURLToPath(new URL('../../content', import.meta.url));
const content = loadContent({ contentDir: root, feedDirs: [] });
const firm = join(root, 'demo/firms/advisory');
const folder = mkdtempSync(join(tmpdir(), 'riskloop-quote-'));
const usual = { profile: `${firm}/profile.yaml`, answers: `${firm}/answers.yaml`, package: `${firm}/package.yaml` };

afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const loss = (on: string): string => `\npastClaims: [{ on: ${on}, peril: ransomware, amount: { currency: CNY, minor: 100 }, closed: true }]\n`;

/** Runs `quote` with some of the usual files replaced; what it printed and how it ended. */
async function run(files: Partial<typeof usual>, ...more: string[]): Promise<{ code: number; printed: string; complained: string }> {
  const out = { printed: '', complained: '' };
  const world: World = {
    stdout: (text) => {
      out.printed += text;
    },
    stderr: (text) => {
      out.complained += text;
    },
    clock: () => '2026-11-22T10:00:00+08:00',
    content: () => Promise.resolve(content as never),
  };
  const code = await quote([...Object.entries({ ...usual, ...files }).flatMap(([name, path]) => [`--${name}`, path]), ...more], world);
  return { code, ...out };
}

describe('riskloop quote', () => {
  it('prints the answer for a reader in Chinese or English', async () => {
    expect((await run({})).printed).toMatch(/^转人工核保\n.*超过一半的申报资产没有有效的扫描结果/s);
    expect((await run({}, '--lang', 'en')).printed).toContain('referred to an underwriter');
  });

  it('answers 2 with the usage when the words make no sense', async () => {
    for (const words of [['--lang', 'fr'], ['--no-such']])
      expect(await run({}, ...words)).toMatchObject({ code: exitCodes.badInput, printed: '', complained: expect.stringContaining('riskloop quote --profile') });
  });

  it.each([
    ['an absent file', 'no-such.yaml', 'file-absent'],
    ['broken YAML', written('broken.yaml', 'name: [a, b\nx: }'), 'unreadable-input'],
    ['text that is not UTF-8', written('gbk.yaml', Uint8Array.from([0xb2, 0xe2, 0xca, 0xd4])), 'unreadable-input'],
    [
      'a small file that would grow large',
      written(
        'bomb.yaml',
        `a: &a [x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e'].map((key, i) => `${key}: &${key} [${Array(9).fill(`*${'abcd'[i]}`).join(',')}]`).join('\n')}`,
      ),
      'unreadable-input',
    ],
    ['YAML that holds itself', written('loop.yaml', 'name: &n [*n]\n'), 'unreadable-input'],
    ['YAML that holds itself further down', written('deep.yaml', 'package: &p\n  lines: [{x: *p}]\n'), 'unreadable-input'],
    ['a profile with an unknown field', written('extra.yaml', 'name: x\nfavourite: blue\n'), 'invalid-input'],
  ])('refuses %s and says which file', async (_, path, code) => {
    await expect(run({ profile: path })).rejects.toMatchObject({ code, facts: { file: path } });
  });

  it('refuses a past loss that is dated after today, naming its field', async () => {
    const profile = written('tomorrow.yaml', readFileSync(usual.profile, 'utf8').replace('pastClaims: []', '') + loss('2026-11-23'));
    const today = written('today.yaml', readFileSync(usual.profile, 'utf8').replace('pastClaims: []', '') + loss('2026-11-22'));

    await expect(run({ profile })).rejects.toMatchObject({ code: 'loss-from-the-future', faults: [{ path: 'firm.pastClaims.0.on' }] });
    expect((await run({ profile: today })).complained).toBe('');
  });

  it('refuses an answer to a question that nobody asks', async () => {
    const path = written(
      'answers.json',
      JSON.stringify({
        questionnaire: 'standard-2026',
        answers: { noSuch: { value: 'yes', coverage: null, kind: 'document', on: '2026-11-01', until: null, note: '' } },
      }),
    );

    await expect(run({ answers: path })).rejects.toMatchObject({ code: 'unknown-question', facts: { field: 'answers.noSuch' } });
  });

  it('refuses a report that cannot be read whole, naming it', async () => {
    const path = written('report.xml', '<nmaprun scanner="nmap"><host>');

    await expect(run({}, '--report', path)).rejects.toMatchObject({ kind: 'unreadable', facts: { file: path } });
  });
});

/** What `assess` prints of the usual firm, which it must be able to do. */
async function assessed(...more: string[]): Promise<string> {
  let printed = '';
  const world: World = {
    stdout: (text) => void (printed += text),
    stderr: () => undefined,
    clock: () => '2026-11-22T10:00:00+08:00',
    content: () => Promise.resolve(content as never),
  };
  expect(await assess(['--profile', usual.profile, '--answers', usual.answers, ...more], world)).toBe(exitCodes.done);
  return printed;
}

it('riskloop assess prints the whole assessment as JSON', async () => {
  const assessment = JSON.parse(await assessed('--json'));

  expect(assessment).toMatchObject({ grade: expect.any(String), profile: 'general', gate: { passLine: 60 }, versions: { engine: 'assessment-5' } });
});

it.each([
  ['zh', '计分方案：通用方案，合格线 60'],
  ['en', 'scoring profile: General, pass line 60'],
])('riskloop assess names profile and pass line (%s)', async (language, line) => {
  expect((await assessed('--lang', language)).split('\n')[1]).toBe(line);
});

it('riskloop assess says how many findings do not count because their assets are not declared', async () => {
  const printed = await assessed('--report', join(root, 'demo/reports/clinic/nmap.xml'), '--lang', 'en');

  expect(printed).toContain('4 findings in the reports, 4 of them on assets that are not declared, which do not count');
});

describe('riskloop assess --scoring', () => {
  const under = (profile: string, ...more: string[]): Promise<string> => assessed('--scoring', profile, ...more);

  it('says how the firm would stand under another profile, and what makes the difference', async () => {
    const comparison = JSON.parse(await under('finance', '--json'));
    const points = (hundredths: number) => `${hundredths < 0 ? '−' : '+'}${(Math.abs(hundredths) / 100).toFixed(2)}`;
    const lines = (await under('finance', '--lang', 'en')).trim().split('\n');

    expect(lines[0]).toMatch(/^General: score [\d.]+ \([A-E]\), pass line 60, gate /);
    expect(lines[1]).toMatch(/^Finance: score [\d.]+ \([A-E]\), pass line 70, gate /);
    expect(lines[2]).toBe(`difference ${points(comparison.hundredths)}`);
    expect(lines).toContain('  vulnerabilities and history 30% → 28%  ' + points(comparison.dimensions[1].hundredths));
    expect(comparison.parts.reduce((sum: number, part: { hundredths: number }) => sum + part.hundredths, 0)).toBe(comparison.hundredths);
  });

  it('refuses a profile that is not in force, and names it and those that are', async () => {
    await expect(under('nowhere')).rejects.toMatchObject({
      code: 'unknown-profile',
      message: expect.stringContaining('finance'),
      facts: { profile: 'nowhere', inForce: expect.stringContaining('general') },
    });
  });
});
