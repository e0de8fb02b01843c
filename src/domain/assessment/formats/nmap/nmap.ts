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
  type Extent,
  type Format,
  type ReportGatherer,
  type XmlElement,
} from '../../reading/index.ts';

/** nmap's XML output. A record is a `port` element; an open port is a finding of its own, and so is each CVE that a vulnerability script names for it. */
export const nmap: Format = {
  id: 'nmap',
  tool: 'Nmap',
  title: { zh: 'Nmap 端口与服务扫描', en: 'Nmap port and service scan' },
  homepage: 'https://nmap.org/',
  dialects: [
    {
      syntax: 'xml',
      recognises: (root) => root.name === 'nmaprun',
      records: ['host'],
      open: (report) => {
        const scripts = new Set<string>();
        return { record: (host, [run]) => readHost({ report, scripts }, host, run), end: (run) => readRun({ report, scripts }, run) };
      },
    },
  ],
};

/** A run being read, and the scripts that have said something. */
interface Reading {
  readonly report: ReportGatherer;
  readonly scripts: Set<string>;
}

function readRun({ report, scripts }: Reading, run: XmlElement): void {
  report.toolVersion = attribute(run, 'version') || null;
  const finished = child(child(run, 'runstats') ?? run, 'finished');
  report.scanned(readInstant(attribute(run, 'start')), readInstant(attribute(finished, 'time')));
  // nmap writes `finished` last; a scan that was stopped or failed has none, or one that says so.
  if (finished === undefined || attribute(finished, 'exit') === 'error') report.cutShort('not-finished');
  report.lookedFor({ ports: portsOf(run), checks: [openPort, ...[...scripts].sort()] });
}

const openPort = 'open-port';

/** The ports that a run asked for: `1-1024,3389` for each protocol. A run without them asked for no port, only which hosts are there. */
function portsOf(run: XmlElement): NonNullable<Extent['ports']> {
  const ranges = (protocol: string): [number, number][] =>
    childrenNamed(run, 'scaninfo')
      .filter((one) => attribute(one, 'protocol') === protocol)
      .flatMap((one) => [...attribute(one, 'services').matchAll(/(\d{1,5})(?:-(\d{1,5}))?/g)])
      .map(([, from, to]): [number, number] => [Number(from), Number(to ?? from)])
      .filter(([from, to]) => from <= to && to <= 65535);
  return { tcp: ranges('tcp'), udp: ranges('udp'), sctp: ranges('sctp') };
}

/** Whether a host can be told from one that is away or hidden: some port of it answered, open or closed. A firewall alone that drops everything tells nothing of what is behind it. */
function answers(host: XmlElement): boolean {
  if (!['up', ''].includes(attribute(child(host, 'status'), 'state'))) return false;
  const ports = child(host, 'ports') ?? host;
  const states = [
    ...childrenNamed(ports, 'port').map((port) => attribute(child(port, 'state'), 'state')),
    ...childrenNamed(ports, 'extraports').map((rest) => attribute(rest, 'state')),
  ];
  return states.some((state) => ['open', 'closed', 'unfiltered'].includes(state));
}

function readHost({ report, scripts }: Reading, host: XmlElement, run: XmlElement | undefined): void {
  report.scanned(readInstant(attribute(run, 'start')), null);
  report.scanned(readInstant(attribute(host, 'starttime')), readInstant(attribute(host, 'endtime')));
  const name = hostName(host);
  if (name !== '' && answers(host)) report.looked(name);
  const ports = childrenNamed(child(host, 'ports') ?? host, 'port');
  for (const port of ports) readPortElement(report, { host, name, port });
  const ofHost = childrenNamed(child(host, 'hostscript') ?? host, 'script');
  for (const script of [...ports.flatMap((port) => childrenNamed(port, 'script')), ...ofHost]) scripts.add(attribute(script, 'id').slice(0, 500));
  for (const script of ofHost) readScript(report, { host, name, number: null, service: undefined, script });
}

/** The address, because names of one machine change more often than its address in a report; the first name where no address is given. */
function hostName(host: XmlElement): string {
  const addresses = childrenNamed(host, 'address');
  const ip = addresses.find((a) => attribute(a, 'addrtype') !== 'mac') ?? addresses[0];
  const names = child(host, 'hostnames');
  return attribute(ip, 'addr') || attribute(names && child(names, 'hostname'), 'name') || attribute(host, 'name');
}

