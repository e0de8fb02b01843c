import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildOutlook, classPath, readEpss, readKev, readWeaknesses } from '../../src/domain/threats/index.ts';
import { describeShared, sharedFolder } from './shared-data.ts';

const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(join(sharedFolder, 'data/vuln-intel', file)));

interface Delta {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

describeShared('threat feeds as they were published', () => {
  it('reads the catalogue of January (CSV) and of June (JSON) with every entry', () => {
    const january = readKev([bytesOf('kev/kev_2025-01-27.csv')]);
    const june = readKev([bytesOf('kev/kev_2025-06-25.json')]);

    expect([january.entries.size, june.entries.size]).toEqual([1252, 1370]);
    expect([...june.entries.values()].filter((e) => e.knownRansomware)).toHaveLength(287);
    expect(june.version).toBe('2025.06.25');
  });

  it('goes from January to June by the daily changes', () => {
    const cves = new Set(readKev([bytesOf('kev/kev_2025-01-27.csv')]).entries.keys());
    const deltas = new TextDecoder()
      .decode(bytesOf('kev/kev_deltas.jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Delta);

    for (const { added, removed } of deltas) {
      for (const cve of added) cves.add(cve);
      for (const cve of removed) cves.delete(cve);
    }

    expect([...cves].sort()).toEqual([...readKev([bytesOf('kev/kev_2025-06-25.json')]).entries.keys()].sort());
  });

  it('uses nothing of a feed that is cut short, wherever it is cut', () => {
    for (const file of ['kev/kev_2025-01-27.csv', 'kev/kev_2025-06-25.json']) {
      const whole = bytesOf(file);
      for (const share of [0.1, 0.5, 0.9, 0.99999]) expect(() => readKev([whole.subarray(0, Math.floor(whole.length * share))])).toThrow();
    }
  });

  it('reads EPSS scores of one day and the last day of a series', () => {
    const june = readEpss([bytesOf('epss/epss_kev_nvd_2025-06-30.csv')]);
    const series = readEpss([bytesOf('epss/kev_epss_monthly_2022-10_2025-06.csv')]);

    expect(june.scores.size).toBe(987);
    expect(june.scores.get('CVE-2019-6693')).toBe(0.76493);
    expect(series.date).toBe('2025-06-20');
  });

  it('reads the catalogue of weaknesses with its tree', () => {
    const catalogue = readWeaknesses([bytesOf('cwe/cwe_4.15_weaknesses.csv')]);

    expect(catalogue.size).toBe(964);
    expect(classPath(catalogue, 79).map(({ cwe }) => cwe)).toEqual([79, 74, 707]);
    expect([...catalogue.values()].filter(({ parents }) => parents.some((parent) => !catalogue.has(parent)))).toEqual([]);
  });

  it('answers from both feeds at once', () => {
    const outlook = buildOutlook({ kev: readKev([bytesOf('kev/kev_2025-06-25.json')]), epss: readEpss([bytesOf('epss/epss_kev_nvd_2025-06-30.csv')]) });

    expect(outlook.of('CVE-2019-6693')).toMatchObject({ knownExploited: true, listedOn: '2025-06-25', epss: 0.76493 });
    expect(outlook.sources.map((s) => s.entries)).toEqual([1370, 987]);
  });
});
