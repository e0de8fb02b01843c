import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  cwesIn,
  firstOf,
  hasKeys,
  lines,
  member,
  readInstant,
  severityOf,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** Trivy's JSON reports: schema 2, the bare array (or `null`) of versions before 0.20, and cluster reports. A record is a vulnerability, misconfiguration, secret or licence. */
export const trivy: Format = {
  id: 'trivy',
  tool: 'Trivy',
  title: { zh: 'Trivy 镜像与依赖扫描', en: 'Trivy image and dependency scan' },
  homepage: 'https://trivy.dev/',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) =>
        (hasKeys(root, 'SchemaVersion') && (hasKeys(root, 'ArtifactName') || hasKeys(root, 'Results'))) ||
        (hasKeys(root, 'ArtifactName', 'Results') && !hasKeys(root, 'matches')),
      records: ['Results[]'],
      open: (report) => readArtifact(report),
    },
    {
      syntax: 'json',
      recognises: (root) => root === null || hasKeys(firstOf(root), 'Target', 'Type') || hasKeys(firstOf(root), 'Target', 'Vulnerabilities'),
      records: ['[]'],
      open: (report) => ({ record: (value, path) => readResult(report, shaped(Result, value, path), '') }),
    },
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'ClusterName'),
      records: ['Vulnerabilities[]', 'Misconfigurations[]', 'Resources[]', 'Findings[]'],
      open: (report) => ({ record: (value, path) => readWorkload(report, value, path) }),
    },
  ],
};

const text = z.string().nullish();

const Vulnerability = z.object({
  VulnerabilityID: z.string(),
  PkgName: z.string(),
  PkgPath: text,
  InstalledVersion: text,
  FixedVersion: text,
  Title: text,
  Description: text,
  Severity: text,
  SeveritySource: text,
  PrimaryURL: text,
  Status: text,
  CweIDs: z.array(z.string()).nullish(),
  PublishedDate: text,
  CVSS: z
    .record(
      z.string(),
      z.object({
        V2Vector: text,
        V3Vector: text,
        V40Vector: text,
        V2Score: z.number().nullish(),
        V3Score: z.number().nullish(),
        V40Score: z.number().nullish(),
      }),
    )
    .nullish(),
});
type Vulnerability = z.infer<typeof Vulnerability>;
const Misconfiguration = z.object({
  ID: z.string(),
  AVDID: text,
  Title: text,
  Description: text,
  Message: text,
  Resolution: text,
  Severity: text,
  Status: text,
});
type Misconfiguration = z.infer<typeof Misconfiguration>;
const Secret = z.object({ RuleID: z.string(), Title: text, Category: text, Severity: text, StartLine: z.number().nullish(), Match: text });
type Secret = z.infer<typeof Secret>;
const Licence = z.object({ Name: z.string(), PkgName: text, FilePath: text, Severity: text, Category: text });
type Licence = z.infer<typeof Licence>;
const Result = z.object({
  Target: z.string(),
  Type: text,
  Class: text,
  Vulnerabilities: z.array(Vulnerability).nullish(),
  Misconfigurations: z.array(Misconfiguration).nullish(),
  Secrets: z.array(Secret).nullish(),
  Licenses: z.array(Licence).nullish(),
});
type Result = z.infer<typeof Result>;

/**
 * The artifact's name may follow the results, so results wait for it as what was read of them.
 * INVARIANT (trivy-order): the report is the same wherever `ArtifactName` stands.
 */
function readArtifact(report: ReportGatherer) {
  const results: Result[] = [];
  return {
    record: (value: Json, path: Position) => void results.push(shaped(Result, value, path)),
    end: (root: Json) => {
      const name = member(root, 'ArtifactName');
      const created = member(root, 'CreatedAt');
      const at = readInstant(typeof created === 'string' ? created : '');
      const version = member(member(root, 'Trivy'), 'Version');
      report.toolVersion = typeof version === 'string' ? version : null;
      report.scanned(at, at);
      for (const result of results) readResult(report, result, typeof name === 'string' ? name : '');
    },
  };
}

const Workload = z.object({ Namespace: text, Kind: text, Name: text, Results: z.array(Result).nullish() });

function readWorkload(report: ReportGatherer, value: Json, path: Position): void {
  const workload = shaped(Workload, value, path);
  const name = [workload.Namespace, workload.Kind, workload.Name].filter(Boolean).join('/');
  report.looked(name);
  for (const result of workload.Results ?? []) readResult(report, result, name);
}

