import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  cwesIn,
  hasKeys,
  lines,
  packageAsset,
  severityOfWeakness,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** `npm audit --json` of npm 6 (advisories) and of npm 7 and later (vulnerable packages). A record is an advisory or a package. */
export const npmAudit: Format = {
  id: 'npm-audit',
  tool: 'npm audit',
  title: { zh: 'npm audit 依赖审计', en: 'npm audit' },
  homepage: 'https://docs.npmjs.com/cli/commands/npm-audit',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'auditReportVersion'),
      records: ['vulnerabilities.*'],
      open: (report) => ({ record: (value, path) => readVulnerable(report, value, path) }),
    },
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'actions') || hasKeys(root, 'advisories', 'metadata'),
      records: ['advisories.*'],
      open: (report) => ({ record: (value, path) => readAdvisory(report, value, path) }),
    },
  ],
};

const text = z.string().nullish();
const cwe = z.union([z.string(), z.array(z.string())]).nullish();
const cvss = z.object({ score: z.number().nullish(), vectorString: text }).nullish();
const Advisory = z.object({
  id: z.union([z.number(), z.string()]),
  title: text,
  module_name: z.string(),
  severity: text,
  overview: text,
  recommendation: text,
  cves: z.array(z.string()).nullish(),
  cwe,
  cvss,
  created: text,
  url: text,
  findings: z.array(z.object({ version: text, paths: z.array(z.string()).nullish() })).nullish(),
});

function readAdvisory(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const a = shaped(Advisory, value, path);
  const stated = cvssOf({ vector: a.cvss?.vectorString, score: a.cvss?.score || null });
  report.add({
    checkId: String(a.id),
    title: `${a.module_name}: ${a.title ?? a.id}`,
    severity: severityOfWeakness(a.severity ?? '', stated?.score ?? null),
    toolSeverity: a.severity ?? '',
    cves: cvesIn(...(a.cves ?? [])),
    cwes: cwesIn(...[a.cwe ?? []].flat()),
    cvss: stated,
    asset: packageAsset({ name: a.module_name, version: a.findings?.[0]?.version, ecosystem: 'npm' }),
    evidence: lines(...(a.findings ?? []).flatMap((f) => f.paths ?? []), a.overview),
    remedy: a.recommendation ?? '',
  });
}

const Cause = z.union([
  z.string(),
  z.object({ source: z.union([z.number(), z.string()]).nullish(), title: text, url: text, severity: text, cwe, cvss, range: text }),
]);
type Cause = z.infer<typeof Cause>;
const Vulnerable = z.object({
  name: z.string(),
  severity: text,
  range: text,
  nodes: z.array(z.string()).nullish(),
  via: z.array(Cause).nullish(),
  fixAvailable: z.union([z.boolean(), z.object({ name: text, version: text })]).nullish(),
});
type Vulnerable = z.infer<typeof Vulnerable>;

/** A package is vulnerable by advisories of its own, or only because it depends on one that is; then the check names those packages. */
function readVulnerable(report: ReportGatherer, value: Json, path: Position): void {
  report.record();
  const vulnerable = shaped(Vulnerable, value, path);
  const own = (vulnerable.via ?? []).filter((cause) => typeof cause === 'object');
  for (const cause of own) addCause(report, vulnerable, cause);
  if (own.length === 0)
    addInherited(
      report,
      vulnerable,
      (vulnerable.via ?? []).filter((cause) => typeof cause === 'string'),
    );
}

function addCause(report: ReportGatherer, vulnerable: Vulnerable, cause: Exclude<Cause, string>): void {
  const stated = cvssOf({ vector: cause.cvss?.vectorString, score: cause.cvss?.score || null });
  report.add({
    ...common(vulnerable),
    checkId: /GHSA(?:-[0-9a-z]{4}){3}/.exec(cause.url ?? '')?.[0] ?? String(cause.source ?? cause.title ?? 'unnamed'),
    title: `${vulnerable.name}: ${cause.title ?? ''}`,
    severity: severityOfWeakness(cause.severity ?? vulnerable.severity ?? '', stated?.score ?? null),
    toolSeverity: cause.severity ?? vulnerable.severity ?? '',
    cves: cvesIn(cause.title ?? '', cause.url ?? ''),
    cwes: cwesIn(...[cause.cwe ?? []].flat()),
    cvss: stated,
  });
}

function addInherited(report: ReportGatherer, vulnerable: Vulnerable, through: readonly string[]): void {
  report.add({
    ...common(vulnerable),
    checkId: `depends-on:${[...through].sort().join(',')}`,
    title: `${vulnerable.name} depends on vulnerable ${through.join(', ')}`,
    severity: severityOfWeakness(vulnerable.severity ?? '', null),
    toolSeverity: vulnerable.severity ?? '',
  });
}

function common({ name, range, nodes, fixAvailable }: Vulnerable) {
  const fix =
    typeof fixAvailable === 'object' && fixAvailable !== null ? `Upgrade ${fixAvailable.name ?? name} to ${fixAvailable.version ?? 'a later version'}` : '';
  return {
    asset: packageAsset({ name, version: range, ecosystem: 'npm' }),
    evidence: lines(...(nodes ?? [])),
    remedy: fixAvailable === true ? 'npm audit fix' : fix,
  };
}
