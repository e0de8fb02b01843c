import { z } from 'zod';
import {
  cvesIn,
  cvssOf,
  cwesIn,
  firstOf,
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

/** `snyk test --json`, of one project or of all. A record is a vulnerability on one dependency path; paths of one package are one finding. */
export const snyk: Format = {
  id: 'snyk',
  tool: 'Snyk',
  title: { zh: 'Snyk 开源依赖扫描', en: 'Snyk open source scan' },
  homepage: 'https://snyk.io/',
  dialects: [
    {
      syntax: 'json',
      recognises: isProject,
      records: ['vulnerabilities[]'],
      open: (report) => readProject(report),
    },
    {
      syntax: 'json',
      recognises: (root) => isProject(firstOf(root)),
      records: ['[].vulnerabilities[]', '[]'],
      open: (report) => readProjects(report),
    },
  ],
};

/** A head that is cut inside the long list of vulnerabilities shows only them; their ids say whose they are. */
function isProject(root: Json | undefined): boolean {
  if (!hasKeys(root, 'vulnerabilities')) return false;
  const first = firstOf(root['vulnerabilities']);
  return hasKeys(root, 'ok', 'dependencyCount') || (hasKeys(first, 'id', 'semver') && /^(?:SNYK-|snyk:|npm:)/.test(String(first['id'])));
}

const text = z.string().nullish();
const list = z.array(z.string()).nullish();
const Vulnerability = z.object({
  id: z.string(),
  title: text,
  severity: text,
  severityWithCritical: text,
  description: text,
  packageName: text,
  name: text,
  version: text,
  packageManager: text,
  CVSSv3: text,
  cvssScore: z.number().nullish(),
  identifiers: z.object({ CVE: list, CWE: list }).nullish(),
  from: list,
  fixedIn: list,
  upgradePath: z.array(z.union([z.string(), z.boolean()])).nullish(),
  publicationTime: text,
  filtered: z.object({ ignored: z.array(z.unknown()).nullish() }).nullish(),
});
type Vulnerability = z.infer<typeof Vulnerability>;
const Project = z.object({ projectName: text, path: text, displayTargetFile: text });

/** The project's name stands after its vulnerabilities. */
function readProject(report: ReportGatherer) {
  const waiting: Vulnerability[] = [];
  return {
    record: (value: Json, path: Position) => void waiting.push(shaped(Vulnerability, value, path)),
    end: (root: Json) => addProject(report, shaped(Project, root, '$'), waiting),
  };
}

function readProjects(report: ReportGatherer) {
  let waiting: Vulnerability[] = [];
  return {
    record: (value: Json, path: Position) => {
      if (path.includes('.vulnerabilities[')) waiting.push(shaped(Vulnerability, value, path));
      else {
        addProject(report, shaped(Project, value, path), waiting);
        waiting = [];
      }
    },
  };
}

function addProject(report: ReportGatherer, project: z.infer<typeof Project>, vulnerabilities: readonly Vulnerability[]): void {
  const where = project.projectName || project.displayTargetFile || project.path || '';
  report.looked(where);
  for (const vulnerability of vulnerabilities) addVulnerability(report, vulnerability, where);
}

function addVulnerability(report: ReportGatherer, v: Vulnerability, where: string): void {
  report.record();
  const name = v.packageName ?? v.name ?? 'unnamed';
  const word = v.severityWithCritical ?? v.severity ?? '';
  const cvss = cvssOf({ vector: v.CVSSv3, score: v.cvssScore });
  const upgrade = v.upgradePath?.filter((step) => typeof step === 'string').at(0);
  report.add({
    checkId: v.id,
    title: `${name}: ${v.title ?? v.id}`,
    severity: severityOfWeakness(word, cvss?.score ?? null),
    toolSeverity: word,
    cves: cvesIn(...(v.identifiers?.CVE ?? [])),
    cwes: cwesIn(...(v.identifiers?.CWE ?? [])),
    cvss,
    asset: packageAsset({ name, version: v.version, ecosystem: v.packageManager, where }),
    evidence: lines(v.from?.join(' > '), v.description),
    remedy: upgrade ? `Upgrade ${upgrade}` : v.fixedIn?.length ? `Upgrade ${name} to ${v.fixedIn.join(' or ')}` : '',
    suppressed: (v.filtered?.ignored?.length ?? 0) > 0,
  });
}
