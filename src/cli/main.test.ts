import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Refusal, type RefusalKind } from '../domain/basics/index.ts';
import type { Actor } from '../app/operation.ts';
import { readAsked } from './args.ts';
import type { Stored } from './ask.ts';
import { runCommandLine } from './main.ts';
import { exitCodeOf } from './refused.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-cli-'));

interface Seen {
  code: number;
  out: string;
  err: string;
  calls: { operation: string; actor: Actor; input: unknown; key?: string }[];
  closed: number;
}

/** Runs a command line against a stand-in of the stored world that answers `output`. */
async function run(words: string[], { output = {}, refuse, env = {} }: { output?: unknown; refuse?: Error; env?: Record<string, string> } = {}): Promise<Seen> {
  const seen: Seen = { code: -1, out: '', err: '', calls: [], closed: 0 };
  const person = { user: 'u', name: 'n', organisation: 'o', organisationKind: 'insured', roles: ['owner'], via: 'session' } as const;
  const stored = {
    runner: {
      run: async (operation: { name: string }, call: { actor: Actor; input: unknown; key?: string }) => {
        if (refuse !== undefined) throw refuse;
        seen.calls.push({ operation: operation.name, ...call });
        return { output, replayed: false };
      },
    },
    identity: {
      callerNamed: async (email: string) => (email === 'a@example.com' ? person : null),
      callerOf: async ({ authorization }: { authorization?: string }) =>
        authorization === 'Bearer rlk_good' ? { ...person, via: 'key', credential: 'k' } : null,
    },
    files: { keep: async (stream: Readable) => ({ hash: '0'.repeat(64), bytes: (await stream.toArray()).join('').length }) },
  } as unknown as Stored;
  seen.code = await runCommandLine(words, {
    env,
    world: { stdout: (text) => (seen.out += text), stderr: (text) => (seen.err += text), clock: () => '2026-07-01T00:00:00Z' },
    openStored: async () => ({ stored, close: async () => void (seen.closed += 1) }),
  });
  return seen;
}

describe('help', () => {
  test('lists every command in Chinese, in English when asked, and never the worker’s own operations', async () => {
    expect((await run([])).out).toContain('读取扫描报告');
    const english = await run(['help', '--lang', 'en']);
    expect(english.out).toContain('Read scanner reports');
    expect(english.out).toContain('bindPolicy');
    expect(english.out).not.toContain('recordEntry');
  });

  test('tells the fields of one operation', async () => {
    const { out, code } = await run(['help', 'createApiKey', '--lang', 'en']);

    expect(code).toBe(0);
    expect(out).toMatch(/--name {2}string {2}required/);
    expect(out).toContain('--permissions');
    expect((await run(['createApiKey', '--help'])).out).toContain('--permissions');
  });

  test('answers 2 for a command that does not exist', async () => {
    expect(await run(['help', 'nothing'])).toMatchObject({ code: 2, out: '' });
    expect(await run(['nothing'])).toMatchObject({ code: 2, out: '' });
  });
});

