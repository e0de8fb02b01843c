import {
  attribute,
  child,
  childrenNamed,
  cvesIn,
  hostOf,
  lines,
  readInstant,
  textOf,
  type Format,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** Wapiti's XML. A record is an entry under a vulnerability, an anomaly or an additional category. */
export const wapiti: Format = {
  id: 'wapiti',
  tool: 'Wapiti',
  title: { zh: 'Wapiti 网站应用扫描', en: 'Wapiti web application scan' },
  homepage: 'https://wapiti-scanner.github.io/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'report' && infos(root).get('generatorName') === 'wapiti',
      records: ['vulnerability', 'anomaly', 'additional'],
      open: (report) => ({ record: (category, ancestors) => readCategory(report, category, ancestors[0]), end: (root) => readHead(report, root) }),
    },
  ],
};

const infos = (root: XmlElement): Map<string, string> =>
  new Map((child(root, 'report_infos')?.children ?? []).map((info) => [attribute(info, 'name'), info.text.trim()]));

function readHead(report: ReportGatherer, root: XmlElement): void {
  const info = infos(root);
  const at = readInstant(info.get('dateOfScan'));
  report.toolVersion = info.get('generatorVersion') ?? null;
  report.looked(info.get('target') ?? '');
  report.scanned(at, at);
}

/** Wapiti counts levels from 1 (low) to 3 (high); 4 is critical in newer versions, 0 information. */
const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;

function readCategory(report: ReportGatherer, category: XmlElement, root: XmlElement | undefined): void {
  const target = (root && infos(root).get('target')) ?? '';
  const { host, port } = hostOf(target);
  for (const entry of childrenNamed(child(category, 'entries') ?? category, 'entry')) {
    report.record();
    const parameter = textOf(entry, 'parameter');
    report.add({
      checkId: `${attribute(category, 'name')}: ${textOf(entry, 'info')}`,
      title: `${attribute(category, 'name')}: ${textOf(entry, 'info')}`,
      severity: severities[Number(textOf(entry, 'level'))] ?? 'info',
      toolSeverity: textOf(entry, 'level'),
      cves: cvesIn(textOf(entry, 'info')),
      asset: { kind: 'url', name: target.replace(/\/$/, '') + textOf(entry, 'path'), part: parameter ? ` [${parameter}]` : '', host, port },
      evidence: lines(`${textOf(entry, 'method')} ${textOf(entry, 'path')}`, textOf(entry, 'info'), textOf(category, 'description')),
      remedy: textOf(category, 'solution'),
    });
  }
}