/** Where the result lies: the artifact or workload; in legacy reports the target without its operating system in brackets. */
function readResult(report: ReportGatherer, result: Result, artifact: string): void {
  const where = artifact || result.Target.replace(/ \([^()]*\)$/, '');
  report.looked(where);
  for (const vulnerability of result.Vulnerabilities ?? []) addVulnerability(report, { result, where, vulnerability });
  for (const check of result.Misconfigurations ?? []) addMisconfiguration(report, { result, artifact, check });
  for (const secret of result.Secrets ?? []) addSecret(report, { result, artifact, secret });
  for (const licence of result.Licenses ?? []) addLicence(report, { result, artifact, licence });
}

function addVulnerability(report: ReportGatherer, { result, where, vulnerability: v }: { result: Result; where: string; vulnerability: Vulnerability }): void {
  report.record();
  const cvss = cvssFrom(v);
  report.add({
    checkId: v.VulnerabilityID,
    title: v.Title ? `${v.PkgName}: ${v.Title.replace(`${v.PkgName}: `, '')}` : `${v.VulnerabilityID} in ${v.PkgName}`,
    severity: severityOf(v.Severity ?? '', cvss?.score ?? null),
    toolSeverity: v.Severity ?? '',
    cves: cvesIn(v.VulnerabilityID),
    cwes: cwesIn(...(v.CweIDs ?? [])),
    cvss,
    asset: { kind: 'package', name: `${v.PkgName} (${where})`, service: result.Type ?? null, version: v.InstalledVersion ?? null },
    evidence: lines(`${v.PkgName} ${v.InstalledVersion ?? ''} in ${v.PkgPath || result.Target}`, v.Description),
    remedy: v.FixedVersion ? `Upgrade ${v.PkgName} to ${v.FixedVersion}` : '',
  });
}

/** The score of the source that the severity came from, else NVD's, else the first; the newest CVSS version that it states. */
function cvssFrom(v: Vulnerability) {
  const scores = v.CVSS ?? {};
  const source = scores[v.SeveritySource ?? ''] ?? scores['nvd'] ?? Object.values(scores)[0];
  if (source === undefined) return null;
  if (source.V40Vector) return cvssOf({ vector: source.V40Vector, score: source.V40Score });
  if (source.V3Vector) return cvssOf({ vector: source.V3Vector, score: source.V3Score });
  return cvssOf({ vector: source.V2Vector, score: source.V2Score ?? source.V3Score, version: source.V2Vector ? '2.0' : null });
}

function addMisconfiguration(report: ReportGatherer, { result, artifact, check }: { result: Result; artifact: string; check: Misconfiguration }): void {
  report.record();
  if (check.Status === 'PASS') return;
  const inCluster = artifact !== '' && artifact.includes('/') && result.Target.includes('/');
  report.add({
    checkId: check.AVDID || check.ID,
    title: check.Title ?? check.ID,
    severity: severityOf(check.Severity ?? '', null),
    toolSeverity: check.Severity ?? '',
    asset: { kind: inCluster ? 'resource' : 'file', name: inCluster ? artifact : result.Target, service: result.Type ?? null },
    evidence: lines(check.Message, check.Description),
    remedy: check.Resolution ?? '',
    suppressed: check.Status === 'EXCEPTION',
  });
}

function addSecret(report: ReportGatherer, { result, secret }: { result: Result; artifact: string; secret: Secret }): void {
  report.record();
  report.add({
    checkId: secret.RuleID,
    title: secret.Title ?? secret.RuleID,
    severity: severityOf(secret.Severity ?? '', null),
    toolSeverity: secret.Severity ?? '',
    asset: { kind: 'file', name: result.Target, part: secret.StartLine ? `:${secret.StartLine}` : '' },
    evidence: lines(secret.Category, secret.Match),
  });
}

function addLicence(report: ReportGatherer, { result, licence }: { result: Result; artifact: string; licence: Licence }): void {
  report.record();
  report.add({
    checkId: `licence:${licence.Name}`,
    title: `Licence ${licence.Name} (${licence.Category ?? 'unclassified'})`,
    severity: 'info',
    toolSeverity: licence.Severity ?? '',
    asset: { kind: 'package', name: licence.PkgName || licence.FilePath || result.Target },
  });
}
