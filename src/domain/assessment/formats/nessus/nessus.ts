import {
  attribute,
  child,
  childrenNamed,
  cvesIn,
  cvssOf,
  cwesIn,
  hostOf,
  lines,
  readInstant,
  readPort,
  readScore,
  severityOf,
  textOf,
  type CsvRow,
  type Format,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** Tenable's Nessus, Tenable.io, Tenable.sc and Web App Scanning exports. A record is a `ReportItem` element or a CSV row. */
export const nessus: Format = {
  id: 'nessus',
  tool: 'Nessus',
  title: { zh: 'Nessus 漏洞扫描', en: 'Nessus vulnerability scan' },
  homepage: 'https://www.tenable.com/products/nessus',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'NessusClientData_v2',
      records: ['ReportItem', 'ReportHost', 'Policy'],
      open: (report) => ({
        record: (element, ancestors) => {
          if (element.name === 'ReportItem') readItem(report, element, ancestors.at(-1));
          if (element.name === 'ReportHost') readHost(report, element);
        },
      }),
    },
    {
      syntax: 'csv',
      recognises: (header) =>
        ['Plugin ID', 'Host', 'Plugin Output'].every((name) => header.includes(name)) && (header.includes('Risk') || header.includes('Severity')),
      open: (report) => ({ row: (row) => readRow(report, row) }),
    },
  ],
};

/** Nessus counts severities from 0 (info) to 4 (critical). */
const severityWords = ['info', 'low', 'medium', 'high', 'critical'];

const properties = (host: XmlElement | undefined): Map<string, string> =>
  new Map(childrenNamed(child(host ?? empty, 'HostProperties') ?? empty, 'tag').map((tag) => [attribute(tag, 'name'), tag.text.trim()]));

const empty: XmlElement = { name: '', attributes: {}, children: [], text: '', position: '' };

function readHost(report: ReportGatherer, host: XmlElement): void {
  const tags = properties(host);
  report.looked(attribute(host, 'name'));
  report.scanned(readInstant(tags.get('HOST_START_TIMESTAMP') ?? tags.get('HOST_START')), readInstant(tags.get('HOST_END_TIMESTAMP') ?? tags.get('HOST_END')));
}

function readItem(report: ReportGatherer, item: XmlElement, host: XmlElement | undefined): void {
  const index = report.record();
  const port = readPort(attribute(item, 'port'), item.position, { element: 'ReportItem', index });
  const vector = textOf(item, 'cvss4_vector') || textOf(item, 'cvss3_vector') || textOf(item, 'cvss_vector');
  const score = readScore(textOf(item, 'cvss4_base_score') || textOf(item, 'cvss3_base_score') || textOf(item, 'cvss_base_score'));
  const tags = properties(host);
  const word = severityWords[Number(attribute(item, 'severity'))] ?? textOf(item, 'risk_factor');
  report.add({
    checkId: attribute(item, 'pluginID'),
    title: attribute(item, 'pluginName'),
    severity: severityOf(word, score),
    toolSeverity: attribute(item, 'severity') || textOf(item, 'risk_factor'),
    cves: cvesIn(...childrenNamed(item, 'cve').map((c) => c.text), textOf(item, 'xref')),
    cwes: cwesIn(
      ...childrenNamed(item, 'cwe').map((c) => c.text),
      ...childrenNamed(item, 'xref')
        .map((x) => x.text)
        .filter((x) => x.startsWith('CWE')),
    ),
    cvss: cvssOf({ vector, score }),
    asset: assetOf({ host: attribute(host, 'name'), ip: tags.get('host-ip') ?? '', port, service: attribute(item, 'svc_name') }),
    firstSeen: readInstant(tags.get('HOST_START_TIMESTAMP') ?? tags.get('HOST_START')),
    lastSeen: readInstant(tags.get('HOST_END_TIMESTAMP') ?? tags.get('HOST_END')),
    evidence: lines(textOf(item, 'plugin_output'), textOf(item, 'synopsis')),
    remedy: textOf(item, 'solution'),
  });
}

/** Port 0 means the host as a whole. Web application scans name the site instead of a host. */
function assetOf(seen: { host: string; ip: string; port: number | null; service: string }) {
  const isUrl = /^https?:\/\//i.test(seen.host);
  const port = seen.port === 0 ? null : seen.port;
  const service = seen.service === 'general' ? null : seen.service.replace(/\?$/, '');
  if (isUrl) return { kind: 'url' as const, name: seen.host, host: hostOf(seen.host).host, port, service };
  return { kind: 'host' as const, name: seen.host || seen.ip, host: seen.host || seen.ip, port, service };
}

/** The column names of Nessus Professional, Tenable.io and Tenable.sc differ; each meaning lists them all. */
function readRow(report: ReportGatherer, row: CsvRow): void {
  const host = row.cell('Host', 'Asset Name', 'IP Address', 'DNS Name');
  const plugin = row.cell('Plugin ID', 'Plugin');
  if (host === '' && plugin === '') return;
  const index = report.record();
  const port = readPort(row.cell('Port'), `row ${row.number}`, { element: 'row', index });
  const score = readScore(
    row.cell('CVSS v3.0 Base Score', 'CVSS V3 Base Score', 'CVSS3 Base Score') ||
      row.cell('CVSS v2.0 Base Score', 'CVSS V2 Base Score', 'CVSS Base Score', 'CVSS'),
  );
  const word = row.cell('Risk', 'Severity') || row.cell('Severity', 'Risk Factor');
  report.add({
    checkId: plugin,
    title: row.cell('Name', 'Plugin Name'),
    severity: severityOf(severityWords[Number(word || 'none')] ?? word, score),
    toolSeverity: word,
    cves: cvesIn(row.cell('CVE')),
    cwes: cwesIn(...(row.cell('XREF', 'Cross References').match(/CWE:\d+/g) ?? [])),
    cvss: cvssOf({ vector: row.cell('CVSS v3.0 Vector', 'CVSS V3 Vector', 'CVSS3 Vector') || row.cell('CVSS V2 Vector', 'CVSS Vector'), score }),
    asset: assetOf({ host, ip: row.cell('IP Address'), port, service: row.cell('Service') }),
    firstSeen: readInstant(row.cell('First Found', 'First Discovered', 'Host Start')),
    lastSeen: readInstant(row.cell('Last Found', 'Last Observed', 'Host End')),
    evidence: lines(row.cell('Plugin Output', 'Plugin Text'), row.cell('Synopsis')),
    remedy: row.cell('Solution'),
  });
  report.scanned(readInstant(row.cell('Host Start')), readInstant(row.cell('Host End')));
}