describe('an operation', () => {
  test('runs as the person named, with words read as the schema says, and prints its answer', async () => {
    const seen = await run(['listAssessments', '--as', 'a@example.com', '--limit', '5', '--json'], { output: { items: [] } });

    expect(seen).toMatchObject({ code: 0, out: '{"items":[]}\n', closed: 1 });
    expect(seen.calls[0]).toMatchObject({ operation: 'listAssessments', input: { limit: 5 }, actor: { organisation: 'o', via: 'system' } });
  });

  test('runs as an API key', async () => {
    expect((await run(['getSession'], { env: { RISKLOOP_KEY: 'rlk_good' } })).calls[0]!.actor).toMatchObject({ via: 'key', credential: 'k' });
    expect(await run(['getSession'], { env: { RISKLOOP_KEY: 'rlk_bad' } })).toMatchObject({ code: 3, calls: [] });
  });

  test('takes nested input from a file, words win over it', async () => {
    const path = join(folder, 'input.json');
    writeFileSync(path, '{"name":"from file","permissions":["session:read"]}');

    const seen = await run(['createApiKey', '--as', 'a@example.com', '--input', path, '--name', 'from words']);

    expect(seen.calls[0]!.input).toEqual({ name: 'from words', permissions: ['session:read'] });
  });

  test('moves money under a key in any case', async () => {
    const words = ['bindPolicy', '--as', 'a@example.com', '--quote', 'q'];

    expect((await run(words)).calls[0]!.key).toMatch(/^[0-9a-f-]{36}$/);
    expect((await run([...words, '--key', 'my-own-key'])).calls[0]!.key).toBe('my-own-key');
  });

  test('sends a file by its path', async () => {
    const path = join(folder, 'report.xml');
    writeFileSync(path, '<nmaprun/>');

    const seen = await run(['submitReport', '--as', 'a@example.com', '--assessment', 'x', '--file', path]);

    expect(seen.calls[0]!.input).toEqual({ assessment: 'x', file: { hash: '0'.repeat(64), bytes: 10, name: 'report.xml' } });
  });

  test('writes a document to a file', async () => {
    const path = join(folder, 'schedule.pdf');
    const seen = await run(['getPolicySchedule', '--as', 'a@example.com', '--policy', 'p', '--language', 'zh', '--out', path], {
      output: { file: Buffer.from('%PDF').toString('base64'), mediaType: 'application/pdf', name: '../x.pdf' },
    });

    expect(seen.err).toBe('');
    expect(readFileSync(path, 'utf8')).toBe('%PDF');
  });

  test.each([
    [['listAssessments'], 'nobody-named'],
    [['listAssessments', '--as'], 'bad-argument'],
    [['listAssessments', '--colour', 'red', '--as', 'a@example.com'], 'bad-argument'],
    [['listAssessments', 'stray', '--as', 'a@example.com'], 'bad-argument'],
    [['listAssessments', '--as', 'a@example.com', '--lang', 'fr'], 'bad-argument'],
    [['createApiKey', '--as', 'a@example.com', '--input', join(folder, 'absent.json')], 'bad-argument'],
    [['submitReport', '--as', 'a@example.com', '--file', join(folder, 'absent.xml')], 'file-missing'],
  ])('%j answers 2 and says why', async (words, code) => {
    const seen = await run([...words, '--json'].filter((word, at, all) => !(word === '--json' && all[at - 1] === '--as')));

    expect(seen.code).toBe(2);
    expect(seen.calls).toEqual([]);
    expect(seen.err).toContain(code);
  });

  test('that is refused answers by the kind of refusal, as text or as one JSON line', async () => {
    const refuse = new Refusal('rule', 'quote-expired', 'the quote has expired', { since: '2026' }, [{ path: 'quote', code: 'expired', message: 'expired' }]);

    const text = await run(['listAssessments', '--as', 'a@example.com'], { refuse });
    const json = await run(['listAssessments', '--as', 'a@example.com', '--json'], { refuse });

    expect(text).toMatchObject({ code: 3, out: '', closed: 1 });
    expect(text.err).toContain('[quote-expired]');
    expect(JSON.parse(json.err)).toEqual({
      refused: {
        code: 'quote-expired',
        detail: 'the quote has expired',
        facts: { since: '2026' },
        errors: [{ path: 'quote', code: 'expired', message: 'expired' }],
      },
    });
  });

  test.each([
    ['nobody who asks', ['listAssessments']],
    ['a file that is absent', ['submitReport', '--as', 'a@example.com', '--file', join(folder, 'absent')]],
    ['an input that is no JSON', ['listAssessments', '--as', 'a@example.com', '--input', join(folder, 'absent')]],
  ])('with %s is refused before any database is opened', async (_what, words) => {
    expect(await run(words)).toMatchObject({ code: 2, out: '', closed: 0 });
  });

  test('that fails answers 1', async () => {
    expect(await run(['listAssessments', '--as', 'a@example.com'], { refuse: new Error('broken') })).toMatchObject({ code: 1, closed: 1 });
  });
});

test('every kind of refusal has its exit code', () => {
  const codes: Record<RefusalKind, number> = {
    'bad-input': 2,
    unreadable: 2,
    'too-large': 2,
    rule: 3,
    conflict: 3,
    absent: 3,
    'not-permitted': 3,
    unauthenticated: 3,
    'too-many': 3,
    unavailable: 1,
  };

  expect(exitCodeOf).toEqual(codes);
});

test('an operation’s own field wins over our option of that name, which is then written with cli-', () => {
  const asked = readAsked(['--organisation', 'other', '--cli-organisation', 'mine', '--limit-minor', '5'], ['organisation', 'limitMinor'], 'zh');

  expect(asked).toMatchObject({ organisation: 'mine', fields: { organisation: 'other', limitMinor: '5' } });
});

test('the schemas of the input files are printed one by one or together', async () => {
  expect(Object.keys(JSON.parse((await run(['schemas'])).out) as object)).toEqual(['profile', 'answers', 'package']);
  expect(JSON.parse((await run(['schemas', 'profile'])).out)).toHaveProperty('$schema');
  expect((await run(['schemas', 'nothing'])).code).toBe(2);
});

describe('a refusal at the terminal', () => {
  const refused = new Refusal('bad-input', 'file-absent', 'there is no file `firm.yaml`', { file: 'firm.yaml' });

  test('is said in Chinese with the file, the detail below it', async () => {
    const { err } = await run(['getAssessment', '--assessment', 'a', '--as', 'a@example.com'], { refuse: refused });
    expect(err).toBe('未执行 [file-absent] 没有这个文件：firm.yaml\n  there is no file `firm.yaml`\n');
  });

  test('is said in English alone when that is asked for', async () => {
    const { err } = await run(['getAssessment', '--assessment', 'a', '--as', 'a@example.com', '--lang', 'en'], { refuse: refused });
    expect(err).toBe('not done [file-absent] there is no file `firm.yaml`\n');
  });
});
