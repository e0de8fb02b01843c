import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readScannerReport, type ScannerReport } from '../../src/domain/assessment/index.ts';
import { describeShared, readSharedJson, sharedDataPresent, sharedFolder } from './shared-data.ts';

/** What two independent counters say of a file: elements counted by a script, findings asserted by another importer's own tests. */
interface Truth {
  readonly cves?: readonly string[];
  readonly distinct_cves: number;
  readonly defectdojo_asserted_findings?: number;
  readonly independent_count?: { readonly total?: number; readonly [more: string]: unknown };
  readonly heimdall_hdf_output_summary?: readonly { readonly controls: number }[];
}

const dataFolder = join(sharedFolder, 'data');
const truths = (readSharedJson('data/expected.json')['files'] ?? {}) as Record<string, Truth>;
const now = '2026-11-22T00:00:00Z';

const read = (file: string): ScannerReport => readScannerReport([new Uint8Array(readFileSync(join(dataFolder, file)))], { now });

function filesUnder(folder: string): string[] {
  if (!sharedDataPresent) return [];
  return readdirSync(join(dataFolder, folder), { withFileTypes: true, recursive: true })
    .filter((f) => f.isFile())
    .map((f) => join(f.parentPath, f.name).slice(dataFolder.length + 1))
    .sort();
}

const reports = [...filesUnder('scanners'), ...filesUnder('sbom')];
const advisories = [...filesUnder('advisories/csaf'), ...filesUnder('advisories/csaf-validator')].filter((file) => !file.endsWith('/expected.json'));

/** Elements that the counting script leaves out of its total because its unit is another, by file. */
const moreElements = (truth: Truth): number => {
  const count = truth.independent_count ?? {};
  const tally = (key: string): number => Object.values((count[key] ?? {}) as Record<string, number>).reduce((a, b) => a + b, 0);
  const counted = (key: string): number => (typeof count[key] === 'number' ? count[key] : 0);
  return tally('misconfigurations') + tally('secrets') + tally('licenses') + counted('suppressed') + counted('information_gathered') + counted('cves');
};

/** Where `findings` may lie, from the truths that the file has. */
function boundsOf(truth: Truth): { least: number; most: number } | null {
  const hdf = truth.heimdall_hdf_output_summary?.[0]?.controls;
  const raw = truth.independent_count?.total;
  const known = [raw === undefined ? undefined : raw + moreElements(truth), truth.defectdojo_asserted_findings, hdf].filter(
    (n): n is number => n !== undefined,
  );
  return known.length === 0 ? null : { least: Math.min(...known), most: Math.max(...known) };
}

/** Files with one truth only, in another unit than ours. */
const ownCounts: Record<string, { findings: number; because: string }> = {
  'scanners/generic/generic_report1.csv': { findings: 5, because: 'five rows on five addresses; the other importer joins equal titles' },
  'scanners/heimdall2/zap/webgoat.json': {
    findings: 26,
    because: 'the site has three identical alerts of plug-in 10023; the third importer counts 25 plug-ins',
  },
  'sbom/cyclonedx-bom-examples/VEX/Use-Cases/Case-6/vex.json': { findings: 3, because: 'one vulnerability of three products' },
};

describeShared('scanner reports of real tools', () => {
  it.each(reports)('reads %s as both counters see it', (file) => {
    const truth = truths[file]!;

    const report = read(file);

    const bounds = boundsOf(truth);
    const ours = ownCounts[file];
    if (ours !== undefined) expect(report.findings.length).toBe(ours.findings);
    else if (bounds !== null) {
      expect(report.findings.length).toBeGreaterThanOrEqual(bounds.least);
      expect(report.findings.length).toBeLessThanOrEqual(bounds.most);
    }
    if (truth.independent_count?.total !== undefined) expect(report.records).toBe(truth.independent_count.total + moreElements(truth));
  });

  it.each(reports.filter((file) => truths[file] !== undefined))('names the CVEs of %s', (file) => {
    const truth = truths[file]!;
    const { cvesNamed } = read(file);
    expect(cvesNamed).toHaveLength(truth.distinct_cves);
    if (truth.cves !== undefined) expect(cvesNamed).toEqual([...truth.cves].sort());
  });

  it.each(advisories)('reads the advisory %s', (file) => {
    expect(read(file).format).toBe('csaf');
  });

  /** CVEs that a report names without finding them. Every other CVE in a report belongs to a finding. */
  const namedOnly: Record<string, { cves: number; because: string }> = {
    'scanners/heimdall2/prisma/prismacloud_sample.csv': { cves: 7, because: 'descriptions compare a weakness with others' },
    'scanners/qualys/Qualys_Sample_Report.xml': { cves: 1, because: 'descriptions compare a weakness with others' },
    'scanners/testssl/defectdojo_many_vuln.csv': { cves: 22, because: 'rows with severity OK rule a weakness out' },
    'scanners/testssl/overall_critical.csv': { cves: 20, because: 'rows with severity OK rule a weakness out' },
    'scanners/cyclonedx/issue_8022.json': { cves: 2, because: 'descriptions compare a weakness with others' },
    'scanners/cyclonedx/valid-vulnerability-1.4.json': { cves: 2, because: 'descriptions compare a weakness with others' },
    'scanners/dependency_track/many_findings.json': { cves: 1, because: 'descriptions compare a weakness with others' },
    'scanners/snyk/single_project_many_vulns.json': { cves: 2, because: 'descriptions compare a weakness with others' },
    'scanners/trivy/cvss_severity_source.json': { cves: 2, because: 'references of an advisory name its neighbours' },
    'scanners/trivy/legacy_many_vulns.json': { cves: 4, because: 'descriptions compare a weakness with others' },
  };

  it.each(reports)('gives every CVE of %s to a finding, but for the exceptions that are listed', (file) => {
    const report = read(file);

    const found = new Set(report.findings.flatMap((f) => f.cves));
    expect(report.cvesNamed.filter((cve) => !found.has(cve)).length).toBe(namedOnly[file]?.cves ?? 0);
  });
});
