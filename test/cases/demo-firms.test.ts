import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exitCodes, type World } from '../../src/cli/command.ts';
import { quote } from '../../src/cli/quote.ts';
import { inputSchemas } from '../../src/cli/schemas.ts';
import { loadContent } from '../../src/io/content/index.ts';

const demo = fileURLToPath(new URL('../../content/demo', import.meta.url));
const content = loadContent({ contentDir: fileURLToPath(new URL('../../content', import.meta.url)), feedDirs: [`${demo}/threats`] });

interface Said {
  outcome: string;
  reasons: { code: string }[];
  gate: { passed: boolean; blockers: { code: string }[] };
  premium: { currency: string; exVat: number; vat: number; total: number };
  worksheet: { amountMinor: number | null }[];
  repairs: { finding: string | null; scoreDelta: number; premiumDelta: number; gate: string; label: string }[];
}

const reportsOf = (folder: string): string[] =>
  readdirSync(`${demo}/reports/${folder}`, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [`${demo}/reports/${folder}/${entry.name}`] : []));

/** What the command line says of a demo firm on 22 November 2026, with the reports of some folders. */
async function quoteDemoFirm(firm: string, ...folders: string[]): Promise<{ code: number; said: Said }> {
  const reports = (folders.length === 0 ? [firm] : folders).flatMap(reportsOf);
  const files = ['profile', 'answers', 'package'].flatMap((name) => [`--${name}`, `${demo}/firms/${firm}/${name}.yaml`]);
  let printed = '';
  const world: World = {
    stdout: (text) => {
      printed += text;
    },
    stderr: () => undefined,
    clock: () => '2026-11-22T10:00:00+08:00',
    content: () => Promise.resolve(content as never),
  };
  const code = await quote([...files, ...reports.flatMap((path) => ['--report', path]), '--json'], world);
  return { code, said: JSON.parse(printed) as Said };
}

const codesOf = (list: readonly { code: string }[]): string[] => [...new Set(list.map(({ code }) => code))].sort();

describe('the demo firms', () => {
  it('advisory and software are quoted as they are', async () => {
    for (const firm of ['advisory', 'software']) {
      const { code, said } = await quoteDemoFirm(firm);

      expect([code, said.outcome, said.reasons]).toEqual([exitCodes.done, 'quoted', []]);
    }
  });

  it('the shop is quoted, and several repairs would lower its premium', async () => {
    const { code, said } = await quoteDemoFirm('shop');

    expect([code, said.outcome]).toEqual([exitCodes.done, 'quoted']);
    expect(said.repairs.filter(({ finding, premiumDelta }) => finding !== null && premiumDelta < -10_000).length).toBeGreaterThanOrEqual(3);
  });

  it('the maker is referred for its limit and its losses', async () => {
    const { code, said } = await quoteDemoFirm('maker');

    expect([code, said.outcome]).toEqual([exitCodes.done, 'referred']);
    expect(codesOf(said.reasons)).toEqual(['limit-above-desk-authority', 'past-losses']);
  });

  it('the waterworks pass the gate and are declined by a guideline', async () => {
    const { code, said } = await quoteDemoFirm('water');

    expect([code, said.outcome, said.gate.passed]).toEqual([exitCodes.refused, 'declined', true]);
    expect(codesOf(said.reasons)).toContain('industrial-network-open');
  });

  it('the clinic is refused at the gate with every blocker named, and quoted after its repairs', async () => {
    const before = await quoteDemoFirm('clinic');
    const after = await quoteDemoFirm('clinic', 'clinic/after-repair');

    expect([before.code, before.said.outcome]).toEqual([exitCodes.refused, 'declined']);
    expect(codesOf(before.said.gate.blockers)).toEqual([
      'below-pass-line',
      'exposed-file-sharing',
      'exposed-remote-desktop',
      'known-exploited-open',
      'severe-vulnerability-open',
    ]);
    expect([after.code, after.said.outcome, after.said.gate]).toEqual([exitCodes.done, 'quoted', { passed: true, blockers: [] }]);
    expect(after.said.premium.total).toBeLessThan(before.said.premium.total);
  });

  it('the clinic is no longer held to the ports that a later scan found closed, in whatever order the reports are given', async () => {
    const [both, reversed] = [await quoteDemoFirm('clinic', 'clinic', 'clinic/after-repair'), await quoteDemoFirm('clinic', 'clinic/after-repair', 'clinic')];

    for (const code of ['exposed-file-sharing', 'exposed-remote-desktop']) expect(codesOf(both.said.gate.blockers)).not.toContain(code);
    expect(reversed.said.gate).toEqual(both.said.gate);
    expect(reversed.said.premium).toEqual(both.said.premium);
  });

  it('each have a worksheet that re-adds and repairs that never cost', async () => {
    for (const firm of ['advisory', 'shop', 'maker', 'water', 'clinic', 'software']) {
      const { premium, worksheet, repairs } = (await quoteDemoFirm(firm)).said;

      expect(worksheet.reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0)).toBe(premium.exVat);
      expect(premium.exVat + premium.vat).toBe(premium.total);
      expect(repairs.every(({ premiumDelta, scoreDelta }) => premiumDelta <= 0 && scoreDelta >= -1e-9)).toBe(true);
    }
  });
});

it('the published schemas of the input files are those that read them', () => {
  for (const [name, schema] of Object.entries(inputSchemas())) expect(JSON.parse(readFileSync(`${demo}/schemas/${name}.schema.json`, 'utf8'))).toEqual(schema);
});
