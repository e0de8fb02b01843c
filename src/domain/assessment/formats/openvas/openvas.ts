import {
  attribute,
  child,
  childrenNamed,
  cvesIn,
  cvssOf,
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

/** Greenbone OpenVAS reports. A record is a `result` element or a CSV row. */
export const openvas: Format = {
  id: 'openvas',
  tool: 'OpenVAS',
  title: { zh: 'OpenVAS（Greenbone）漏洞扫描', en: 'OpenVAS (Greenbone) vulnerability scan' },
  homepage: 'https://www.greenbone.net/',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: isReport,
      records: ['result'],
      open: (report) => ({ record: (result) => readResult(report, result), end: (root) => readHead(report, root) }),
    },
    {
      syntax: 'csv',
      recognises: (header) => ['IP', 'NVT Name', 'NVT OID'].every((name) => header.includes(name)),
      open: (report) => ({ row: (row) => readRow(report, row) }),
    },
  ],
};

/** A report wrapped by the manager (`report/report`), the inner report alone, or the answer to `get_reports`. */
function isReport(root: XmlElement): boolean {
  if (root.name === 'get_reports_response') return true;
  const inner = child(root, 'report') ?? root;
  return root.name === 'report' && ['gmp', 'omp', 'results', 'scan_run_status'].some((name) => child(inner, name) !== undefined);
}

function readHead(report: ReportGatherer, root: XmlElement): void {
  const outer = root.name === 'get_reports_response' ? (child(root, 'report') ?? root) : root;
  const inner = child(outer, 'report') ?? outer;
  report.toolVersion = textOf(inner, 'gmp', 'version') || textOf(inner, 'omp', 'version') || null;
  report.scanned(readInstant(textOf(inner, 'scan_start')), readInstant(textOf(inner, 'scan_end')));
  for (const host of childrenNamed(inner, 'host')) report.looked(textOf(host, 'ip') || host.text);
}

function readResult(report: ReportGatherer, result: XmlElement): void {
  const index = report.record();
  const nvt = child(result, 'nvt');
  const host = child(result, 'host')?.text.trim() ?? '';
  const score = readScore(textOf(result, 'severity')) ?? readScore(textOf(nvt, 'cvss_base'));
  const word = textOf(result, 'threat');
  const tags = tagsOf(textOf(nvt, 'tags'));
  const seen = readInstant(textOf(result, 'creation_time')) ?? readInstant(textOf(result, 'modification_time'));
  report.add({
    checkId: attribute(nvt, 'oid') || textOf(result, 'name'),
    title: textOf(nvt, 'name') || textOf(result, 'name'),
    severity: severityOf(word, score),
    toolSeverity: word || textOf(result, 'severity'),
    cves: cvesOf(nvt),
    cvss: cvssOf({ vector: vectorOf(nvt, tags), score }),
    asset: { kind: 'host', name: host, host, ...portOf(textOf(result, 'port'), result.position, index) },
    firstSeen: seen,
    lastSeen: seen,
    evidence: lines(textOf(result, 'description'), tags.get('summary')),
    remedy: textOf(nvt, 'solution') || (tags.get('solution') ?? ''),
    suppressed: /^false positive$/i.test(word),
  });
}

/** New reports list references; old ones have one `cve` element with ids between commas, `NOCVE` for none. */
function cvesOf(nvt: XmlElement | undefined): string[] {
  const refs = nvt === undefined ? undefined : child(nvt, 'refs');
  const listed =
    refs === undefined
      ? []
      : childrenNamed(refs, 'ref')
          .filter((r) => /^cve/i.test(attribute(r, 'type')))
          .map((r) => attribute(r, 'id'));
  return cvesIn(...listed, textOf(nvt, 'cve'));
}

/** `name=value` pairs between `|`. */
function tagsOf(text: string): Map<string, string> {
  return new Map(text.split('|').map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]));
}

function vectorOf(nvt: XmlElement | undefined, tags: Map<string, string>): string {
  const severities = nvt === undefined ? undefined : child(nvt, 'severities');
  const vectors = severities === undefined ? [] : childrenNamed(severities, 'severity').map((s) => textOf(s, 'value'));
  return vectors.sort().at(-1) || (tags.get('cvss_base_vector') ?? '');
}

/** `443/tcp`, `general/tcp` for the host as a whole, or `https (443/tcp)` in old reports. */
function portOf(text: string, position: string, index: number): { port: number | null; service: string | null } {
  const old = /^(.+?)\s*\((\S+)\)$/.exec(text);
  const number = (old?.[2] ?? text).split('/')[0] ?? '';
  if (!/^[-+\d]/.test(number)) return { port: null, service: null };
  return { port: readPort(number, position, { element: 'result', index }), service: old?.[1] ?? null };
}

function readRow(report: ReportGatherer, row: CsvRow): void {
  const index = report.record();
  const score = readScore(row.cell('CVSS'));
  const host = row.cell('IP') || row.cell('Hostname');
  const seen = readInstant(row.cell('Timestamp'));
  report.scanned(seen, seen);
  report.add({
    checkId: row.cell('NVT OID'),
    title: row.cell('NVT Name'),
    severity: severityOf(row.cell('Severity'), score),
    toolSeverity: row.cell('Severity'),
    cves: cvesIn(row.cell('CVEs')),
    cvss: cvssOf({ score }),
    asset: { kind: 'host', name: host, host, ...portOf(row.cell('Port'), `row ${row.number}`, index) },
    firstSeen: seen,
    lastSeen: seen,
    evidence: lines(row.cell('Specific Result'), row.cell('Summary')),
    remedy: row.cell('Solution'),
  });
}
