import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadContent } from '../io/content/index.ts';
import { exitCodes, type Command, type World } from './command.ts';
import { exposure } from './exposure.ts';
import { optimise } from './optimise.ts';
import { price } from './price.ts';
import { quote } from './quote.ts';
import { ratebook } from './ratebook.ts';
import { sayRefused } from './refused.ts';

const root = fileURLToPath(new URL('../../content', import.meta.url));
const content = loadContent({ contentDir: root, feedDirs: [] });
const firm = join(root, 'demo/firms/advisory');
const files = ['--profile', `${firm}/profile.yaml`, '--answers', `${firm}/answers.yaml`, '--package', `${firm}/package.yaml`];
const folder = mkdtempSync(join(tmpdir(), 'riskloop-price-'));

afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, data: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(data));
  return path;
}

/** Runs a command; what it printed and how it ended. */
async function run(command: Command, ...words: string[]): Promise<{ code: number; printed: string; complained: string }> {
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
  return { code: await command(words, world), ...out };
}

const json = async <T>(command: Command, ...words: string[]): Promise<T> => JSON.parse((await run(command, ...words, '--json')).printed) as T;

const proposal = (value: number) =>
  written('proposal.json', {
    version: '2026.3',
    title: { zh: '试验', en: 'trial' },
    why: 'a trial',
    effectiveFrom: '2027-01-01',
    changes: [{ key: 'frequency.ransomware', value, source: 'invented', provenance: 'J', confidence: 'L' }],
  });

describe('riskloop price', () => {
  it('names the premium of the quote, and with --explain values that reconcile with the best premium', async () => {
    const quoted = await json<{ premium: { total: number } }>(quote, ...files);
    const priced = await json<{ premium: { total: number }; worth: { todayMinor: number; bestMinor: number; credits: { shapleyMinor: number }[] } }>(
      price,
      ...files,
      '--explain',
      '--orders',
      '4',
    );
    expect(priced.premium).toEqual(quoted.premium);
    expect(priced.worth.todayMinor).toBe(quoted.premium.total);
    expect(priced.worth.credits.reduce((sum, { shapleyMinor }) => sum + shapleyMinor, 0)).toBe(priced.worth.todayMinor - priced.worth.bestMinor);
  });

  it('says it for a reader in Chinese or English', async () => {
    expect((await run(price, ...files, '--explain', '--orders', '4')).printed).toContain('公平份额');
    expect((await run(price, ...files, '--explain', '--orders', '4', '--lang', 'en')).printed).toContain('fair parts');
  });

  it('shows with --explain how the technical and the market-anchored price are blended, rounded for reading and exact in --json', async () => {
    type Blend = Record<'technical' | 'anchored' | 'blended', { premiumMinor: number; rateOnLine: number }> & { weight: number; chargedShare: number };
    const { blend } = await json<{ blend: Blend }>(price, ...files, '--explain', '--orders', '4');
    const { printed } = await run(price, ...files, '--explain', '--orders', '4', '--lang', 'en');

    const { technical, anchored, blended, weight } = blend;
    expect(blended.premiumMinor).toBeCloseTo(weight * technical.premiumMinor + (1 - weight) * anchored.premiumMinor, 6);
    expect(anchored.rateOnLine).toBeCloseTo(0.013, 12);
    expect(printed).toContain(`market-anchored: 26,000.00 (1.3% of the limit), weight ${100 * (1 - weight)}%`);
    expect(printed).toMatch(/technical: [\d,.]+ \([\d.]+% of the limit\), weight/);
    const figures = printed
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .flatMap((line) => line.match(/(?<![\d,])\d+(?:\.\d+)?(?![\d,.])/g) ?? []);
    expect(figures.filter((figure) => figure.replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length > 6)).toEqual([]);
  });

  it('answers 2 for words that make no sense and refuses numbers out of range', async () => {
    expect(await run(price, '--no-such')).toMatchObject({ code: exitCodes.badInput, complained: expect.stringContaining('riskloop price') });
    await expect(run(price, ...files, '--orders', '1')).rejects.toMatchObject({ code: 'bad-argument' });
  });
});

