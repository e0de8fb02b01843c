import {
  child,
  childrenNamed,
  cvesIn,
  cvssOf,
  cwesIn,
  hostOf,
  lines,
  plainText,
  readInstant,
  readPort,
  readScore,
  textOf,
  type CsvRow,
  type Format,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';
import type { Severity } from '../../finding.ts';

/** Qualys asset data reports (XML and CSV) and web application scan reports (XML). A record is one detection. */
export const qualys: Format = {
  id: 'qualys',
  tool: 'Qualys',
  title: { zh: 'Qualys 漏洞扫描', en: 'Qualys vulnerability scan' },
  homepage: 'https://www.qualys.com/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'ASSET_DATA_REPORT',
      records: ['HOST', 'VULN_DETAILS', 'APPENDICES'],
      open: (report) => readAssetReport(report),
    },
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'WAS_SCAN_REPORT' || root.name === 'WAS_WEBAPP_REPORT',
      records: ['VULNERABILITY', 'INFORMATION_GATHERED'],
      open: (report) => readWebReport(report),
    },
    {
      syntax: 'csv',
      recognises: (header) => ['IP', 'QID', 'Title', 'Severity', 'Vuln Status'].every((name) => header.includes(name)),
      open: (report) => ({ row: (row) => readRow(report, row) }),
    },
  ],
};

/** Qualys counts severities from 1 (minimal) to 5 (urgent). Information gathered is no weakness, whatever its number. */
const severities: readonly Severity[] = ['info', 'info', 'low', 'medium', 'high', 'critical'];
const severityOfNumber = (text: string, isWeakness: boolean): Severity => (isWeakness ? (severities[Number(text)] ?? 'info') : 'info');

interface Detection {
  readonly host: string;
  readonly info: XmlElement;
  readonly index: number;
}

/** The glossary that explains the checks stands after the hosts, so detections wait for it. */
function readAssetReport(report: ReportGatherer) {
  const waiting: Detection[] = [];
  const glossary = new Map<string, XmlElement>();
  return {
    record: (element: XmlElement) => {
      if (element.name === 'VULN_DETAILS') glossary.set(textOf(element, 'QID'), element);
      if (element.name === 'HOST') waiting.push(...detectionsOf(report, element));
    },
    end: (root: XmlElement) => {
      const at = readInstant(textOf(root, 'HEADER', 'GENERATION_DATETIME'));
      report.scanned(at, at);
      for (const detection of waiting) addDetection(report, detection, glossary.get(textOf(detection.info, 'QID')));
    },
  };
}

function detectionsOf(report: ReportGatherer, host: XmlElement): Detection[] {
  const name = textOf(host, 'IP') || textOf(host, 'DNS');
  report.looked(name);
  const list = child(host, 'VULN_INFO_LIST');
  return (list === undefined ? [] : childrenNamed(list, 'VULN_INFO')).map((info) => ({ host: name, info, index: report.record() }));
}

function addDetection(report: ReportGatherer, { host, info, index }: Detection, details: XmlElement | undefined): void {
  const qid = textOf(info, 'QID');
  const score = readScore(textOf(details, 'CVSS3_SCORE', 'CVSS3_BASE') || textOf(details, 'CVSS_SCORE', 'CVSS_BASE'));
  const cves = details && child(details, 'CVE_ID_LIST');
  report.add({
    checkId: qid,
    title: textOf(details, 'TITLE') || `QID ${qid}`,
    severity: severityOfNumber(textOf(details, 'SEVERITY'), textOf(info, 'TYPE') !== 'Ig'),
    toolSeverity: textOf(details, 'SEVERITY'),
    cves: cvesIn(...(cves?.children ?? []).map((c) => textOf(c, 'ID'))),
    cvss: cvssOf({ score }),
    asset: {
      kind: 'host',
      name: host,
      host,
      port: readPort(textOf(info, 'PORT'), info.position, { element: 'VULN_INFO', index }),
      service: textOf(info, 'SERVICE') || null,
    },
    firstSeen: readInstant(textOf(info, 'FIRST_FOUND')),
    lastSeen: readInstant(textOf(info, 'LAST_FOUND')),
    evidence: lines(textOf(info, 'RESULT'), plainText(textOf(details, 'THREAT'))),
    remedy: plainText(textOf(details, 'SOLUTION')),
    suppressed: textOf(info, 'VULN_STATUS') === 'Fixed',
  });
}

