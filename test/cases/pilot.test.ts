import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evaluate } from '../../src/cli/evaluate.ts';
import { Pilot, PilotStudy, buildMetrics, measureShare, studyPilot, type Metric } from '../../src/domain/evaluation/index.ts';

const content = fileURLToPath(new URL('../../content', import.meta.url));
const yamlIn = (folder: string) =>
  readdirSync(join(content, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({
      path: `content/${folder}/${name}`,
      data: parse(readFileSync(join(content, folder, name), 'utf8')) as unknown,
    }));

const metrics = buildMetrics(yamlIn('metrics'));
const byId: ReadonlyMap<string, Metric> = metrics.value ?? new Map<string, Metric>();
const pilot = Pilot.parse(yamlIn('demo/pilot')[0]!.data);
const study = studyPilot(pilot, byId);
const finding = (id: string) => study.findings.find((one) => one.id === id)!;
const estimate = (id: string, name: string) => finding(id).estimates.find((one) => one.name === name)!;

describe('the metrics of effect', () => {
  it('are read whole from content', () => {
    expect(metrics.problems).toEqual([]);
    expect(byId.size).toBeGreaterThanOrEqual(30);
  });

  it('have no value where the records are silent, and say so in their own words', () => {
    const prevalence = byId.get('severe-prevalence')!;

    expect(measureShare(prevalence, { numerator: 11, denominator: 49 })).toMatchObject({ computable: true, counts: { count: 11, of: 49 } });
    expect(measureShare(prevalence, { numerator: 11, denominator: null })).toMatchObject({ computable: false, rule: 'denominator-not-recorded' });
    expect(measureShare(prevalence, { numerator: 0, denominator: 0 })).toMatchObject({ computable: false, rule: 'denominator-zero' });
  });

  it('refuse a metric given twice', () => {
    const [file] = yamlIn('metrics');

    expect(buildMetrics([file!, file!]).problems.length).toBeGreaterThan(0);
  });
});

describe('the pilot of forty-nine firms', () => {
  it('is studied in a form that can be stored', () => {
    expect(PilotStudy.parse(study)).toEqual(study);
    expect(study.findings.every((one) => byId.has(one.metric))).toBe(true);
  });

  it('gives the published intervals and p-values', () => {
    expect(finding('waf-or-hids').tests[0]!.p).toBeCloseTo(2 * 0.5 ** 47, 20);
    expect(estimate('waf-or-hids', 'change-of-share').interval!.low).toBeCloseTo(0.83851, 5);
    expect(estimate('situational-awareness', 'change-of-share').interval!.low).toBeCloseTo(0.89719, 5);
    expect(finding('fixed-before-renewal').tests[0]!.p).toBeCloseTo(0.0009765625, 12);
    expect(estimate('fixed-at-renewal', 'share-exact').interval!.low).toBeCloseTo(0.440417, 6);
    expect(estimate('vulnerabilities-per-firm', 'rate').interval!.high).toBeCloseTo(2.24094, 5);
  });

  it('gives the same from its table on the command line', async () => {
    for (const id of ['waf-or-hids', 'situational-awareness']) {
      let out = '';
      const data = join(content, 'demo/pilot', `${id}.csv`);
      const world = { stdout: (text: string) => (out += text), stderr: () => undefined, clock: () => '2026-07-01T00:00:00Z' };

      expect(await evaluate(['--design', 'paired', '--data', data, '--metric', `${id}-coverage`, '--json'], world)).toBe(0);
      const report = JSON.parse(out) as { estimates: unknown[]; tests: unknown[] };
      expect(report.estimates).toEqual(finding(id).estimates);
      expect(report.tests[0]).toEqual(finding(id).tests[0]);
    }
  });

  it('calls what the gate and the bundle forced compliance', () => {
    expect(['waf-or-hids', 'situational-awareness', 'fixed-before-renewal'].every((id) => finding(id).compliance?.zh.includes('合规'))).toBe(true);
    expect(finding('fixed-at-renewal').compliance).toBeNull();
  });

  it('gives no fix rate per vulnerability, and says why', () => {
    expect(finding('fix-rate-per-vulnerability').estimates).toEqual([]);
    expect(finding('fix-rate-per-vulnerability').notComputable?.zh).toContain('无法计算');
  });

  it('shows that prevalence went from 11 to 17, with p over every overlap', () => {
    expect(finding('prevalence').tests.map(({ p }) => Number(p.toFixed(3)))).toEqual([0.263, 0.345, 0.031]);
    expect(finding('prevalence').shows.zh).toContain('由 11 家升至 17 家');
  });

  it('says that no evidence on a halving was possible', () => {
    expect(study.limits.at(-1)!.zh).toContain('0.15');
    expect(study.limits.at(-1)!.zh).toContain('不可能给出证据');
  });
});
