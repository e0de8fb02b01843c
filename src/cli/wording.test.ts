import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { WholePaper } from '../app/content.ts';
import { ComparisonRow, Replay, Wording, buildResponsibilities } from '../domain/catalogue/index.ts';
import { contentFiles } from '../../test/tariff.ts';
import { wordingLibrary } from '../../test/wordings.ts';
import { wording } from './wording.ts';

const folder = mkdtempSync(join(tmpdir(), 'riskloop-wording-'));
afterAll(() => rmSync(folder, { recursive: true }));
const library = wordingLibrary();
const responsibilities = buildResponsibilities(contentFiles('content/co-responsibility')).value!;

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const content = (): Promise<WholePaper> => Promise.resolve({ wordings: library, responsibilities } as Partial<WholePaper> as WholePaper);
  const code = await wording(args, { stdout: (text) => (out += text), stderr: (text) => (err += text), clock: () => '2026-07-01T00:00:00Z', content });
  return { code, out, err };
}

describe('riskloop wording render', () => {
  it('prints the own wording in Chinese, and another insurer’s in English', async () => {
    expect((await run('render')).out).toContain('营业中断损失的等待期为 8 小时');
    expect((await run('render', '--insurer', 'example-yuanfan', '--lang', 'en')).out).toContain('The waiting period for business interruption is 12 hours');
  });

  it('takes the figures from a cover, as JSON that the schema reads', async () => {
    const file = join(folder, 'cover.json');
    writeFileSync(
      file,
      JSON.stringify({
        package: null,
        currency: 'CNY',
        limitMinor: 100_000_000,
        retentionMinor: 700_000,
        from: null,
        lines: [{ coverage: 'business-interruption', subLimitMinor: 50_000_000, waitingHours: 10 }],
      }),
    );

    const rendered = Wording.parse(JSON.parse((await run('render', '--package', file, '--json')).out));

    expect(JSON.stringify(rendered)).toContain('等待期为 10 小时');
    expect(JSON.stringify(rendered)).toContain('人民币 7,000 元');
  });

  it('writes the PDF', async () => {
    const file = join(folder, 'wording.pdf');
    await run('render', '--pdf', file);

    expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('riskloop wording compare', () => {
  it('prints what differs, and with --all also what does not', async () => {
    const rows = async (...args: string[]) =>
      (JSON.parse((await run('compare', '--json', ...args)).out) as { rows: ComparisonRow[] }).rows.map((row) => ComparisonRow.parse(row));

    expect((await rows()).every(({ differs }) => differs)).toBe(true);
    expect((await rows('--all')).length).toBeGreaterThan((await rows()).length);
    expect((await rows('--insurer', 'riskloop-standard', '--insurer', 'example-beiling'))[0]!.values.length).toBe(2);
    expect((await run('compare')).out).toContain('超过后自始赔付');
  });
});

describe('riskloop wording replay', () => {
  it('pays every incident under every wording and names the deciding clause', async () => {
    const { replays } = JSON.parse((await run('replay', '--json')).out) as { replays: unknown[] };

    expect(replays.map((one) => Replay.parse(one)).length).toBe(library.incidents.size);
    expect((await run('replay', '--incident', 'ransomware-nine-days')).out).toContain('5,540,000.00  关键条款 赎金 (+1,500,000.00)');
  });

  it('shows the waiting period moved from eight to twelve hours, in all', async () => {
    const { out } = await run(
      'replay',
      '--incident',
      'cloud-region-fifteen-hours',
      '--insurer',
      'riskloop-standard',
      '--waiting',
      '8',
      '--waiting',
      '12',
      '--lang',
      'en',
    );

    expect(out).toMatch(/every waiting period 8 h, paid in all: .* 630,000\.00\nevery waiting period 12 h, paid in all: .* 255,000\.00/);
  });

  it('prints each step with its article', async () => {
    expect((await run('replay', '--incident', 'ddos-evening', '--insurer', 'riskloop-standard', '--trace')).out).toMatch(
      /\d+\. 等待期（营业中断损失） \[slow\] 250,000\.00 → 125,000\.00/,
    );
  });
});

describe('riskloop wording', () => {
  it('answers words that make no sense with its usage, and unknown names with those there are', async () => {
    expect((await run('guess')).code).toBe(2);
    expect((await run('replay', '--lang', 'fr')).err).toContain('riskloop wording replay');
    await expect(run('replay', '--incident', 'flood')).rejects.toThrow('ddos-evening');
    await expect(run('render', '--insurer', 'nobody')).rejects.toThrow('example-beiling');
    await expect(run('replay', '--waiting', '900')).rejects.toThrow('0 to 720');
  });
});

describe('terms that are brought along', () => {
  const own = [...library.insurers.values()][0]!;
  const file = (name: string, data: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(data));
    return path;
  };

  it('stand beside those of the library, term by term and incident by incident', async () => {
    const mine = file('mine.json', { ...own, id: 'mine', retention: { ...own.retention, amountMinor: own.retention.amountMinor * 2 } });

    const { insurers, rows } = JSON.parse((await run('compare', '--terms', mine, '--insurer', own.id, '--json')).out);
    const replayed = JSON.parse((await run('replay', '--terms', mine, '--insurer', own.id, '--incident', 'ransomware-nine-days', '--json')).out);

    expect(insurers).toEqual([own.id, 'mine']);
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(['retention']);
    const [standard, twice] = replayed.replays[0].payments;
    expect(standard.paidMinor - twice.paidMinor).toBe(own.retention.amountMinor);
  });

  it('are refused whole, with every fault at its place', async () => {
    const lines = own.lines.map((line, i) => (i === 2 ? { ...line, coverage: 'no-such-coverage' } : line));
    const bad = file('bad.json', { ...own, id: 'bad', lines, scope: [{ clause: 'no-such-clause', paidShare: 0 }] });

    await expect(run('compare', '--terms', bad)).rejects.toMatchObject({
      code: 'terms-invalid',
      faults: expect.arrayContaining([expect.objectContaining({ path: `${bad}: lines.2` }), expect.objectContaining({ path: `${bad}: scope.0.clause` })]),
    });
    await expect(run('compare', '--terms', file('again.json', own))).rejects.toMatchObject({ code: 'terms-invalid' });
  });
});

describe('riskloop wording split', () => {
  it('prints the clause and who bears what', async () => {
    const path = join(folder, 'findings.json');
    writeFileSync(
      path,
      JSON.stringify({
        lossMinor: 400_000_000,
        payableMinor: 350_000_000,
        duties: [{ duty: 'monitor-around-the-clock', breached: 'yes', weight: 1 }],
        othersWeight: 1,
      }),
    );

    const { shared } = JSON.parse((await run('split', '--matrix', 'managed-security-service', '--findings', path, '--json')).out);

    expect(shared.insuredBearsMinor + shared.insurerBearsMinor + shared.providerBearsMinor).toBe(400_000_000);
    expect((await run('split', '--matrix', 'managed-security-service', '--findings', path)).out).toContain('免予追偿 50%');
  });
});