function readWebReport(report: ReportGatherer) {
  const waiting: XmlElement[] = [];
  return {
    record: (element: XmlElement, ancestors: readonly XmlElement[]) => {
      // The summary uses the same element names for its counts.
      if (ancestors.at(-1)?.name.endsWith('_LIST')) waiting.push(element);
    },
    end: (root: XmlElement) => {
      const list = child(child(root, 'GLOSSARY') ?? root, 'QID_LIST');
      const glossary = new Map((list?.children ?? []).map((qid) => [textOf(qid, 'QID'), qid]));
      const site = child(child(root, 'APPENDIX') ?? root, 'WEBAPP');
      const at = readInstant(textOf(root, 'HEADER', 'GENERATION_DATETIME'));
      report.scanned(at, at);
      report.looked(textOf(site, 'URL'));
      for (const element of waiting) addWebDetection(report, element, { details: glossary.get(textOf(element, 'QID')), site: textOf(site, 'URL') });
    },
  };
}

function addWebDetection(report: ReportGatherer, element: XmlElement, { details, site }: { details: XmlElement | undefined; site: string }): void {
  report.record();
  const url = textOf(element, 'URL') || site;
  const score = readScore(textOf(details, 'CVSS_V3', 'BASE') || textOf(details, 'CVSS_BASE'));
  const at = readInstant(textOf(element, 'DETECTION_DATE') || textOf(element, 'LAST_TIME_DETECTED'));
  report.add({
    checkId: textOf(element, 'QID'),
    title: textOf(details, 'TITLE') || `QID ${textOf(element, 'QID')}`,
    severity: severityOfNumber(textOf(details, 'SEVERITY'), element.name === 'VULNERABILITY'),
    toolSeverity: textOf(details, 'SEVERITY'),
    cves: cvesIn(textOf(details, 'CVE')),
    cwes: cwesIn(textOf(details, 'CWE')),
    cvss: cvssOf({ vector: textOf(details, 'CVSS_V3', 'ATTACK_VECTOR'), score }),
    asset: { kind: 'url', name: url, part: textOf(element, 'PARAM') ? ` [${textOf(element, 'PARAM')}]` : '', ...hostOf(url) },
    firstSeen: at,
    lastSeen: at,
    evidence: plainText(textOf(details, 'DESCRIPTION')),
    remedy: plainText(textOf(details, 'SOLUTION')),
    suppressed: textOf(element, 'IGNORED') === 'true',
  });
}

/** `8.1 (AV:N/AC:H/…)` holds a score and its vector. */
function readRow(report: ReportGatherer, row: CsvRow): void {
  const index = report.record();
  const host = row.cell('IP') || row.cell('DNS');
  const base = row.cell('CVSS3.1 Base', 'CVSS3 Base') || row.cell('CVSS Base');
  report.add({
    checkId: row.cell('QID'),
    title: row.cell('Title'),
    severity: severityOfNumber(row.cell('Severity'), row.cell('Type') !== 'Ig'),
    toolSeverity: row.cell('Severity'),
    cves: cvesIn(row.cell('CVE ID')),
    cvss: cvssOf({ vector: /\(([^)]*)\)/.exec(base)?.[1], score: readScore(base) }),
    asset: { kind: 'host', name: host, host, port: readPort(row.cell('Port'), `row ${row.number}`, { element: 'row', index }) },
    firstSeen: readInstant(row.cell('First Detected')),
    lastSeen: readInstant(row.cell('Last Detected')),
    evidence: lines(row.cell('Results'), row.cell('Threat')),
    remedy: plainText(row.cell('Solution')),
    suppressed: row.cell('Vuln Status') === 'Fixed',
  });
}
