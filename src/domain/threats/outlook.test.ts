import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildOutlook, readEpss, readKev } from './index.ts';

const bytes = (text: string): Uint8Array[] => [new TextEncoder().encode(text)];
const catalogue = (count: number, ...rows: { cve: string; added: string; ransomware?: string }[]): string =>
  JSON.stringify({
    title: 't',
    catalogVersion: '2026.01.02',
    dateReleased: '2026-01-02T10:00:00Z',
    count,
    vulnerabilities: rows.map((r) => ({ cveID: r.cve, dateAdded: r.added, knownRansomwareCampaignUse: r.ransomware ?? 'Unknown' })),
  });
const kevCsv = 'cveID,dateAdded,knownRansomwareCampaignUse\nCVE-2024-0001,2026-01-01,Known\nCVE-2024-0002,2026-01-02,Unknown\n';
const epssCsv = '#model_version:v2025.03.14,score_date:2026-01-02T00:00:00+0000\ncve,epss,percentile\nCVE-2024-0001,0.9,0.99\nCVE-2024-0003,0.00043,0.1\n';

describe('the catalogue of known exploited vulnerabilities', () => {
  it('reads JSON and CSV to the same entries', () => {
    const json = readKev(
      bytes(catalogue(2, { cve: 'CVE-2024-0002', added: '2026-01-02' }, { cve: 'CVE-2024-0001', added: '2026-01-01', ransomware: 'Known' })),
    );
    const csv = readKev(bytes(kevCsv));

    expect(new Map([...json.entries].sort())).toEqual(new Map([...csv.entries].sort()));
    expect(json.version).toBe('2026.01.02');
    expect(csv.date).toBe('2026-01-02');
  });

  it('refuses a catalogue that has fewer entries than it says', () => {
    expect(() => readKev(bytes(catalogue(2, { cve: 'CVE-2024-0001', added: '2026-01-01' })))).toThrow(expect.objectContaining({ code: 'feed-count-differs' }));
  });

  it.each([
    ['', 'feed-empty'],
    ['{"count":0}', 'unknown-feed-format'],
    ['a,b\n1,2\n', 'unknown-feed-format'],
    [kevCsv.slice(0, -3), 'feed-cut-short'],
    [catalogue(1, { cve: 'CVE-24-1', added: '2026-01-01' }), 'feed-entry-unreadable'],
    [catalogue(1, { cve: 'CVE-2024-0001', added: '2026-02-30' }), 'feed-entry-unreadable'],
    [`${kevCsv}CVE-2024-0001,2026-01-03,Known\n`, 'feed-entry-repeated'],
    ['{"vulnerabilities":[', 'malformed-json'],
  ])('refuses %j as %s', (text, code) => {
    expect(() => readKev(bytes(text))).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a JSON catalogue cut anywhere', () => {
    const whole = catalogue(1, { cve: 'CVE-2024-0001', added: '2026-01-01' });

    fc.assert(
      fc.property(fc.nat(whole.length - 1), (length) => {
        expect(() => readKev(bytes(whole.slice(0, length)))).toThrow();
      }),
      { seed: 3 },
    );
  });
});

describe('EPSS scores', () => {
  it('reads model, day and scores', () => {
    const epss = readEpss(bytes(epssCsv));

    expect(epss).toMatchObject({ model: 'v2025.03.14', date: '2026-01-02' });
    expect(epss.scores.get('CVE-2024-0003')).toBe(0.00043);
  });

  it('takes the last day of a series', () => {
    const epss = readEpss(bytes('date,cve,epss\n2026-01-01,CVE-2024-0001,0.1\n2026-01-02,CVE-2024-0001,0.2\n'));

    expect([epss.date, epss.scores.get('CVE-2024-0001')]).toEqual(['2026-01-02', 0.2]);
  });

  it.each([
    ['', 'feed-empty'],
    ['cve,score\nCVE-2024-0001,0.1\n', 'unknown-feed-format'],
    ['cve,epss\nCVE-2024-0001,1.5\n', 'feed-entry-unreadable'],
    ['cve,epss\nCVE-2024-0001,\n', 'feed-entry-unreadable'],
    ['cve,epss\nCVE-2024-0001,0.1\nCVE-2024-0002,0.', 'feed-cut-short'],
    ['cve,epss\nCVE-2024-0001,0.1\nCVE-2024-0001,0.2\n', 'feed-entry-repeated'],
  ])('refuses %j as %s', (text, code) => {
    expect(() => readEpss(bytes(text))).toThrow(expect.objectContaining({ code }));
  });
});

describe('the outlook', () => {
  const outlook = buildOutlook({ kev: readKev(bytes(kevCsv)), epss: readEpss(bytes(epssCsv)) });

  it('answers for listed, scored and unknown CVEs', () => {
    expect(outlook.of('CVE-2024-0001')).toEqual({ knownExploited: true, knownRansomware: true, listedOn: '2026-01-01', epss: 0.9 });
    expect(outlook.of('CVE-2024-0003')).toEqual({ knownExploited: false, knownRansomware: false, listedOn: null, epss: 0.00043 });
    expect(outlook.of('CVE-1999-0001')).toEqual({ knownExploited: false, knownRansomware: false, listedOn: null, epss: null });
  });

  it('has a version that follows the content and not the order', () => {
    const shuffled = 'cveID,dateAdded,knownRansomwareCampaignUse\nCVE-2024-0002,2026-01-02,Unknown\nCVE-2024-0001,2026-01-01,Known\n';
    const changed = shuffled.replace('Unknown', 'Known');
    const versionOf = (kev: string) => buildOutlook({ kev: readKev(bytes(kev)), epss: readEpss(bytes(epssCsv)) }).version;

    expect(versionOf(shuffled)).toBe(outlook.version);
    expect(versionOf(changed)).not.toBe(outlook.version);
    expect(buildOutlook({ kev: null, epss: null }).version).not.toBe(outlook.version);
  });
});
