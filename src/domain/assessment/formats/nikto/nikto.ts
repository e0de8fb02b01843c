import { z } from 'zod';
import {
  attribute,
  child,
  childrenNamed,
  cvesIn,
  firstOf,
  hasKeys,
  lines,
  readInstant,
  readPort,
  shaped,
  textOf,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** Nikto's XML and JSON. A record is an item. Nikto states no severities. */
export const nikto: Format = {
  id: 'nikto',
  tool: 'Nikto',
  title: { zh: 'Nikto 网站服务器检查', en: 'Nikto web server check' },
  homepage: 'https://cirt.net/nikto2',
  choosesChecks: true,
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'niktoscan' || root.name === 'niktoscans',
      records: ['scandetails'],
      open: (report) => ({ record: (details, ancestors) => readDetails(report, details, ancestors.at(-1)) }),
    },
    {
      syntax: 'json',
      recognises: (root) => isScan(root) || isScan(firstOf(root)),
      records: ['', '[]'],
      open: (report) => ({
        record: (value, path) => {
          if (!Array.isArray(value)) readScan(report, value, path);
        },
      }),
    },
  ],
};

const isScan = (value: Json | undefined): boolean => hasKeys(value, 'host', 'vulnerabilities') && (hasKeys(value, 'banner') || hasKeys(value, 'ip'));

interface Item {
  readonly id: string;
  readonly message: string;
  readonly method: string;
  readonly url: string;
}

/** Stands in the evidence, which is the tool's and in no language of the reader's choice, for an item of the server as a whole. */
const noPath = '(no path / 无路径)';

/** Nikto reports oddities rather than weaknesses, so an item counts as low; one that names a CVE as medium. One id serves many messages, so both make the check. */
function addItem(report: ReportGatherer, site: { host: string; url: string; port: number | null }, item: Item): void {
  report.record();
  const cves = cvesIn(item.message);
  report.add({
    checkId: `${item.id}: ${item.message}`,
    title: item.message,
    severity: cves.length > 0 ? 'medium' : 'low',
    toolSeverity: '',
    cves,
    asset: { kind: 'url', name: site.url === '' ? '' : site.url.replace(/\/$/, '') + item.url, host: site.host, port: site.port },
    evidence: lines(`${item.method} ${item.url || noPath}`.trim(), item.message),
  });
}

function readDetails(report: ReportGatherer, details: XmlElement, scan: XmlElement | undefined): void {
  const host = attribute(details, 'targethostname') || attribute(details, 'targetip');
  const port = readPort(attribute(details, 'targetport'), details.position, { element: 'scandetails', index: 1 });
  const url = attribute(details, 'sitename') || (host === '' ? '' : `http://${host}`);
  report.toolVersion = attribute(scan, 'version') || report.toolVersion;
  report.looked(url);
  report.scanned(readInstant(attribute(details, 'starttime')), readInstant(attribute(child(details, 'statistics'), 'endtime')));
  for (const item of childrenNamed(details, 'item')) {
    addItem(
      report,
      { host, url, port },
      { id: attribute(item, 'id'), message: textOf(item, 'description'), method: attribute(item, 'method'), url: textOf(item, 'uri') },
    );
  }
}

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((v) => (v == null ? '' : String(v)));
const Scan = z.object({ host: text, ip: text, port: text, vulnerabilities: z.array(z.object({ id: text, msg: text, method: text, url: text })) });

function readScan(report: ReportGatherer, value: Json, path: Position): void {
  const scan = shaped(Scan, value, path);
  const port = readPort(scan.port, path, { element: 'scan', index: 1 });
  const host = scan.host || scan.ip;
  const url = host === '' ? '' : `${port === 443 ? 'https' : 'http'}://${host}${port === null || port === 80 || port === 443 ? '' : `:${port}`}`;
  report.looked(url);
  for (const item of scan.vulnerabilities) addItem(report, { host, url, port }, { id: item.id, message: item.msg, method: item.method, url: item.url });
}
