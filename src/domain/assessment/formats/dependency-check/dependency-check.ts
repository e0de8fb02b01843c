import {
  attribute,
  child,
  childrenNamed,
  cvesIn,
  cvssOf,
  cwesIn,
  lines,
  packageAsset,
  readInstant,
  readPurl,
  readScore,
  severityOfWeakness,
  textOf,
  type Format,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** OWASP Dependency-Check's XML, schema 1.3 and later. A record is a vulnerability of a dependency, suppressed ones included. */
export const dependencyCheck: Format = {
  id: 'dependency-check',
  tool: 'Dependency-Check',
  title: { zh: 'OWASP Dependency-Check 依赖检查', en: 'OWASP Dependency-Check' },
  homepage: 'https://owasp.org/www-project-dependency-check/',
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'analysis' && attribute(root, 'xmlns').includes('DependencyCheck'),
      records: ['dependency'],
      open: (report) => ({ record: (dependency) => readDependency(report, dependency), end: (root) => readHead(report, root) }),
    },
  ],
};

function readHead(report: ReportGatherer, root: XmlElement): void {
  report.toolVersion = textOf(root, 'scanInfo', 'engineVersion') || null;
  const at = readInstant(textOf(root, 'projectInfo', 'reportDate'));
  report.scanned(at, at);
}

function readDependency(report: ReportGatherer, dependency: XmlElement): void {
  report.looked(textOf(dependency, 'fileName'));
  const list = child(dependency, 'vulnerabilities');
  for (const v of list?.children ?? []) {
    if (v.name === 'vulnerability') addVulnerability(report, dependency, v, false);
    if (v.name === 'suppressedVulnerability') addVulnerability(report, dependency, v, true);
  }
}

function addVulnerability(report: ReportGatherer, dependency: XmlElement, v: XmlElement, suppressed: boolean): void {
  report.record();
  const name = textOf(v, 'name');
  const v3 = child(v, 'cvssV3');
  const v2 = child(v, 'cvssV2');
  const score = readScore(textOf(v3, 'baseScore') || textOf(v2, 'score') || textOf(v, 'cvssScore'));
  const word = textOf(v, 'severity') || textOf(v3, 'baseSeverity') || textOf(v2, 'severity');
  const purl = packageOf(dependency);
  report.add({
    checkId: name,
    title: `${name} in ${textOf(dependency, 'fileName')}`,
    severity: severityOfWeakness(word, score),
    toolSeverity: word,
    cves: cvesIn(name),
    cwes: cwesIn(textOf(v, 'cwe'), ...childrenNamed(child(v, 'cwes') ?? v, 'cwe').map((c) => c.text), name),
    cvss: cvssOf({ score, version: v3 ? '3.1' : v2 ? '2.0' : null }),
    asset: packageAsset({ name: textOf(dependency, 'fileName') || textOf(dependency, 'filePath'), version: purl?.version, ecosystem: purl?.ecosystem }),
    evidence: lines(textOf(dependency, 'filePath'), textOf(v, 'description'), textOf(v, 'notes')),
    suppressed,
  });
}

function packageOf(dependency: XmlElement): ReturnType<typeof readPurl> {
  const identifiers = child(dependency, 'identifiers');
  const packages =
    identifiers === undefined ? [] : [...childrenNamed(identifiers, 'package'), ...childrenNamed(child(identifiers, 'identifiers') ?? identifiers, 'package')];
  return packages.map((p) => readPurl(textOf(p, 'id'))).find((p) => p !== null) ?? null;
}
