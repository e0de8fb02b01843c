import { z } from 'zod';
import {
  cvesIn,
  cwesIn,
  firstOf,
  hasKeys,
  readInstant,
  readPort,
  severityOf,
  shaped,
  type Format,
  type Json,
  type Position,
  type ReportGatherer,
} from '../../reading/index.ts';

/** testssl.sh's CSV and JSON outputs. A record is one check of one address; checks that passed (`OK`) are records and no findings. */
export const testssl: Format = {
  id: 'testssl',
  tool: 'testssl.sh',
  title: { zh: 'testssl.sh TLS 配置检查', en: 'testssl.sh TLS check' },
  homepage: 'https://testssl.sh/',
  dialects: [
    {
      syntax: 'csv',
      recognises: (header) => ['id', 'fqdn/ip', 'port', 'severity', 'finding'].every((name) => header.includes(name)),
      open: (report) => ({
        row: (row) =>
          addCheck(report, `row ${row.number}`, {
            id: row.cell('id'),
            ip: row.cell('fqdn/ip'),
            port: row.cell('port'),
            severity: row.cell('severity'),
            finding: row.cell('finding'),
            cve: row.cell('cve'),
            cwe: row.cell('cwe'),
          }),
      }),
    },
    {
      syntax: 'json',
      recognises: (root) => isCheck(firstOf(root)),
      records: ['[]'],
      open: (report) => ({ record: (value, path) => addCheck(report, path, shaped(Check, value, path)) }),
    },
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'Invocation', 'scanResult') || hasKeys(root, 'at', 'version', 'scanResult'),
      records: ['scanResult[]'],
      open: (report) => ({ record: (value, path) => readTarget(report, value, path), end: (root) => readHead(report, root) }),
    },
  ],
};

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((v) => (v == null ? '' : String(v)));
const Head = z.object({ version: text, startTime: text, at: text });
const Check = z.object({ id: text, ip: text, port: text, severity: text, finding: text, cve: text, cwe: text });
type Check = z.infer<typeof Check>;

const isCheck = (value: Json | undefined): boolean => hasKeys(value, 'id', 'ip', 'port', 'severity', 'finding');

function addCheck(report: ReportGatherer, position: Position, check: Check): void {
  const index = report.record();
  const { host, address } = targetOf(check.ip);
  const port = readPort(check.port, position, { element: 'check', index });
  if (check.id === 'scanTime' || (host === '' && address === '')) return;
  report.looked(host || address);
  if (/^OK$/i.test(check.severity)) return;
  report.add({
    checkId: check.id,
    title: `${check.id}: ${check.finding}`.slice(0, 300),
    severity: severityOf(check.severity === 'WARN' ? 'info' : check.severity, null),
    toolSeverity: check.severity,
    cves: cvesIn(check.cve),
    cwes: cwesIn(check.cwe),
    asset: { kind: 'host', name: address === '' ? host : `${host}/${address}`, host: host || address, port, service: 'tls' },
    evidence: check.finding,
  });
}

/** `www.example.org/192.0.2.7`: the name asked for and the address that answered. */
function targetOf(ip: string): { host: string; address: string } {
  const [host = '', address = ''] = ip.split('/');
  return { host: host.trim(), address: address.trim() };
}

/** The nested form (`--jsonfile-pretty`): one object per target with lists of checks under the names of their sections. */
const Target = z.object({ targetHost: text, ip: text, port: text }).catchall(z.unknown());

function readTarget(report: ReportGatherer, value: Json, path: Position): void {
  const { targetHost, ip, port, ...sections } = shaped(Target, value, path);
  for (const [name, section] of Object.entries(sections)) {
    if (!Array.isArray(section)) continue;
    for (const [i, check] of section.entries()) {
      const at = `${path}.${name}[${i}]`;
      const isCheckHere = typeof check === 'object' && check !== null && 'id' in check && 'severity' in check;
      if (isCheckHere) addCheck(report, at, { ...shaped(Check, check as Json, at), ip: `${targetHost}/${ip}`, port });
    }
  }
}

function readHead(report: ReportGatherer, root: Json): void {
  const head = shaped(Head, root, '$');
  report.toolVersion = head.version || null;
  const at = readInstant(head.startTime);
  report.scanned(at, at);
}