function readPortElement(report: ReportGatherer, at: { host: XmlElement; name: string; port: XmlElement }): void {
  const index = report.record();
  const number = readPort(attribute(at.port, 'portid'), at.port.position, { element: 'port', index });
  const state = attribute(child(at.port, 'state'), 'state');
  if (state !== 'open') return;
  const service = child(at.port, 'service');
  const protocol = attribute(at.port, 'protocol');
  report.add({
    checkId: openPort,
    title: `Open port ${protocol}/${number}${service ? `: ${attribute(service, 'name')}` : ''}`,
    severity: 'info',
    toolSeverity: '',
    asset: { ...assetOf(at.name, number, service), ...(protocol === 'udp' || protocol === 'sctp' ? { protocol } : {}) },
    ...seenOn(at.host),
    evidence: lines(banner(service), ...childrenNamed(at.port, 'script').map((s) => `${attribute(s, 'id')}: ${attribute(s, 'output').trim().slice(0, 400)}`)),
  });
  for (const script of childrenNamed(at.port, 'script')) readScript(report, { ...at, number, service, script });
}

const banner = (service: XmlElement | undefined): string =>
  ['product', 'version', 'extrainfo']
    .map((key) => attribute(service, key))
    .filter(Boolean)
    .join(' ');

const seenOn = (host: XmlElement) => ({ firstSeen: readInstant(attribute(host, 'starttime')), lastSeen: readInstant(attribute(host, 'endtime')) });

const assetOf = (name: string, port: number | null, service: XmlElement | undefined) => ({
  kind: 'host' as const,
  name: name || 'unnamed',
  host: name,
  port,
  service: attribute(service, 'name'),
  version: [attribute(service, 'product'), attribute(service, 'version')].filter(Boolean).join(' '),
});

interface ScriptAt {
  readonly host: XmlElement;
  readonly name: string;
  readonly number: number | null;
  readonly service: XmlElement | undefined;
  readonly script: XmlElement;
}

/** `vulners` lists CVEs with scores; the scripts of nmap's `vuln` library say `VULNERABLE` and name ids; others find nothing by themselves. */
function readScript(report: ReportGatherer, at: ScriptAt): void {
  const id = attribute(at.script, 'id');
  const output = attribute(at.script, 'output');
  if (id.includes('vulners')) readVulners(report, at, output);
  else if (/\bState: (?:LIKELY )?VULNERABLE/.test(output)) addVulnerable(report, at, { id, output });
}

/** One line of vulners: `id <tab> score <tab> address`. Entries that are exploits name the CVE they are for inside their id. */
function readVulners(report: ReportGatherer, at: ScriptAt, output: string): void {
  const scores = new Map<string, number | null>();
  for (const line of output.split('\n')) {
    const [name = '', score = ''] = line.trim().split(/\s+/);
    for (const cve of cvesIn(name)) if (scores.get(cve) == null || cve === name) scores.set(cve, readScore(score));
  }
  for (const [cve, score] of scores) {
    report.add({
      checkId: `vulners/${cve}`,
      title: `${cve} in ${banner(at.service) || attribute(at.service, 'name') || 'the service'}`,
      severity: severityOf('', score),
      toolSeverity: score === null ? '' : String(score),
      cves: [cve],
      cvss: cvssOf({ score }),
      asset: assetOf(at.name, at.number, at.service),
      ...seenOn(at.host),
      evidence: output
        .split('\n')
        .filter((line) => line.includes(cve))
        .map((line) => line.trim())
        .join('\n'),
    });
  }
}

function addVulnerable(report: ReportGatherer, at: ScriptAt, { id, output }: { id: string; output: string }): void {
  const score = readScore(/CVSSv\d: (?:\w+ )?\(?(\d+(?:\.\d)?)/i.exec(output)?.[1] ?? '');
  const word = /Risk factor:\s*(\w+)/i.exec(output)?.[1] ?? '';
  const table = child(at.script, 'table');
  const title = textOf(table && childrenNamed(table, 'elem').find((e) => attribute(e, 'key') === 'title'));
  report.add({
    checkId: id,
    title: title || id,
    severity: word === '' && score === null ? 'high' : severityOf(word, score),
    toolSeverity: word,
    cves: cvesIn(output),
    cvss: cvssOf({ score }),
    asset: assetOf(at.name, at.number, at.service),
    ...seenOn(at.host),
    evidence: output,
  });
}