describe('riskloop exposure', () => {
  it('prints the loss curve, the limits and the verdict', async () => {
    const said = await json<{ curve: { averageAnnualLoss: number }; adequacy: { bites: unknown[] }; defence: { verdict: string } }>(exposure, ...files);
    expect(said.curve.averageAnnualLoss).toBeGreaterThan(0);
    expect(said.adequacy.bites.length).toBeGreaterThan(3);
    expect((await run(exposure, ...files)).printed).toContain('年均损失');
  });

  it('names coverages in the language asked for, never by id', async () => {
    const [zh, en] = [(await run(exposure, ...files)).printed, (await run(exposure, ...files, '--lang', 'en')).printed];

    expect(zh).toContain('超过分项限额（应急处置费用）');
    expect(en).toContain('a sub-limit is exceeded (Incident response)');
    for (const id of content.catalogue.coverages.keys()) if (id.includes('-')) expect(zh + en).not.toContain(id);
  });
});

describe('riskloop optimise', () => {
  it('keeps to the budget and gives its range', async () => {
    const said = await json<{ best: { costMinor: number; premiumMinor: number } | null; ranges: unknown[] }>(
      optimise,
      ...files,
      '--measures',
      '3',
      '--budget',
      '6000',
    );
    expect(said.best === null || said.best.costMinor + said.best.premiumMinor <= 600_000).toBe(true);
    expect(said.ranges).toHaveLength(3);
  });

  it('refuses a budget that is no amount of money', async () => {
    await expect(run(optimise, ...files, '--budget', 'much')).rejects.toMatchObject({ code: 'bad-argument', facts: { field: 'budget' } });
  });
});

describe('riskloop ratebook', () => {
  it('finds nothing wrong with the shipped ratebook', async () => {
    expect(await json<{ findings: unknown[]; casesReproduced: number }>(ratebook, 'check')).toMatchObject({ findings: [], casesReproduced: 6 });
  });

  it('shows what a proposal changes and what it does to an invented book', async () => {
    const path = proposal(0.004);
    expect(await json<{ parameters: { key: string }[] }>(ratebook, 'diff', '--proposal', path)).toMatchObject({
      parameters: [{ key: 'frequency.ransomware', after: 0.004 }],
    });
    expect((await json<{ change: number }>(ratebook, 'dislocate', '--proposal', path, '--firms', '10')).change).toBeGreaterThan(0);
  });

  it('refuses a proposal with a number that no price can bear', async () => {
    const path = written('bad.json', { ...(JSON.parse(readFileSync(proposal(0.003), 'utf8')) as object), version: '2026.1' });
    await expect(run(ratebook, 'diff', '--proposal', path)).rejects.toMatchObject({ code: 'proposal-invalid' });
  });

  it.each(['diff', 'dislocate'])('%s says of a malformed proposal which file, which field and what is wrong, in both languages', async (part) => {
    const path = written('malformed.json', {
      version: 'x',
      why: 'trial',
      changes: [{ key: 'frequency.ransomware', value: 'lots', provenance: 'Z', more: 1 }, 5],
    });
    const refusal: unknown = await run(ratebook, part, '--proposal', path).catch((error: unknown) => error);
    const said = (language: 'zh' | 'en'): string => {
      let text = '';
      sayRefused(refusal, { json: false, language }, { stderr: (more) => (text += more) });
      return text;
    };

    expect(said('en')).toBe(
      [
        `not done [invalid-input] in \`${path}\` 9 fields do not fit`,
        '  version: has not the right form (`x`)',
        '  title: is missing',
        '  effectiveFrom: is missing',
        '  changes.0.value: should be a number (`lots`)',
        '  changes.0.source: is missing',
        '  changes.0.provenance: should be one of: V, M, D, J (`Z`)',
        '  changes.0.confidence: is missing',
        '  changes.0: has fields that nobody knows: more',
        '  changes.1: should be fields with values (`5`)',
        '',
      ].join('\n'),
    );
    expect(said('zh')).toContain(`内容不符合要求：${path}，共 9 处，逐项如下`);
    expect(said('zh')).toContain('  changes.0.value：应为数字 (`lots`)\n');
    expect(said('zh')).toContain('  changes.0.provenance：只能取: V, M, D, J (`Z`)\n');
  });

  it('writes the filing pack', async () => {
    const out = join(folder, 'pack');
    await run(ratebook, 'file', '--out', out);
    expect(readFileSync(join(out, 'parameters.csv'), 'utf8')).toContain('frequency.ransomware');
  });
});
